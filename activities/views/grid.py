"""The quick grid: rows like those of a sheet, each stored by itself when it is left."""

import dataclasses
import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.forms.grid import COLUMNS, MOST_ROWS, NEW_ROWS, GridRow, at_label, blank_row, row_of, rows_of, sheet_of
from activities.forms.sheets import TargetForm
from activities.models import Activity
from activities.operations.importing import RowResult, Understood, import_rows
from activities.queries import acting_in_year
from activities.sheets.rows import understand
from activities.views.lists import writes_here
from campaigns.models import ActivityType, MoneySource
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.drafts import find_draft, posted_draft
from provinces.operations import forget_draft
from provinces.templatetags.vi import vtime
from provinces.vietnamese import format_number
from provinces.workflow import Refused

FORM = "grid"


def grid(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Rows to type into; a script stores each when it is left, without one a button stores all."""
    place = place_of(request, t, y)
    if not writes_here(request, place):
        raise Http404
    desk = Desk(request, place)
    if request.method != "POST":
        return _restored(desk)
    wanted = request.POST.get("row", "")
    if wanted.isdecimal():
        return _one(desk, int(wanted))
    rows = rows_of(request.POST)
    if request.POST.get("then") == "add":
        return _show(desk, rows, TargetForm(request.POST, **desk.offered), more=NEW_ROWS)
    return _all(desk, rows)


class Desk:
    """The page of one seat: what its boxes offer, for whom rows are stored."""

    def __init__(self, request: HttpRequest, place: Place):
        self.request, self.place, self.at = request, place, timezone.now()
        types = ActivityType.objects.select_related("count_measure").order_by("code")
        self.types = {kind.code: kind for kind in types}
        self.sources = list(MoneySource.objects.of_year(place.year))
        owners = acting_in_year(request.seat, place.province, place.year)
        self.offered = {"owners": owners, "campaign": place.campaign}
        self.draft_key = f"{place.slug}/{place.year}"

    def store(self, rows: list[GridRow], target: TargetForm) -> None:
        """Store each row that can be taken; every row then says what became of it."""
        owner, scope = target.owner_row, target.cleaned_data["scope"]
        campaign = self.place.campaign if scope == Activity.Scope.MONTH else None
        where = {"campaign": campaign, "year": self.place.year}
        self._find_again(rows, owner.pk)
        understood = understand(sheet_of(rows, self.types), department=owner, columns=COLUMNS, **where)
        found = {result.no: result for result in understood.rows}
        for row in rows:
            self._store_one(row, understood, found.get(row.no), {**where, "owner": owner})

    def _find_again(self, rows: list[GridRow], owner: int) -> None:
        """A row that was stored although its answer never came is the same row: the key it was sent with tells."""
        made = {row.made_id(owner): row for row in rows if row.key and not row.id}
        known = Activity.objects.visible_to(self.request.seat).filter(public_id__in=made, owner=owner)
        for public_id in known.values_list("public_id", flat=True):
            made[public_id].id, made[public_id].version = public_id, "1"

    def _store_one(self, row: GridRow, understood: Understood, result: RowResult | None, where: dict) -> None:
        if result is None:
            row.state, row.words = "bad", _("To fix")
            row.faults = [("title", sentence) for sentence in understood.faults]
            return
        row.warnings = [at_label(warning.sentence, warning.cell) for warning in result.warnings]
        if result.faults:
            row.blame(result.faults)
            return
        alone = dataclasses.replace(understood, rows=(result,))
        try:
            import_rows(alone, province=self.place.province, by=self.request.seat, at=self.at, **where)
        except Refused as refused:
            row.state, row.words, row.faults = "bad", _("To fix"), [("title", refused.sentence)]
            return
        row.id, row.version = result.public_id, str(_version_after(result))
        row.state, row.words = "saved", _("Saved %(time)s") % {"time": vtime(self.at)}


def _version_after(result: RowResult) -> int:
    if result.pk is None:
        return 1
    return result.version if result.unchanged else result.version + 1


def _one(desk: Desk, no: int) -> JsonResponse:
    """One row, stored when it was left: its state in words, its faults by box."""
    row, target = row_of(desk.request.POST, no), TargetForm(desk.request.POST, **desk.offered)
    if not target.is_valid():
        raise Http404
    if row.is_blank and not row.id:
        return JsonResponse({"state": "", "words": _("New row"), "faults": [], "warnings": []})
    desk.store([row], target)
    told = {name: getattr(row, name) for name in ("state", "words", "id", "version", "total", "warnings")}
    told["faults"] = [{"field": field, "words": words} for field, words in row.faults]
    return JsonResponse(told, status=422 if row.state == "bad" else 200)


def _all(desk: Desk, rows: list[GridRow]) -> HttpResponse:
    """All rows that were typed: what can be stored is, what cannot stays as typed."""
    target = TargetForm(desk.request.POST, **desk.offered)
    typed = [row for row in rows if row.id or not row.is_blank]
    if not target.is_valid():
        return _show(desk, rows, target, status=422)
    if not typed:
        return _show(desk, rows, target, status=422, refused=_("No row is filled in yet"))
    desk.store(typed, target)
    if any(row.state == "bad" for row in typed):
        return _show(desk, rows, target, status=422)
    forget_draft(FORM, desk.draft_key, by=desk.request.seat)
    words = ngettext("%(n)s row stored", "%(n)s rows stored", len(typed)) % {"n": format_number(len(typed))}
    messages.success(desk.request, words)
    return redirect("activities", desk.place.slug, desk.place.year)


def _restored(desk: Desk) -> HttpResponse:
    """An empty grid, or what was typed before the page was left."""
    draft = find_draft(desk.request.seat, FORM, desk.draft_key)
    rows = rows_of(posted_draft(draft)) if draft else []
    return _show(desk, rows, TargetForm(**desk.offered), saved=draft.saved_at if draft and rows else None)


def _show(desk: Desk, rows, target: TargetForm, *, more=0, status=200, refused="", saved=None) -> HttpResponse:
    last = max((row.no for row in rows), default=0)
    wanted = more or (1 if rows else NEW_ROWS)
    added = range(last + 1, min(last + wanted, MOST_ROWS) + 1)
    for row in rows:
        row.key = row.key or _key()
        row.words = row.words or _("New row")
    context = {
        "place": desk.place,
        "target": target,
        "rows": [*rows, *(blank_row(no, _key()) for no in added)],
        "pattern": blank_row("__n__", ""),
        "types": desk.types.values(),
        "sources": desk.sources,
        "draft_key": desk.draft_key,
        "saved": saved,
        "refused": [*([refused] if refused else []), *_faults(rows)],
        "most": MOST_ROWS,
        "faulty": status != 200,
    }
    return render(desk.request, "activities/grid.html", context, status=status)


def _faults(rows: list[GridRow]) -> list[str]:
    """What is wrong, by row, for the head of the page."""
    said = [(row.no, words) for row in rows for _field, words in row.faults]
    return [_("Row %(row)s. %(fault)s") % {"row": no, "fault": words} for no, words in said]


def _key() -> str:
    return secrets.token_urlsafe(18)
