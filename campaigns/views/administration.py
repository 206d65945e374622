"""Administration of what is asked: years with their themes, the list of indicators, a province's own measures."""

import dataclasses

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.forms.catalogue import OwnMeasureForm, WordingForm
from campaigns.models import Campaign, Indicator, Measure, Wording
from campaigns.operations.opening import next_campaign
from campaigns.operations.own import add_own_measure, save_wording
from campaigns.queries import may_word
from provinces.models import Seat, Unit
from provinces.queries import with_predecessors
from provinces.vietnamese import fold
from provinces.views.administration import posted, province_of, show

FOLDER = "campaigns/administration"
NATIONAL = "toan-quoc"


@dataclasses.dataclass(frozen=True)
class Line:
    """One campaign as one province prints it; of a year before a merger there is one line per old province."""

    campaign: Campaign
    province: Unit
    name: str
    own: Wording | None
    national: Wording | None

    @property
    def theme(self) -> str:
        own = self.own.theme if self.own else ""
        return own or (self.national.theme if self.national else "")


def campaigns(request: HttpRequest, t: str) -> HttpResponse:
    """The years with theme, letter and the wording of the province of that year."""
    province = province_of(request, t)
    family = with_predecessors(province)
    rows = Campaign.objects.filter(series="bdg").prefetch_related("wordings")
    lines = [_line(row, unit) for row in rows for unit in family if unit.in_force(row.opens_on)]
    more = {"lines": lines, "several": len(lines) > len(rows)}
    if request.seat.reach.ministry:
        more["national"] = NATIONAL
    more["to_open"] = _years_to_open(rows[0], province, request.seat) if rows else []
    return show(request, f"{FOLDER}/campaigns.html", province, tab="campaigns", **more)


def _years_to_open(newest: Campaign, province: Unit, seat: Seat) -> list[int]:
    """This year and the next, as far as the seat may open them."""
    today = timezone.localdate().year
    near = [row for row in (newest, next_campaign(newest)) if today <= row.year <= today + 1]
    return [row.year for row in near if may_word(row, province, seat)]


def _line(campaign: Campaign, unit: Unit) -> Line:
    chosen = {row.province_id: row for row in campaign.wordings.all() if row.is_default}
    return Line(campaign, unit, unit.name_on(campaign.opens_on).name, chosen.get(unit.pk), chosen.get(None))


def wording(request: HttpRequest, t: str, y: int, p: str) -> HttpResponse:
    """The theme and the committee's title of one year, as the province prints them or as the ministry states them."""
    province = province_of(request, t)
    campaign = get_object_or_404(Campaign, series="bdg", year=y)
    unit = unit_of(province, campaign, p)
    if not may_word(campaign, unit, request.seat):
        raise Http404
    chosen = {row.province_id: row for row in campaign.wordings.filter(is_default=True)}
    own, national = chosen.get(unit.pk if unit else None), chosen.get(None)
    start = {"theme": own.theme, "committee_title": own.committee_title} if own else {}
    start["messages"] = "\n".join(row.text for row in campaign.messages.filter(province=unit))
    form = WordingForm(request.POST or None, initial=start, national=unit is None)

    def save(data):
        return save_wording(campaign, unit, **data, by=request.seat, at=timezone.now())

    if request.method == "POST" and posted(form, save):
        messages.success(request, _("The wording is saved"))
        return redirect("administration_campaigns", t=t)
    name = unit.name_on(campaign.opens_on).in_sentence if unit else _("the whole country")
    more = {"form": form, "campaign": campaign, "own": own, "national": national if unit else None, "whose": name}
    more["seen"] = campaign.wordings.filter(is_default=False)
    status = 422 if form.errors else 200
    return show(request, f"{FOLDER}/wording.html", province, tab="campaigns", status=status, **more)


def unit_of(province: Unit, campaign: Campaign, slug: str) -> Unit | None:
    """The province of that year behind an address; None for the whole country."""
    if slug == NATIONAL:
        return None
    family = (one for one in with_predecessors(province) if one.slug == slug and one.in_force(campaign.opens_on))
    unit = next(family, None)
    if unit is None:
        raise Http404
    return unit


def indicators(request: HttpRequest, t: str) -> HttpResponse:
    """43 headings over the measures, the province's own ones under the national ones they count into."""
    province = province_of(request, t)
    words = request.GET.get("tim", "").strip()
    measures = (
        Measure.objects.of(province)
        .select_related("indicator", "rolls_up_to")
        .order_by("indicator__position", "position", "code")
    )
    found = [row for row in measures if _has(row, fold(words).split())]
    groups: dict[Indicator, list[Measure]] = {}
    for row in found:
        groups.setdefault(row.indicator, []).append(row)
    more = {
        "groups": list(groups.items()),
        "count": len(found),
        "words": words,
        "own": sum(1 for x in found if x.province_id),
    }
    return show(request, f"{FOLDER}/indicators.html", province, tab="indicators", **more)


def _has(measure: Measure, words: list[str]) -> bool:
    text = fold(f"{measure.code} {measure.name} {measure.indicator.name}")
    return all(word in text for word in words)


def measure_new(request: HttpRequest, t: str, code: str) -> HttpResponse:
    """Add a measure of the province under a national one."""
    province = province_of(request, t)
    above = get_object_or_404(Measure.objects.select_related("indicator"), code=code, province=None)
    form = OwnMeasureForm(request.POST or None)

    def add(data):
        return add_own_measure(above, province, **data, by=request.seat, at=timezone.now())

    if request.method == "POST" and posted(form, add):
        messages.success(request, _("The measure is added; departments can count it from now on"))
        return redirect("administration_indicators", t=t)
    more = {"form": form, "above": above, "own": Measure.objects.filter(rolls_up_to=above, province=province)}
    status = 422 if form.errors else 200
    return show(request, f"{FOLDER}/measure.html", province, tab="indicators", status=status, **more)
