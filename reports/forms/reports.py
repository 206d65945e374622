"""Shapes of what is typed about a report: its text, its registry facts, remarks and decisions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from provinces.fields import PrivateTextField, VnDateField
from reports.models import ReportComment

LONGEST_TEXT = 60_000
MOST_COMMENTS = 40
MEGABYTE = 1024 * 1024
LARGEST_SCAN = 20 * MEGABYTE
PDF_MARK = b"%PDF-"


class SectionForm(forms.Form):
    """The text of one section, and the version it was written on."""

    text = PrivateTextField(label=_("Text"), required=False, max_length=LONGEST_TEXT, rows=18)
    version = forms.CharField(widget=forms.HiddenInput, max_length=9)

    def clean_version(self) -> int:
        typed = self.cleaned_data["version"]
        return int(typed) if typed.isdecimal() else 0


class IssueForm(forms.Form):
    """What the registry writes on the signed document: number and symbol as typed, no series is checked."""

    number = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=20,
        help_text=_("As on the document; 1 to 9 with a 0 before them"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    symbol = forms.CharField(
        label=_("Symbol"),
        required=False,
        max_length=40,
        help_text=_("As on the document, for example BC-SNV"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    number_unknown = forms.BooleanField(
        label=_("Number unknown"), required=False, help_text=_("The place of the number then stays “…”")
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
    scan = forms.FileField(
        label=_("Signed copy (PDF)"),
        required=False,
        max_length=200,
        allow_empty_file=True,
        help_text=_("Signed outside this system; at most 20 MB"),
        widget=forms.FileInput({"accept": "application/pdf,.pdf"}),
    )

    def clean_scan(self):
        """A PDF by its content, not by its name."""
        scan = self.cleaned_data["scan"]
        if not scan:
            return scan
        if scan.size > LARGEST_SCAN:
            size = {"file": scan.name, "size": f"{scan.size // MEGABYTE} MB", "max": f"{LARGEST_SCAN // MEGABYTE} MB"}
            raise forms.ValidationError(_("%(file)s has %(size)s; the limit is %(max)s") % size)
        if scan.read(len(PDF_MARK)) != PDF_MARK:
            raise forms.ValidationError(_("%(file)s is not a PDF. Choose the signed copy as PDF") % {"file": scan.name})
        scan.seek(0)
        return scan


class RecipientForm(forms.Form):
    """To whom a report goes."""

    to = forms.ChoiceField(
        label=_("Recipient"), widget=forms.RadioSelect, error_messages={"required": _("Choose a recipient")}
    )

    def __init__(self, *args, recipients, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(pk), name) for pk, name in recipients.items()]


class CommentForm(forms.Form):
    """One remark of the receiver; a row without text says nothing."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(ReportComment.Kind.MUST, _("Must fix")), (ReportComment.Kind.ADVICE, _("Advice"))],
        required=False,
    )
    anchor = forms.ChoiceField(label=_("About which section"), required=False)
    text = PrivateTextField(label=_("Comment"), required=False, max_length=4000, rows=3)

    def __init__(self, *args, anchors=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["anchor"].choices = [("", _("The whole report")), *anchors]

    @property
    def says_something(self) -> bool:
        return bool(self.cleaned_data.get("text"))


CommentForms = forms.formset_factory(CommentForm, extra=0, max_num=MOST_COMMENTS, absolute_max=MOST_COMMENTS)


class DecisionForm(forms.Form):
    """What the receiver decides."""

    ACCEPT, RETURN = "accept", "return"

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[(ACCEPT, _("Accept")), (RETURN, _("Return with comments"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision")},
    )
