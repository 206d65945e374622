"""The work list, and the list of years one can go to."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from campaigns.queries import Place
from provinces.models import Department, Duty, Seat, Unit
from reports.context import LEAVES, PLACE_KEY, WATCHED, address
from reports.queries.assigned import DONE, own_tasks
from reports.queries.first_run import First, failed_runs, first_steps
from reports.queries.health import checks
from reports.queries.home import work_of
from reports.queries.own import own_of
from reports.queries.places import current_place, years_of
from reports.queries.series import newest_campaign
from reports.queries.watch import standings_of
from reports.queries.worklist import Task
from reports.views.assigned import task_row

ROWS = 7  # in one block of the page


def root(request: HttpRequest) -> HttpResponse:
    """The bare address opens the work list."""
    return redirect(settings.LOGIN_REDIRECT_URL)


def home(request: HttpRequest) -> HttpResponse:
    """Việc cần làm: what the seat has to do in the year it works in."""
    place = _place(request)
    kept = _kept(request.seat, place)
    if place is None:
        return render(request, "reports/home.html", {"place": None, "nation": _nation(request.seat, None), **kept})
    request.place = place
    work = work_of(request.seat, place, timezone.now())
    own = own_of(request.seat, place) if request.seat.writes and not work.office and not place.national else None
    assigned = [task_row(row, place, request) for row in own_tasks(request.seat, place)]
    led = [row for row in assigned if row["own"].assigned.leads]
    led_open = [row for row in led if row["own"].state != DONE]
    context = {
        "place": place,
        "work": work,
        "todo": [_row(task, place) for task in work.todo[:ROWS]],
        "later": [_row(task, place) for task in work.todo[ROWS:]],
        "waiting": [_row(task, place) for task in work.waiting[:ROWS]],
        "waiting_more": [_row(task, place) for task in work.waiting[ROWS:]],
        "done": [_row(task, place) for task in work.done],
        "led": led_open[:ROWS],
        "led_done": [row for row in led if row["own"].state == DONE],
        "led_more": len(led_open) - ROWS,
        "helped": len(assigned) - len(led),
        "duties": _duties(request.seat, place),
        "log_url": address("activity_new", **_where(place)) if work.may_log else "",
        "verify_url": address("verify", **_where(place)) if work.to_verify else "",
        "reports_url": address("monitoring", **_where(place)),
        "own": own if own and own.speaks else None,
        "receipt_url": address("return_receipt", **_where(place), id=own.receipt.public_id)
        if own and own.receipt
        else "",
        **kept,
        "nation": _nation(request.seat, place),
    }
    return render(request, "reports/home.html", context)


def _kept(seat: Seat | None, place: Place | None) -> dict:
    """For an administrator: the first steps of a new province, what went wrong, how the program is."""
    if seat is None or seat.role != Seat.Role.ADMIN:
        return {}
    home = seat.department.unit.home_province
    steps = [{"step": step, "url": _step_url(step, home, place)} for step in first_steps(seat, timezone.localdate())]
    stamp = settings.DATA_DIR / settings.BACKUP_STAMP
    faults = sum(not each.well for each in checks(settings.DATA_DIR, stamp, at=timezone.now()))
    failed = failed_runs(home) if home.level == Unit.Level.PROVINCE else 0
    return {"steps": steps, "steps_done": sum(row["step"].done for row in steps), "faults": faults, "failed": failed}


def _step_url(step: First, home: Unit, place: Place | None) -> str:
    if step.page == "plans":
        return address("plans", **_where(place)) if place else ""
    return address(step.page, t=home.slug)


def _place(request: HttpRequest) -> Place | None:
    """The province and year of the query string (?tinh=quang-ninh&nam=2023), else the one last worked in."""
    remembered = request.session.get(PLACE_KEY)
    if request.GET.get("nam", "").isdecimal() and len(request.GET["nam"]) == 4:
        remembered = [request.GET.get("tinh", ""), int(request.GET["nam"])]
    return current_place(request.seat, remembered)


def _nation(seat: Seat | None, place: Place | None) -> dict | None:
    """For the ministry: how many provinces of the year have issued, and who is late."""
    if seat is None or not seat.reach.ministry:
        return None
    campaign = place.campaign if place else newest_campaign()
    if campaign is None:
        return None
    rows = standings_of(campaign, timezone.now())
    late = [each.name for each in rows if each.late and each.report is None]
    sent = sum(each.report is not None for each in rows)
    return {"year": campaign.year, "asked": len(rows), "sent": sent, "late": late[:ROWS], "more": len(late) - ROWS}


def _where(place: Place) -> dict:
    return {"t": place.slug, "y": place.year}


def _row(task: Task, place: Place) -> dict:
    """A task as the task list draws it; without a page yet, it is text."""
    where = _where(place) | ({"id": task.row} if task.row else {})
    url = address(task.page, **where)
    return {
        "title": task.title,
        "url": _with_tail(url, task) if url else url,
        "chip": task.chip,
        "note": task.note,
        "flags": task.flags,
    }


def _with_tail(url: str, task: Task) -> str:
    query = f"?{task.query}" if task.query else ""
    return f"{url}{query}#{task.fragment}" if task.fragment else f"{url}{query}"


def _duties(seat: Seat, place: Place) -> list[str]:
    """The duties of the seat's department in this province on the campaign's day, unless its name says them already."""
    named = {Duty.Kind.COMMITTEE: Department.Kind.BAN, Duty.Kind.MINISTRY: Department.Kind.BO}
    held = [
        (kind, label) for kind, label in Duty.Kind.choices if seat.holds(kind, place.province, place.campaign.opens_on)
    ]
    return [label for kind, label in held if named.get(kind) != seat.department.kind]


def years(request: HttpRequest) -> HttpResponse:
    """Đổi năm: every year of the seat's provinces, each a link to the same kind of page."""
    leaf = request.GET.get("trang", "")
    name = LEAVES.get(leaf, leaf)
    rows = [
        {"campaign": year.campaign, "links": [(place, _link(name, place)) for place in year.places]}
        for year in (years_of(request.seat) if request.seat else [])
    ]
    return render(request, "reports/years.html", {"rows": rows, "current": request.session.get(PLACE_KEY)})


def _link(name: str, place: Place) -> str:
    """The same kind of page in another year, or that year's work list."""
    if name.startswith(WATCHED):
        return f"/{place.slug}/{place.year}/{name}"
    same = address(name, **_where(place)) if name in {*LEAVES.values(), "monitoring"} else ""
    return same or f"{address('home')}?tinh={place.slug}&nam={place.year}"
