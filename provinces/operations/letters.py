"""Letters: what a department was told goes out by e-mail once, several notices in one letter."""

import datetime
import logging
from collections import defaultdict

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from provinces.models import Notice, Seat
from provinces.notices import heard_by, said, unmailed, year_of
from provinces.queries import heirs_of
from provinces.vietnamese import format_moment

LATE = datetime.timedelta(days=14)  # what is older is found on the page and no longer mailed
log = logging.getLogger(__name__)


def send_digests(*, at: datetime.datetime) -> int:
    """Send each person with an address one letter about what the department was told; returns how many went out.

    A department's notices are marked before its letters go, so two workers at once send nothing twice. When no letter
    of a department could go out the mark is taken back, and the next round tries again.
    """
    told = defaultdict(list)
    for notice in unmailed(at - LATE):
        told[notice.department_id].append(notice)
    people = _people(told, timezone.localtime(at).date())
    connection = get_connection()
    return sum(_send(notices, people[pk], connection, at) for pk, notices in told.items() if people[pk])


def _people(departments, today: datetime.date) -> dict[int, list[Seat]]:
    """Seats with an address that act today for each department or its successors; the same person once for each."""
    heirs = heirs_of(departments)
    seats = (
        Seat.objects.on(today)
        .filter(department__in=set().union(*heirs.values()), user__is_active=True)
        .exclude(user__email="")
        .select_related("user", "department")
        .prefetch_related("department__names")
        .order_by("pk")
    )
    by_department = defaultdict(list)
    for seat in seats:
        by_department[seat.department_id].append(seat)
    return {pk: [seat for heir in sorted(ids) for seat in by_department[heir]] for pk, ids in heirs.items()}


def _send(notices: list[Notice], seats: list[Seat], connection, at: datetime.datetime) -> int:
    claimed = _claim(notices, at)
    letters = [letter for letter in (_letter(claimed, seat, at) for seat in _once_each(seats)) if letter]
    sent = sum(_deliver(letter, connection) for letter in letters)
    if letters and not sent:
        Notice.objects.filter(pk__in=[notice.pk for notice in claimed]).update(mailed_at=None)
    return sent


def _claim(notices: list[Notice], at: datetime.datetime) -> list[Notice]:
    """The notices that this round may send: of two rounds at once, each notice goes to one."""
    mine = Notice.objects.filter(mailed_at=None)
    return [notice for notice in notices if mine.filter(pk=notice.pk).update(mailed_at=at)]


def _once_each(seats: list[Seat]) -> list[tuple[Seat, set[str]]]:
    """One line for a person with several roles in a department: everything that any of them hears."""
    heard, first = defaultdict(set), {}
    for seat in seats:
        key = (seat.user_id, seat.department_id)
        first.setdefault(key, seat)
        heard[key] |= heard_by(seat.role)
    return [(seat, heard[key]) for key, seat in first.items()]


def _letter(notices: list[Notice], reader: tuple[Seat, set[str]], at: datetime.datetime) -> EmailMessage | None:
    seat, heard = reader
    own = [notice for notice in notices if notice.role in heard]
    if not own:
        return None
    with translation.override(seat.user.language):
        return EmailMessage(_subject(own), _body(own, seat, at), to=[seat.user.email])


def _subject(notices: list[Notice]) -> str:
    words = said(notices[0]).heading
    if len(notices) > 1:
        words = _("%(n)s notices about the work of your office") % {"n": len(notices)}
    year = year_of(notices)
    return f"{_('[Action Month %(year)s]') % {'year': year}} {words}" if year else words


def _body(notices: list[Notice], seat: Seat, at: datetime.datetime) -> str:
    name = seat.department.name_on(timezone.localtime(at).date())
    parts = [_("To: %(department)s") % {"department": name}]
    if len(notices) > 1:
        parts.append(_("Work of your office at %(time)s:") % {"time": format_moment(at)})
    parts += [_part(notice) for notice in notices]
    parts.append(_("All notices: %(link)s") % {"link": f"{settings.BASE_URL}/thong-bao"})
    parts.append(_closing())
    return "\n\n".join(parts) + "\n"


def _closing() -> str:
    if not settings.SUPPORT_PHONE:
        return _("Automatic letter, do not reply.")
    return _("Automatic letter, do not reply. Help: %(phone)s.") % {"phone": settings.SUPPORT_PHONE}


def _part(notice: Notice) -> str:
    words = said(notice)
    lines = [words.heading, words.words, f"{settings.BASE_URL}{notice.link}" if notice.link else ""]
    return "\n".join(filter(None, lines))


def _deliver(letter: EmailMessage, connection) -> int:
    letter.connection = connection
    try:
        return letter.send()
    except OSError as fault:  # SMTP errors are OSErrors; an address is not written into the log
        log.error("A letter was not sent: %s", type(fault).__name__)
        return 0
