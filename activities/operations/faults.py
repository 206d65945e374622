"""What is wrong with an activity as handed in: all of it at once, each fault beside the box it concerns."""

import dataclasses

from django.utils.translation import gettext_lazy as _

from provinces.vietnamese import SENTENCES as READING
from provinces.vietnamese import capitalise
from provinces.workflow import Refused

SENTENCES = {
    "sex.sum": _("Female (%(female)s) and male (%(male)s) make %(sum)s, more than the total of %(total)s"),
    "sex.children": _("Children (%(children)s) exceed the total (%(total)s)"),
    "sex.girls_boys": _("Girls (%(girls)s) and boys (%(boys)s) make %(sum)s, more than the %(children)s children"),
    "sex.within": _("%(part_label)s (%(part)s) exceed %(whole_label)s (%(whole)s), which already counts them"),
    "sex.needs_total": _("A split by sex or age needs the total number beside it"),
    "rate.over": _("The numerator (%(numerator)s) exceeds the denominator (%(denominator)s)"),
    "rate.zero": _("The denominator is 0, so there is no rate. If there was no case, leave all three empty"),
    "rate.empty": _("%(code)s is a rate. Enter a share such as 100%%, or counts such as 17/22"),
    "rate.other": _("%(code)s counts %(unit_of_measure)s and takes no rate"),
    "parts.loop": _("“%(part)s” already contains “%(whole)s” and cannot be part of it"),
    "parts.other": _("“%(part)s” and “%(whole)s” have different measures and cannot be joined"),
    "parts.missing": _("The output that this is a part of is no longer there. Choose another"),
    "measure.derived": _("%(code)s comes from %(part)s and is not typed"),
    "measure.elsewhere": _("%(code)s is a measure of another province"),
    "measure.attended": _("%(code)s counts only events held by others. Choose the role “attendee”"),
    "unit.ended": _("%(unit)s ended on %(ended)s and cannot be chosen for %(date)s. Successors: %(successors)s"),
    "unit.not_yet": _("%(unit)s exists from %(started)s; on %(date)s it was %(predecessors)s"),
    "unit.elsewhere": _("%(unit)s lies outside %(province)s"),
    "department.ended": _("%(department)s ended on %(ended)s. Successors: %(successors)s"),
    "department.elsewhere": _("%(department)s records for another province"),
    "department.nameless": _("Choose a body from the list or type its name"),
    "participant.two_leads": _("An activity has one lead. Change %(department)s to co-organiser"),
    "participant.twice": _("%(department)s is listed twice in the same role"),
    "support.missing": _("The support that this belongs to is no longer there. Choose another"),
    "date.of_precision": _("The date does not go with “%(precision)s”"),
    "campaign.missing": _("Choose the Action Month, or say that this is work of the year outside it"),
    "campaign.other": _("The Action Month of %(year)s is another one than that of the page"),
    "money.positive": _("The amount must be more than 0"),
    "lock.year": _("%(year)s has been locked since %(date)s. To change it, ask %(department)s to unlock"),
    "file.consent": _("Tick “No identifiable victim or child in the photo”, or remove the photo"),
    "conflict": _(
        "%(person)s saved %(thing)s at %(time)s, after this page was opened. "
        "Choose a value for each field; nothing was overwritten"
    ),
    "state.closed": _(
        "“%(title)s” is in the state “%(state)s” and cannot be changed. %(department)s can return it for changes"
    ),
    "delete.seen": _("“%(title)s” has been before other people's eyes, so it is not deleted. Cancel it with a reason"),
    "cancel.merged": _("%(n)s activities were merged into “%(title)s”. Separate them first"),
    "participant.recorder": _("%(department)s recorded this activity. Enter the result in its form"),
    "output.counted": _("The result already counts and is not taken away. Ask %(department)s to return the activity"),
    "scan.missing": _("Attach the scan of the paper first"),
    "date.not_yet": _("%(date)s is still to come"),
    "remedy.early": _("%(date)s is before the inspection on %(inspected)s"),
    "output.moved": _("The number is %(given)s now, not as this page showed. Look at it once more"),
    "seat.cannot": _("The seat %(seat)s cannot do this"),
}


def say(key: str, **slots) -> str:
    """The sentence of a key in the reader's language; a slot that opens it gets a capital letter."""
    text = SENTENCES[key] if key in SENTENCES else READING[key]
    return capitalise(str(text) % slots)


@dataclasses.dataclass(frozen=True)
class Fault:
    """One thing to put right: the box (“outputs.2.female”), the sentence, and the tick that would let it pass."""

    field: str
    sentence: str
    lifted_by: str = ""


class Faulty(Refused):
    """An activity that cannot be written as it is; carries every fault, not only the first."""

    def __init__(self, faults: list[Fault]):
        super().__init__(faults[0].sentence, field=faults[0].field)
        self.faults = faults


class Overtaken(Refused):
    """Somebody saved the row after the page was opened; nothing was overwritten."""

    status = 409


def refuse(key: str, *, field: str = "", **slots):
    """Raise the refusal of a key."""
    raise Refused(say(key, **slots), field=field)
