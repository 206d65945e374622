"""What is typed into one section of a plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms.plans import read_version
from provinces.fields import PrivateTextField


class SectionForm(forms.Form):
    """The text of one section, and whether it is finished.

    `base` is what stood there when the page was opened; `unheard` a text that was sent and whose answer was lost.
    """

    text = PrivateTextField(label=_("Text of the section"), rows=18, required=False)
    done = forms.ChoiceField(
        label=_("Is this section finished?"),
        choices=[("yes", _("Yes")), ("no", _("I will come back"))],
        widget=forms.RadioSelect,
    )
    version = forms.CharField(widget=forms.HiddenInput)
    base = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    unheard = forms.CharField(widget=forms.HiddenInput({"data-of": "text"}), required=False, strip=False)

    def clean_version(self) -> int:
        return read_version(self.cleaned_data["version"])
