"""The table of a plan's tasks: its rows, who is at them, the money against the budget."""

import dataclasses

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from campaigns.forms.tasks import TaskSheet
from campaigns.models import Task
from campaigns.outlines import Heading, TaskLine, task_anchor
from campaigns.views.plan_desk import Desk
from campaigns.views.plan_presence import presence_words
from provinces.drafts import drafts_of

DRAFT = "plan_task"


@dataclasses.dataclass(frozen=True)
class TaskRow:
    """One task in the table: its line, who else has it open, and when a draft of it was left."""

    line: TaskLine
    heading: Heading
    others: list[str]
    draft_at: object
    is_first: bool
    is_last: bool

    @property
    def task(self) -> Task:
        return self.line.task

    @property
    def slot(self) -> str:
        return slot_of(self.line.task)


def slot_of(task: Task | None) -> str:
    """The id of the part of the page in which the form of a task opens."""
    return f"nv-{task.public_id}" if task else "nv-moi"


def task_rows(desk: Desk) -> list[TaskRow]:
    """All rows of the table, in order."""
    others = desk.others(timezone.now()) if desk.writes else {}
    drafts = drafts_of(desk.seat, DRAFT, f"{desk.plan.public_id}/") if desk.writes else {}
    return [
        TaskRow(
            line=line,
            heading=heading,
            others=presence_words(others.get(task_anchor(line.task), [])),
            draft_at=drafts.get(line.task.public_id),
            is_first=line is heading.lines[0],
            is_last=line is heading.lines[-1],
        )
        for heading in desk.outline.headings
        for line in heading.lines
    ]


def table_context(desk: Desk) -> dict:
    """What the table needs."""
    return {"desk": desk, "plan": desk.plan, "outline": desk.outline, "rows": task_rows(desk)}


def table_again(request: HttpRequest, desk: Desk, *, said: str = "", at_row: str = "") -> HttpResponse:
    """The whole table as it is now, with the sums beside it: order, numbers and sums may have changed anywhere."""
    context = {**table_context(dataclasses.replace(desk)), "said": said, "at_row": at_row, "beside": True}
    return retarget(render(request, "campaigns/plan_tasks.html", context), "phan-nhiem-vu")


def retarget(answer: HttpResponse, part: str) -> HttpResponse:
    """Put the answer in the place of another part of the page than the one that asked."""
    answer["HX-Retarget"], answer["HX-Reswap"] = f"#{part}", "outerHTML"
    return answer


@dataclasses.dataclass(frozen=True)
class MoneySoFar:
    """The money of a task as typed so far, and what the whole plan would come to with it."""

    counted: int
    integrated: int
    plan_total: int
    budget: int | None

    @classmethod
    def of(cls, desk: Desk, sheet: TaskSheet) -> "MoneySoFar":
        stored = next((x.counted_money for x in desk.outline.lines if sheet.task and x.task.pk == sheet.task.pk), None)
        total = (desk.outline.money.total or 0) - (stored or 0) + sheet.counted
        return cls(sheet.counted, sheet.integrated, total, desk.plan.budget)

    @property
    def differs(self) -> bool:
        """The plan names a budget, and the tasks do not add up to it."""
        return self.budget is not None and self.plan_total != self.budget
