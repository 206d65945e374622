"""Shape of a total of a year before, typed from a paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Measure
from provinces.fields import PrivateTextField, VnQuantityField
from reports.models import PastTotal

LARGEST = 10**15  # đồng of a province's year and more


class PastTotalForm(forms.Form):
    """One number of an older paper: which measure, how many, and the paper it stands in."""

    province = forms.TypedChoiceField(label=_("Province of that year"), coerce=int)
    measure = forms.TypedChoiceField(label=_("Statistical indicator"), coerce=int)
    scope = forms.ChoiceField(
        label=_("What is counted"),
        choices=PastTotal.Scope.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one")},
    )
    quantity = VnQuantityField(_("Quantity"), max_value=LARGEST)
    source = PrivateTextField(
        label=_("Paper the number stands in"),
        max_length=300,
        rows=2,
        help_text=_("As it will be printed, for example báo cáo số 412/BC-SLĐTBXH ngày 19/12/2022"),
    )

    def __init__(self, *args, provinces: list[tuple[int, str]], measures: list[Measure], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["province"].choices = provinces
        self.fields["measure"].choices = [("", _("Choose one")), *_by_heading(measures)]
        if len(provinces) == 1:
            self.fields["province"].widget = forms.HiddenInput()
            self.fields["province"].initial = provinces[0][0]

    def clean_quantity(self):
        """Only a number can be compared; words and unknown ones are simply not typed."""
        given = self.cleaned_data["quantity"]
        if given is not None and given.value is None:
            raise forms.ValidationError(_("Type a number; what is not known stays empty and is not compared"))
        return given


def _by_heading(measures: list[Measure]) -> list[tuple]:
    groups: dict[str, list] = {}
    for measure in measures:
        name = f"{measure.name} ({measure.unit_of_measure})"
        groups.setdefault(measure.indicator.name, []).append((measure.pk, name))
    return list(groups.items())
