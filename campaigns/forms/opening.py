"""What is typed when a year is opened: the new text of a place that still reads like the year before."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.leftovers.campaign import Place
from provinces.fields import PrivateTextField


class NewTextForm(forms.Form):
    """One text of the campaign, to be typed in place."""

    words = PrivateTextField(label=_("New text"), required=False, max_length=20_000)

    @classmethod
    def of(cls, place: Place) -> "NewTextForm":
        """The form of one place, holding the text as it is now."""
        form = cls(prefix=place.key, initial={"words": place.text.text})
        if place.long or "\n" in place.text.text:
            form.fields["words"].widget = forms.Textarea({"rows": 4, "class": "inp"})
        return form
