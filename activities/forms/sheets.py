"""Forms around a sheet: whose it is and for what, the file, the pasted block, which column is which."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from activities.sheets.lists import Choice
from activities.sheets.paste import headings
from activities.sheets.reading import MAXIMUM_FILE, Sheet, address
from activities.sheets.sentences import say
from campaigns.models import Campaign
from provinces.models import Department
from provinces.vietnamese import format_number, nfc

SELECT = {"class": "inp"}
SKIPPED = _("Skip this column")
SHOWN_VALUES, SHOWN_LENGTH = 2, 40
MEGABYTE = 1 << 20


class TargetForm(forms.Form):
    """For which department, and for the month or the year outside it."""

    owner = forms.ChoiceField(label=_("Recorded for"), widget=forms.Select(SELECT))
    scope = forms.ChoiceField(
        label=_("Counts for"),
        choices=Activity.Scope.choices,
        initial=Activity.Scope.MONTH,
        widget=forms.Select(SELECT),
    )

    def __init__(self, *args, owners: list[Department], campaign: Campaign, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.owners = {str(row.pk): row for row in owners}
        self.fields["owner"].choices = [(pk, row.name_on(campaign.opens_on).name) for pk, row in self.owners.items()]
        if len(owners) == 1:
            self.fields["owner"].widget = forms.HiddenInput()
            self.fields["owner"].initial = next(iter(self.owners))

    @property
    def owner_row(self) -> Department:
        """The chosen department; only after is_valid."""
        return self.owners[self.cleaned_data["owner"]]

    @property
    def said(self) -> dict:
        """What is remembered beside the bytes."""
        return {"owner": self.owner_row.pk, "scope": self.cleaned_data["scope"]}


class UploadForm(TargetForm):
    """An Excel file; what it holds is looked into by the reader."""

    file = forms.FileField(
        label=_("Excel file"),
        error_messages={"required": _("Choose the file"), "empty": _("The file is empty. Choose it again")},
        widget=forms.FileInput({"class": "inp", "accept": ".xlsx"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        file.name = nfc(file.name)
        if file.size > MAXIMUM_FILE:
            sizes = {"size": _megabytes(file.size), "max": _megabytes(MAXIMUM_FILE)}
            raise forms.ValidationError(say("file.size", file=file.name, **sizes), code="file.size")
        return file


class PasteForm(TargetForm):
    """A block copied from Excel or Word."""

    block = forms.CharField(
        label=_("Rows from Excel"),
        strip=False,
        error_messages={"required": _("Paste the rows first")},
        widget=forms.Textarea({"class": "inp", "rows": 10, "wrap": "off", "spellcheck": "false"}),
    )


class ColumnsForm(forms.Form):
    """Which column of a pasted block is which, and one type for all rows when the block names none."""

    kind = forms.ChoiceField(label=_("Type for rows without one"), required=False, widget=forms.Select(SELECT))

    def __init__(self, *args, sheet: Sheet, heading: int, columns: dict[str, int], types: Choice, **kwargs):
        super().__init__(*args, auto_id="cot_%s", **kwargs)
        self.fields["kind"].choices = [("", _("Choose")), *((name, name) for name in types.labels)]
        keys = {place: key for key, place in columns.items()}
        choices = [("", SKIPPED), *headings()]
        for place in sorted({column for cells in sheet.rows.values() for column in cells}):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=_label(sheet, heading, place),
                choices=choices,
                required=False,
                initial=keys.get(place, ""),
                help_text=_values(sheet, heading, place),
                widget=forms.Select(SELECT),
            )

    def clean(self):
        said, seen = super().clean(), {}
        for name in self.fields:
            key = said.get(name)
            if name == "kind" or not key:
                continue
            if key in seen:
                title = dict(headings())[key]
                self.add_error(name, say("sheet.heading_twice", column=title))
            seen[key] = int(name[1:])
        said["columns"] = seen
        return said


def _label(sheet: Sheet, heading: int, place: int) -> str:
    letters = address(1, place)[:-1]
    title = sheet.at(heading, place).shown.strip() if heading else ""
    return f"{letters}: {title[:SHOWN_LENGTH]}" if title else _("Column %(letters)s") % {"letters": letters}


def _values(sheet: Sheet, heading: int, place: int) -> str:
    """The first values of the column, so that one sees what it is."""
    shown = (cells[place].shown for no, cells in sheet.rows.items() if no > heading and place in cells)
    found = [text for _n, text in zip(range(SHOWN_VALUES), shown, strict=False)]
    return "; ".join(text[:SHOWN_LENGTH] for text in found)


def _megabytes(size: int) -> str:
    return f"{format_number(-(-size // MEGABYTE))} MB"
