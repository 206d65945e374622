"""The page on which a table of tasks is pasted, understood and, once everything is clear, added as a whole."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.operations.tasks import add_tasks
from campaigns.pasted import COLUMNS, PastedTable
from campaigns.views.plan_desk import Desk, desk_of
from provinces.drafts import find_draft, posted_draft
from provinces.operations.memory import save_draft
from provinces.views.once import answer_once
from provinces.workflow import Refused

COLUMNS_FORM = "plan-columns"  # what the person said about the columns of a table with the same headings


def plan_tasks_paste(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Paste, look at what was understood, confirm; nothing is stored before that. What the columns were said to hold
    is remembered for the next table with the same headings."""
    desk = desk_of(request, t, y, id)
    if request.method != "POST":
        return _page(request, desk, None) if desk.writes else redirect(desk.address("plan"))
    try:
        table = _table(request, desk)
    except Refused as refused:
        return _page(request, desk, None, faults=[str(refused.sentence)])
    if "confirm" not in request.POST:
        return _page(request, desk, table)
    if table.bad or not table.good:
        return _page(request, desk, table, faults=[_left_to_do(table)])
    try:
        return _add(request, desk, table)
    except Refused as refused:
        return _page(request, desk, table, faults=[str(refused.sentence)])


def _table(request: HttpRequest, desk: Desk) -> PastedTable:
    posted = request.POST
    fills = "fills" in posted or "seen" not in posted
    table = PastedTable(desk.plan, posted.get("text", ""), posted, frozenset(posted.getlist("skip")), fills)
    said = None if "seen" in posted else find_draft(request.seat, COLUMNS_FORM, table.shape)
    return PastedTable(desk.plan, posted.get("text", ""), posted_draft(said)) if said else table


def _left_to_do(table: PastedTable) -> str:
    if not table.rows:
        return _("No task was found. Paste the table with its heading row, or say which column holds the tasks")
    words = ngettext(
        "%(n)s row is still to be fixed or left out", "%(n)s rows are still to be fixed or left out", len(table.bad)
    )
    return words % {"n": len(table.bad)} if table.bad else _("There is no row to add")


def _add(request: HttpRequest, desk: Desk, table: PastedTable) -> HttpResponse:
    at = timezone.now()

    def work() -> str:
        made = add_tasks(desk.plan, [row.data for row in table.good], by=request.seat, at=at)
        said = {f"column-{place.no}": [place.key] for place in table.places}
        save_draft(COLUMNS_FORM, table.shape, said, by=request.seat, at=at)
        messages.success(request, _("%(n)s tasks were added") % {"n": len(made)})
        return f"{desk.address('plan')}#nhiem-vu"

    return answer_once(request, work, at=at)


def _page(request: HttpRequest, desk: Desk, table: PastedTable | None, faults: list[str] = ()) -> HttpResponse:
    context = {
        "desk": desk,
        "plan": desk.plan,
        "table": table,
        "text": request.POST.get("text", ""),
        "columns": COLUMNS,
        "fills": "fills" in request.POST or "seen" not in request.POST,
        "faults": faults,
        "faulty": bool(faults),
    }
    return render(request, "campaigns/plan_paste.html", context, status=422 if faults else 200)
