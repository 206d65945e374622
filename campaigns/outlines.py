"""The outline of a plan: its tasks in order, money and targets added up, what is still missing.

Page and paper read the same outline, so a number or a name has one birthplace.
"""

import dataclasses
import datetime
from collections import defaultdict
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from campaigns.models import Measure, MoneySource, Plan, PlanSection, Task
from campaigns.queries import wording_of
from provinces.models import Department, Duty, Seat, Unit
from provinces.vietnamese import certain, fold, format_number, format_period, sort_key

HEADINGS = {
    "III.1": "Chỉ đạo, xây dựng kế hoạch, báo cáo",
    "III.2": "Lễ phát động, mít tinh",
    "III.3": "Truyền thông",
    "III.4": "Diễn đàn, đối thoại, tọa đàm, hội thảo, hội thi, tập huấn",
    "III.5": "Thăm hỏi, hỗ trợ, biểu dương",
    "III.6": "Kiểm tra liên ngành, xử lý vi phạm",
    "III.7": "Huy động nguồn lực",
}
STATE, MOBILISED, INTEGRATED = MoneySource.Group.STATE, MoneySource.Group.MOBILISED, MoneySource.Group.INTEGRATED


def plans_of(seat: Seat, province: Unit, year: int) -> QuerySet[Plan]:
    """The plans of a province that cover a year and that the seat may see, its own month first."""
    return (
        Plan.objects.visible_to(seat)
        .filter(province=province, year_from__lte=year, year_to__gte=year)
        .select_related("campaign", "owner__unit", "issuer__unit", "province")
        .prefetch_related("owner__names", "issuer__names")
    )


def plan_code(plan: Plan) -> str:
    """What a person reads out on the telephone: KH-2023-22-0007."""
    return f"KH-{plan.year_from}-{plan.province.code}-{plan.pk:04d}"


@dataclasses.dataclass(frozen=True)
class Target:
    """A quantity of a measure, as a plan wants it; without a number the words, or no data."""

    measure: Measure
    quantity: int | None
    certainty: str
    text: str = ""

    @property
    def words(self) -> str:
        """“khoảng 600 lượt người”, “Baner, phướn thả: hàng trăm”, “Áo phông: –”."""
        number = certain(self.quantity, self.certainty, self.text)
        if self.quantity is None:
            return f"{self.measure.name}: {number}"
        return f"{number} {self.measure.unit_of_measure}"


@dataclasses.dataclass(frozen=True)
class TaskLine:
    """One task as page and paper show it, every body under its name on the task's day."""

    number: str
    task: Task
    lead: str
    partners: tuple[str, ...]
    when: str
    targets: tuple[Target, ...]
    amounts: dict[str, int]
    in_kind: int

    @property
    def counted_money(self) -> int | None:
        """State budget and mobilised money; None where no amount was stated."""
        found = [self.amounts[group] for group in (STATE, MOBILISED) if group in self.amounts]
        return sum(found) if found else None

    @property
    def sources(self) -> str:
        """Short names of the sources of money."""
        names = {STATE: _("state budget"), MOBILISED: _("mobilised"), INTEGRATED: _("integrated")}
        return "; ".join(str(names[group]) for group in names if group in self.amounts)

    @property
    def has_lead(self) -> bool:
        return bool(self.lead)


@dataclasses.dataclass(frozen=True)
class Heading:
    """A heading of section III with its tasks."""

    code: str
    number: int
    title: str
    lines: tuple[TaskLine, ...]


@dataclasses.dataclass(frozen=True)
class Money:
    """Money of the whole plan by source; integrated money is shown and never added."""

    state: int | None
    mobilised: int | None
    integrated: int | None
    in_kind: int

    @property
    def total(self) -> int | None:
        found = [amount for amount in (self.state, self.mobilised) if amount is not None]
        return sum(found) if found else None


@dataclasses.dataclass(frozen=True)
class Gap:
    """Something missing: it stops the submission, or is only worth a look. `where` is an anchor of the plan.

    What many tasks lack alike has a `kind` in common and, under its heading, only its own `name`.
    """

    sentence: str
    stops: bool
    where: str
    kind: str = ""
    name: str = ""


