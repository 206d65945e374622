"""One report as a seat sees it: where it stands in the seven steps, and what comes next."""

import dataclasses
import datetime
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.models import Activity
from campaigns.queries import Place
from campaigns.views.place import place_of_report
from provinces.models import Event, Seat
from provinces.vietnamese import VIETNAM, format_number
from reports.bound import slots_of
from reports.context import address
from reports.models import Job, Report
from reports.outline import PARTS, RETURN_TEXTS, SECTIONS, part_of
from reports.queries.coverage import coverage
from reports.queries.moved import Beside, moved_beside
from reports.queries.nation import Newer, coverage_of_provinces, newer_than
from reports.queries.picture import frozen
from reports.queries.sources import changed_since
from reports.queries.texts import Point, open_points
from reports.snapshot import Coverage, Figures
from reports.views.afterwards import Afterwards
from reports.views.titles import name_of, title_of

SENT_UP = {"sent", "nil", "returned", "accepted", "superseded"}
GATHER, COMPILE, CHECK, WRITE, PREVIEW, LOCK, SEND = range(1, 8)


# What the log keeps and the way of the report leaves out: saving a section, asking for a run.
NOT_ON_THE_WAY = ("report.write", "report.ask_compile")
HERE = {
    "job": gettext_lazy("Compile"),
    "figures": gettext_lazy("Check the figures"),
    "texts": gettext_lazy("Text"),
    "preview": gettext_lazy("See the print"),
    "sign": gettext_lazy("Sign off"),
    "supplement": gettext_lazy("Supplement"),
    "lock": gettext_lazy("Lock the figures"),
    "issue": gettext_lazy("Issue"),
    "issue_confirm": gettext_lazy("Issue"),
    "send": gettext_lazy("Send"),
    "receipt": gettext_lazy("Receipt"),
    "withdraw": gettext_lazy("Withdraw"),
    "review": gettext_lazy("Review"),
    "review_confirm": gettext_lazy("Review"),
}
CHANGES = {
    "edited": gettext_lazy("edited"),
    "gone": gettext_lazy("no longer counted"),
    "new": gettext_lazy("newly verified"),
}
BESIDE = {
    "sent": gettext_lazy("has sent its return"),
    "outstanding": gettext_lazy("its return is outstanding now"),
    "planned": gettext_lazy("the plan has changed"),
    "typed": gettext_lazy("total of the year before typed"),
    "ended": gettext_lazy("total of the year before taken back"),
    "issued": gettext_lazy("report of that year issued"),
}


@dataclasses.dataclass(frozen=True)
class Moved:
    """An activity, a return, the plan or a year before that is no longer what the figures saw."""

    title: str
    words: str
    url: str


@dataclasses.dataclass(frozen=True)
class Step:
    """One of the seven steps: its title, how far it is, where it is done."""

    no: int
    title: str
    words: str
    url: str = ""
    current: bool = False


