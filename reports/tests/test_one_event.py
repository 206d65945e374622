"""One event that many departments logged: what merging, adding and adjusting does to the province's figures."""

import datetime

import pytest
from django.utils import timezone

from activities.models import DuplicatePair
from activities.operations import (
    OutputData,
    add_own_output,
    adjust_output,
    decline_output,
    find_duplicates_of_year,
    keep_pair_apart,
    merge_pair,
    separate_pair,
    take_over_output,
)
from campaigns.tests import make as campaigns
from provinces.tests import make as who
from provinces.tests.make import NOW
from reports.queries.figures import figures
from reports.queries.sources import changed_since
from reports.tests import make, pages

pytestmark = pytest.mark.django_db
DAY = datetime.date(2023, 11, 10)


@pytest.fixture
def people():
    return pages.people()


def launch(department, title, attendances=550):
    row = make.activity(department, title, starts_on=DAY, place="KCN Đông Mai", window_reason="Ghép ngày hội")
    make.result(row, "CT04.1", 1)
    make.result(row, "CT05.1", attendances, "about")
    return row


def organisers(people) -> list:
    unit = people.editor.department.unit
    names = ("Ban Quản lý Khu kinh tế Quảng Ninh", "Ủy ban nhân dân thị xã Quảng Yên")
    return [people.editor.department, people.other.department, *(who.department(unit, name) for name in names)]


def total(people, code="CT04.1"):
    cell = figures(people.editor.department.unit, campaigns.campaign()).by_cell(f"{code}:month")
    return cell.total if cell else 0


def pairs(people) -> list[DuplicatePair]:
    find_duplicates_of_year(people.editor.department.unit, 2023, by=None, at=NOW)
    return list(DuplicatePair.objects.order_by("id"))


def test_four_organisers_logged_one_launch_and_the_province_shows_one(people):
    rows = [launch(body, title) for body, title in zip(organisers(people), TITLES, strict=True)]
    found = pairs(people)
    assert (len(found), total(people), total(people, "CT05.1")) == (6, 4, 2200)

    for left, pair in zip((3, 2, 1), (p for p in found if p.first == rows[0]), strict=True):
        merge_pair(pair, rows[0], by=people.editor, at=NOW)
        assert total(people) == left

    figure = figures(people.editor.department.unit, campaigns.campaign()).by_cell("CT05.1:month")
    assert figure.printed == "khoảng 550"
    separate_pair(found[0], by=people.editor, at=NOW)
    assert (total(people), total(people, "CT05.1")) == (2, 1100)


TITLES = (
    "Lễ phát động Tháng hành động tại Khu công nghiệp Đông Mai",
    "Phối hợp tổ chức lễ phát động",
    "Tham gia lễ phát động cấp tỉnh",
    "Lễ phát động tại KCN Đông Mai, Quảng Yên",
)


@pytest.mark.parametrize("kept", ["first", "second"])
def test_a_merge_changes_the_total_by_exactly_one_and_the_undoing_gives_it_back(people, kept):
    launch(people.editor.department, TITLES[0], 550)
    launch(people.other.department, TITLES[1], 500)
    make.result(make.activity(people.other.department, "Lễ khác"), "CT04.1", 1)
    (pair,) = pairs(people)
    before = total(people), total(people, "CT05.1")

    merge_pair(pair, getattr(pair, kept), by=people.editor, at=NOW)
    assert total(people) == before[0] - 1
    assert total(people, "CT05.1") == {"first": 550, "second": 500}[kept]

    separate_pair(pair, by=people.editor, at=NOW)
    assert (total(people), total(people, "CT05.1")) == before


def test_keeping_apart_changes_nothing(people):
    launch(people.editor.department, TITLES[0])
    launch(people.other.department, TITLES[1])
    (pair,) = pairs(people)

    keep_pair_apart(pair, by=people.editor, at=NOW)

    assert total(people) == 2


def test_a_part_of_the_merged_number_does_not_come_back_as_a_number_of_its_own(people):
    launch(people.editor.department, TITLES[0])
    other = launch(people.other.department, TITLES[1])
    inside = make.activity(people.other.department, "Đoàn nữ công nhân dự")
    make.result(inside, "CT05.1", 80, part_of=other.outputs.get(measure__code="CT05.1"))
    (pair,) = pairs(people)
    assert total(people, "CT05.1") == 1100

    merge_pair(pair, pair.first, by=people.editor, at=NOW)

    assert total(people, "CT05.1") == 550


def test_a_report_knows_that_a_merge_came_after_its_figures(people):
    launch(people.editor.department, TITLES[0])
    launch(people.other.department, TITLES[1])
    report = pages.compile_now(pages.opened(people), people)
    (pair,) = pairs(people)

    merge_pair(pair, pair.first, by=people.editor, at=timezone.now())

    changes = {change.activity.title: change.kind for change in changed_since(report.snapshot)}
    assert changes == {TITLES[0]: "edited", TITLES[1]: "gone"}


def added(people, **more):
    """What the department adds to the office's verified launch."""
    row = launch(people.editor.department, TITLES[0])
    part = make.participant(row, people.other.department)
    whole = row.outputs.get(measure__code="CT05.1")
    if more.pop("inside", False):
        more["part_of"] = whole
    data = OutputData(whole.measure, 40, **more)
    return add_own_output(part, data, by=people.other, at=NOW)


def test_what_a_participant_adds_counts_only_once_the_office_has_verified_it(people):
    output = added(people)
    assert total(people, "CT05.1") == 550

    decline_output(output, "Đã tính", by=people.editor, at=NOW)
    assert total(people, "CT05.1") == 550

    take_over_output(output, by=people.editor, at=NOW)
    assert total(people, "CT05.1") == 590


def test_a_participants_part_is_never_added(people):
    take_over_output(added(people, inside=True), by=people.editor, at=NOW)

    figure = figures(people.editor.department.unit, campaigns.campaign()).by_cell("CT05.1:month")
    assert figure.total == 550
    assert {c.department for c in figure.contributions} == {str(people.editor.department), str(people.other.department)}


def test_an_adjustment_moves_the_figure_and_stands_among_its_sources(people):
    row = launch(people.other.department, TITLES[0])
    output = row.outputs.get(measure__code="CT05.1")
    adjust_output(output, -50, "Đã tính ở Sở Y tế", by=people.editor, at=NOW)
    report = pages.compile_now(pages.opened(people), people)

    assert total(people, "CT05.1") == 500
    answer = pages.as_(people.editor).get(pages.url(report, "so-lieu/CT05.1/nguon"))
    said = answer.content.decode()
    assert "Đã tính ở Sở Y tế" in said and "500" in said
    output.refresh_from_db()
    assert output.quantity == 550
