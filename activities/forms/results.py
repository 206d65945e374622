"""Forms around one result: a participant adds its own, the office adjusts one, a reason is given."""

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from activities.forms.rows import LARGEST, MeasureChoice, Share, choice, options_of, settle, text_box
from activities.models import Activity, Output
from activities.operations import OutputData
from campaigns.models import Measure
from provinces import vietnamese as vi
from provinces.fields import CERTAINTIES, PrivateTextField, VnIntegerField

PART, MORE = "part", "more"
RELATIONS = [
    (PART, _("Part of a number already counted\nIt is printed in brackets and not added again")),
    (MORE, _("In addition to what is counted\nIt is added to the total")),
]
SPLITS = ("female", "male", "children", "girls", "boys")


class OwnOutputForm(forms.Form):
    """A result that a participant adds to another department's activity."""

    measure = MeasureChoice(label=_("What is counted"), error_messages={"required": _("Choose what is counted")})
    amount = text_box(_("How much"), width=120)
    certainty = choice(_("Certainty"), CERTAINTIES, "exact")
    relation = forms.ChoiceField(
        label=_("How it counts"),
        choices=RELATIONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is part of a counted number or in addition")},
    )
    part_of = choice(_("Is part of"), [])
    label = text_box(_("Kind or name"))
    female = VnIntegerField(_("Female"), what=_("the number of women and girls"), required=False, max_value=LARGEST)
    male = VnIntegerField(_("Male"), what=_("the number of men and boys"), required=False, max_value=LARGEST)
    children = VnIntegerField(_("Children"), what=_("the number of children"), required=False, max_value=LARGEST)
    girls = VnIntegerField(_("Girls"), what=_("the number of girls"), required=False, max_value=LARGEST)
    boys = VnIntegerField(_("Boys"), what=_("the number of boys"), required=False, max_value=LARGEST)
    confirmed_names = forms.BooleanField(label=_("An official or delegate"), required=False)

    def __init__(self, *args, activity: Activity, wholes: list[tuple[Output, str]], **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        rows = Measure.objects.of(activity.province).filter(source=Measure.Source.OUTPUT).select_related("indicator")
        measures = rows.order_by("indicator__position", "position", "id")
        self.fields["measure"].queryset, self.fields["measure"].widget.choices = measures, options_of(measures)
        self._wholes = {str(output.pk): output for output, _words in wholes}
        self.fields["part_of"].choices = [("", _g("Choose")), *((str(row.pk), words) for row, words in wholes)]
        self.names_asked = False

    def clean(self):
        said = super().clean()
        measure = said.get("measure")
        if measure and "amount" not in self.errors:
            label = _g("the number of %(what)s") % {"what": f"“{measure.name}”"}
            try:
                said["read"] = settle(said.get("amount") or "", said.get("certainty") or "exact", measure, label)
            except (vi.Question, vi.Unreadable) as fault:
                self.add_error("amount", forms.ValidationError(fault.sentence, code=fault.key))
        if said.get("relation") == PART and not said.get("part_of"):
            self.add_error("part_of", _("Choose the number that holds it"))
        return said

    @property
    def read(self) -> OutputData:
        """What the form says; only after is_valid."""
        said = self.cleaned_data
        read, more = said["read"], {name: said[name] for name in (*SPLITS, "label")}
        if said["relation"] == PART:
            more["part_of"] = self._wholes[said["part_of"]]
        if isinstance(read, Share):
            share = {"rate": read.rate, "numerator": read.numerator, "denominator": read.denominator}
            return OutputData(said["measure"], certainty="rate", **share, **more)
        return OutputData(said["measure"], read.value, read.certainty, read.words, **more)

    @property
    def asks_names(self) -> bool:
        """True when the tick “an official or delegate” is to be shown."""
        return bool(self["confirmed_names"].value()) or self.names_asked


class AdjustForm(forms.Form):
    """What the number should come to for the province, and why; the unit's own number stays."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    wanted = VnIntegerField(_("Number after the adjustment"), max_value=LARGEST)
    reason = PrivateTextField(label=_("Reason"), required=False, max_length=300, rows=2)


class WholeForm(forms.Form):
    """Which counted number holds the result."""

    whole = forms.ChoiceField(
        label=_("The number that holds it"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the number that holds it")},
    )

    def __init__(self, *args, wholes: list[tuple[Output, str]], **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["whole"].choices = [(str(row.pk), words) for row, words in wholes]
