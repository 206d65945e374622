"""A new year opened from the one before, for the country or for a province, and what then still reads like it."""

import dataclasses
import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.leftovers.bodies import successors_of
from campaigns.leftovers.campaign import Place, last_wording, leftovers_of_campaign
from campaigns.leftovers.years import shift, shift_moment
from campaigns.models import Campaign, Leftover, Message, Recipient, Request, RequestStep, Wording
from campaigns.operations.guards import clean_line, clean_text
from campaigns.operations.own import save_wording
from campaigns.queries import may_word
from provinces.models import Department, Seat, Unit
from provinces.queries import with_predecessors
from provinces.vietnamese import VIETNAM
from provinces.workflow import Refused, record_event

YEARLY = (Request.Kind.MONTH, Request.Kind.YEAR)  # topical and ad hoc requests are asked once


@dataclasses.dataclass(frozen=True)
class Opened:
    """What was taken over from the year before."""

    campaign: Campaign
    messages: int
    requests: int


def next_campaign(last: Campaign) -> Campaign:
    """The campaign after `last`, not stored: its name, its window moved on by a year, no letter, no known theme."""
    return Campaign(
        series=last.series,
        year=last.year + 1,
        name=last.name,
        opens_on=shift(last.opens_on, 1),
        closes_on=shift(last.closes_on, 1),
    )


@transaction.atomic
def open_campaign(last: Campaign, unit: Unit, *, by: Seat, at: datetime.datetime) -> Opened:
    """Open the year after `last` for a province, or for the country; what is there already is left as it is.

    Window and deadlines move on by a year; themes, letters and numbers are not invented and stay empty. Doing it
    again adds what was not there the first time.
    """
    fresh = next_campaign(last)
    refuse_opening(fresh, unit, by, at)
    country = unit if unit.level == Unit.Level.COUNTRY else Unit.objects.get(level=Unit.Level.COUNTRY)
    campaign, made = Campaign.objects.get_or_create(
        series=fresh.series,
        year=fresh.year,
        defaults={name: getattr(fresh, name) for name in ("name", "opens_on", "closes_on")},
    )
    if campaign.locked_at:
        raise Refused(_("The year %(year)s is locked") % {"year": campaign.year})
    messages, requests = 0, 0
    for each in dict.fromkeys([*([country] if made else []), unit]):
        _take_wording(last, campaign, each)
        messages += _take_messages(last, campaign, each)
        requests += _take_requests(last, campaign, each, at)
    details = {"year": campaign.year, "messages": messages, "requests": requests}
    record_event("campaign.open", campaign, by=by, at=at, province=unit, details=details)
    return Opened(campaign, messages, requests)


def refuse_opening(fresh: Campaign, unit: Unit, by: Seat, at: datetime.datetime) -> None:
    """The ministry's administrators open the country's year, a standing office its province's; never far ahead."""
    if not may_word(fresh, None if unit.level == Unit.Level.COUNTRY else unit, by):
        raise Refused(_("Only the standing office opens a province's year, only the ministry the country's"))
    if fresh.year > timezone.localtime(at, VIETNAM).year + 1:
        raise Refused(_("%(year)s is more than a year ahead") % {"year": fresh.year})


def is_open(campaign: Campaign, unit: Unit) -> bool:
    """True once the year was opened for the unit, or its wording was typed."""
    return campaign.wordings.filter(is_default=True, province=_province(unit)).exists()


def _province(unit: Unit) -> Unit | None:
    """National rows name no province."""
    return None if unit.level == Unit.Level.COUNTRY else unit


def _take_wording(last: Campaign, campaign: Campaign, unit: Unit) -> None:
    """The title of the committee; the theme stays empty until somebody types it or says that it is the same."""
    before = last_wording(last, unit)
    title = before.committee_title if before else ""
    Wording.objects.get_or_create(
        campaign=campaign, province=_province(unit), is_default=True, defaults={"committee_title": title}
    )


def _take_messages(last: Campaign, campaign: Campaign, unit: Unit) -> int:
    """Messages that the new year does not have yet, of the unit and of what it was made from."""
    here = [None] if unit.level == Unit.Level.COUNTRY else with_predecessors(unit)
    rows = [row for row in last.messages.all() if row.province in here]
    there = set(campaign.messages.filter(province=_province(unit)).values_list("text", flat=True))
    texts = [text for text in dict.fromkeys(row.text for row in rows) if text not in there]
    Message.objects.bulk_create(
        Message(campaign=campaign, province=_province(unit), text=text, position=len(there) + place)
        for place, text in enumerate(texts, start=1)
    )
    return len(texts)


# ── requests ───────────────────────────────────────────────────────────────


def _take_requests(last: Campaign, campaign: Campaign, unit: Unit, at: datetime.datetime) -> int:
    """The yearly requests, one of each kind, with their days a year later and asked of today's bodies."""
    rows = Request.objects.filter(kind__in=YEARLY, campaign=last, province__in=with_predecessors(unit))
    rows = sorted(
        rows.select_related("asker").prefetch_related("recipients__department", "steps"),
        key=lambda row: (row.province_id != unit.pk, row.pk),
    )
    there = set(campaign.requests.filter(province=unit).values_list("kind", flat=True))
    taken = 0
    for kind in dict.fromkeys(row.kind for row in rows if row.kind not in there):
        same = [row for row in rows if row.kind == kind]
        taken += _take_request(same, campaign, unit, at)
    return taken


