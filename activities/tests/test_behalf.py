"""On behalf: the office types a commune's paper; it counts like others, and the commune has the last word on it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activities.models import Activity
from activities.operations import (
    Faulty,
    accept_activity,
    answer_typed,
    correct_activity,
    keep_scan,
    record_on_behalf,
    return_activity,
    send_activity,
)
from activities.queries import asked_of, flags_of
from activities.tests import make
from activities.tests.test_pages import typed, words
from campaigns.tests import make as campaigns
from provinces.models import Event, Notice
from provinces.tests import make as who
from provinces.workflow import Refused

NOW = who.NOW
NEW = "/quang-ninh/2023/hoat-dong/nhap-thay"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def commune(scene):
    return who.department(who.commune(scene.province), "UBND xã Đông Mai", "UBND", kind="ubnd_xa")


@pytest.fixture
def as_seat(client):
    def sign_in(seat):
        client.force_login(seat.user)
        return client

    return sign_in


def scan(seat):
    return keep_scan(b"%PDF-1.7 bao cao", "bao-cao-xa.pdf", by=seat, at=NOW)


def type_in(scene, commune, *, by=None, data=None, **more):
    by = by or scene.officer
    said = {"scan": scan(by), "campaign": campaigns.campaign(2023), "year": 2023, "province": scene.province, **more}
    return record_on_behalf(data or make.data(), owner=commune, by=by, at=NOW, **said)


def test_the_office_types_and_the_commune_owns(scene, commune):
    row = type_in(scene, commune)

    assert (row.owner, row.created_by, row.status) == (commune, scene.officer, "draft")
    assert row.on_behalf_scan.name == "bao-cao-xa.pdf"
    assert [e.verb for e in Event.objects.about(row)] == ["activity.type"]
    assert Notice.objects.get().department == commune
    for seat in (scene.officer, who.seat(commune)):
        assert row in Activity.objects.visible_to(seat)
    assert "typed" in {f.code for f in flags_of([row])[row.pk]}
    assert "no_evidence" not in {f.code for f in flags_of([row])[row.pk]}


def test_without_the_scan_or_without_the_duty_nothing_is_typed(scene, commune):
    with pytest.raises(Refused):
        type_in(scene, commune, scan=None)
    with pytest.raises(Refused):
        type_in(scene, commune, scan=scan(who.seat(commune)))
    for seat in (scene.editor, who.seat(who.office(who.province("Kiên Giang", "91", "kien-giang")))):
        with pytest.raises(Refused):
            type_in(scene, commune, by=seat)
    with pytest.raises(Faulty):
        type_in(scene, commune, data=make.data(title=" "))

    assert not Activity.objects.exists()


def test_the_office_sends_and_verifies_what_it_typed(scene, commune):
    row = type_in(scene, commune)

    send_activity(row, by=scene.officer, at=NOW)
    accept_activity(row, by=scene.officer, at=NOW)

    assert row in Activity.objects.counted()


def test_the_commune_confirms_later(scene, commune):
    row, seat = type_in(scene, commune), who.seat(commune)
    assert list(asked_of(seat, scene.province, 2023)) == [row]

    answer_typed(row, "confirmed", by=seat, at=NOW)

    row.refresh_from_db()
    assert (row.owner_answer, row.owner_answered_at) == ("confirmed", NOW)
    assert not asked_of(seat, scene.province, 2023)


def test_a_dispute_gives_its_reason_and_flags_the_row(scene, commune):
    row, seat = type_in(scene, commune), who.seat(commune)

    with pytest.raises(Faulty):
        answer_typed(row, "disputed", "", by=seat, at=NOW)
    answer_typed(row, "disputed", "Công văn ghi 120, không phải 210", by=seat, at=NOW)

    row.refresh_from_db()
    assert row.owner_reason == "Công văn ghi 120, không phải 210"
    assert "typed_disputed" in {f.code for f in flags_of([row])[row.pk]}
    assert Notice.objects.last().department == scene.office


def test_only_the_owner_answers_and_only_what_was_typed_for_it(scene, commune):
    row = type_in(scene, commune)

    for seat in (scene.officer, scene.editor, who.seat(commune, "viewer")):
        with pytest.raises(Refused):
            answer_typed(row, "confirmed", by=seat, at=NOW)
    with pytest.raises(Refused):
        answer_typed(make.activity(commune), "confirmed", by=who.seat(commune), at=NOW)


def test_the_office_corrects_its_typing_until_the_commune_has_answered(scene, commune):
    row = type_in(scene, commune)
    correct_activity(row, make.data("Lễ mít tinh"), version=1, by=scene.officer, at=NOW)
    send_activity(row, by=scene.officer, at=NOW)
    return_activity(row, "Sai số", by=scene.officer, at=NOW)
    answer_typed(row, "disputed", "Sai số", by=who.seat(commune), at=NOW)
    row.refresh_from_db()

    with pytest.raises(Refused):
        correct_activity(row, make.data("Khác"), version=row.version, by=scene.officer, at=NOW)
    correct_activity(row, make.data("Của xã"), version=row.version, by=who.seat(commune), at=NOW)

    row.refresh_from_db()
    assert row.title == "Của xã"


def test_an_ordinary_activity_gives_the_office_no_power_of_its_department(scene):
    row = make.activity(scene.department, status="returned", comment="Bổ sung", created_by=scene.editor)

    assert row.powers(scene.officer) == {"office"}
    with pytest.raises(Refused):
        correct_activity(row, make.data(), version=1, by=scene.officer, at=NOW)


def test_the_page_asks_for_paper_and_scan_and_then_shows_the_form(scene, commune, as_seat):
    browser = as_seat(scene.officer)
    assert "UBND xã Đông Mai" in words(browser.get(NEW))
    assert browser.post(NEW, {"owner": commune.pk}).status_code == 422
    assert browser.post(NEW, {"owner": commune.pk, "scan": upload(b"khong phai")}).status_code == 422
    there = browser.post(NEW, {"owner": commune.pk, "scan": upload()}).url

    form = words(browser.get(there))
    assert "UBND xã Đông Mai" in form and "bao-cao.pdf" in form
    refused = browser.post(there, typed(title=""))
    assert refused.status_code == 422 and "bao-cao.pdf" in words(refused)
    answer = browser.post(there, typed())

    row = Activity.objects.get()
    assert (row.owner, row.on_behalf_scan.name, row.created_by) == (commune, "bao-cao.pdf", scene.officer)
    assert answer.url == f"/quang-ninh/2023/hoat-dong/{row.public_id}/"


def upload(content=b"%PDF-1.7 bao cao", name="bao-cao.pdf"):
    return SimpleUploadedFile(name, io.BytesIO(content).read())


def test_the_commune_reads_the_scan_and_answers_on_the_page(scene, commune, as_seat):
    row = type_in(scene, commune)
    browser = as_seat(who.seat(commune))
    here = f"/quang-ninh/2023/hoat-dong/{row.public_id}/"
    assert row.on_behalf_scan.token in words(browser.get(here))
    assert browser.get(reverse("file", args=[row.on_behalf_scan.token])).status_code == 200

    assert browser.post(f"{here}tra-loi-nhap-thay", {"answer": "disputed"}).status_code == 422
    browser.post(f"{here}tra-loi-nhap-thay", {"answer": "disputed", "reason": "Sai số người"})

    assert "Sai số người" in words(as_seat(scene.officer).get(here))


def test_the_page_belongs_to_the_office(scene, commune, as_seat):
    for seat in (scene.editor, who.seat(commune), who.seat(scene.office, "viewer")):
        assert as_seat(seat).get(NEW).status_code == 404
    other = scan(who.seat(commune))
    assert as_seat(scene.officer).get(f"{NEW}?co-quan={commune.pk}&ban-quet={other.token}").status_code == 404
    mine = scan(scene.officer)
    assert as_seat(scene.officer).get(f"{NEW}?co-quan={scene.office.pk}&ban-quet={mine.token}").status_code == 404
