"""Shapes of what a province types into the catalogue: a wording, a measure of its own."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WordingForm(forms.Form):
    """The theme and the committee's title, word for word as they are printed."""

    theme = forms.CharField(
        label=_("Theme"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4, "class": "inp"}),
        help_text=_("Word for word, without quotation marks. Empty: the national text"),
    )
    committee_title = forms.CharField(
        label=_("Title of the committee"),
        max_length=200,
        required=False,
        help_text=_("As the province writes it in this year"),
    )

    messages = forms.CharField(
        label=_("Messages and slogans of the year"),
        required=False,
        widget=forms.Textarea({"rows": 6, "class": "inp"}),
        help_text=_("One a line; a new plan starts with them as its annex"),
    )

    def __init__(self, *args, national=False, **kwargs):
        super().__init__(*args, **kwargs)
        if national:
            self.fields["theme"].help_text = _("Word for word from the ministry's letter. Empty: not known yet")
            del self.fields["committee_title"]


class OwnMeasureForm(forms.Form):
    """A measure of the province under a national one; unit and rule come from above."""

    name = forms.CharField(
        label=_("Name of the measure"), max_length=250, error_messages={"required": _("Enter the name of the measure")}
    )
    name_en = forms.CharField(label=_("English name"), max_length=250, required=False)
    note = forms.CharField(
        label=_("How to count"), max_length=300, required=False, widget=forms.Textarea({"rows": 3, "class": "inp"})
    )
