"""What every page's shell shows: where one stands, who one is, the main parts."""

import dataclasses
from functools import cached_property

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from campaigns.queries import Place
from provinces.models import Seat, Unit
from provinces.notices import unread
from provinces.queries import COUNTRY, keeps
from reports.queries.deadlines import Deadline, deadline_of
from reports.queries.places import current_place

PLACE_KEY = "place"
# The leaf of an address below /tinh/nam/ tells which part of the navigation it belongs to.
LEAVES = {
    "ke-hoach": "plans",
    "nhiem-vu": "plans",
    "lich": "plans",
    "hoat-dong": "activities",
    "xac-minh": "activities",
    "kiem-tra": "activities",
    "van-ban": "activities",
    "bao-cao": "reports",
    "bao-cao-don-vi": "reports",
    "yeu-cau": "reports",
    "theo-doi": "monitoring",
}
# Pages that are the same in every year, below “theo-doi”.
WATCHED = ("theo-doi/ban-do", "theo-doi/so-sanh-nam", "theo-doi/chi-tieu/")


@dataclasses.dataclass(frozen=True)
class Part:
    """One item of the main navigation."""

    label: str
    url: str
    current: bool
    last: bool = False


class Shell:
    """Answers the questions of base.html, each only when asked; a fragment of a page asks none."""

    def __init__(self, request):
        self.request = request
        self.seat = getattr(request, "seat", None)

    demo = property(lambda self: settings.DEMO)
    csrf_cookie = property(lambda self: settings.CSRF_COOKIE_NAME)
    now = property(lambda self: timezone.now())

    @cached_property
    def place(self) -> Place | None:
        place = getattr(self.request, "place", None)
        session = getattr(self.request, "session", {})
        return place or current_place(self.seat, session.get(PLACE_KEY))

    @cached_property
    def place_line(self) -> str:
        """“tỉnh Quảng Ninh · năm 2023”."""
        if self.place is None:
            return ""
        return _("%(province)s · year %(year)s") % {"province": self.place.province_name, "year": self.place.year}

    @cached_property
    def person(self) -> str:
        user = getattr(self.request, "user", None)
        return str(user) if user is not None and user.is_authenticated else ""

    @cached_property
    def department(self) -> str:
        """The department of the seat, by its name of today; with a choice of seats, that is what one sees here."""
        return department_today(self.seat)

    @cached_property
    def locked(self) -> bool:
        return bool(self.place and self.place.campaign.locked_at)

    @cached_property
    def deadline(self) -> Deadline | None:
        """The due time that is near, for the strip of every page."""
        return deadline_of(self.seat, self.place, self.now)

    @property
    def deadline_url(self) -> str:
        """Where one sends the own return, or sees who has not sent."""
        where = {"t": self.place.slug, "y": self.place.year}
        return address("returns" if self.deadline.own else "monitoring", **where)

    @cached_property
    def unread(self) -> int:
        """How many notices the department has not read."""
        return unread(self.seat)

    @cached_property
    def years_url(self) -> str:
        leaf = self._watched() or self._leaf() or "viec-can-lam"
        return f"{reverse('years')}?trang={leaf}" if self.seat else ""

    @cached_property
    def administration_url(self) -> str:
        """For seats that look after a province's lists, or the system's; for staff without such a seat the admin."""
        if self.seat is not None and self._keeps_lists():
            return reverse("administration")
        user = getattr(self.request, "user", None)
        return reverse("admin:index") if user is not None and user.is_staff else ""

    def _keeps_lists(self) -> bool:
        home = self.seat.department.unit.home_province
        if home.level != Unit.Level.PROVINCE:
            return self.seat.role == Seat.Role.ADMIN
        return keeps(self.seat, home, timezone.localdate())

    @cached_property
    def parts(self) -> list[Part]:
        """The main parts: those that exist and that the seat may open; without a seat only the work list."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return []
        here = LEAVES.get(self._leaf(), self._leaf())
        found = [Part(_("Work list"), reverse("home"), self.request.path == reverse("home"))]
        if self.seat is not None and self.seat.reach.ministry:
            found.append(self._country())
        if self.place is not None and not self.place.national:
            where = {"t": self.place.slug, "y": self.place.year}
            labels = {
                "plans": _("Plans"),
                "activities": _("Activities"),
                "reports": _("Reports"),
                "monitoring": _("Monitoring"),
            }
            links = [(label, address(name, **where), name == here) for name, label in labels.items()]
            found += [Part(*link) for link in links if link[1]]
        if help_url := address("help"):
            found.append(Part(_("Guide"), help_url, self.request.path.startswith(help_url), last=True))
        return found

    def _country(self) -> Part:
        """The ministry's way to the report of the country, in the year it works in or the newest."""
        campaign = (
            self.place.campaign if self.place else Campaign.objects.filter(series="bdg").order_by("-year").first()
        )
        url = address("reports", t=COUNTRY, y=campaign.year) if campaign else ""
        return Part(_("The whole country"), url, bool(self.place and self.place.national))

    def _watched(self) -> str:
        """The whole way to a page below “theo-doi” that every year has; the year is changed without leaving it."""
        leaf = "/".join(self.request.path.split("/")[3:])
        return leaf if leaf.startswith(WATCHED) and hasattr(self.request, "place") else ""

    def _leaf(self) -> str:
        pieces = self.request.path.split("/")
        return pieces[3] if len(pieces) > 3 and hasattr(self.request, "place") else ""


def department_today(seat: Seat | None) -> str:
    """The name of the seat's department as it is today; empty without a seat."""
    if seat is None:
        return ""
    name = seat.department.name_on(timezone.localdate())
    return name.name if name else str(seat.department)


def address(name: str, **where) -> str:
    """The address of a page, or nothing while no such page exists."""
    try:
        return reverse(name, kwargs=where or None)
    except NoReverseMatch:
        return ""


def shell(request) -> dict:
    """The context of every page."""
    return {
        "shell": Shell(request),
        "seat": getattr(request, "seat", None),
        "seats": getattr(request, "seats", []),
        "support_phone": settings.SUPPORT_PHONE,
    }
