"""One return as a seat sees it: its days, its rows, its text, its figures, and what comes next."""

import datetime
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Request
from campaigns.queries import Place
from campaigns.views.place import place_of
from provinces.models import Event, Seat
from provinces.vietnamese import format_delay
from reports.models import Delivery, Report
from reports.outline import RETURN_TEXTS
from reports.queries.picture import frozen
from reports.queries.returns import OwnRows, due_of, picture_now, rows_of
from reports.snapshot import Figures
from reports.views.desk import NOT_ON_THE_WAY, comments_on, name_of, title_of

GONE_UP = {"sent", "nil", "accepted", "returned", "superseded"}


class ReturnDesk:
    """What the pages of one return ask about it, each question at most once per request."""

    def __init__(self, seat: Seat, place: Place, report: Report, at: datetime.datetime):
        self.seat, self.place, self.report, self.at = seat, place, report, at

    def url(self, name: str, **more) -> str:
        """The address of a page of this return."""
        return reverse(name, kwargs={"t": self.place.slug, "y": self.place.year, "id": self.report.public_id, **more})

    home = property(lambda self: self.url("return"))

    @cached_property
    def powers(self) -> frozenset[str]:
        return self.report.powers(self.seat)

    writes = property(lambda self: "own_editor" in self.powers and self.report.is_open and not self.closed)
    signs = property(lambda self: "own_approver_of_return" in self.powers)
    receives = property(lambda self: "receiver" in self.powers and self.report.status in {"sent", "nil"})
    own = property(lambda self: "own_editor" in self.powers or self._mine)

    @property
    def _mine(self) -> bool:
        return self.report.department_id in self.seat.reach.departments

    @property
    def closed(self) -> bool:
        """Only a closed request or a locked year shuts a return; no deadline does."""
        request = self.report.request
        return bool(self.place.campaign.locked_at or (request and request.closed_at))

    @cached_property
    def department(self) -> str:
        return name_of(self.report.department, self.report)

    @cached_property
    def asker(self) -> str:
        request = self.report.request
        return name_of(request.asker, self.report) if request else _("the standing office")

    @cached_property
    def title(self) -> str:
        return return_title(self.report)

    @cached_property
    def due(self) -> datetime.datetime | None:
        return due_of(self.report)

    @property
    def overdue(self) -> str:
        """By how much the due time has passed, while the return is still open."""
        late = self.report.is_open and self.due and self.at > self.due
        return format_delay(self.at - self.due) if late else ""

    @property
    def late(self) -> str:
        """By how much it came late, as written down with the delivery."""
        delay = self.delivery.delay if self.delivery else None
        return format_delay(delay) if delay else ""

    @cached_property
    def taken(self) -> Figures:
        """The figures as they stand now; frozen once the return has gone."""
        if self.report.is_open or self.report.snapshot is None:
            return picture_now(self.report, at=self.at)
        return frozen(self.report.snapshot)

    @cached_property
    def rows(self) -> OwnRows:
        return rows_of(self.report, at=self.at)

    @cached_property
    def sections(self) -> list:
        """Its texts in the order of the paper."""
        found = {each.key: each for each in self.report.sections.select_related("edited_by__user")}
        return [found[key] for key in RETURN_TEXTS if key in found]

    @cached_property
    def written(self) -> bool:
        return any(section.text for section in self.sections)

    @cached_property
    def delivery(self) -> Delivery | None:
        """The newest delivery that was not taken back."""
        rows = self.report.deliveries.exclude(status=Delivery.Status.WITHDRAWN)
        return rows.select_related("to", "sent_by__user", "seen_by__user").order_by("-id").first()

    @property
    def may_withdraw(self) -> bool:
        gone = self.report.status in {"sent", "nil"} and self.delivery is not None
        return self.signs and not self.closed and gone and self.delivery.status == "sent"

    @cached_property
    def newer(self) -> Report | None:
        return Report.objects.visible_to(self.seat).filter(supersedes=self.report).first()

    @cached_property
    def remarks(self) -> list:
        """The comments that this version answers, then those that it was returned with."""
        before = comments_on(self.report.supersedes_id, self.report) if self.report.supersedes_id else []
        return before + comments_on(self.report.pk, self.report)

    @cached_property
    def events(self) -> list[Event]:
        """The way of the return through its versions, as far as the seat sees them."""
        versions = Report.objects.visible_to(self.seat).filter(lineage=self.report.lineage)
        ids = [str(pk) for pk in versions.filter(version__lte=self.report.version).values_list("pk", flat=True)]
        rows = Event.objects.filter(object_type=Report._meta.label_lower, object_id__in=ids)
        return list(rows.exclude(verb__in=NOT_ON_THE_WAY).select_related("user").order_by("id"))

    @property
    def coming(self) -> str:
        """What somebody else has to do before the return goes on."""
        if self.report.status in {"sent", "nil"}:
            return _("%(recipient)s decides") % {"recipient": self.asker}
        if self.report.status == "waiting_head" and not self.signs:
            return _("The head reads and sends it")
        return ""


def return_title(report: Report) -> str:
    """“Báo cáo của Sở Y tế, 2026”; a topical one bears the subject it was asked for."""
    request = report.request
    if request is None or request.kind == Request.Kind.MONTH or not request.subject:
        return title_of(report)
    name = _("%(subject)s, %(department)s") % {
        "subject": request.subject,
        "department": name_of(report.department, report),
    }
    return name if report.version == 1 else _("%(title)s, version %(no)s") % {"title": name, "no": report.version}


def returns_at(seat: Seat, place: Place):
    """The returns of the place that the seat may see."""
    rows = Report.objects.visible_to(seat).filter(kind=Report.Kind.RETURN, province=place.province)
    rows = rows.filter(campaign=place.campaign).select_related(
        "campaign", "province", "department__unit", "issuer__unit", "snapshot", "request__asker", "created_by__user"
    )
    return rows.prefetch_related("department__names", "issuer__names", "request__asker__names")


def return_desk(request: HttpRequest, t: str, y: int, id: str) -> ReturnDesk:
    """The return of an address; 404 when the seat may not see it."""
    place = place_of(request, t, y)
    report = get_object_or_404(returns_at(request.seat, place), public_id=id)
    return ReturnDesk(request.seat, place, report, timezone.now())


def show_return(request: HttpRequest, page: str, desk: ReturnDesk, *, status: int = 200, **more) -> HttpResponse:
    """A page of one return; `here` is its name in the breadcrumb."""
    context = {"desk": desk, "place": desk.place, "report": desk.report, "here": "", **more}
    return render(request, f"reports/{page}.html", context, status=status)


def shut(request: HttpRequest, desk: ReturnDesk, sentence: str, *, status: int = 403) -> HttpResponse:
    """Why this cannot be done, and the way back."""
    return show_return(request, "return_shut", desk, status=status, sentence=sentence)


def not_yours(request: HttpRequest, desk: ReturnDesk, holders: str) -> HttpResponse:
    """“Vị trí này không làm được việc này”, and who can."""
    slots = {"seat": desk.seat, "holders": holders}
    return shut(request, desk, _("The seat %(seat)s cannot do this. Those who can: %(holders)s") % slots)