class Desk(Afterwards):
    """What the pages of one report ask about it, each question at most once per request."""

    def __init__(self, seat: Seat, place: Place, report: Report):
        self.seat, self.place, self.report = seat, place, report

    def url(self, name: str, **more) -> str:
        """The address of a page of this report."""
        return reverse(name, kwargs={"t": self.place.slug, "y": self.place.year, "id": self.report.public_id, **more})

    home = property(lambda self: self.url("report"))

    @cached_property
    def powers(self) -> frozenset[str]:
        return self.report.powers(self.seat)

    writes = property(lambda self: "own_editor" in self.powers)
    signs = property(lambda self: "own_approver" in self.powers)
    receives = property(lambda self: "receiver" in self.powers)

    @property
    def issued(self) -> bool:
        """True once the report bears its number, or says that it is unknown."""
        return not self.report.is_open and self.report.status != "locked"

    @cached_property
    def department(self) -> str:
        return name_of(self.report.department, self.report)

    @cached_property
    def issuer(self) -> str:
        return name_of(self.report.issuer, self.report)

    @cached_property
    def title(self) -> str:
        return title_of(self.report)

    @cached_property
    def job(self) -> Job | None:
        """The newest run."""
        return self.report.jobs.order_by("-id").first()

    @property
    def running(self) -> bool:
        return self.job is not None and self.job.is_open

    @cached_property
    def figures(self) -> Figures | None:
        """The frozen figures the report stands on."""
        return frozen(self.report.snapshot) if self.report.snapshot else None

    @cached_property
    def coverage(self) -> Coverage:
        """Who has sent: as frozen once the figures are locked, as it is today before."""
        if self.figures and not self.report.is_open:
            return self.figures.coverage
        if self.place.national:
            return coverage_of_provinces(self.place.campaign)
        return coverage(self.place.province, self.place.campaign, self.report.request)

    @cached_property
    def changes(self) -> list[Moved]:
        """What moved after the figures were taken, while the figures may still be taken anew."""
        if self.report.snapshot is None or not self.report.is_open:
            return []
        if self.place.national:
            return [self._newer(each) for each in newer_than(self.report.snapshot)]
        found = changed_since(self.report.snapshot)
        ids = [change.activity.pk for change in found]
        visible = set(Activity.objects.visible_to(self.seat).filter(pk__in=ids).values_list("pk", flat=True))
        rows = [self._moved(change) for change in found if change.activity.pk in visible]
        return rows + [self._beside(each) for each in moved_beside(self.report, self.figures)]

    def _moved(self, change) -> Moved:
        where = {"t": self.place.slug, "y": self.place.year, "id": change.activity.public_id}
        return Moved(change.activity.title, str(CHANGES[change.kind]), address("activity", **where))

    def _beside(self, each: Beside) -> Moved:
        url = address("plan", t=self.place.slug, y=self.place.year, id=each.plan.public_id) if each.plan else ""
        return Moved(each.name, str(BESIDE[each.kind]), url)

    def _newer(self, each: Newer) -> Moved:
        """A province that issued its figures, or issued them anew, after the country's were taken."""
        there = Desk(self.seat, Place(each.province, self.place.campaign), each.report)
        words = _("issued newer figures") if each.kind == "edited" else _("issued for the first time")
        return Moved(there.place.province_name, words, there.home)

    @cached_property
    def sections(self) -> list:
        return list(self.report.sections.all())

    @property
    def filled(self) -> int:
        """Sections that say something, drafted or written."""
        return sum(bool(section.text) for section in self.sections)

    @cached_property
    def points(self) -> list[Point]:
        """What stands between the text and the signature: drafts nobody has read, figures that moved."""
        if self.figures is None or not self.report.is_open:
            return []
        return open_points(self.report, slots_of(self.figures))

    @property
    def untouched(self) -> bool:
        """True while the text asks for a person before it can be locked."""
        return bool(self.points)

    @cached_property
    def delivery(self):
        """The newest delivery, with whom it went to."""
        rows = self.report.deliveries.select_related("to", "sent_by__user", "seen_by__user", "decided_by__user")
        return rows.prefetch_related("to__names").order_by("-id").first()

    @property
    def recipient(self) -> str:
        return name_of(self.delivery.to, self.report) if self.delivery else ""

    @cached_property
    def newer(self) -> Report | None:
        """The version that replaces this one, if the seat may see it."""
        return Report.objects.visible_to(self.seat).filter(supersedes=self.report).first()

    @cached_property
    def remarks(self) -> "list[Said]":
        """The comments that this version answers: those its predecessor was returned with."""
        if self.report.supersedes_id is None:
            return []
        return comments_on(self.report.supersedes_id, self.report)

    @cached_property
    def own_remarks(self) -> "list[Said]":
        """The comments this version was returned with."""
        return comments_on(self.report.pk, self.report)

    @cached_property
    def events(self) -> list[Event]:
        """The way of the report through its versions up to this one, as far as the seat sees them."""
        versions = Report.objects.visible_to(self.seat).filter(
            lineage=self.report.lineage, version__lte=self.report.version
        )
        ids = [str(pk) for pk in versions.values_list("pk", flat=True)]
        rows = Event.objects.filter(object_type=Report._meta.label_lower, object_id__in=ids)
        return list(rows.exclude(verb__in=NOT_ON_THE_WAY).select_related("user").order_by("id"))

    @cached_property
    def next(self) -> int:
        """The step that the report waits for; 0 when nothing is left to do."""
        report = self.report
        if report.status in {"issued", "sent"}:
            return SEND
        if report.status == "locked":
            return LOCK
        if not report.is_open:
            return 0
        if self.running or report.snapshot_id is None:
            return COMPILE
        if self.changes:
            return CHECK
        return WRITE if self.untouched and self.report.status == "draft" else LOCK

    def steps(self, at: int | None = None) -> list[Step]:
        """The step bar; `at` is the step of the page, by default the next one."""
        at = self.next if at is None else at
        rows = (
            (_("Who has sent"), self._gathered(), "report"),
            (_("Compile"), self._compiled(), "job" if self.job else "report"),
            (_("Check the figures"), self._checked(), self._once_compiled("report_figures")),
            (_("Text"), self._texts(), self._once_compiled("report_texts")),
            (_("Preview"), self._shut() or _("ready"), self._once_compiled("report_preview")),
            (_("Lock and sign"), self._locked(), self._locking()),
            (_("Send"), self._sent(), self._sending()),
        )
        return [
            Step(no, title, words, self._address(name), no == at)
            for no, (title, words, name) in enumerate(rows, start=1)
        ]

    def _address(self, name: str) -> str:
        if name == "job":
            return reverse("job", kwargs={"t": self.place.slug, "y": self.place.year, "job": self.job.public_id})
        return self.url(name) if name else ""

    def _once_compiled(self, name: str) -> str:
        return name if self.report.snapshot_id else ""

    def _shut(self) -> str:
        return "" if self.report.snapshot_id else _("not open yet")

    def _gathered(self) -> str:
        if not self.coverage.asked:
            return _("nobody was asked")
        if self.place.national:
            return _("%(sent)s/%(asked)s provinces") % {"sent": self.coverage.sent, "asked": self.coverage.asked}
        return _("%(sent)s/%(asked)s departments") % {"sent": self.coverage.sent, "asked": self.coverage.asked}

    def _compiled(self) -> str:
        if self.running:
            return str(self.job.get_status_display()).lower()
        if self.report.snapshot is None:
            return _("not yet")
        return _("figures no. %(no)s") % {"no": self.report.snapshot.no}

    def _checked(self) -> str:
        if self._shut():
            return self._shut()
        n = len(self.changes)
        if n:
            return ngettext("%(n)s thing changed", "%(n)s things changed", n) % {"n": format_number(n)}
        return _("ready")

    def _texts(self) -> str:
        if self._shut():
            return self._shut()
        return _("%(n)s of %(total)s sections") % {"n": self.filled, "total": len(self.sections)}

    def _locking(self) -> str:
        if self.report.status == "waiting_head" and self.signs:
            return "report_sign"
        if self.report.is_open and self.report.snapshot_id:
            return "report_lock"
        return "report_issue" if self.report.status == "locked" else ""

    def _locked(self) -> str:
        if self.report.status == "issued" or self.report.status in SENT_UP:
            return _("issued")
        if self.report.locked_at:
            return _("locked %(day)s") % {"day": f"{self.report.locked_at.astimezone(VIETNAM):%d/%m}"}
        return self._shut() or _("ready")

    def _sending(self) -> str:
        if self.report.status == "issued":
            return "report_send"
        return "report_receipt" if self.delivery else ""

    def _sent(self) -> str:
        if self.report.status in SENT_UP:
            return str(self.report.get_status_display()).lower()
        return _("ready") if self.report.status == "issued" else _("not open yet")


