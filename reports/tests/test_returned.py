"""A report that came back: one thing to do, and papers judged before they are confirmed."""

import pytest

from provinces.workflow import Refused
from reports.models import Report
from reports.operations.reports import RegistryFacts, issue_report
from reports.operations.way_up import Remark, return_report
from reports.queries.home import work_of
from reports.queries.places import current_place
from reports.tests import pages
from reports.tests.pages import AT, as_, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return pages.people()


def test_a_returned_report_is_one_thing_to_do_and_not_two(people):
    return_report(pages.sent(people), [Remark("Bổ sung số nữ.")], by=people.committee, at=AT)

    todo = work_of(people.editor, current_place(people.editor, ["quang-ninh", 2023]), AT).todo

    reports = [task for task in todo if task.page == "report"]
    assert [task.chip for task in reports] == ["back"]
    assert reports[0].row == Report.objects.get(version=2).public_id


@pytest.mark.parametrize("missing", ["number", "dated"])
def test_what_the_paper_lacks_is_said_before_issuing_is_confirmed(people, missing):
    report = pages.locked(people)
    given = {"number": "412", "symbol": "BC-SLĐTBXH", "dated": "19/12/2023", missing: ""}

    page = as_(people.head).post(url(report, "ban-hanh"), given)

    assert page.status_code == 422
    assert missing in page.context["form"].errors


def test_nothing_is_issued_in_a_locked_year(people):
    report = pages.locked(people)
    report.campaign.locked_at = AT
    report.campaign.save()

    with pytest.raises(Refused):
        issue_report(report, pages.FACTS, by=people.head, at=AT)


def test_a_body_signs_while_it_exists(people):
    report = pages.locked(people)
    report.issuer.valid_to = pages.FACTS.dated.replace(day=1)
    report.issuer.save()

    with pytest.raises(Refused) as refused:
        issue_report(report, RegistryFacts("412", "BC-SLĐTBXH", pages.FACTS.dated), by=people.head, at=AT)

    assert refused.value.field == "dated"
