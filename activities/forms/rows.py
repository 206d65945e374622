"""Rows of an activity's form: participants, outputs, money, support, inspected bodies, issued documents."""

import dataclasses
import decimal
import re
from itertools import groupby

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from activities.models import Participant
from campaigns.models import BeneficiaryGroup, Measure, MoneySource
from campaigns.models.tasks import MoneyForm
from provinces import vietnamese as vi
from provinces.fields import CERTAINTIES, PrivateTextField, VnDateField, VnIntegerField, VnMoneyField, refusal

MOST_ROWS = 200
LARGEST = vi.MAXIMUM_QUANTITY
_PERCENT = re.compile(r"(\d{1,3}(?:,\d{1,2})?) ?%")
_SHARE = re.compile(r"(\d[\d.]*) ?/ ?(\d[\d.]*)(?: ?\D*)?")


@dataclasses.dataclass(frozen=True)
class Share:
    """A rate as typed: 100%, or 17/22."""

    rate: decimal.Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None

    def __str__(self) -> str:
        if self.numerator is not None:
            return f"{vi.format_number(self.numerator)}/{vi.format_number(self.denominator)}"
        return f"{vi.format_number(self.rate)}%"


def read_amount(text: str, measure: Measure, label: str) -> vi.Quantity | Share:
    """What stands in the box of an output: “900”, “khoảng 550”, “hàng trăm”, “không rõ”; for rates “100%”, “17/22”."""
    text = vi.tidy(text)
    if measure.counts == Measure.Counts.RATE:
        if share := _read_share(text):
            return share
    elif (
        measure.counts == Measure.Counts.MONEY
        and re.search(r"\d", text)
        and not re.match(r"\D*(trên|gần|khoảng)", text)
    ):
        return vi.Quantity(vi.read_money(text, label=label), "exact")
    largest = vi.MAXIMUM_DONG if measure.counts == Measure.Counts.MONEY else LARGEST
    return vi.read_quantity(text, label=label, unit=measure.unit_of_measure, whole=True, maximum=largest)


def settle(text: str, chosen: str, measure: Measure, label: str) -> vi.Quantity | Share:
    """The amount as typed with the certainty chosen beside it; what does not go together is a question."""
    text, words = vi.tidy(text), dict(CERTAINTIES)[chosen]
    if not text and chosen == "unknown":
        return vi.Quantity(None, "unknown")
    if chosen == "text":
        return _kept_words(text)
    read = read_amount(text, measure, label)
    if isinstance(read, Share) or chosen in {"exact", read.certainty}:
        return read
    if read.certainty != "exact" or chosen == "unknown":
        raise vi.Question("certainty.two", given=text, certainty=str(words))
    return vi.Quantity(read.value, chosen)


def _kept_words(text: str) -> vi.Quantity:
    if not text:
        raise vi.Unreadable("certainty.text")
    if not re.search(r"[^\W\d_]", text):
        raise vi.Question("certainty.both", given=text)
    return vi.Quantity(None, "text", text)


def _read_share(text: str) -> Share | None:
    if match := _PERCENT.fullmatch(text):
        return Share(rate=decimal.Decimal(match[1].replace(",", ".")))
    if match := _SHARE.fullmatch(text):
        top, bottom = (int(part.replace(".", "")) for part in match.groups())
        return Share(numerator=top, denominator=bottom)
    return None


def text_box(label, *, width=None, required=False, **attrs) -> forms.CharField:
    """One line of free text; numbers of people are stopped by the operation, in the words of the field."""
    return PrivateTextField(
        label=label, required=required, max_length=width or 200, widget=forms.TextInput({"class": "inp", **attrs})
    )


def choice(label, choices, initial=None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, initial=initial, required=False, widget=forms.Select({"class": "inp"})
    )


