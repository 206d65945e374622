"""A file is read by those who may see the row behind it, and by nobody else."""

import pytest
from django.urls import reverse

from activities.models import Evidence
from activities.tests import make as activities
from campaigns.tests import make as campaigns
from provinces.models import Event, File
from provinces.operations.files import store_file
from provinces.storage import file_path
from provinces.tests import make
from provinces.tests.make import NOW
from provinces.workflow import Refused
from reports.queries.files import may_read_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def justice():
    return make.department(make.province())


def stored(owner, content=b"%PDF-1.7", name="cong-van-573.pdf", kind="scan"):
    return store_file(content, name, kind, owner=owner, by=make.seat(owner), at=NOW)


def test_a_file_lies_under_its_hash_and_the_log_says_who_brought_it(justice):
    file = stored(justice)
    assert file_path(file.sha256).read_bytes() == b"%PDF-1.7"
    assert Event.objects.about(file).get().verb == "file.store"


def test_the_same_bytes_lie_on_the_disk_once(justice, tmp_path):
    stored(justice)
    stored(justice, name="khac.pdf")
    assert File.objects.count() == 2
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_an_empty_file_is_refused(justice):
    with pytest.raises(Refused, match="rong.pdf"):
        stored(justice, b"", "rong.pdf")


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\anh\\le phát động.jpg", "le phát động.jpg"), ("x" * 300 + ".pdf", None)],
)
def test_a_name_is_only_a_name(justice, given, kept):
    name = stored(justice, name=given).name
    assert len(name) <= 200
    assert kept is None or name == kept


def test_the_own_department_gets_the_file_as_an_attachment(client, justice):
    file = stored(justice, name="công văn 573.pdf")
    client.force_login(make.seat(justice).user)
    answer = client.get(reverse("file", args=[file.token]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]


def test_a_strange_department_finds_nothing(client, justice):
    file = stored(justice)
    client.force_login(make.seat(make.department(justice.unit, "Sở Y tế")).user)
    assert client.get(reverse("file", args=[file.token])).status_code == 404


def test_the_anonymous_are_sent_to_sign_in(client, justice):
    assert client.get(reverse("file", args=[stored(justice).token])).status_code == 302


def test_only_a_photo_stands_inside_a_page(client, justice):
    client.force_login(make.seat(justice).user)
    photo, page = stored(justice, b"x", "anh.jpg"), stored(justice, b"<script>", "trang.html")
    shown = client.get(reverse("file", args=[photo.token]), {"xem": "1"})
    assert shown["Content-Disposition"].startswith("inline")
    handed = client.get(reverse("file", args=[page.token]), {"xem": "1"})
    assert handed["Content-Disposition"].startswith("attachment")
    assert "sandbox" in handed["Content-Security-Policy"]


def test_evidence_follows_its_activity(justice):
    office = make.seat(make.office(justice.unit))
    file = stored(justice, kind="evidence")
    draft = activities.activity(justice, status="draft")
    Evidence.objects.create(activity=draft, file=file, consent=True, by=make.seat(justice), at=NOW)
    assert not may_read_file(office, file)
    sent = activities.activity(justice, status="sent")
    Evidence.objects.create(activity=sent, file=file, consent=True, by=make.seat(justice), at=NOW)
    assert may_read_file(office, file)
    elsewhere = make.office(make.province("An Giang", "89", "an-giang"))
    assert not may_read_file(make.seat(elsewhere), file)


def test_the_scan_of_an_issued_plan_is_read_in_the_whole_province(justice):
    office = make.office(justice.unit)
    file = stored(office)
    plan = campaigns.plan(office, scan=file)
    assert not may_read_file(make.seat(justice), file)
    type(plan).objects.filter(pk=plan.pk).update(status="issued", number_unknown=True)
    assert may_read_file(make.seat(justice), file)


def test_without_a_seat_nothing_is_read(justice):
    assert not may_read_file(None, stored(justice))