class Outline:
    """One plan read once: sections, headings with tasks, money, targets, gaps."""

    def __init__(self, plan: Plan):
        self.plan = plan

    @cached_property
    def sections(self) -> dict[str, PlanSection]:
        """The sections by key, in the order of the paper."""
        found = {row.key: row for row in self.plan.sections.select_related("edited_by__user")}
        return {key: found[key] for key in PlanSection.Key if key in found}

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings that have tasks, numbered from 1."""
        by_code = defaultdict(list)
        for task in self._tasks:
            by_code[task.heading].append(task)
        codes = [*[c for c in HEADINGS if c in by_code], *sorted(set(by_code) - set(HEADINGS))]
        return tuple(
            Heading(
                code,
                number,
                HEADINGS.get(code, code),
                tuple(self._line(f"{number}.{place}", task) for place, task in enumerate(by_code[code], start=1)),
            )
            for number, code in enumerate(codes, start=1)
        )

    @property
    def lines(self) -> list[TaskLine]:
        return [line for heading in self.headings for line in heading.lines]

    @cached_property
    def _tasks(self) -> list[Task]:
        return list(
            self.plan.tasks.select_related("type", "lead", "edited_by__user").prefetch_related(
                "lead__names",
                "partners__department__names",
                "targets__measure",
                "money__source",
                "programmes__programme",
            )
        )

    def _line(self, number: str, task: Task) -> TaskLine:
        day = task.starts_on or self.plan.duty_day
        amounts = defaultdict(int)
        for row in task.money.all():
            amounts[row.source.group] += row.amount
        counted = [row for row in task.money.all() if row.source.group != INTEGRATED]
        return TaskLine(
            number=number,
            task=task,
            lead=lead_words(task, day),
            partners=tuple(p.name or body_name(p.department, day) for p in task.partners.all()),
            when=when_words(task),
            targets=tuple(Target(t.measure, t.quantity, t.certainty, t.text) for t in task.targets.all()),
            amounts=dict(amounts),
            in_kind=sum(row.amount for row in counted if row.form == "in_kind"),
        )

    @cached_property
    def money(self) -> Money:
        """The tasks' money added up by source."""
        sums = defaultdict(int)
        for line in self.lines:
            for group, amount in line.amounts.items():
                sums[group] += amount
        return Money(*(sums.get(g) for g in (STATE, MOBILISED, INTEGRATED)), sum(x.in_kind for x in self.lines))

    @cached_property
    def targets(self) -> list[Target]:
        """The plan's own target of a measure if typed, else the sum of its tasks' targets, in catalogue order."""
        own = {t.measure_id: t for t in self.plan.targets.select_related("measure__indicator")}
        by_measure = defaultdict(list)
        for line in self.lines:
            for target in line.targets:
                if target.quantity is not None and target.measure.pk not in own:
                    by_measure[target.measure.pk].append(target)
        found = [Target(t.measure, t.quantity, t.certainty) for t in own.values()]
        found += [_added(targets) for targets in by_measure.values()]
        return sorted(found, key=lambda t: (t.measure.code.split(".")[0], t.measure.position, t.measure.code))

    @cached_property
    def theme(self) -> str:
        """The year's theme in the province's wording."""
        wording = wording_of(self.plan.campaign, self.plan.province) if self.plan.campaign else None
        return wording.theme if wording else ""

    @cached_property
    def gaps(self) -> list[Gap]:
        """What is missing, what stops the submission first."""
        found = [*self._section_gaps(), *self._task_gaps(), *self._money_gaps()]
        return sorted(found, key=lambda gap: not gap.stops)

    @property
    def errors(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.stops]

    @property
    def warnings(self) -> list[Gap]:
        return [gap for gap in self.gaps if not gap.stops]

    def _text(self, key: str) -> str:
        return self.sections[key].text if key in self.sections else ""

    def _section_gaps(self) -> list[Gap]:
        key = PlanSection.Key
        formal = self.plan.paper != Plan.Paper.LETTER
        found = [
            _missing(each, stops)
            for each, stops in ((key.PURPOSE, formal), (key.BASIS, False), (key.ORGANISATION, False))
            if not self._text(each)
        ]
        if self.plan.kind == Plan.Kind.MONTH:
            found += self._theme_gaps()
        if self.plan.kind == Plan.Kind.PROGRAMME and not self.plan.programmes.exists():
            found.append(Gap(_("The programme that the plan carries out is not named"), False, "facts"))
        open_sections = [row for row in self.sections.values() if row.text and not row.done]
        found += [
            Gap(_("“%(section)s” is not marked as finished") % {"section": row}, False, section(row.key))
            for row in open_sections
        ]
        return found

    def _theme_gaps(self) -> list[Gap]:
        typed, where = self._text(PlanSection.Key.THEME), section(PlanSection.Key.THEME)
        if not typed and not self.theme:
            return [Gap(_("%(label)s is missing") % {"label": _("The theme of the year")}, True, where)]
        if typed and self.theme and fold(self.theme) not in fold(typed):
            words = _("Section II does not hold the theme of %(year)s as the province words it")
            return [Gap(words % {"year": self.plan.year_from}, False, where)]
        return []

    def _task_gaps(self) -> list[Gap]:
        if not self.lines and not self._text(PlanSection.Key.CONTENT):
            return [Gap(_("The plan has no task yet"), True, "tasks")]
        found = []
        for line in self.lines:
            slots, where = {"number": line.number, "title": line.task.title}, task_anchor(line.task)
            name = f"{line.number} {line.task.title}"
            if not line.has_lead:
                sentence = _("Task %(number)s has no lead: %(title)s") % slots
                found.append(Gap(sentence, True, where, "lead", name))
            if line.task.lead_text:
                slots["lead"] = line.lead
                words = _("Task %(number)s: “%(lead)s” is not in the list of departments")
                found.append(Gap(words % slots, False, where, "listed", f"{line.number} {line.lead}"))
            if not line.when:
                sentence = _("Task %(number)s has no time: %(title)s") % slots
                found.append(Gap(sentence, False, where, "time", name))
        return found

    @cached_property
    def money_fault(self) -> str:
        """What the tasks' money and the plan's budget say against each other; empty where one of them says nothing."""
        total, budget = self.money.total, self.plan.budget
        if budget is None or total in {None, budget}:
            return ""
        words = _("The sources add up to %(sum)s đồng, not to the total of %(total)s đồng")
        return words % {"sum": format_number(total), "total": format_number(budget)}

    def _money_gaps(self) -> list[Gap]:
        if self.money_fault:
            return [Gap(self.money_fault, True, "facts")]
        if self.plan.budget is None and self.money.total is None and not self._text(PlanSection.Key.MONEY):
            return [_missing(PlanSection.Key.MONEY, False)]
        return []


