"""An annex for one programme: the tasks that a plan gives it, the activities that a report counts under it."""

import dataclasses
import datetime
from collections.abc import Iterable

from activities.models import Activity
from campaigns.models import Programme
from campaigns.outlines import Outline, body_name
from provinces.vietnamese import format_period, long_date
from reports.documents.paper import Annex, Column, Note, Paper, Para, Table
from reports.documents.phrases import annex_reference
from reports.papers.plan_annexes import task_table
from reports.queries.programmes import Result, leads_of, tasks_under

NAMES = ("Chương trình", "Chiến lược", "Đề án", "Dự án")
NO_DATA_NOTE = Note("“–”:", "không có số liệu.")
COLUMNS = (
    Column("TT", 1, "center"),
    Column("Hoạt động", 7),
    Column("Đơn vị chủ trì", 4.4),
    Column("Thời gian", 3, "center"),
    Column("Địa điểm", 4),
    Column("Kết quả", 5),
)


def alone(paper: Paper, annex: Annex) -> Paper:
    """The annex without the document that it belongs to; it names the document below its title."""
    named = dataclasses.replace(annex, intro=annex_reference(paper, annex))
    return dataclasses.replace(paper, only_annexes=True, annexes=(named,))


def annex_of_plan(outline: Outline, programme: Programme) -> Annex:
    """The tasks of a plan under a programme, as the table of who does what."""
    lines = tasks_under(outline, programme)
    blocks = task_table(outline, lines) if lines else [Para("Không có nhiệm vụ.")]
    return Annex(
        f"Nhiệm vụ thực hiện {programme.name}",
        blocks=(*_decision(programme), *blocks),
        landscape=True,
        sheet="Nhiệm vụ",
    )


def annex_of_report(results: list[Result], programme: Programme, day: datetime.date) -> Annex:
    """The activities of a report under a programme with what they gave to its figures."""
    rows = tuple(_row(number, result, day) for number, result in enumerate(results, start=1))
    note = [NO_DATA_NOTE] if any(cell is None for row in rows for cell in row) else []
    blocks = [Table(COLUMNS, rows), *note] if rows else [Para("Không có hoạt động.")]
    return Annex(
        f"Hoạt động thực hiện {programme.name}",
        blocks=(*_decision(programme), *blocks),
        landscape=True,
        sheet="Hoạt động",
    )


def _decision(programme: Programme) -> Iterable[Para]:
    """By which decision the programme runs, where that is known."""
    if programme.decision:
        on = f" {long_date(programme.decision_date)}" if programme.decision_date else ""
        name = next((word for word in NAMES if programme.name.startswith(word)), NAMES[0])
        words = f"{name} ban hành theo {_kind(programme.decision)} số {programme.decision}{on}."
        yield Para(words, keep=True)


def _kind(decision: str) -> str:
    return "Nghị quyết" if "/NQ" in decision else "Quyết định"


def _row(number: int, result: Result, day: datetime.date) -> tuple:
    activity = result.activity
    on = activity.starts_on or day
    leads = [row.name or body_name(row.department, on) for row in leads_of(activity)]
    return (
        number,
        activity.title,
        "; ".join(leads) or body_name(activity.owner, on) or None,
        _when(activity),
        activity.place or None,
        "; ".join(result.said) or None,
    )


def _when(activity: Activity) -> str | None:
    if activity.starts_on is None:
        return f"năm {activity.year}"
    if activity.precision == Activity.Precision.MONTH:
        return f"tháng {activity.starts_on.month}/{activity.starts_on.year}"
    return format_period(activity.starts_on, activity.ends_on)
