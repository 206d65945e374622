"""The figures of a report, and what stands behind each of them."""

import dataclasses
from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from activities.models import Activity, Output
from provinces.vietnamese import NO_DATA, certain, format_date, format_number, format_period, sort_key
from reports.context import address
from reports.earlier import OF_TODAY, OF_YEAR
from reports.models import Source
from reports.queries.masking import HIDDEN, SMALL, covered, hides_share, masked
from reports.queries.rows import roles_of
from reports.queries.sources import sources_of
from reports.snapshot import MONTH, ROLES, YEAR, Figure, Figures, share_of
from reports.splits import chosen, share_of_leaves
from reports.views import shares
from reports.views.desk import CHECK, Desk, compiled_or_404, desk_of, show
from reports.views.nation import province_sources
from reports.views.shares import COVERED, paid_by
from reports.views.splits import Wanted, wanted_of
from reports.views.tables import lines_of, tables_of

SCOPES = {"thang": MONTH, "nam": YEAR}


def report_figures(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """“Đối chiếu số liệu”: plan, result and percent, each number a way to its sources."""
    desk = desk_of(request, t, y, id)
    figures = compiled_or_404(desk)
    boundary = OF_YEAR if request.GET.get("dia-gioi") == "nam" else OF_TODAY
    context = {"figures": figures, "tables": tables_of(figures, request.seat, boundary)}
    context |= {"earlier": figures.earlier, "boundary": boundary, "why_not": figures.earlier.why_not(boundary)}
    leads = request.seat.reach.ministry or desk.place.province.pk in request.seat.reach.led
    context["led"] = leads and not desk.place.national
    return show(request, "figures", desk, at=CHECK, **context)


@dataclasses.dataclass(frozen=True)
class Behind:
    """One row behind a figure: which activity, whose, when, what it gave, and why if it does not add."""

    source: Source
    title: str
    department: str
    day: str
    role: str
    label: str
    given: str
    url: str
    changed: bool
    left_out: bool
    output: Output | None = None


def figure_sources(request: HttpRequest, t: str, y: int, id: str, code: str) -> HttpResponse:
    """“Nguồn số liệu”: the activities whose sum is the number."""
    desk = desk_of(request, t, y, id)
    figures = compiled_or_404(desk)
    scope = SCOPES.get(request.GET.get("pham-vi", "thang"), MONTH)
    figure = figures.by_cell(f"{code}:{scope}")
    if figure is None:
        raise Http404
    if desk.place.national:
        return province_sources(request, desk, figures, figure)
    rows = _with_covers(figure, _rows_behind(desk, figure), request.seat)
    context = {"figure": figure, "figures_url": desk.url("report_figures")}
    if wanted := wanted_of(request, figures):
        return show(request, "sources", desk, at=CHECK, **context, **_behind_cell(desk, figures, figure, wanted, rows))
    if "phan" in request.GET:
        behind = _behind_share(desk, figure, request.GET["phan"], rows)
        return show(request, "sources", desk, at=CHECK, **context, **behind)
    adding = [row for row in rows if not row.left_out]
    context |= {
        "lines": lines_of(figure, request.seat, None, {}),
        "rows": adding,
        "left_out": [row for row in rows if row.left_out],
        "shown": masked(figure, request.seat),
        "total": _total(figure, adding, request.seat),
        "split": _split_by_department(figure, adding),
    }
    return show(request, "sources", desk, at=CHECK, **context)


def _with_covers(figure: Figure, rows: list[Behind], seat) -> list[Behind]:
    """Where one row alone is hidden, the smallest of the others is covered: the sum would give the hidden one away."""
    if not figure.sensitive or masked(figure, seat) == HIDDEN:
        return rows
    adding = [no for no, row in enumerate(rows) if not row.left_out]
    values = {(no, 0): rows[no].source.quantity for no in adding}
    small = {(no, 0) for no in adding if rows[no].given == HIDDEN}
    found = covered(small, [((-1, 0), [(no, 0) for no in adding])], values)
    return [dataclasses.replace(row, given=str(COVERED)) if (no, 0) in found else row for no, row in enumerate(rows)]


def _behind_cell(desk: Desk, figures: Figures, figure: Figure, wanted: Wanted, rows: list[Behind]) -> dict:
    """The cell of a split, and what each row gives to it."""
    share = share_of_leaves(chosen(figure.leaves, wanted.keys), {body.id: body for body in figures.bodies})
    if not share.rows or masked(figure, desk.seat) == HIDDEN:
        raise Http404
    found = [row for row in rows if not row.source.left_out and wanted.fits(row.source)]
    given = [(row, wanted.given(row.source)) for row in found]
    if wanted.field:
        given = [(row, n) for row, n in given if n is not None and (n or wanted.field != "not_split")]
    drawn = [_in_cell(figure, row, n, desk) if wanted.field else row for row, n in given]
    value = getattr(share, wanted.field) if wanted.field else share.total
    printed = wanted.printed(share)
    hidden = hides_share(figure, share.units, desk.seat) and value in SMALL
    shown = HIDDEN if hidden else str(COVERED) if _gives_away(drawn) else printed
    return {"share": wanted, "rows": drawn, "shown": shown, "total": shown if shown == printed else ""}


def _in_cell(figure: Figure, row: Behind, n: int, desk: Desk) -> Behind:
    return row if row.given in {HIDDEN, str(COVERED)} else _with_share(figure, row, n, desk)


def _gives_away(rows: list[Behind]) -> bool:
    """True when one row alone is not shown, so that the sum would say what it holds."""
    return sum(row.given in {HIDDEN, str(COVERED)} for row in rows) == 1


def _split_by_department(figure: Figure, adding: list[Behind]) -> list[tuple[str, str]]:
    """How much of each department's number was split by sex, in percent; a share gives away no small count."""
    if not figure.by_sex:
        return []
    whole, split = Counter(), Counter()
    for row in adding:
        if row.source.quantity:
            whole[row.department] += row.source.quantity
            split[row.department] += sum(shares.count_of(row, name) or 0 for name in ("female", "male"))
    return [(name, share_of(split[name], whole[name])) for name in sorted(whole, key=sort_key)]


def _behind_share(desk: Desk, figure: Figure, part: str, rows: list[Behind]) -> dict:
    """A share, and what each row gives to it; one that would give a small count away has no page."""
    found = [each for each in shares.shown_shares(figure, desk.seat) if each[0].part == part]
    if not found or found[0][1] == COVERED or masked(figure, desk.seat) == HIDDEN:
        raise Http404
    share, shown = found[0]
    money = paid_by([row.source for row in rows])
    behind = [shares.Behind(row.source, row.output, money.get(row.source.pk), row.role) for row in rows]
    given = shares.rows_of(figure, share.part, behind)
    chosen = [_with_share(figure, row, given[row.source.pk], desk) for row in rows if row.source.pk in given]
    if shown != HIDDEN and _gives_away(chosen):
        shown = str(COVERED)
    return {"share": share, "rows": chosen, "shown": shown, "total": "" if shown in {HIDDEN, str(COVERED)} else shown}


def _with_share(figure: Figure, row: Behind, n: int | None, desk: Desk) -> Behind:
    if n is None:
        return row
    hidden = figure.sensitive and row.source.activity.owner.unit_id != desk.seat.department.unit_id
    return dataclasses.replace(row, given=HIDDEN if hidden and n in SMALL else format_number(n))


def _total(figure: Figure, adding: list[Behind], seat) -> str:
    """The sum of the rows, which is the figure; nothing where rows do not add up to a number."""
    if figure.total is None or masked(figure, seat) == HIDDEN:
        return ""
    return certain(sum(row.source.quantity or 0 for row in adding), figure.certainty)


def _rows_behind(desk: Desk, figure: Figure) -> list[Behind]:
    sources = list(sources_of(desk.report.snapshot, figure.cell))
    ids = {source.activity_id for source in sources}
    visible = set(Activity.objects.visible_to(desk.seat).filter(pk__in=ids).values_list("pk", flat=True))
    roles = roles_of(Activity.objects.visible_to(desk.seat).filter(pk__in=ids))
    outputs = Output.objects.select_related("group").in_bulk({each.output_id for each in sources if each.output_id})
    return [_behind(desk, figure, source, visible, roles, outputs) for source in sources]


def _behind(desk: Desk, figure: Figure, source: Source, visible: set, roles: dict, outputs: dict) -> Behind:
    activity = source.activity
    output = outputs.get(source.output_id)
    here = {"t": desk.place.slug, "y": desk.place.year, "id": activity.public_id}
    hidden = figure.sensitive and activity.owner.unit_id != desk.seat.department.unit_id
    named = activity.owner.name_on(activity.starts_on or desk.report.campaign.closes_on)
    left_out = source.quantity is None and (output is None or output.quantity is not None)
    return Behind(
        source=source,
        title=activity.title,
        department=str(named or activity.owner),
        day=_day(activity),
        role=ROLES[(output.role if output else "") or roles.get(activity.pk, "lead")],
        label=_label(figure, output, left_out),
        given=HIDDEN if hidden and source.quantity in SMALL else source.printed,
        url=address("activity", **here) if activity.pk in visible else "",
        changed=activity.version != source.activity_version,
        left_out=left_out,
        output=output,
    )


def _day(activity: Activity) -> str:
    """The day, or as much of it as is known."""
    day = activity.starts_on
    if day is None or activity.precision == Activity.Precision.NONE:
        return NO_DATA
    if activity.precision == Activity.Precision.DAY:
        return format_period(day, activity.ends_on) if activity.ends_on else format_date(day)
    return f"{day:%m/%Y}" if activity.precision == Activity.Precision.MONTH else f"{day:%Y}"


def _label(figure: Figure, output: Output | None, left_out: bool) -> str:
    parts = [output.group.name if output.group else "", output.label] if output else []
    if left_out:
        parts.append(_why(figure, output))
    return ", ".join(part for part in parts if part)


def _why(figure: Figure, output: Output | None) -> str:
    """Why a recorded number does not add to the figure."""
    if output is None:
        return _("integrated money stands apart")
    if output.part_of_id:
        return _("part of another output")
    return _("an older figure, or after the cut-off") if figure.over_time == "latest" else _("after the cut-off")