class RowForm(forms.Form):
    """A row that counts for nothing while its telling boxes are empty."""

    telling: tuple[str, ...] = ()

    def __init__(self, *args, sheet=None, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.sheet = sheet

    @property
    def key(self) -> str:
        """The row's name inside the form."""
        name, _dash, i = self.prefix.partition("-")
        return self.sheet.key_of(name, int(i))

    @property
    def is_blank(self) -> bool:
        return not any(str(self[name].value() or "").strip() for name in self.telling)

    def full_clean(self):
        """A blank row is not looked at: emptying it takes it away."""
        if self.is_bound and self.is_blank:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()


class ParticipantRow(RowForm):
    """Another body that took part."""

    telling = ("body",)
    body = text_box(_("Department or body"), list="bodies", autocomplete="off")
    role = choice(_("Role"), Participant.Role.choices, Participant.Role.CO)
    other = forms.BooleanField(label=_("Not in the list"), required=False)


class MeasureChoice(forms.ModelChoiceField):
    """Measures under their indicators, so that a long list can be looked through."""

    def __init__(self, **options):
        super().__init__(Measure.objects.none(), widget=forms.Select({"class": "inp"}), **options)

    def label_from_instance(self, row):
        return f"{row.name} ({row.unit_of_measure})"


def only(choices: list, chosen: str) -> list:
    """Nothing, or the option of a stored row: another measure is another row, and no row repeats the catalogue."""
    for key, label in choices:
        found = [(key, label)] if not isinstance(label, list | tuple) else label
        if own := [option for option in found if str(option[0]) == chosen]:
            return [choices[0], *own]
    return choices


def options_of(measures) -> list:
    """One option for each measure under the heading of its indicator; measures come in the order of indicators."""
    grouped = groupby(measures, key=lambda m: m.indicator)
    options = [(i.name, [(m.pk, f"{m.name} ({m.unit_of_measure})") for m in rows]) for i, rows in grouped]
    return [("", _("Choose")), *options]


class OutputRow(RowForm):
    """A counted result beside the count and the attendance of the quick part."""

    telling = ("measure", "amount")
    key = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    measure = MeasureChoice(
        label=_("What is counted"), required=True, error_messages={"required": _("Choose what is counted")}
    )
    amount = text_box(_("How much"), width=120)
    certainty = choice(_("Certainty"), CERTAINTIES, "exact")
    label = text_box(_("Kind or name"))
    female = VnIntegerField(_("Female"), what=_("the number of women and girls"), required=False, max_value=LARGEST)
    male = VnIntegerField(_("Male"), what=_("the number of men and boys"), required=False, max_value=LARGEST)
    children = VnIntegerField(_("Children"), what=_("the number of children"), required=False, max_value=LARGEST)
    girls = VnIntegerField(_("Girls"), what=_("the number of girls"), required=False, max_value=LARGEST)
    boys = VnIntegerField(_("Boys"), what=_("the number of boys"), required=False, max_value=LARGEST)
    group = forms.ModelChoiceField(
        BeneficiaryGroup.objects.all(),
        label=_("Group of people helped"),
        required=False,
        widget=forms.Select({"class": "inp"}),
    )
    role = choice(_("Role of the department in it"), [("", "–"), *Participant.Role.choices])
    counted_on = VnDateField(_("Counted on"), required=False)
    part_of = choice(_("Is part of"), [])
    support = choice(_("Belongs to the support"), [])
    inspection = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args, sheet=None, **kwargs):
        super().__init__(*args, sheet=sheet, **kwargs)
        field = self.fields["measure"]
        field.queryset, field.widget.choices = sheet.measures, sheet.measure_choices
        stored = str(self.initial.get("measure") or "")
        if stored and stored == str(self["measure"].value() or ""):
            field.widget.choices = only(sheet.measure_choices, stored)
        self.fields["group"].widget.choices = sheet.group_choices
        self.fields["part_of"].choices = sheet.whole_choices(self.prefix)
        self.fields["support"].choices = sheet.support_choices
        self.fields["counted_on"].year = sheet.year

    def clean(self):
        said = super().clean()
        measure = said.get("measure")
        if not measure or "amount" in self.errors:
            return said
        label = _g("the number of %(what)s") % {"what": f"“{measure.name}”"}
        try:
            said["read"] = settle(said.get("amount") or "", said.get("certainty") or "exact", measure, label)
        except (vi.Question, vi.Unreadable) as fault:
            self.add_error("amount", forms.ValidationError(fault.sentence, code=fault.key))
        return said


