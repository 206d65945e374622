"""People and their seats: accounts opened, seats given and ended; no province is left without an administrator."""

import datetime
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from provinces.models import Department, Draft, Duty, Seat, User
from provinces.queries import administers, administrators
from provinces.roster import Entry
from provinces.vietnamese import format_date, tidy
from provinces.workflow import Refused, record_event


@transaction.atomic
def create_account(
    username: str,
    *,
    full_name: str,
    password: str,
    phone: str = "",
    email: str = "",
    by: Seat | None,
    at: datetime.datetime,
) -> User:
    """An account that can sign in and has no seat yet; `by` None is the command line."""
    username = tidy(username)
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(
            _("The user name %(username)s is taken. Choose another") % {"username": username}, field="username"
        )
    user = User(username=username, full_name=tidy(full_name), phone=tidy(phone), email=email)
    user.set_password(password)
    user.save()
    record_event("account.create", user, by=by, at=at, province=_province(by), details={"username": username})
    return user


@transaction.atomic
def invite_person(
    username: str,
    department: Department,
    role: str,
    *,
    full_name: str,
    password: str,
    phone: str = "",
    email: str = "",
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
    by: Seat | None,
    at: datetime.datetime,
) -> Seat:
    """A new account together with its first seat: both or neither."""
    user = create_account(username, full_name=full_name, password=password, phone=phone, email=email, by=by, at=at)
    return give_seat(user, department, role, valid_from=valid_from, valid_to=valid_to, by=by, at=at)


@transaction.atomic
def invite_people(
    entries: Iterable[Entry], departments: Mapping[int, Department], *, by: Seat | None, at: datetime.datetime
) -> list[Seat]:
    """Everybody of a checked list, or nobody: the first refusal names its row."""
    made = []
    for entry in entries:
        try:
            if entry.faults or entry.department_id not in departments:
                raise Refused(entry.faults[0] if entry.faults else _("Choose the department"))
            facts = {"full_name": entry.full_name, "password": entry.password, "phone": entry.phone}
            body = departments[entry.department_id]
            seat = invite_person(entry.username, body, entry.role_code, **facts, email=entry.email, by=by, at=at)
        except Refused as refused:
            words = _("Row %(no)s: %(fault)s") % {"no": entry.no, "fault": refused.sentence}
            raise Refused(words, field="file") from refused
        made.append(seat)
    return made


@transaction.atomic
def give_seat(
    user: User,
    department: Department,
    role: str,
    *,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
    by: Seat | None,
    at: datetime.datetime,
) -> Seat:
    """A person may act from a department from now on, or from a day to a day. `by` None is the command line."""
    today = timezone.localtime(at).date()
    _check_administrator(by, department, today)
    _check_department(department, role, valid_from or today)
    if valid_from and valid_to and valid_to < valid_from:
        raise Refused(_("The last day is before the first day"), field="valid_to")
    same = Seat.objects.filter(user=user, department=department, role=role)
    if same.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from or today)).exists():
        raise Refused(_("%(person)s already has this seat") % {"person": user}, field="user")
    seat = Seat.objects.create(
        user=user, department=department, role=role, valid_from=valid_from or _first_day(same, today), valid_to=valid_to
    )
    details = {"user": user.pk, "department": department.pk, "role": role}
    record_event("seat.give", seat, by=by, at=at, province=department.unit.home_province, details=details)
    return seat


@transaction.atomic
def end_seat(seat: Seat, *, on: datetime.date, by: Seat | None, at: datetime.datetime) -> Seat:
    """The seat is valid to `on`, that day included. Refused for the last administrator of a province."""
    _check_administrator(by, seat.department, timezone.localtime(at).date())
    if seat.valid_to and seat.valid_to <= on:
        raise Refused(_("This seat already ends on %(day)s") % {"day": format_date(seat.valid_to)}, field="on")
    if seat.valid_from and on < seat.valid_from:
        raise Refused(
            _("This seat begins on %(day)s; it cannot end before") % {"day": format_date(seat.valid_from)}, field="on"
        )
    if seat.role == Seat.Role.ADMIN:
        _check_another_administrator(seat, on)
    ended = Seat.objects.filter(pk=seat.pk, valid_to=seat.valid_to).update(valid_to=on)
    if not ended:
        raise Refused(_("Somebody else has just changed this; nothing was done twice"))
    seat.valid_to = on
    province = seat.department.unit.home_province
    record_event(
        "seat.end", seat, by=by, at=at, province=province, details={"on": on.isoformat(), "user": seat.user_id}
    )
    return seat


@transaction.atomic
def hand_over(seat: Seat, to: Seat, *, by: Seat | None, at: datetime.datetime) -> tuple[int, int]:
    """The drafts of a seat go word for word to its successor; returns how many went and how many stayed.

    What the successor has begun in the same form is not written over: that draft stays where it is and can be
    handed over later. Tasks, reminders and notices are the department's, so the successor has them already.
    """
    today = timezone.localtime(at).date()
    _check_administrator(by, seat.department, today)
    heirs = Department.objects.with_successors([seat.department_id])
    if to.department_id not in heirs or to.user_id == seat.user_id or not (to.writes and to.in_force(today)):
        words = _("The successor has a seat today in the same department, and enters data")
        raise Refused(words, field="to")
    own = {(row.form, row.object_key) for row in Draft.objects.filter(seat=to)}
    rows = list(Draft.objects.filter(seat=seat).select_for_update())
    going = [row.pk for row in rows if (row.form, row.object_key) not in own]
    Draft.objects.filter(pk__in=going).update(seat=to)
    details = {"user": seat.user_id, "to": to.user_id, "drafts": len(going), "left": len(rows) - len(going)}
    province = seat.department.unit.home_province
    record_event("seat.hand_over", seat, by=by, at=at, province=province, details=details)
    return len(going), len(rows) - len(going)


def _check_administrator(by: Seat | None, department: Department, today: datetime.date) -> None:
    if by is not None and not administers(by, department.unit.home_province, today):
        raise Refused(_("Only an administrator of the province gives and ends seats"))


def _check_department(department: Department, role: str, day: datetime.date) -> None:
    """A closed department gives no seat; an administrator sits where the standing office or the ministry is."""
    if department.valid_to and department.valid_to < day:
        heirs = Department.objects.filter(inheritances__predecessor=department).prefetch_related("names")
        raise Refused(
            _("%(department)s ended on %(day)s. Choose what succeeded it: %(successors)s")
            % {
                "department": department.name_on(day),
                "day": format_date(department.valid_to),
                "successors": ", ".join(str(heir.name_on(day)) for heir in heirs) or "…",
            },
            field="department",
        )
    duties = Duty.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), department=department)
    if role == Seat.Role.ADMIN and not duties.exclude(kind=Duty.Kind.COMMITTEE).exists():
        raise Refused(
            _("An administrator has the seat in the standing office of the province or in the ministry"), field="role"
        )


def _check_another_administrator(seat: Seat, on: datetime.date) -> None:
    """The seats are locked while looking, so that two administrators cannot end each other at once."""
    province = seat.department.unit.home_province
    others = administrators(province).exclude(pk=seat.pk).select_for_update()
    if not any(other.in_force(on + datetime.timedelta(days=1)) and other.user_id != seat.user_id for other in others):
        raise Refused(
            _("This is the last administrator of the province. Give another person an administrator's seat first")
        )


def _first_day(earlier, today: datetime.date) -> datetime.date | None:
    """A seat given again begins today, because the one without a first day is on record already."""
    return today if earlier.filter(valid_from=None).exists() else None


def _province(by: Seat | None):
    return by.department.unit.home_province if by else None
