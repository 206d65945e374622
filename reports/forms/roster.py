"""The file of a list of people, the rows carried from its preview, the successor of an officer."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.sheets.reading import MAXIMUM_FILE


class RosterForm(forms.Form):
    """An Excel file with one person in each row."""

    file = forms.FileField(
        label=_("Excel file"),
        error_messages={"required": _("Choose the file"), "empty": _("The file is empty. Choose it again")},
        widget=forms.FileInput({"class": "inp", "accept": ".xlsx"}),
    )

    def clean_file(self):
        if self.cleaned_data["file"].size > MAXIMUM_FILE:
            raise forms.ValidationError(_("The file is too large for a list of people"))
        return self.cleaned_data["file"]


class SuccessorForm(forms.Form):
    """Who goes on with the work."""

    to = forms.ChoiceField(label=_("Successor"), error_messages={"required": _("Choose the successor")})

    def __init__(self, *args, successors: dict, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(pk), f"{seat.user}, {seat.get_role_display()}") for pk, seat in successors.items()]
        self.fields["to"].choices = [("", _("Choose")), *named]


def carried_rows(text: str) -> list[list[str]]:
    """The rows of the preview; anything else than a list of lists of words is no row at all."""
    try:
        rows = json.loads(text)
    except ValueError:
        return []
    wanted = isinstance(rows, list) and all(isinstance(row, list) for row in rows)
    return [[str(cell) for cell in row] for row in rows] if wanted else []
