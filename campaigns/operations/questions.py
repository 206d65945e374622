"""Questions about a task: a department that has it asks, the office whose plan it is answers."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.assignments import SETTLED, charged_with
from campaigns.models import Task, TaskQuestion
from campaigns.operations.guards import clean_text
from campaigns.operations.telling import tell_answered, tell_asked
from provinces.models import Department, Seat
from provinces.vietnamese import find_private, sentence
from provinces.workflow import Refused, record_event

LONGEST = 2000
PERSONAL = {"name", "address"}


@transaction.atomic
def ask_question(
    task: Task, text: str, *, confirmed_names: bool = False, by: Seat, at: datetime.datetime
) -> TaskQuestion:
    """Ask about a task that one's department leads or helps with, as long as its plan is approved or issued."""
    department = _asker(task, by)
    text = _said(text, _("Question"), confirmed_names)
    question = TaskQuestion.objects.create(task=task, department=department, text=text, by=by, at=at)
    _record("task.ask", question, by, at)
    tell_asked(question, by=by, at=at)
    return question


def _asker(task: Task, by: Seat) -> Department:
    own = charged_with(task, by.reach.departments)
    if not by.writes or not own:
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    if task.plan.status not in SETTLED:
        raise Refused(_("The plan has been replaced; ask about the task in its newest version"))
    return by.department if by.department_id in own else Department.objects.get(pk=min(own))


@transaction.atomic
def answer_question(
    question: TaskQuestion, text: str, *, confirmed_names: bool = False, by: Seat, at: datetime.datetime
) -> TaskQuestion:
    """Answer a question once, for the office whose plan the task is in."""
    if "own_editor" not in question.task.plan.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    text = _said(text, _("Answer"), confirmed_names)
    open_question = TaskQuestion.objects.filter(pk=question.pk, answer="")
    if not open_question.update(answer=text, answered_by=by, answered_at=at):
        raise Refused(_("This question has been answered already"), field="text")
    question.refresh_from_db()
    _record("task.answer", question, by, at)
    tell_answered(question, by=by, at=at)
    return question


def _said(text: str, label: str, confirmed_names: bool) -> str:
    """Text that names nobody who was helped; a tick says that a name is an official's."""
    text = clean_text(text, label=label, field="text", longest=LONGEST)
    if not text:
        raise Refused(_("%(label)s is missing") % {"label": label}, field="text")
    personal = [found for found in find_private(text) if found.kind in PERSONAL]
    if personal and not confirmed_names:
        raise Refused(sentence(f"privacy.{personal[0].kind}", marked=personal[0].marked), field="confirmed_names")
    return text


def _record(verb: str, question: TaskQuestion, by: Seat, at: datetime.datetime) -> None:
    task = question.task
    record_event(verb, task, by=by, at=at, province=task.plan.province, details={"question": question.pk})
