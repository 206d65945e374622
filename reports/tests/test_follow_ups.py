"""The work list reminds of answers, duplicates and overdue remedies; the register of documents prints as section I."""

import datetime

import pytest

from activities.models import DuplicatePair, Inspected, Inspection, IssuedDocument
from activities.operations import OutputData, add_own_output
from campaigns.models import Campaign
from provinces.tests import make as who
from provinces.tests.make import NOW
from reports.queries.home import work_of
from reports.queries.places import current_place
from reports.queries.register import issued_papers
from reports.tests import make, pages

pytestmark = pytest.mark.django_db
REGISTER = "/quang-ninh/2023/van-ban/"


@pytest.fixture
def people():
    return pages.people()


def todo(seat) -> dict:
    """The pages that the work list leads to, with the rows."""
    return {task.page: task for task in work_of(seat, current_place(seat, ["quang-ninh", 2023]), NOW).todo}


def inspected(row, due=datetime.date(2023, 11, 19), done_on=None):
    visit = Inspection.objects.create(activity=row)
    return Inspected.objects.create(inspection=visit, name="Công ty may B", due=due, done_on=done_on)


def test_an_overdue_remedy_stands_on_the_work_list_of_the_recorder_and_the_office(people):
    row = make.activity(people.other.department, "Kiểm tra")
    inspected(row)
    inspected(row, datetime.date(2023, 11, 20))
    inspected(row, done_on=datetime.date(2023, 11, 19))

    for seat in (people.other, people.editor):
        task = todo(seat)["inspections"]
        assert "1" in task.title and task.query == "xem=qua-han" and task.flags
    assert "inspections" not in todo(who.seat(who.department(people.editor.department.unit, "Sở Y tế")))


def test_pairs_and_added_results_are_the_offices_and_answers_the_participants(people):
    row = make.activity(people.editor.department, status="accepted")
    part = make.participant(row, people.other.department)
    measure = make.measure("CT05.1")
    other = make.activity(people.other.department)
    DuplicatePair.objects.create(first=row, second=other, found_at=NOW)
    assert {"asked"} == {"asked", "duplicates", "verify"} & todo(people.other).keys()

    add_own_output(part, OutputData(measure, 5), by=people.other, at=NOW)

    assert {"duplicates", "verify"} <= todo(people.editor).keys()
    assert not {"asked", "duplicates", "verify"} & todo(people.member).keys()


def test_a_locked_year_reminds_of_nothing(people):
    inspected(make.activity(people.other.department))
    Campaign.objects.update(locked_at=NOW)

    assert "inspections" not in todo(people.other)


def document(owner, number="3608/QĐ-BPN&TE", status="accepted", scope="month", **more):
    row = make.activity(
        owner, "Ban hành văn bản", status=status, scope=scope, **({} if scope == "month" else {"campaign": None})
    )
    said = {"title": "Kiện toàn Ban", "dated": datetime.date(2023, 11, 22), "issuer": owner, **more}
    return IssuedDocument.objects.create(activity=row, number=number, **said)


def test_the_register_of_the_province_is_section_one_of_the_report(people):
    document(people.editor.department)
    document(people.other.department, "50/KH-LĐLĐ", scope="year", drafter=people.editor.department)
    document(people.other.department, "chưa xác minh", status="sent")

    answer = pages.as_(people.editor).get(REGISTER)

    said = answer.content.decode()
    province = people.editor.department.unit
    papers = issued_papers(province, Campaign.objects.get(year=2023))
    assert [paper.number for paper in papers] == ["3608/QĐ-BPN&TE", "50/KH-LĐLĐ"]
    assert "3608/QĐ-BPN&amp;TE" in said and "50/KH-LĐLĐ" in said and "22/11/2023" in said
    assert "chưa xác minh" not in said


def test_a_department_finds_its_own_documents_also_before_verification(people):
    document(people.editor.department)
    document(people.other.department, "50/KH-LĐLĐ", status="sent")

    said = pages.as_(people.other).get(REGISTER).content.decode()

    assert "50/KH-LĐLĐ" in said and "3608" not in said


def test_an_unknown_number_and_date_stay_open(people):
    document(people.editor.department, "", dated=None)

    assert "…" in pages.as_(people.editor).get(REGISTER).content.decode()


def test_the_register_of_another_province_is_not_found(people):
    assert pages.as_(people.stranger).get(REGISTER).status_code == 404


def test_the_register_asks_the_same_number_of_questions_for_1_row_and_for_30(
    people, django_assert_max_num_queries, django_assert_num_queries
):
    browser = pages.as_(people.editor)
    document(people.other.department, drafter=people.editor.department)
    browser.get(REGISTER)
    with django_assert_max_num_queries(35) as first:
        browser.get(REGISTER)
    for n in range(29):
        document(people.other.department, f"{n}/CV", drafter=people.editor.department)
    with django_assert_num_queries(len(first)):
        browser.get(REGISTER)
