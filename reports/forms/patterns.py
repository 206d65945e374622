"""Shapes of what is uploaded for our papers and of what the cells of a form are said to hold."""

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Measure
from reports.models import FormCell


class TemplateForm(forms.Form):
    """A Word file of the province."""

    file = forms.FileField(
        label=_("Word file"),
        help_text=_(".docx up to 10 MB, with slots of the list below; no macros, links or embedded files"),
        widget=forms.FileInput({"accept": ".docx"}),
        allow_empty_file=True,
    )


class ExcelFormForm(forms.Form):
    """An Excel file of whoever asks, and what it is called."""

    name = forms.CharField(label=_("Name of the form"), max_length=200)
    asker = forms.CharField(label=_("Who asks"), max_length=200, required=False)
    file = forms.FileField(
        label=_("Excel file"),
        help_text=_(".xlsx up to 10 MB; formats, formulas, merged cells and print set-up stay as they are"),
        widget=forms.FileInput({"accept": ".xlsx"}),
        allow_empty_file=True,
    )
    replaces = forms.ChoiceField(label=_("New version of"), required=False)
    national = forms.BooleanField(label=_("For all provinces"), required=False)

    def __init__(self, *args, national=False, replaceable=(), **options):
        super().__init__(*args, **options)
        self.known = {each.public_id: each for each in replaceable}
        self.fields["replaces"].choices = [
            ("", _("a form of its own")),
            *((key, str(each)) for key, each in self.known.items()),
        ]
        if not national:
            del self.fields["national"]

    def clean_replaces(self):
        return self.known.get(self.cleaned_data["replaces"])


class RowForm(forms.Form):
    """What the cells of one row hold: one measure and scope for the row, a part for each cell."""

    measure = forms.ChoiceField(label=_("Measure"), required=False)
    scope = forms.ChoiceField(
        label=_("Of"), choices=[("month", _("the Action Month")), ("year", _("the whole year"))], initial="month"
    )

    def __init__(self, *args, measures: list[Measure], cells: list, **options):
        super().__init__(*args, **options)
        self.known = {str(each.pk): each for each in measures}
        names = [(str(each.pk), f"{each.code} {each.name} ({each.unit_of_measure})") for each in measures]
        self.fields["measure"].choices = [("", _("none")), *names]
        parts = [("", _("leave as it is")), *FormCell.Part.choices]
        facts = [(f"fact:{key}", label) for key, label in FormCell.Fact.choices]
        for cell in cells:
            self.fields[f"o{cell.column}"] = forms.ChoiceField(
                label=cell.label, choices=[*parts, (_("of the report"), facts)], required=False
            )
            if cell.holds in {"text", "formula"}:
                self.fields[f"de{cell.column}"] = forms.BooleanField(label=cell.warning, required=False)

    def clean_measure(self) -> Measure | None:
        return self.known.get(self.cleaned_data["measure"])

    def clean(self):
        found = super().clean()
        parts = [value for name, value in found.items() if name[0] == "o" and name[1:].isdecimal()]
        if any(value and not value.startswith("fact:") for value in parts) and not found.get("measure"):
            self.add_error("measure", _("Choose what the cells of this row count"))
        return found
