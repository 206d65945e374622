"""What is typed about a task of a plan: the task itself, its targets, its money."""

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from campaigns.forms import merging
from campaigns.forms.bodies import Bodies
from campaigns.forms.plans import RowChoice, TargetForm, read_version
from campaigns.models import ActivityType, Measure, MoneySource, Plan, Programme, Task
from campaigns.models.tasks import MoneyForm as Form
from campaigns.operations.tasks import MoneyData, TargetData, TaskData
from campaigns.outlines import HEADINGS
from campaigns.queries import running_programmes
from provinces.drafts import hush
from provinces.fields import PrivateTextField, VnDateField, VnMoneyField
from provinces.models import Department
from provinces.vietnamese import Quantity, fold, tidy

MOST_ROWS = 20


class TaskForm(forms.Form):
    """One task: what, who with whom, when, where. `base` is what the form held when it was opened."""

    title = PrivateTextField(label=_("Task"), rows=2, max_length=500)
    type = forms.ModelChoiceField(queryset=ActivityType.objects.all(), label=_("Kind of activity"), empty_label="–")
    heading = forms.ChoiceField(
        label=_("Heading of section III"), required=False, help_text=_("Empty: the usual one for the kind of activity")
    )
    lead = PrivateTextField(label=_("Lead"), required=False, max_length=200)
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
    base = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args, plan: Plan, bodies: Bodies, task: Task | None = None, **options):
        super().__init__(*args, **options)
        self.plan, self.bodies = plan, bodies
        kept = [row.programme_id for row in task.programmes.all()] if task else []
        self.fields["programmes"].queryset = running_programmes((plan.year_from, plan.year_to), kept)
        self.stranger = task.lead_text if task else ""
        year = plan.year_from if plan.year_from == plan.year_to else None
        for name in ("starts_on", "ends_on"):
            self.fields[name].year = year
        self.fields["heading"].choices = [("", "–"), *[(c, f"{c.partition('.')[2]}. {t}") for c, t in HEADINGS.items()]]
        hint = _("Type a part of the name and choose; a group is one too: %(group)s")
        self.fields["lead"].help_text = hint % {"group": bodies.offered[0] if bodies.offered else "…"}
        self.fields["lead"].widget.attrs |= {"list": self.auto_id % "bodies", "autocomplete": "off"}
        self.fields["when_text"].widget.attrs["list"] = self.auto_id % "times"

    def clean_version(self) -> int:
        return read_version(self.cleaned_data["version"])

    def clean_partners(self) -> tuple[Department | str, ...]:
        """Each name as the body it names on the plan's day, else as typed."""
        return self.bodies.split(self.cleaned_data["partners"])

    def clean_lead(self) -> Department | str | None:
        """The body or the key of a group; a stranger, as words, only when the person says so."""
        typed = tidy(self.cleaned_data["lead"])
        found = self.bodies.find(typed) if typed else None
        self.cleaned_data["lead_text"] = ""
        if not typed or found:
            return found
        if fold(typed) not in {fold(self.stranger), fold(self.data.get("keep_lead", ""))}:
            self.asked = typed
            raise ValidationError(
                _("“%(given)s” is not in the list. Similar: %(suggestions)s. Keep it as another body?"),
                params={"given": typed, "suggestions": self.bodies.similar(typed)},
            )
        self.cleaned_data["lead_text"] = typed
        return None

    @property
    def strangers(self) -> list[str]:
        """The partners that are kept as typed, for the line under the box."""
        try:
            parts = self.bodies.split(str(self["partners"].value() or ""))
        except ValidationError:
            return []
        return [part for part in parts if isinstance(part, str)]


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


TARGETS = forms.formset_factory(TargetForm, extra=1, max_num=MOST_ROWS)
MONEY = forms.formset_factory(MoneyForm, extra=1, max_num=MOST_ROWS)

# What is chosen as one when two people wrote the same task.
PARTS = (
    merging.Part("title", _("Task"), boxes=("title",), typed="title"),
    merging.Part("type", _("Kind of activity"), boxes=("type",)),
    merging.Part("heading", _("Heading of section III"), boxes=("heading",)),
    merging.Part("lead", _("Lead"), boxes=("lead", "keep_lead"), typed="lead"),
    merging.Part("partners", _("Partners"), boxes=("partners",), typed="partners"),
    merging.Part("when", _("Time"), boxes=("starts_on", "ends_on", "when_text")),
    merging.Part("place", _("Place"), boxes=("place",), typed="place"),
    merging.Part("optional", _("According to local conditions"), boxes=("optional",)),
    merging.Part("targets", _("Expected outputs"), rows="targets", filled=("measure", "quantity_value")),
    merging.Part("money", _("Money"), rows="money", filled=("amount", "source")),
    merging.Part("programmes", _("Programmes that the task also serves"), boxes=("programmes",)),
)