def _missing(key: PlanSection.Key, stops: bool) -> Gap:
    return Gap(_("%(label)s is missing") % {"label": f"“{key.label}”"}, stops, section(key))


def _added(targets: list[Target]) -> Target:
    """All exact: the number; one source: its own word; mixed: about."""
    total = sum(target.quantity for target in targets)
    words = {target.certainty for target in targets}
    return Target(targets[0].measure, total, words.pop() if len(words) == 1 else "about")


def gaps_of(plan: Plan) -> list[Gap]:
    """What the plan still lacks."""
    return Outline(plan).gaps


def body_name(department: Department | None, day: datetime.date) -> str:
    """A body's name on a day; empty for none."""
    name = department.name_on(day) if department else None
    return name.name if name else ""


def lead_words(task: Task, day: datetime.date) -> str:
    """Who leads a task: a body, a group or words; empty when nobody does."""
    if task.lead_group:
        return str(task.get_lead_group_display())
    return body_name(task.lead, day) or task.lead_text


def when_words(task: Task) -> str:
    """The days of a task, or when in words."""
    if task.starts_on:
        return format_period(task.starts_on, task.ends_on)
    return task.when_text


def section(key: str) -> str:
    """The anchor of a section, for comments and links."""
    return f"section:{key}"


def task_anchor(task: Task) -> str:
    """The anchor of a task, for comments and links."""
    return f"task:{task.public_id}"


def bodies_of(plan: Plan) -> list[Department]:
    """The bodies that may lead a task of the plan: of its province, in force on its day, the province's own first."""
    here = Department.objects.on(plan.duty_day).filter(Q(unit=plan.province) | Q(unit__province=plan.province))
    named = here.select_related("unit").prefetch_related("names")
    return sorted(named, key=lambda body: (body.unit.level != "province", sort_key(body_name(body, plan.duty_day))))


def writers_of(seat: Seat, province: Unit, day: datetime.date) -> list[Department]:
    """The departments for which the seat may start a plan: the standing office, or a district's or commune's own."""
    if not seat.writes:
        return []
    leads = seat.holds(Duty.Kind.STANDING_OFFICE, province, day) or seat.holds(Duty.Kind.COMMITTEE, province, day)
    bodies = Department.objects.on(day).filter(pk__in=seat.reach.departments).select_related("unit__province")
    here = [body for body in bodies.prefetch_related("names") if body.unit.home_province.pk == province.pk]
    return [body for body in here if leads or body.unit.level != Unit.Level.PROVINCE]


def issuers_of(owners: list[Department], day: datetime.date) -> list[Department]:
    """Who may issue what the owners write: the People's Committee and the committee of their unit, and themselves."""
    kinds = [Department.Kind.UBND_TINH, Department.Kind.UBND_HUYEN, Department.Kind.UBND_XA, Department.Kind.BAN]
    units = [owner.unit_id for owner in owners]
    found = Department.objects.on(day).filter(
        Q(unit__in=units, kind__in=kinds) | Q(pk__in=[owner.pk for owner in owners])
    )
    order = {kind: place for place, kind in enumerate(kinds)}
    return sorted(found.prefetch_related("names"), key=lambda body: (order.get(body.kind, len(order)), body.pk))


def usual_symbol(plan: Plan, day: datetime.date) -> str:
    """KH-UBND as long as nobody typed another one: a hint on drafts, each body defines its own."""
    kinds, name = Department.Kind, plan.issuer.name_on(day)
    committee = plan.issuer.kind in {kinds.UBND_TINH, kinds.UBND_HUYEN, kinds.UBND_XA}
    symbol = "UBND" if committee else (name.symbol if name else "")
    return symbol if plan.paper == Plan.Paper.LETTER else f"{plan.paper}-{symbol}".rstrip("-")
