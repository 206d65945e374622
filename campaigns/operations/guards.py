"""What every writer of a plan checks first: power, state, year, text, bodies in force."""

import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Plan
from provinces.models import Department, Seat
from provinces.vietnamese import VIETNAM, find_private, format_date, nfc, sentence, tidy
from provinces.workflow import Refused

OPEN = (Plan.Status.DRAFT, Plan.Status.RETURNED)
AHEAD = datetime.timedelta(days=62)  # a paper may be prepared before its day; further off it is a slip of the year


class Conflict(Refused):
    """Somebody saved the same thing after the page was opened; `newest` is the row as it is now."""

    def __init__(self, thing, newest):
        self.newest = newest
        super().__init__(
            _(
                "%(person)s saved %(thing)s at %(time)s, after this page was opened. "
                "Choose a value for each field; nothing was overwritten"
            )
            % {"person": _editor(newest), "thing": thing, "time": _clock(newest.edited_at)}
        )


def _editor(row) -> str:
    return str(row.edited_by.user) if row.edited_by else _("Somebody else")


def _clock(moment: datetime.datetime | None) -> str:
    return f"{moment.astimezone(VIETNAM):%H:%M}" if moment else "…"


def hold_for_writing(plan: Plan, *, by: Seat) -> None:
    """Refuse unless `by` may write this plan now; until the transaction ends, no move can overtake the writer.

    The UPDATE changes nothing: it takes the row's lock and names the open states, so that a submission pressed
    at the same moment waits, or makes this writer see that the plan has gone.
    """
    if "own_editor" not in plan.powers(by):
        raise Refused(_("The seat %(seat)s cannot do this") % {"seat": by})
    refuse_locked_year(plan)
    held = Plan.objects.visible_to(by).filter(pk=plan.pk, status__in=OPEN).update(lineage=plan.lineage)
    if not held:
        plan.refresh_from_db()
        raise Refused(_why_frozen(plan))


def overwrite(rows: QuerySet, version: int, **changes) -> bool:
    """Write `changes` over the row that was read as `version`; False when somebody was faster.

    The UPDATE names the version, so that of any number of writers who read the same text one wins.
    """
    return rows.filter(version=version).update(version=version + 1, **changes) == 1


def _why_frozen(plan: Plan) -> str:
    if plan.status in {Plan.Status.ISSUED, Plan.Status.SUPERSEDED}:
        return _("%(document)s has been issued and stays as it is. Make an amendment or a supplement") % {
            "document": _("The plan")
        }
    if plan.status == Plan.Status.APPROVED:
        return _("The plan has been approved and waits to be issued; its text stays as it was approved")
    return _("%(document)s is under review and cannot be changed. It can be withdrawn while unopened") % {
        "document": _("The plan")
    }


def refuse_locked_year(plan: Plan) -> None:
    """A year is read-only only after an explicit lock."""
    locked = plan.campaign and plan.campaign.locked_at
    if locked:
        since = format_date(locked.astimezone(VIETNAM))
        raise Refused(_("%(year)s has been locked since %(date)s") % {"year": plan.campaign.year, "date": since})


def clean_line(text: str, *, label: str, field: str, longest: int) -> str:
    """One line of NFC text without private numbers."""
    text = tidy(text)
    _refuse_private(text, label, field)
    _refuse_long(text, label, field, longest)
    return text


def clean_text(text: str, *, label: str, field: str, longest: int = 60_000) -> str:
    """Free text: NFC, unix line ends, no space at the ends, no private numbers."""
    text = nfc(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    _refuse_private(text, label, field)
    _refuse_long(text, label, field, longest)
    return text


def _refuse_private(text: str, label: str, field: str) -> None:
    for finding in find_private(text):
        if finding.refused:
            raise Refused(sentence(f"privacy.{finding.kind}", label=label, n=str(finding.digits)), field=field)


def _refuse_long(text: str, label: str, field: str, longest: int) -> None:
    if len(text) > longest:
        raise Refused(
            ngettext(
                "%(label)s has %(n)s character; shorten it to %(longest)s",
                "%(label)s has %(n)s characters; shorten it to %(longest)s",
                len(text),
            )
            % {"label": label, "n": len(text), "longest": longest},
            field=field,
        )


def refuse_out_of_force(department: Department, day: datetime.date, *, field: str = "") -> None:
    """A body can be chosen if it was in force on `day`; a closed one is refused with its successors."""
    if department.in_force(day):
        return
    name = department.name_on(day)
    if department.valid_to and department.valid_to < day:
        raise Refused(
            _("%(department)s ended on %(ended)s. Successors: %(successors)s")
            % {
                "department": name,
                "ended": format_date(department.valid_to),
                "successors": _heirs(department, day) or _("not recorded"),
            },
            field=field,
        )
    raise Refused(
        _("%(department)s exists from %(started)s and cannot be chosen for %(date)s")
        % {"department": name, "started": format_date(department.valid_from), "date": format_date(day)},
        field=field,
    )


def refuse_unsigned(number: str, dated: datetime.date | None, *, unknown: bool, issuer: Department, at) -> None:
    """Refuse to issue a paper without number or date, unless they are said to be unknown, or on an impossible day."""
    stated = (("number", _("number"), number), ("dated", _("date"), dated))
    missing = [(field, str(name)) for field, name, there in stated if not there]
    if missing and not unknown:
        raise Refused(
            _("Cannot be issued yet: %(list)s missing. If the number is not known, tick “Number unknown”")
            % {"list": ", ".join(name for _field, name in missing)},
            field=missing[0][0],
        )
    if dated and dated > at.astimezone(VIETNAM).date() + AHEAD:
        raise Refused(
            _("%(date)s is still to come; write the day on which the paper was signed") % {"date": format_date(dated)},
            field="dated",
        )
    if dated:
        refuse_out_of_force(issuer, dated, field="dated")


def _heirs(department: Department, day: datetime.date) -> str:
    links = department.successions.select_related("successor").order_by("id")
    return "; ".join(str(link.successor.name_on(day)) for link in links)
