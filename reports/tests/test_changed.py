"""What moved since figures were taken is asked over the days that were counted."""

import dataclasses
import datetime

import pytest
from django.utils import timezone

from reports.models import Report
from reports.operations.past import TypedTotal, end_past_total, type_past_total
from reports.queries.moved import moved_beside
from reports.queries.picture import frozen
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


def test_a_plan_a_return_and_a_typed_total_after_the_figures_are_named_too():
    people = pages.people()
    request = make.request(people.editor.department, [people.other.department])
    report = pages.compile_now(pages.opened(people), people)
    assert moved(report) == []
    make.report(people.other.department, "return", status="nil", nil_reason="Không phát sinh", request=request)
    total = TypedTotal(make.measure("CT05.1"), "month", 400, "exact", "báo cáo số 412/BC-SLĐTBXH")
    for quantity in (400, 410):
        total = dataclasses.replace(total, quantity=quantity)
        row = type_past_total(report.province, 2022, total, by=people.editor, at=timezone.now())
    plan = make.campaigns.plan(people.editor.department, status="approved")
    page = pages.as_(people.editor).get(pages.url(report, "")).content.decode()

    assert moved(report) == [
        ("sent", "Liên đoàn Lao động tỉnh"),
        ("planned", plan.subject),
        ("typed", "Người dự lễ phát động, mít tinh"),
    ]
    assert "3 thay đổi sau lúc tổng hợp" in page
    assert "đã gửi báo cáo" in page

    end_past_total(row, by=people.editor, at=timezone.now())
    assert [kind for kind, _name in moved(report)] == ["sent", "planned"]
    assert moved(pages.compile_now(report, people)) == []


def moved(report) -> list[tuple[str, str]]:
    report = Report.objects.get(pk=report.pk)
    return [(each.kind, each.name) for each in moved_beside(report, frozen(report.snapshot))]
