"""The catalogue and the campaigns as loaded from campaigns/data."""

import csv
import datetime
import shutil

import pytest
from django.db import transaction

from campaigns.models import ActivityType, Campaign, Indicator, Measure, StandardTask, StrategyTarget, Wording
from campaigns.operations.catalogue import DATA, load_catalogue
from campaigns.queries import wording_of
from provinces.models import Event, Unit
from provinces.tests import make

D = datetime.date


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The catalogue over the four provinces that its wordings name."""
    with django_db_blocker.unblock(), transaction.atomic():
        for name, code, slug in [
            ("Quảng Ninh", "22", "quang-ninh"),
            ("Kiên Giang", "91", "kien-giang"),
            ("Bình Phước", "70", "binh-phuoc"),
            ("Đồng Tháp", "87", "dong-thap"),
        ]:
            make.province(name, code, slug, valid_to=D(2025, 6, 30))
        make.province("Đồng Tháp", "82", "dong-thap", valid_from=D(2025, 7, 1))
        yield load_catalogue(at=make.NOW)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _catalogue(loaded, db):
    """Each test sees the loaded catalogue and leaves it as it was."""


def province(code):
    return Unit.objects.provinces().on(D(2023, 11, 15)).get(code=code)


def test_the_first_load_says_what_it_added(loaded):
    assert {name: change.added for name, change in loaded.items()} == {
        "indicators": 43,
        "measures": 119,
        "activity types": 27,
        "audiences": 33,
        "beneficiary groups": 18,
        "money sources": 14,
        "media channels": 18,
        "holidays": 174,
        "campaigns": 11,
        "wordings": 11 + 7,
        "programmes": 13,
        "standard tasks": 40,
        "strategy targets": 23,
    }


def test_a_second_load_changes_nothing():
    events = Event.objects.count()

    assert not any(load_catalogue(at=make.NOW).values())
    assert Event.objects.count() == events


def test_a_corrected_file_corrects_its_row(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    path = data / "measures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Báo cáo đột xuất", "Báo cáo bất thường"), "utf-8")

    changes = load_catalogue(at=make.NOW, data=data)

    assert (changes["measures"].added, changes["measures"].changed) == (0, 1)
    assert Measure.objects.get(code="CT03.2").name == "Báo cáo bất thường"


def test_a_measure_has_one_unit_one_rule_and_a_heading():
    launches, models = Measure.objects.get(code="CT04.1"), Measure.objects.get(code="CT35.1")

    assert (launches.unit_of_measure, launches.counts, launches.over_time) == ("cuộc", "things", "sum")
    assert launches.role_kept and not launches.sensitive
    assert models.over_time == "latest"
    assert Measure.objects.get(code="CT35.2").over_time == "sum"
    assert launches.indicator == Indicator.objects.get(code="CT04")


def test_money_and_returns_are_not_typed():
    assert set(Measure.objects.filter(indicator__code="CT40").values_list("source", flat=True)) == {"money"}
    assert "return" in set(Measure.objects.filter(indicator__code="CT42").values_list("source", flat=True))


def test_a_launch_counts_launches_and_attendances():
    kind = ActivityType.objects.get(code="HD02")

    assert (kind.count_measure.code, kind.attendance_measure.code) == ("CT04.1", "CT05.1")
    assert kind.asks == ["audience", "products", "support"]
    assert ActivityType.objects.get(code="HD12").count_measure is None


def test_the_name_of_the_month_changed_in_2021():
    assert "phòng, chống bạo lực" in Campaign.objects.get(year=2020).name
    assert "phòng ngừa, ứng phó với bạo lực" in Campaign.objects.get(year=2021).name


def test_the_letters_and_their_ministries():
    letters = {
        c.year: (c.guidance_number, c.guidance_date, c.guidance_issuer)
        for c in Campaign.objects.filter(year__in=[2022, 2023, 2024, 2025])
    }

    assert letters == {
        2022: ("", None, ""),
        2023: ("4076/LĐTBXH-BĐG", D(2023, 9, 27), "Bộ Lao động - Thương binh và Xã hội"),
        2024: ("4893/BLĐTBXH-VBĐG", None, "Bộ Lao động - Thương binh và Xã hội"),
        2025: ("8935/BNV-CTTN&BĐG", D(2025, 10, 3), "Bộ Nội vụ"),
    }


def test_2026_has_no_theme_until_somebody_types_it():
    campaign = Campaign.objects.get(year=2026)
    assert (campaign.theme_certainty, wording_of(campaign, None).theme) == ("unknown", "")

    campaign.wordings.update(theme="…")

    assert not any(load_catalogue(at=make.NOW).values())


def test_quang_ninh_prints_its_own_theme_of_2023_and_its_committee():
    campaign = Campaign.objects.get(year=2023)
    own = wording_of(campaign, province("22"))

    assert "tăng cường quyền năng" in own.theme
    assert own.committee_title == "Ban Vì sự tiến bộ của phụ nữ và Bảo vệ chăm sóc trẻ em"
    assert "bảo vệ và chăm sóc trẻ em tỉnh" in own.seen_in
    assert "tăng quyền năng và tạo cơ hội" in wording_of(campaign, None).theme


def test_a_wording_that_a_province_edited_is_kept():
    Wording.objects.filter(province=province("91")).update(theme="Câu của tỉnh")

    assert not any(load_catalogue(at=make.NOW).values())


def test_what_was_heard_at_a_national_launch_stands_beside_the_default():
    campaign = Campaign.objects.get(year=2024)

    beside = campaign.wordings.get(province=None, is_default=False)
    assert beside.theme.endswith("với phụ nữ và trẻ em gái")
    assert wording_of(campaign, None).theme.endswith("trên cơ sở giới")


def test_dong_thap_of_2024_is_the_old_province():
    assert Wording.objects.get(campaign__year=2024, province__isnull=False).province.code == "87"


def test_usual_tasks_and_targets_are_there():
    task = StandardTask.objects.get(era="to_2025_02", department_name="Sở Tài chính")
    assert (task.heading, task.type.code) == ("III.7", "HD20")
    assert StrategyTarget.objects.get(code="MT3.1").target_2025 == "1.7"


def test_every_quoted_result_of_the_articles_has_a_measure():
    with (DATA / "coverage.csv").open(encoding="utf-8", newline="") as file:
        named = {code for row in csv.DictReader(file) for code in row["measure"].replace(";", " ").split()}

    known = set(Measure.objects.values_list("code", flat=True))
    assert named and not {code for code in named if code.startswith("CT")} - known
