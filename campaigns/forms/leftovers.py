"""What is typed about a place that still reads like an earlier year."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms.plans import read_version
from campaigns.leftovers import Spot
from provinces.fields import PrivateTextField


class SettleForm(forms.Form):
    """The words that are to stand there, offered or typed, and the version that the page showed."""

    words = PrivateTextField(label=_("New text"), required=False, max_length=2000)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, spot: Spot) -> "SettleForm":
        """The form of one place, with the words that could stand there."""
        words = spot.instead[0] if spot.instead else ""
        form = cls(prefix=spot.key, initial={"words": words, "version": spot.text.version})
        if len(spot.instead) > 1:
            form.fields["words"].widget = forms.Select(choices=[(each, each) for each in spot.instead])
        elif len(spot.old) > 60 or spot.start == spot.end:
            form.fields["words"].widget = forms.Textarea({"rows": 3, "class": "inp"})
        return form

    def clean_version(self) -> int:
        return read_version(self.cleaned_data["version"])
