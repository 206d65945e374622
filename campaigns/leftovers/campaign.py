"""What a campaign itself still says of the year before: theme, titles, messages, what its requests ask for."""

import dataclasses
import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from campaigns.leftovers import old_of
from campaigns.leftovers.spots import LONGEST, Spot, Text, spots_of
from campaigns.models import Campaign, Leftover, Message, Request, Wording
from campaigns.queries import opened_before
from provinces.models import Unit
from provinces.queries import with_predecessors


@dataclasses.dataclass(frozen=True)
class Place:
    """One text of a campaign with what is old in it; `last` is last year's text where this year's is still empty."""

    text: Text
    spots: tuple[Spot, ...]
    last: str = ""

    @property
    def key(self) -> str:
        """A short name for forms; another one as soon as the text reads differently."""
        return hashlib.sha256(f"{self.text.anchor}\n{self.text.text}\n{self.last}".encode()).hexdigest()[:12]

    @property
    def old(self) -> str:
        """The old words, each once."""
        return "; ".join(dict.fromkeys(spot.old for spot in self.spots if spot.old))

    @property
    def long(self) -> bool:
        return len(self.text.text or self.last) > 80


def leftovers_of_campaign(campaign: Campaign, unit: Unit) -> list[Place]:
    """The texts that a province, or for the country the ministry, has to look at; settled ones are left out."""
    settled = set(campaign.leftovers.filter(province=unit).values_list("anchor", "kind", "found"))
    old = old_of(campaign, unit)
    places = [Place(text, tuple(spots_of(text, old))) for text in _texts(campaign, unit)]
    places = [*_last_theme(campaign, unit), *places]
    found = (dataclasses.replace(p, spots=tuple(s for s in p.spots if s.decision not in settled)) for p in places)
    return [place for place in found if place.spots]


def _last_theme(campaign: Campaign, unit: Unit) -> Iterator[Place]:
    """Last year's theme, as long as this year's is not typed: it may hold for several years, or be another."""
    now = own_wording(campaign, unit)
    before = opened_before(campaign)
    last = last_wording(before, unit) if before else None
    if last and last.theme and not (now and now.theme):
        text = Text("wording:theme", "wording", _("Theme"), "", now, "theme")
        spot = Spot(text, Leftover.Kind.THEME, 0, 0, last.theme[:LONGEST])
        yield Place(text, (spot,), last=last.theme)


def own_wording(campaign: Campaign, unit: Unit) -> Wording | None:
    """The default wording of the unit itself; of the country the national one."""
    return campaign.wordings.filter(is_default=True, province=_of(unit)).first()


def last_wording(campaign: Campaign, unit: Unit) -> Wording | None:
    """What the unit, or a province it was made from, printed in an earlier year."""
    if unit.level == Unit.Level.COUNTRY:
        return own_wording(campaign, unit)
    rows = campaign.wordings.filter(is_default=True, province__in=with_predecessors(unit))
    found = sorted(rows, key=lambda row: (row.province_id != unit.pk, not row.theme, row.pk))
    return found[0] if found else None


def _of(unit: Unit) -> Unit | None:
    """National rows name no province."""
    return None if unit.level == Unit.Level.COUNTRY else unit


def _texts(campaign: Campaign, unit: Unit) -> Iterator[Text]:
    if unit.level == Unit.Level.COUNTRY:
        yield Text("campaign:name", "campaign", _("Name of the month"), campaign.name, campaign, "name")
    wording = own_wording(campaign, unit)
    if wording:
        title = _("Title of the committee")
        yield Text("wording:theme", "wording", _("Theme"), wording.theme, wording, "theme")
        yield Text("wording:committee", "wording", title, wording.committee_title, wording, "committee_title")
    for row in Message.objects.filter(campaign=campaign, province=_of(unit)):
        yield Text(f"message:{row.pk}", "message", _("Message"), row.text, row, "text")
    for row in Request.objects.filter(campaign=campaign, province=unit).order_by("due", "id"):
        for field in ("subject", "letter_text", "outline"):
            title = f"{row.get_kind_display()}: {row._meta.get_field(field).verbose_name}"
            yield Text(f"request:{row.pk}:{field}", "request", title, getattr(row, field), row, field)
