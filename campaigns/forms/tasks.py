"""What is typed about a task of a plan: the task itself, its targets, its money."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.assignments import groups_on
from campaigns.forms.plans import RowChoice, TargetForm, read_version
from campaigns.models import ActivityType, Measure, MoneySource, Plan, Programme, Task
from campaigns.models.tasks import MoneyForm as Form
from campaigns.operations.tasks import MoneyData, TargetData, TaskData
from campaigns.outlines import HEADINGS, bodies_of
from provinces.fields import PrivateTextField, VnDateField, VnMoneyField
from provinces.models import Department
from provinces.vietnamese import Quantity, fold, tidy

GROUP, BODY = "g:", "d:"


class TaskForm(forms.Form):
    """One task: what, who with whom, when, where."""

    title = PrivateTextField(label=_("Task"), rows=2, max_length=500)
    type = forms.ModelChoiceField(queryset=ActivityType.objects.all(), label=_("Kind of activity"), empty_label="–")
    heading = forms.ChoiceField(
        label=_("Heading of section III"), required=False, help_text=_("Empty: the usual one for the kind of activity")
    )
    lead = forms.ChoiceField(label=_("Lead"), required=False)
    lead_text = PrivateTextField(label=_("Lead, not in the list"), required=False, max_length=200)
    partners = PrivateTextField(
        label=_("Partners"),
        rows=2,
        required=False,
        help_text=_("Several with “;” between them. Names in the list are recognised, others are kept as typed"),
    )
    starts_on = VnDateField(label=_("First day"), required=False)
    ends_on = VnDateField(label=_("Last day"), required=False)
    when_text = PrivateTextField(label=_("When, in words"), required=False, max_length=120)
    place = PrivateTextField(label=_("Place"), required=False, max_length=250)
    optional = forms.BooleanField(label=_("According to local conditions"), required=False)
    programmes = forms.ModelMultipleChoiceField(
        queryset=Programme.objects.all(),
        label=_("Programmes that the task also serves"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, plan: Plan, **options):
        super().__init__(*args, **options)
        self.plan, self.bodies = plan, bodies_of(plan)
        year = plan.year_from if plan.year_from == plan.year_to else None
        for name in ("starts_on", "ends_on"):
            self.fields[name].year = year
        self.fields["heading"].choices = [("", "–"), *[(c, f"{c.partition('.')[2]}. {t}") for c, t in HEADINGS.items()]]
        self.fields["lead"].choices = self._leads()

    def _leads(self) -> list:
        """Groups first, then the bodies in force on the plan's day, the province's own before the communes'."""
        day = self.plan.duty_day
        named = {level: [] for level in ("province", "district", "commune")}
        for body in self.bodies:
            named.get(body.unit.level, named["province"]).append((f"{BODY}{body.pk}", str(body.name_on(day))))
        groups = [(f"{GROUP}{group}", group.label) for group in groups_on(day)]
        titles = (_("Departments of the province"), _("Districts"), _("Communes"))
        lists = [(title, rows) for title, rows in zip(titles, named.values(), strict=True) if rows]
        return [("", "–"), (_("Groups"), groups), *lists]

    def clean_version(self) -> int:
        return read_version(self.cleaned_data["version"])

    def clean_partners(self) -> tuple[Department | str, ...]:
        """Each name as the body it names on the plan's day, else as typed."""
        known = {fold(str(name)): body for body in self.bodies for name in body.names.all()}
        typed = [tidy(part) for part in self.cleaned_data["partners"].replace("\n", ";").split(";")]
        return tuple(known.get(fold(part), part) for part in typed if part)

    def clean_lead(self) -> Department | str | None:
        chosen = self.cleaned_data["lead"]
        if chosen.startswith(BODY):
            return next((body for body in self.bodies if str(body.pk) == chosen.removeprefix(BODY)), None)
        return chosen.removeprefix(GROUP) or None


