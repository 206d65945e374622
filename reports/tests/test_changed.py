"""What moved since figures were taken is asked over the days that were counted."""

import datetime

import pytest

from reports.models import Report
from reports.queries.sources import changed_since
from reports.tests import make, pages

pytestmark = pytest.mark.django_db


def test_a_report_of_the_year_finds_nothing_moved_while_nothing_moved():
    people = pages.people()
    office = people.editor.department
    row = make.activity(office, starts_on=datetime.date(2023, 3, 8), scope="year", campaign=None)
    make.result(row, "CT05.1", 20)
    request = make.request(office)
    days = {"period_from": datetime.date(2022, 12, 15), "period_to": datetime.date(2023, 12, 14)}
    type(request).objects.filter(pk=request.pk).update(kind="year", **days)
    request.refresh_from_db()
    before = make.activity(office, year=2022, starts_on=datetime.date(2022, 12, 20))
    make.result(before, "CT05.1", 5)
    report = pages.compile_now(make.report(office, request=request), people)

    seen = set(report.snapshot.sources.values_list("activity", flat=True))

    assert seen == {row.pk, before.pk}
    assert changed_since(Report.objects.get(pk=report.pk).snapshot) == []