def _take_request(same: list[Request], campaign: Campaign, unit: Unit, at: datetime.datetime) -> int:
    """One request of the new year from the one of this province, or from those of the provinces it was made from."""
    row = same[0]
    asked = [recipient.department for each in same for recipient in each.recipients.all()]
    today = _bodies_of_today([row.asker, *asked], unit, campaign)
    asker = next(iter(today[row.asker]), None)
    if asker is None:
        return 0
    request = Request.objects.create(
        kind=row.kind,
        province=unit,
        asker=asker,
        campaign=campaign,
        year=campaign.year,
        scope=row.scope,
        period_from=shift(row.period_from, 1),
        period_to=shift(row.period_to, 1),
        cut_off=_moved(row.cut_off),
        due=_moved(row.due),
        subject=row.subject,
        letter_text=row.letter_text,
        outline=row.outline,
        created_at=at,
    )
    bodies = dict.fromkeys(body for each in asked for body in today[each])
    Recipient.objects.bulk_create(Recipient(request=request, department=body) for body in bodies)
    RequestStep.objects.bulk_create(
        RequestStep(request=request, kind=step.kind, at=_moved(step.at)) for step in row.steps.all()
    )
    return 1


def _moved(moment: datetime.datetime) -> datetime.datetime:
    """The same hour in Vietnam a year later."""
    return shift_moment(moment.astimezone(VIETNAM), 1)


def _bodies_of_today(
    bodies: Iterable[Department], unit: Unit, campaign: Campaign
) -> dict[Department, list[Department]]:
    """Each body as it is in the new year: itself, or all that succeeded it."""
    bodies = list(dict.fromkeys(bodies))
    ended = {body.pk for body in bodies if not body.in_force(campaign.closes_on)}
    heirs = successors_of(ended, unit, campaign.closes_on)
    return {body: heirs[body.pk] if body.pk in ended else [body] for body in bodies}


# ── what still reads like last year ────────────────────────────────────────


@transaction.atomic
def keep_text(campaign: Campaign, unit: Unit, key: str, *, by: Seat, at: datetime.datetime) -> None:
    """Say that a text is right as it is; an empty theme takes the one of the year before."""
    place = _find(campaign, unit, key, by)
    for spot in place.spots:
        anchor, kind, found = spot.decision
        Leftover.objects.get_or_create(
            campaign=campaign, province=unit, anchor=anchor, kind=kind, found=found, defaults={"by": by, "at": at}
        )
    if place.last:
        _save_wording(campaign, unit, "theme", place.last, by, at)
        return
    details = {"anchor": place.text.anchor, "found": place.old[:300]}
    record_event("campaign.keep_leftover", campaign, by=by, at=at, province=unit, details=details)


@transaction.atomic
def replace_text(campaign: Campaign, unit: Unit, key: str, words: str, *, by: Seat, at: datetime.datetime) -> None:
    """Put a new text in the place of one that still reads like last year, if it reads as the page showed it."""
    place = _find(campaign, unit, key, by)
    label, field = place.text.title, place.text.row and place.text.row._meta.get_field(place.text.field)
    longest = getattr(field, "max_length", None)
    words = (
        clean_line(words, label=label, field="words", longest=longest)
        if longest
        else clean_text(words, label=label, field="words", longest=20_000)
    )
    if not words:
        raise Refused(_("%(label)s is missing") % {"label": label}, field="words")
    if place.text.where == "wording":
        _save_wording(campaign, unit, place.text.field, words, by, at)
        return
    row = place.text.row
    type(row).objects.filter(pk=row.pk).update(**{place.text.field: words})
    details = {"anchor": place.text.anchor, "old": place.text.text[:300], "new": words[:300]}
    record_event("campaign.replace_leftover", campaign, by=by, at=at, province=unit, details=details)


def _find(campaign: Campaign, unit: Unit, key: str, by: Seat) -> Place:
    if campaign.locked_at:
        raise Refused(_("The year %(year)s is locked") % {"year": campaign.year})
    if not may_word(campaign, _province(unit), by):
        raise Refused(_("Only the standing office and the administrators of the province change its wording"))
    place = next((each for each in leftovers_of_campaign(campaign, unit) if each.key == key), None)
    if place is None:
        raise Refused(_("This place reads differently by now; nothing was changed"))
    return place


def _save_wording(campaign: Campaign, unit: Unit, field: str, words: str, by: Seat, at: datetime.datetime) -> None:
    """The other half of the wording stays as it is."""
    row = campaign.wordings.filter(is_default=True, province=_province(unit)).first()
    now = {name: getattr(row, name, "") for name in ("theme", "committee_title")}
    save_wording(campaign, _province(unit), **{**now, field: words}, by=by, at=at)
