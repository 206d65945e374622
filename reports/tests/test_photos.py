"""The photo annex: only photos behind the figures with the tick, as the office chose them, frozen with the report."""

import io

import docx
import pypdf
import pytest
from PIL import Image

from activities.models import Evidence
from provinces.operations.files import store_file
from provinces.tests.make import NOW
from provinces.workflow import Refused
from reports.documents import FORMATS
from reports.documents.layout import check
from reports.models import Report
from reports.operations.photos import choose_photos
from reports.operations.way_up import Remark, return_report
from reports.papers.report import paper_of
from reports.queries.photos import offered, photos_of
from reports.tests import make, pages


@pytest.fixture
def scene(db, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    people = pages.people()
    return people, pages.compiled(people)


def photo(report, people, *, activity=None, name="anh.jpg", colour=(200, 20, 20)) -> Evidence:
    """A photo beside the first activity behind the figures, or another one."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Bí mật của máy ảnh"
    Image.new("RGB", (640, 480), colour).save(out, "JPEG", exif=exif)
    office = people.editor.department
    file = store_file(out.getvalue(), name, "evidence", owner=office, by=people.editor, at=NOW)
    row = activity or report.snapshot.sources.first().activity
    return Evidence.objects.create(activity=row, file=file, caption="Mít tinh", consent=True, by=people.editor, at=NOW)


def written(report, suffix) -> bytes:
    out = io.BytesIO()
    FORMATS[suffix].write(paper_of(report, at=pages.AT), out)
    return out.getvalue()


def test_chosen_photos_stand_in_the_last_annex_without_what_the_camera_wrote(scene):
    people, report = scene
    pieces = [photo(report, people), photo(report, people, colour=(20, 20, 200))]

    choose_photos(report, [(pieces[1], "Ảnh hai"), (pieces[0], "Ảnh một")], by=people.editor, at=pages.AT)

    word, pdf = written(report, ".docx"), written(report, ".pdf")
    assert check(io.BytesIO(word)) == []
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[-1].extract_text()
    assert "HÌNH ẢNH HOẠT ĐỘNG" in text
    assert text.index("Ảnh hai") < text.index("Ảnh một")
    document = docx.Document(io.BytesIO(word))
    images = [
        part.blob for part in document.part.package.iter_parts() if str(part.partname).endswith((".jpg", ".jpeg"))
    ]
    assert images and not any("Bí mật".encode() in each or b"Exif" in each for each in images)


def test_only_photos_of_verified_activities_behind_the_figures_are_taken(scene):
    people, report = scene
    elsewhere = photo(report, people, activity=make.activity(people.editor.department, "Khác"))
    paper = photo(report, people, name="bien-ban.pdf")
    reopened = photo(report, people)
    type(reopened.activity).objects.filter(pk=reopened.activity_id).update(status="sent")

    assert offered(report) == []
    for piece in (elsewhere, paper, reopened):
        with pytest.raises(Refused):
            choose_photos(report, [(piece, "")], by=people.editor, at=pages.AT)


def test_a_photo_taken_away_from_its_activity_leaves_an_open_report_and_stays_in_a_locked_one(scene):
    people, report = scene
    piece = photo(report, people)
    choose_photos(report, [(piece, "Mít tinh")], by=people.editor, at=pages.AT)
    piece.delete()
    assert photos_of(report) == []

    report.status = "issued"
    assert [each.caption for each in photos_of(report)] == ["Mít tinh"]


def test_a_locked_report_and_a_strangers_seat_change_nothing(scene):
    people, report = scene
    piece = photo(report, people)
    for seat in (people.other, people.stranger, people.member):
        with pytest.raises(Refused):
            choose_photos(report, [(piece, "")], by=seat, at=pages.AT)
    Report.objects.filter(pk=report.pk).update(status="locked", locked_at=pages.AT)
    with pytest.raises(Refused):
        choose_photos(Report.objects.get(pk=report.pk), [(piece, "")], by=people.editor, at=pages.AT)


def test_the_next_version_of_a_returned_report_keeps_its_photos(scene):
    people, report = scene
    choose_photos(report, [(photo(report, people), "Mít tinh")], by=people.editor, at=pages.AT)
    Report.objects.filter(pk=report.pk).update(status="sent", locked_at=pages.AT, number_unknown=True)
    report.deliveries.create(to=people.committee.department, sent_by=people.head, sent_at=pages.AT, status="seen")

    new = return_report(Report.objects.get(pk=report.pk), [Remark("Sửa.")], by=people.committee, at=pages.AT)

    assert [each.caption for each in new.photos.all()] == ["Mít tinh"]


def test_the_page_offers_keeps_and_empties(scene):
    people, report = scene
    piece = photo(report, people)
    client, address = pages.as_(people.editor), pages.url(report, "anh")

    assert "Mít tinh" in client.get(address).content.decode()
    client.post(address, {"anh": piece.pk, f"loi-{piece.pk}": "Chú thích của văn phòng"})
    assert [each.caption for each in report.photos.all()] == ["Chú thích của văn phòng"]
    assert 'alt=""' in client.get(address).content.decode()
    client.post(address, {})
    assert not report.photos.exists()
    refused = client.post(address, {"anh": piece.pk, f"loi-{piece.pk}": "Gọi 0912 345 678"})
    assert refused.status_code == 422
    assert "0912 345 678" in refused.content.decode()
