"""The command line does the main job: three files, or one clear sentence."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from campaigns.tests import make as campaigns
from provinces.models import Unit
from provinces.tests import make as who
from provinces.tests.make import NOW
from reports.models import Job, Report, Snapshot
from reports.operations.reports import lock_report
from reports.tests import make, quang_ninh

pytestmark = pytest.mark.django_db


@pytest.fixture
def qn():
    return quang_ninh.year()


def run(tmp_path, campaign="2023", province="22", **more):
    call_command("compile_report", campaign=campaign, province=province, out=str(tmp_path), **more)


def test_it_writes_three_files_and_prints_them(qn, tmp_path, capsys):
    run(tmp_path / "moi")
    printed = capsys.readouterr().out.splitlines()
    assert printed == [str(tmp_path / "moi" / name) for name in ("bao-cao.docx", "bao-cao.pdf", "phu-luc.xlsx")]
    assert (tmp_path / "moi" / "bao-cao.pdf").read_bytes().startswith(b"%PDF")
    assert Job.objects.get().asked_by is None


def test_each_run_of_an_open_report_compiles_anew(qn, tmp_path):
    run(tmp_path)
    run(tmp_path)
    assert list(Snapshot.objects.order_by("no").values_list("no", flat=True)) == [1, 2]
    assert Report.objects.count() == 1


def test_a_locked_report_prints_its_own_figures(qn, tmp_path):
    lock_report(quang_ninh.report(qn), by=qn.head, at=NOW)
    run(tmp_path)
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"campaign": "1999"}, "Không có tháng hành động năm 1999"),
        ({"campaign": "nam nay"}, "Không có tháng hành động năm nam nay"),
        ({"province": "99"}, "Không có tỉnh, thành phố mã 99 vào ngày 15/11/2023"),
        ({"as_of": "15/11"}, "--as-of 15/11 không phải là ngày"),
    ],
)
def test_what_is_unknown_is_one_sentence(qn, tmp_path, options, says):
    with pytest.raises(CommandError, match=says):
        run(tmp_path, **options)
    assert not Job.objects.exists()


def test_a_directory_it_cannot_write_is_one_sentence(qn, tmp_path):
    (tmp_path / "tep").write_text("")
    with pytest.raises(CommandError, match="Không ghi được vào thư mục"):
        run(tmp_path / "tep")
    assert not Job.objects.exists()


def test_a_code_means_the_unit_of_the_campaigns_days(qn, tmp_path):
    day = datetime.date(2025, 6, 30)
    Unit.objects.filter(pk=qn.province.pk).update(valid_to=day)
    heir = who.province("An Giang", "22", "an-giang", valid_from=day + datetime.timedelta(days=1))
    who.office(heir)
    make.measure("CT04.1")
    campaigns.campaign(2026)
    run(tmp_path)
    assert Report.objects.get().province == qn.province
    run(tmp_path, as_of="2026-01-01")
    assert set(Report.objects.values_list("province", flat=True)) == {qn.province.pk, heir.pk}


def test_a_province_without_a_standing_office_is_one_sentence(tmp_path):
    who.province()
    campaigns.campaign()
    with pytest.raises(CommandError, match="cơ quan thường trực"):
        run(tmp_path)


def test_a_run_under_way_is_not_disturbed(qn, tmp_path):
    report = quang_ninh.report(qn)
    Job.objects.create(report=report, status="running", lease_until=NOW + datetime.timedelta(days=9999), queued_at=NOW)
    with pytest.raises(CommandError, match="đang chạy"):
        run(tmp_path)
