"""The switch of the public page."""

from django import forms

ON = "mo"


class SwitchForm(forms.Form):
    """On or off; there is nothing else to say."""

    is_open = forms.CharField(required=False, max_length=4)

    def clean_is_open(self) -> bool:
        return self.cleaned_data["is_open"] == ON
