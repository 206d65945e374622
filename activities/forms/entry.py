"""The quick part of an activity's form: task, type, title, date, place, people."""

import datetime
import re

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Participant
from campaigns.models import ActivityType, Audience, Programme
from provinces import vietnamese as vi
from provinces.fields import CERTAINTIES, PrivateTextField, VnDateField, VnIntegerField, VnQuantityField, refusal

_MONTH = re.compile(r"(?:tháng ?)?(\d{1,2})(?:[/.-]| năm )(\d{4})", re.IGNORECASE)
RECORDS_ONLY = "none"
OWN_ROLES = [
    (Participant.Role.LEAD, _("Lead\nThe attendances of this event are counted for the department")),
    (Participant.Role.CO, _("Co-organiser\nAnother one led; the province counts the event once")),
    (Participant.Role.ATTENDEE, _("Attendee\nThe event was held by others")),
    (RECORDS_ONLY, _("Records only\nName below who led it")),
]


class DayField(VnDateField):
    """A day, or with the precision “month only” a month: 11/2023."""

    takes_month = False

    def read(self, text):
        match = _MONTH.fullmatch(vi.tidy(text))
        if self.takes_month and match and 1 <= int(match[1]) <= 12:
            return datetime.date(int(match[2]), int(match[1]), 1)
        return super().read(text)


class TypeChoice(forms.ModelChoiceField):
    """Activity types; each option says what is counted, for the label beside the count."""

    def label_from_instance(self, row):
        return row.name


class EntryForm(forms.Form):
    """What every activity says; the rest lies folded below."""

    owner = forms.ChoiceField(label=_("Recorded for"), required=False, widget=forms.Select({"class": "inp"}))
    task = forms.ChoiceField(
        label=_("Task of the plan"), required=False, choices=[], widget=forms.Select({"class": "inp"})
    )
    type = TypeChoice(
        ActivityType.objects.all(),
        label=_("Type of activity"),
        empty_label=_("Choose"),
        widget=forms.Select({"class": "inp"}),
        error_messages={"required": _("The type of activity is missing")},
    )
    title = PrivateTextField(
        label=_("Name of the activity"), max_length=500, widget=forms.Textarea({"class": "inp inp-1", "rows": 2})
    )
    starts_on = DayField(_("From date"), what=_("date"), required=False)
    ends_on = VnDateField(_("To date"), what=_("end date"), required=False)
    place = PrivateTextField(label=_("Place"), max_length=250, required=False)
    own_role = forms.ChoiceField(
        label=_("Role of the department"),
        choices=OWN_ROLES,
        initial=Participant.Role.LEAD,
        widget=forms.RadioSelect,
    )
    count = forms.CharField(label=_("How many"), required=False, max_length=60)
    female = VnIntegerField(_("Female"), what=_("the number of women and girls"), required=False)
    male = VnIntegerField(_("Male"), what=_("the number of men and boys"), required=False)
    rest = forms.CharField(
        label=_("Not split"), required=False, max_length=120, widget=forms.TextInput({"class": "inp inp-num"})
    )
    certainty = forms.ChoiceField(
        label=_("Certainty"), choices=CERTAINTIES, initial="exact", widget=forms.Select({"class": "inp w-3"})
    )
    children = VnIntegerField(_("Children"), what=_("the number of children"), required=False)
    girls = VnIntegerField(_("Girls"), what=_("the number of girls"), required=False)
    boys = VnIntegerField(_("Boys"), what=_("the number of boys"), required=False)
    scope = forms.ChoiceField(
        label=_("Counts for"),
        choices=Activity.Scope.choices,
        initial=Activity.Scope.MONTH,
        widget=forms.Select({"class": "inp"}),
    )
    precision = forms.ChoiceField(
        label=_("Date known to the"),
        choices=Activity.Precision.choices,
        initial=Activity.Precision.DAY,
        widget=forms.Select({"class": "inp"}),
    )
    window_reason = PrivateTextField(label=_("Reason for a date outside the month"), max_length=300, required=False)
    place_unit = PrivateTextField(
        label=_("Commune or district of the place"),
        max_length=150,
        required=False,
        widget=forms.TextInput({"class": "inp", "list": "units", "autocomplete": "off"}),
    )
    description = PrivateTextField(label=_("Description"), required=False, rows=4)
    audiences = forms.ModelMultipleChoiceField(
        Audience.objects.all(), label=_("For whom"), required=False, widget=forms.CheckboxSelectMultiple
    )
    programmes = forms.ModelMultipleChoiceField(
        Programme.objects.all(), label=_("Programmes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = PrivateTextField(label=_("Reason for the change"), max_length=300, required=False)
    confirmed_names = forms.BooleanField(label=_("An official or delegate"), required=False)

    def __init__(self, *args, sheet, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["owner"].choices = [(str(d.pk), d.name_on(sheet.day).name) for d in sheet.owners]
        self.fields["task"].choices = [("", _("Outside the plan")), *sheet.task_choices]
        self.fields["type"].queryset = sheet.types
        self.fields["starts_on"].year = self.fields["ends_on"].year = sheet.year
        self.fields["starts_on"].takes_month = self["precision"].value() == Activity.Precision.MONTH

    def clean(self):
        said = super().clean()
        kind = said.get("type")
        if kind:
            self._read_count(said, kind)
            self._read_people(said, kind)
            if said["people"] is None and any(said.get(name) is not None for name in ("children", "girls", "boys")):
                self.add_error("children", _("A split by sex or age needs the total number beside it"))
        return said

    def _read_count(self, said: dict, kind: ActivityType) -> None:
        """The count of the type's measure, as typed."""
        text, measure = vi.tidy(said.get("count") or ""), kind.count_measure
        said["counted"] = None
        if text and measure is None:
            self.add_error(
                "count", _g("“%(type)s” has several kinds of results. Enter them under “Results”") % {"type": kind.name}
            )
        elif text:
            label = f"“{measure.name}”"
            try:
                said["counted"] = vi.read_quantity(text, label=label, unit=measure.unit_of_measure, whole=True)
            except (vi.Question, vi.Unreadable) as fault:
                self.add_error("count", forms.ValidationError(fault.sentence, code=fault.key))

    def _read_people(self, said: dict, kind: ActivityType) -> None:
        """Total = female + male + not split, with one certainty for the whole."""
        said["people"] = None
        if {"female", "male", "rest", "certainty"} & set(self.errors):
            return
        female, male = said.get("female"), said.get("male")
        split = female is not None or male is not None
        rest = self._read_rest(said.get("rest") or "", said["certainty"], split)
        if rest is None and not split:
            return
        if kind.attendance_measure is None:
            self.add_error(
                "female", _g("“%(type)s” counts no people. Enter them under “Results”") % {"type": kind.name}
            )
        elif split and rest and rest.value is None:
            self.add_error("rest", refusal("certainty.both", given=vi.format_number((female or 0) + (male or 0))))
        else:
            total = (female or 0) + (male or 0) + (rest.value or 0 if rest else 0)
            certainty = rest.certainty if rest else said["certainty"]
            said["people"] = vi.Quantity(total, certainty) if split or rest.value is not None else rest

    def _read_rest(self, text: str, certainty: str, split: bool) -> vi.Quantity | None:
        """The part that nobody split, or the words or “no data” instead of a number."""
        if split and not vi.tidy(text) and certainty in {"about", "over", "nearly"}:
            return vi.Quantity(0, certainty)
        field = VnQuantityField(self.fields["rest"].label, what=_g("the number of people"), required=False)
        try:
            return field.clean([certainty, text])
        except forms.ValidationError as fault:
            self.add_error("rest", fault)
            return None
