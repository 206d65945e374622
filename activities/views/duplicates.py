"""Suspected duplicates: pairs side by side with the reasons; merge, keep apart, undo."""

import dataclasses

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.forms.decisions import KeptForm, PairForm
from activities.models import Activity, DuplicatePair
from activities.operations import keep_pair_apart, merge_pair, pair_by_hand, separate_pair
from activities.queries import Filters, listed, narrowed
from activities.queries.pairs import named_in, pairable, pairs_of_year, reasons_in_words, settled_pairs, waiting_pairs
from activities.views.desk import Shown, desk_of, shown
from activities.views.lists import is_office
from activities.views.put import put
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.models import Event
from provinces.workflow import Refused, can_move

ON_A_PAGE = 10
MOST_SETTLED = 50
MOST_FOUND = 20
Status = DuplicatePair.Status


@dataclasses.dataclass(frozen=True)
class Side:
    """One activity of a pair, as it stands beside the other one."""

    activity: Activity
    lines: list[Shown]
    evidence: list
    kept: bool

    @property
    def bodies(self) -> list:
        return list(self.activity.participants.all())


@dataclasses.dataclass(frozen=True)
class Row:
    """A pair as the list draws it."""

    pair: DuplicatePair
    sides: list[Side]
    reasons: list[str]


def duplicates(request: HttpRequest, t: str, y: int) -> HttpResponse:
    """Pairs that wait for a decision, each side by side; below, what was settled."""
    place = _office(request, t, y)
    waiting = waiting_pairs(request.seat, place.province, place.year)
    page = Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("trang"))
    settled = list(settled_pairs(request.seat, place.province, place.year)[:MOST_SETTLED])
    context = {
        "place": place,
        "page": page,
        "rows": _rows(request, list(page)),
        "settled": _rows(request, settled),
    }
    return render(request, "activities/duplicates.html", context)


def duplicate(request: HttpRequest, t: str, y: int, pair: str) -> HttpResponse:
    """One pair: everything of both side by side; merge and keep one's figures, keep apart, or undo."""
    place = _office(request, t, y)
    row = pairs_of_year(request.seat, place.province, place.year).filter(public_id=pair).first()
    if row is None:
        raise Http404
    sides = _rows(request, [row])[0].sides
    form = KeptForm(request.POST or None, sides=[side.activity for side in sides])
    if request.method == "POST" and _readable(request, form):
        try:
            return _settle(request, place, row, form)
        except Refused as refused:
            put(form, refused)
    context = {
        "place": place,
        "pair": row,
        "sides": sides,
        "reasons": _rows(request, [row])[0].reasons,
        "form": form,
        "faulty": request.method == "POST",
        "merges": can_move(row, Status.MERGED, request.seat) and not place.campaign.locked_at,
        "parts": can_move(row, Status.APART, request.seat) and not place.campaign.locked_at,
        "undoes": can_move(row, Status.SEPARATED, request.seat) and not place.campaign.locked_at,
        "events": Event.objects.about(row).select_related("user"),
    }
    return render(request, "activities/duplicate.html", context, status=422 if request.method == "POST" else 200)


def pair_new(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Two activities that the machine did not hold against each other: search the other one, say why, then compare."""
    place, desk = _office(request, t, y), desk_of(request, t, y, id)
    text = (request.POST.get("tim") or request.GET.get("tim", "")).strip()
    found = narrowed(pairable(request.seat, desk.activity), Filters(text=text)) if text else []
    rows = list(listed(found)[:MOST_FOUND]) if text else []
    form = PairForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        other = next(row for row in rows if row.public_id == form.cleaned_data["other"])
        said = {"by": request.seat, "at": timezone.now()}
        try:
            pair = pair_by_hand(desk.activity, other, form.cleaned_data["reason"], **said)
        except Refused as refused:
            put(form, refused)
        else:
            return redirect("duplicate", place.slug, place.year, pair.public_id)
    context = {"place": place, "activity": desk.activity, "form": form, "text": text, "rows": rows}
    status = 422 if request.method == "POST" else 200
    return render(request, "activities/pair_new.html", {**context, "faulty": status == 422}, status=status)


def _office(request: HttpRequest, t: str, y: int) -> Place:
    place = place_of(request, t, y)
    if not is_office(request, place):
        raise Http404
    return place


def _readable(request: HttpRequest, form: KeptForm) -> bool:
    """Only a merge asks whose figures are kept."""
    return form.is_valid() or request.POST.get("then") in {"apart", "separate"}


def _settle(request: HttpRequest, place: Place, pair: DuplicatePair, form: KeptForm) -> HttpResponse:
    """Do what the button says, then back to the list."""
    said, then = {"by": request.seat, "at": timezone.now()}, request.POST.get("then")
    if then == "apart":
        keep_pair_apart(pair, **said)
        words = _("Kept apart: two different activities, both count")
    elif then == "separate":
        separate_pair(pair, **said)
        words = _("Separated: each is what it was before the merge")
    else:
        kept = pair.first if str(pair.first.public_id) == form.cleaned_data["kept"] else pair.second
        merge_pair(pair, kept, **said)
        words = _("Merged: counted once, the evidence of both is kept")
    messages.success(request, words)
    return redirect(reverse("duplicates", args=[place.slug, place.year]))


def _rows(request: HttpRequest, pairs: list[DuplicatePair]) -> list[Row]:
    """Pairs with both activities and the reasons in words; a fixed number of queries."""
    names = named_in(pairs)
    ids = {pk for pair in pairs for pk in (pair.first_id, pair.second_id)}
    seen = Activity.objects.visible_to(request.seat).filter(pk__in=ids)
    found = {row.pk: row for row in listed(seen).prefetch_related("evidence__file")}
    return [
        Row(
            pair,
            [_side(request, found[pk], pair) for pk in (pair.first_id, pair.second_id)],
            reasons_in_words(pair, names),
        )
        for pair in pairs
    ]


def _side(request: HttpRequest, activity: Activity, pair: DuplicatePair) -> Side:
    lines = [shown(output, activity, request.seat) for output in activity.outputs.all()]
    return Side(activity, lines, list(activity.evidence.all()), kept=pair.kept_id == activity.pk)