class MoneyRow(RowForm):
    """An amount with its source."""

    telling = ("amount",)
    amount = VnMoneyField(_("Money"), required=False)
    source = forms.ModelChoiceField(
        MoneySource.objects.all(),
        label=_("Source"),
        required=False,
        widget=forms.Select({"class": "inp"}),
    )
    form = choice(_("Form"), MoneyForm.choices, MoneyForm.CASH)
    support = choice(_("Belongs to the support"), [])
    note = text_box(_("Note"))

    def __init__(self, *args, sheet=None, **kwargs):
        super().__init__(*args, sheet=sheet, **kwargs)
        self.fields["support"].choices = sheet.support_choices
        self.fields["source"].widget.choices = sheet.source_choices

    def clean(self):
        said = super().clean()
        if said.get("amount") and not said.get("source"):
            self.add_error("source", refusal("money.source", amount=vi.format_number(said["amount"])))
        return said


GROUP_ROWS = 3


class SupportRow(RowForm):
    """A visit or gift: what was given, by whom, to how many of which group."""

    telling = ("label", "gifts", "donors", "value", "gift_count", "people_0", "people_1", "people_2")
    key = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    label = text_box(_("What was given"))
    gifts = text_box(_("Gifts, in words"))
    gift_count = VnIntegerField(_("Gifts"), what=_("the number of gifts"), required=False)
    value = VnMoneyField(_("Value"), required=False)
    donors = PrivateTextField(label=_("Given by, one body on each line"), required=False, rows=2)

    def __init__(self, *args, sheet=None, **kwargs):
        super().__init__(*args, sheet=sheet, **kwargs)
        for n in range(GROUP_ROWS):
            self.fields[f"group_{n}"] = forms.ModelChoiceField(
                BeneficiaryGroup.objects.all(),
                label=_("Group of people helped"),
                required=False,
                widget=forms.Select({"class": "inp"}),
            )
            self.fields[f"group_{n}"].widget.choices = sheet.group_choices
            self.fields[f"people_{n}"] = VnIntegerField(
                _("How many people"), what=_("the number of people helped"), required=False
            )

    @property
    def groups(self) -> list[tuple]:
        """The pairs of boxes, for the template."""
        return [(self[f"group_{n}"], self[f"people_{n}"]) for n in range(GROUP_ROWS)]

    @property
    def says_more(self) -> bool:
        """True when a box that lies folded holds something or is at fault."""
        folded = [self["gift_count"], self["gifts"], *(box for pair in self.groups[1:] for box in pair)]
        return any(box.value() or box.errors for box in folded)


class InspectedRow(RowForm):
    """A body that was inspected."""

    telling = ("body", "finding")
    decision = text_box(_("Decision on the inspection"))
    body = text_box(_("Inspected body"), list="bodies", autocomplete="off")
    finding = PrivateTextField(label=_("Finding"), required=False, rows=2)
    due = VnDateField(_("To be put right by"), required=False)
    done_on = VnDateField(_("Put right on"), required=False)


class DocumentRow(RowForm):
    """A document that was issued; its number stands as typed."""

    telling = ("number", "title")
    number = text_box(_("Number and symbol"), width=60)
    dated = VnDateField(_("Date"), required=False)
    kind = text_box(_("Kind of document"), width=40)
    title = text_box(_("Subject of the document"), width=400)
    issuer = text_box(_("Issued by"), list="bodies", autocomplete="off")
    drafter = text_box(_("Drafted by"), list="bodies", autocomplete="off")

    def __init__(self, *args, sheet=None, **kwargs):
        super().__init__(*args, sheet=sheet, **kwargs)
        self.fields["dated"].year = sheet.year
