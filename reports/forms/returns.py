"""Shapes of what is typed about a department's return."""

from django import forms
from django.utils.translation import gettext_lazy as _

from provinces.fields import PrivateTextField, VnDateField


class ReturnPaperForm(forms.Form):
    """What stands on the department's own signed paper; nothing of it is required for sending."""

    number = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=20,
        help_text=_("As on the document; 1 to 9 with a 0 before them"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    symbol = forms.CharField(
        label=_("Symbol"), required=False, max_length=40, widget=forms.TextInput({"autocomplete": "off"})
    )
    dated = VnDateField(_("Date of signing"), required=False)
    signer_lines = forms.CharField(
        label=_("Authority and office of the signer"),
        required=False,
        max_length=300,
        help_text=_("One line each, for example: KT. GIÁM ĐỐC, then PHÓ GIÁM ĐỐC"),
        widget=forms.Textarea({"rows": 2, "class": "inp"}),
    )
    signer = forms.CharField(label=_("Signer"), required=False, max_length=120)


class NilForm(forms.Form):
    """Why there is nothing to report."""

    reason = PrivateTextField(
        label=_("Reason"),
        max_length=2000,
        rows=3,
        help_text=_("It is printed in the annex of the province's report"),
        error_messages={"required": _("Give the reason; it is printed in the annex of the report")},
    )