@dataclasses.dataclass(frozen=True)
class Said:
    """A receiver's comment with the title of the section it is about."""

    about: str
    must: bool
    text: str
    who: str
    at: datetime.datetime


def section_title(key: str) -> str:
    """“II.1. Lễ phát động, mít tinh”, “I. Công tác chỉ đạo, triển khai”, “Mở đầu”; nothing for the whole report."""
    title = SECTIONS.get(key, "")
    if part_of(key) not in PARTS:
        return title
    return f"{key}. {title.partition('. ')[2] or title}"


def _about(row, report: Report) -> str:
    """The section a comment is about: a return's sections are its own."""
    if report.kind == Report.Kind.RETURN:
        return RETURN_TEXTS.get(row.anchor, "")
    return section_title(row.anchor)


def comments_on(pk: int, report: Report) -> list[Said]:
    """Comments of a version in order, each with who wrote it."""
    rows = report.comments.model.objects.filter(report=pk).select_related("by__user").order_by("id")
    return [Said(_about(row, report), row.kind == row.Kind.MUST, row.text, str(row.by.user), row.at) for row in rows]


def reports_at(seat: Seat, place: Place):
    """The reports of the place that the seat may see; the departments' returns have pages of their own."""
    rows = Report.objects.visible_to(seat).filter(province=place.province, campaign=place.campaign)
    rows = rows.exclude(kind=Report.Kind.RETURN)
    rows = rows.select_related("campaign", "department", "issuer", "snapshot", "request", "created_by__user", "scan")
    return rows.prefetch_related("department__names", "issuer__names")


def desk_of(request: HttpRequest, t: str, y: int, id: str) -> Desk:
    """The report of an address; 404 when the seat may not see it."""
    place = place_of_report(request, t, y)
    return Desk(request.seat, place, get_object_or_404(reports_at(request.seat, place), public_id=id))


def show(
    request: HttpRequest, page: str, desk: Desk, *, at: int | None = None, status: int = 200, **more
) -> HttpResponse:
    """A page of one report (or “page.html#fragment”), with the step bar standing at `at`."""
    context = {"desk": desk, "place": desk.place, "report": desk.report, "steps": desk.steps(at)}
    name, _suffix, fragment = page.partition(".html")
    context |= {"here": HERE.get(name, ""), **more}
    return render(request, f"reports/{name}.html{fragment}", context, status=status)


def compiled_or_404(desk: Desk) -> Figures:
    """The figures of a page that has none before the first run."""
    if desk.figures is None:
        raise Http404
    return desk.figures


def heads(desk: Desk) -> str:
    """Who signs, for the sentence that says who can."""
    return _("an approver of %(department)s") % {"department": desk.issuer}


def shut_out(request: HttpRequest, desk: Desk, *, holders: str, at: int | None = None) -> HttpResponse:
    """“Vị trí này không làm được việc này”, and who can."""
    sentence = _("The seat %(seat)s cannot do this. Those who can: %(holders)s") % {
        "seat": desk.seat,
        "holders": holders,
    }
    return show(request, "shut_out", desk, at=at, status=403, sentence=sentence)
