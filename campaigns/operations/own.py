"""What a province has of its own in the catalogue: its wording of the theme, its measures under national ones."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Measure, Message, Wording
from campaigns.queries import may_word
from provinces.models import Seat, Unit
from provinces.queries import keeps
from provinces.vietnamese import tidy
from provinces.workflow import Refused, record_event

INHERITED = (
    *("indicator", "unit_of_measure", "counts", "over_time", "source", "role_kept", "sensitive", "position"),
    *("by_sex", "by_children", "by_level", "by_source_of_money"),
)


@transaction.atomic
def save_wording(
    campaign: Campaign,
    province: Unit | None,
    *,
    theme: str,
    committee_title: str = "",
    messages: str | None = None,
    by: Seat,
    at: datetime.datetime,
) -> Wording:
    """The theme and the committee's title as the province prints them; without a province the national ones.

    An empty theme of a province means the national one; `messages`, one a line, replace the ones there are, None
    leaves them. Raises Refused for who may not, and for a locked year.
    """
    _check_wording(campaign, province, by)
    if messages is not None:
        _replace_messages(campaign, province, messages)
    fields = {"theme": tidy(theme), "committee_title": tidy(committee_title)}
    wording, _made = Wording.objects.update_or_create(
        campaign=campaign, province=province, is_default=True, defaults=fields
    )
    if province is None:
        certainty = Campaign.Certainty.OFFICIAL if fields["theme"] else Campaign.Certainty.UNKNOWN
        Campaign.objects.filter(pk=campaign.pk).update(theme_certainty=certainty)
    record_event("wording.save", wording, by=by, at=at, province=province, details={"year": campaign.year, **fields})
    return wording


def _replace_messages(campaign: Campaign, province: Unit | None, messages: str) -> None:
    texts = list(dict.fromkeys(filter(None, map(tidy, messages.splitlines()))))
    longest = Message._meta.get_field("text").max_length
    if any(len(text) > longest for text in texts):
        words = _("A message has at most %(n)s letters; one message a line")
        raise Refused(words % {"n": longest}, field="messages")
    own = Message.objects.filter(campaign=campaign, province=province)
    if list(own.values_list("text", flat=True)) != texts:
        own.delete()
        Message.objects.bulk_create(
            Message(campaign=campaign, province=province, text=text, position=place)
            for place, text in enumerate(texts, start=1)
        )


@transaction.atomic
def add_own_measure(
    above: Measure, province: Unit, *, name: str, name_en: str = "", note: str = "", by: Seat, at: datetime.datetime
) -> Measure:
    """A measure of the province that counts into the national one above it, with the same unit and rule."""
    if not keeps(by, province, timezone.localtime(at).date()):
        raise Refused(_("Only the standing office and the administrators of the province change this list"))
    if above.province_id is not None:
        raise Refused(_("A province's measure stands under a national one"))
    if above.source != Measure.Source.OUTPUT:
        raise Refused(_("This measure is counted from other rows and is never typed, so nothing stands under it"))
    name = tidy(name)
    own = Measure.objects.filter(rolls_up_to=above, province=province)
    if own.filter(name__iexact=name).exists():
        raise Refused(_("The province already has a measure called %(name)s here") % {"name": name}, field="name")
    try:
        with transaction.atomic():
            measure = Measure.objects.create(
                code=_next_code(above, province),
                name=name,
                name_en=tidy(name_en),
                note=tidy(note),
                province=province,
                rolls_up_to=above,
                **{field: getattr(above, field) for field in INHERITED},
            )
    except IntegrityError as twice:
        raise Refused(_("Somebody else has just changed this; nothing was done twice")) from twice
    record_event("measure.add", measure, by=by, at=at, province=province, details={"code": measure.code, "name": name})
    return measure


def _next_code(above: Measure, province: Unit) -> str:
    """CT04.1/22-1, CT04.1/22-2, …; a code once given is not given again."""
    stem = f"{above.code}/{province.code}-"
    taken = Measure.objects.filter(code__startswith=stem).values_list("code", flat=True)
    numbers = [int(code.removeprefix(stem)) for code in taken if code.removeprefix(stem).isdigit()]
    return f"{stem}{max(numbers, default=0) + 1}"


def _check_wording(campaign: Campaign, province: Unit | None, by: Seat) -> None:
    if campaign.locked_at:
        raise Refused(_("The year %(year)s is locked") % {"year": campaign.year})
    if not may_word(campaign, province, by):
        raise Refused(_("Only the standing office and the administrators of the province change its wording"))
