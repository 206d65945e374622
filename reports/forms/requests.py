"""Shapes of what is typed about a request for reports: its letter, its days, whom it asks."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.models import Request, RequestStep, Scope
from campaigns.workdays import END_OF_DAY, END_OF_WORK, Calendar, moment
from provinces.fields import PrivateTextField, VnDateField, VnTimeField
from provinces.vietnamese import VIETNAM

ALL, PROVINCE, COMMUNES, CHOSEN = "all", "province", "communes", "chosen"
CLOCKS = ("cut_off", "due", *(kind.value for kind in RequestStep.Kind))
CHOOSE_ONE = {"required": _("Choose one")}


class RequestForm(forms.Form):
    """A request; the days come filled with the usual ones and are all editable."""

    kind = forms.ChoiceField(choices=Request.Kind.choices, widget=forms.HiddenInput)
    subject = forms.CharField(label=_("Subject"), max_length=250)
    letter_number = forms.CharField(
        label=_("Number of the letter"),
        required=False,
        max_length=60,
        help_text=_("As on the document, for example 412/SNV-TTr"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    letter_dated = VnDateField(_("Date of the letter"), required=False)
    letter_text = PrivateTextField(label=_("Text of the letter"), required=False, max_length=60_000, rows=5)
    outline = PrivateTextField(
        label=_("What the report should say"),
        required=False,
        max_length=60_000,
        rows=4,
        help_text=_("Empty: the usual outline"),
    )
    scope = forms.ChoiceField(
        label=_("What is counted"), choices=Scope.choices, widget=forms.RadioSelect, error_messages=CHOOSE_ONE
    )
    period_from = VnDateField(_("Period from"))
    period_to = VnDateField(_("Period to"))
    cut_off_on = VnDateField(_("Cut-off of figures, day"))
    cut_off_at = VnTimeField(_("Hour"))
    due_on = VnDateField(_("Departments send by, day"))
    due_at = VnTimeField(_("Hour"))
    compile_on = VnDateField(_("Compiling, day"), required=False)
    compile_at = VnTimeField(_("Hour"), required=False)
    committee_on = VnDateField(_("To the committee, day"), required=False)
    committee_at = VnTimeField(_("Hour"), required=False)
    ministry_on = VnDateField(_("To the ministry, day"), required=False)
    ministry_at = VnTimeField(_("Hour"), required=False)
    who = forms.ChoiceField(
        label=_("Whom to ask"),
        choices=[
            (ALL, _("All departments and communes of the province")),
            (PROVINCE, _("Departments of the province's level only")),
            (COMMUNES, _("Districts and communes only")),
            (CHOSEN, _("Only those ticked below")),
        ],
        widget=forms.RadioSelect,
        error_messages=CHOOSE_ONE,
    )
    recipients = forms.MultipleChoiceField(label=_("Departments"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, year: int, choices: Iterable[tuple[str, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["recipients"].choices = list(choices)
        for field in self.fields.values():
            if isinstance(field, VnDateField):
                field.year = year

    def clean(self):
        """Each clock is a day with an hour; an hour left empty is the end of work."""
        given = super().clean()
        for name in CLOCKS:
            day, hour = given.get(f"{name}_on"), given.get(f"{name}_at")
            given[name] = moment(day, hour or (END_OF_DAY if name == "cut_off" else END_OF_WORK)) if day else None
        ticked = len(given.get("recipients") or [])
        if ticked and given.get("who") not in {None, CHOSEN}:
            self.add_error("who", _ticked_in_vain(ticked))
        return given

    @property
    def steps(self) -> dict:
        """The later days that were given."""
        given = self.cleaned_data
        return {kind.value: given[kind.value] for kind in RequestStep.Kind if given.get(kind.value)}


def _ticked_in_vain(n: int) -> str:
    """Nobody asks a whole province who meant the few that were ticked."""
    said = ngettext(
        "%(n)s department is ticked below. Choose “Only those ticked below” or take the tick away",
        "%(n)s departments are ticked below. Choose “Only those ticked below” or take the ticks away",
        n,
    )
    return said % {"n": n}


def initial_days(calendar: Calendar) -> dict:
    """The boxes of the days, filled from a calendar."""
    clocks = {"cut_off": calendar.cut_off, "due": calendar.due, **calendar.steps}
    filled = {"period_from": calendar.period_from, "period_to": calendar.period_to}
    for name, at in clocks.items():
        local = at.astimezone(VIETNAM)
        filled |= {f"{name}_on": local.date(), f"{name}_at": local.time()}
    return filled


class RecipientsForm(forms.Form):
    """Further departments under the same letter."""

    recipients = forms.MultipleChoiceField(
        label=_("Departments"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one department that is to report")},
    )

    def __init__(self, *args, choices: Iterable[tuple[str, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["recipients"].choices = list(choices)


class ExtensionForm(forms.Form):
    """A later due time for one department, and the letter that gives it."""

    due_on = VnDateField(_("New due time, day"))
    due_at = VnTimeField(_("Hour"))
    letter = forms.CharField(
        label=_("Number of the letter"),
        max_length=60,
        error_messages={"required": _("Enter the number of the letter that extends the due time")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args, year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].year = year

    @property
    def due(self):
        return moment(self.cleaned_data["due_on"], self.cleaned_data["due_at"])


class ReasonForm(forms.Form):
    """Why a request is closed or opened again."""

    reason = PrivateTextField(
        label=_("Reason"), max_length=300, help_text=_("The departments read it; the log keeps it")
    )


class ReminderForm(forms.Form):
    """Whom to remind, and words of one's own under the letter."""

    MAIL, CHAT = "mail", "chat"

    recipients = forms.MultipleChoiceField(
        label=_("Departments to remind"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one department")},
    )
    words = PrivateTextField(label=_("Words of your own"), required=False, max_length=2000, rows=3)

    def __init__(self, *args, choices: Iterable[tuple[str, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["recipients"].choices = list(choices)