class TaskSheet:
    """The three forms of a task read and judged together. `posted` is a form as it was sent, or a draft of it."""

    def __init__(self, plan: Plan, task: Task | None = None, posted: QueryDict | None = None):
        self.plan, self.task = plan, task
        self.key = f"t-{task.public_id}" if task else "t-new"  # an id may not begin with a digit
        partners = [row.department for row in task.partners.all()] if task else []
        bodies = Bodies(plan, task and task.lead, *partners)
        self.measures = list(Measure.objects.of(plan.province).exclude(source=Measure.Source.RETURN))
        self.sources = _sources(plan, task)
        ids = {"auto_id": f"{self.key}_%s"}
        self.form = TaskForm(posted, plan=plan, bodies=bodies, task=task, initial=_initial(task, bodies), **ids)
        self.targets = TARGETS(
            posted, prefix="targets", initial=_targets(task), form_kwargs={"measures": self.measures}, **ids
        )
        self.money = MONEY(posted, prefix="money", initial=_money(task), form_kwargs={"sources": self.sources}, **ids)
        if posted is None:
            self.form.initial["base"] = merging.written(self.raw())

    @property
    def parts(self) -> list:
        return [self.form, self.targets, self.money]

    @property
    def forms(self) -> list[forms.Form]:
        return [self.form, *self.targets.forms, *self.money.forms]

    def raw(self) -> dict[str, list[str]]:
        """The form as it would be sent now."""
        return merging.raw_of(*self.parts)

    def is_valid(self) -> bool:
        return all([part.is_valid() for part in self.parts])

    @property
    def errors(self) -> bool:
        return any(form.is_bound and form.errors for form in self.forms)

    def hush(self) -> "TaskSheet":
        """Show what was typed and judge nothing yet: after “add a row”, or when a draft comes back."""
        for each in self.forms:
            hush(each)
        for rows in (self.targets, self.money):
            rows._errors, rows._non_form_errors = [{} for _each in rows.forms], rows.error_class()
        return self

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

    @cached_property
    def amounts(self) -> list[tuple[int, MoneySource | None]]:
        """The amounts that can be read so far, each with its source, for the sum under the eyes."""
        found = []
        for row in self.money.forms:
            field = row.fields["amount"]
            try:
                amount = field.to_python(row["amount"].value())
            except ValidationError:
                continue
            if amount:
                found.append((amount, row.fields["source"].rows.get(str(row["source"].value() or ""))))
        return found

    @property
    def counted(self) -> int:
        """The sum of state and mobilised money; integrated money is never added."""
        return sum(amount for amount, source in self.amounts if not _is_integrated(source))

    @property
    def integrated(self) -> int:
        return sum(amount for amount, source in self.amounts if _is_integrated(source))

    def words(self, part: merging.Part, raw: dict) -> str:
        """What a part of the form says, one thing a line."""
        if part.name == "targets":
            return "\n".join(self._target_words(row) for row in merging.rows_of(raw, "targets") if any(row.values()))
        if part.name == "money":
            return "\n".join(self._money_words(row) for row in merging.rows_of(raw, "money") if row.get("amount"))
        if part.name == "optional":
            return str(_("Yes") if raw.get("optional") else _("No"))
        boxes = [box for box in part.boxes if box in self.form.fields]
        return "\n".join(filter(None, (self._box_words(box, raw.get(box, [])) for box in boxes)))

    def _box_words(self, box: str, values: list[str]) -> str:
        choices = getattr(self.form.fields[box], "choices", None)
        named = {str(key): str(words) for key, words in choices} if choices else {}
        return "\n".join(named.get(value, value) for value in values if value)

    def _target_words(self, row: dict) -> str:
        measures = {str(measure.pk): measure.name for measure in self.measures}
        certainty = dict(self.targets.empty_form.fields["quantity"].widget.widgets[0].choices)
        said = row.get("quantity_certainty", "")
        before = "" if said == "exact" else str(certainty.get(said, ""))
        words = (measures.get(row.get("measure", ""), ""), before, row.get("quantity_value", ""))
        return " ".join(filter(None, words))

    def _money_words(self, row: dict) -> str:
        sources = {str(source.pk): source.name for source in self.sources}
        form = str(dict(Form.choices).get(row.get("form", ""), ""))
        return ", ".join(filter(None, (row.get("amount", ""), sources.get(row.get("source", ""), ""), form)))


def _sources(plan: Plan, task: Task | None) -> list[MoneySource]:
    """The sources of the plan's year, and an ended one that the task has already."""
    own = [row.source_id for row in task.money.all()] if task else []
    return list(MoneySource.objects.of_year(plan.year_from) | MoneySource.objects.filter(pk__in=own))


def _is_integrated(source: MoneySource | None) -> bool:
    return source is not None and source.group == MoneySource.Group.INTEGRATED


def with_more(posted: QueryDict, name: str) -> QueryDict:
    """The form with one more empty row of targets or money."""
    wider = posted.copy()
    total = wider.get(f"{name}-TOTAL_FORMS", "")
    if total.isdecimal():
        wider[f"{name}-TOTAL_FORMS"] = str(min(int(total[:4]) + 1, MOST_ROWS))
    return wider


def _filled(rows, name: str) -> list[dict]:
    return [row.cleaned_data for row in rows if row.cleaned_data.get(name)]


def _target(row: dict) -> TargetData:
    quantity: Quantity = row["quantity"]
    return TargetData(row["measure"], quantity.value, quantity.certainty, quantity.words)


def _initial(task: Task | None, bodies: Bodies) -> dict:
    if task is None:
        return {"version": 0}
    return {
        "title": task.title,
        "type": task.type_id,
        "heading": task.heading,
        "lead": task.get_lead_group_display() or bodies.words.get(task.lead_id) or task.lead_text,
        "partners": "; ".join(row.name or bodies.words[row.department_id] for row in task.partners.all()),
        "starts_on": task.starts_on,
        "ends_on": task.ends_on,
        "when_text": task.when_text,
        "place": task.place,
        "optional": task.optional,
        "programmes": [row.programme_id for row in task.programmes.all()],
        "version": task.version,
    }


def _targets(task: Task | None) -> list[dict]:
    rows = task.targets.all() if task else []
    return [{"measure": r.measure_id, "quantity": Quantity(r.quantity, r.certainty, r.text)} for r in rows]


def _money(task: Task | None) -> list[dict]:
    rows = task.money.all() if task else []
    return [{"amount": row.amount, "source": row.source_id, "form": row.form} for row in rows]