class MoneyForm(forms.Form):
    """An amount from one source."""

    amount = VnMoneyField(label=_("Amount"), required=False)
    source = RowChoice(label=_("Source"), required=False)
    form = forms.ChoiceField(label=_("Form"), choices=Form.choices, required=False)

    def __init__(self, *args, sources, **options):
        super().__init__(*args, **options)
        self.fields["source"].offer(sources)

    def clean(self):
        data = super().clean()
        if data.get("amount") and not data.get("source"):
            self.add_error("source", _("Choose the source of the money"))
        if data.get("source") and not data.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("Enter the amount, for example 80 triệu"))
        return data


TARGETS = forms.formset_factory(TargetForm, extra=2, max_num=20)
MONEY = forms.formset_factory(MoneyForm, extra=1, max_num=10)


class TaskSheet:
    """The three forms of a task read and judged together."""

    def __init__(self, plan: Plan, task: Task | None = None, posted=None):
        measures = Measure.objects.of(plan.province).exclude(source=Measure.Source.RETURN)
        sources = list(MoneySource.objects.all())
        self.form = TaskForm(posted, plan=plan, initial=_initial(task, plan))
        self.targets = TARGETS(
            posted, prefix="targets", initial=_targets(task), form_kwargs={"measures": list(measures)}
        )
        self.money = MONEY(posted, prefix="money", initial=_money(task), form_kwargs={"sources": sources})

    @property
    def parts(self) -> list:
        return [self.form, self.targets, self.money]

    def is_valid(self) -> bool:
        return all([part.is_valid() for part in self.parts])

    def data(self) -> TaskData:
        """What was typed, shaped for the operation."""
        typed = self.form.cleaned_data
        lead = typed["lead"]
        return TaskData(
            title=typed["title"],
            type=typed["type"],
            heading=typed["heading"],
            lead=lead if isinstance(lead, Department) else None,
            lead_group=lead if isinstance(lead, str) else "",
            lead_text=typed["lead_text"],
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
            when_text=typed["when_text"],
            place=typed["place"],
            optional=typed["optional"],
            partners=typed["partners"],
            programmes=tuple(typed["programmes"]),
            targets=tuple(map(_target, _filled(self.targets, "measure"))),
            money=tuple(
                MoneyData(r["amount"], r["source"], r["form"] or "cash") for r in _filled(self.money, "source")
            ),
        )


def _filled(rows, name: str) -> list[dict]:
    return [row.cleaned_data for row in rows if row.cleaned_data.get(name)]


def _target(row: dict) -> TargetData:
    quantity: Quantity = row["quantity"]
    return TargetData(row["measure"], quantity.value, quantity.certainty, quantity.words)


def _initial(task: Task | None, plan: Plan) -> dict:
    if task is None:
        return {"version": 0}
    day = task.starts_on or plan.duty_day
    return {
        "title": task.title,
        "type": task.type_id,
        "heading": task.heading,
        "lead": f"{GROUP}{task.lead_group}" if task.lead_group else f"{BODY}{task.lead_id}" if task.lead_id else "",
        "lead_text": task.lead_text,
        "partners": "; ".join(_partner(row, day) for row in task.partners.all()),
        "starts_on": task.starts_on,
        "ends_on": task.ends_on,
        "when_text": task.when_text,
        "place": task.place,
        "optional": task.optional,
        "programmes": [row.programme_id for row in task.programmes.all()],
        "version": task.version,
    }


def _partner(row, day: datetime.date) -> str:
    return row.name or str(row.department.name_on(day))


def _targets(task: Task | None) -> list[dict]:
    rows = task.targets.all() if task else []
    return [{"measure": r.measure_id, "quantity": Quantity(r.quantity, r.certainty, r.text)} for r in rows]


def _money(task: Task | None) -> list[dict]:
    rows = task.money.all() if task else []
    return [{"amount": row.amount, "source": row.source_id, "form": row.form} for row in rows]
