"""Small forms around an activity: filters of a list, a comment, an uploaded file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.photos import ACCEPTED, clean_upload
from activities.models import Activity
from activities.queries import Filters
from provinces.fields import PrivateTextField, VnDateField, refusal
from provinces.vietnamese import NO_DATA, format_date

ALL = ("", _("All"))
MOST_FILES = 10
CHOOSE = {"required": _("Choose a department"), "invalid_choice": _("Choose a department")}


class FilterForm(forms.Form):
    """What a list is narrowed to; lives in the address."""

    tim = forms.CharField(label=_("Search"), required=False, max_length=120, strip=True)
    trang_thai = forms.ChoiceField(label=_("Status"), required=False)
    don_vi = forms.ChoiceField(label=_("Department"), required=False)
    loai = forms.ChoiceField(label=_("Type"), required=False)
    pham_vi = forms.ChoiceField(label=_("Counts for"), required=False, choices=[ALL, *Activity.Scope.choices])

    def __init__(self, *args, departments, types, **kwargs):
        super().__init__(*args, auto_id="loc_%s", **kwargs)
        shown = [s for s in Activity.Status.choices if s[0] != Activity.Status.MERGED]
        self.fields["trang_thai"].choices = [ALL, *shown]
        self.fields["don_vi"].choices = [ALL, *((str(d.pk), str(d)) for d in departments)]
        self.fields["loai"].choices = [ALL, *((kind.code, kind.name) for kind in types)]
        self.fields["tim"].widget.attrs["placeholder"] = _("Name, place, department")

    def keep(self, *names: str) -> None:
        """Leave only these boxes, for a list in which the others say nothing."""
        self.fields = {name: self.fields[name] for name in names}

    @property
    def filters(self) -> Filters:
        """What could be read of the address; the rest narrows nothing."""
        said = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        chosen = said.get("don_vi")
        return Filters(
            text=said.get("tim", ""),
            department=int(chosen) if chosen else None,
            type=said.get("loai", ""),
            status=said.get("trang_thai", ""),
            scope=said.get("pham_vi", ""),
        )


class CommentForm(forms.Form):
    """What is to be put right."""

    comment = PrivateTextField(label=_("What is to be put right"), required=False, rows=3)


class NoteForm(forms.Form):
    """A note that goes with the verification."""

    note = PrivateTextField(label=_("Note"), required=False, rows=2)


class ReasonForm(forms.Form):
    """Why an activity is cancelled."""

    reason = PrivateTextField(label=_("Reason"), required=False, max_length=300, rows=2)


class ManyFiles(forms.FileInput):
    """A box for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each looked into by itself: what can be kept is kept beside the sentences about the others."""

    widget = ManyFiles({"class": "inp", "accept": ACCEPTED, "multiple": True})

    def clean(self, data, initial=None):
        """[(bytes, name), …] of what is to be kept and the faults of the rest."""
        uploads = [upload for upload in (data if isinstance(data, list | tuple) else [data]) if upload]
        if not uploads:
            raise refusal("required", label=self.label)
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)s files are taken at once") % {"most": MOST_FILES})
        kept, faults = [], []
        for upload in uploads:
            try:
                kept.append(clean_upload(upload))
            except forms.ValidationError as fault:
                faults.append(fault)
        return kept, faults


class EvidenceForm(forms.Form):
    """Photos or papers with a caption and the tick."""

    file = FilesField(label=_("Photos or papers"), required=False)
    caption = PrivateTextField(label=_("Caption"), required=False, max_length=200)
    consent = forms.BooleanField(label=_("No identifiable victim or child in the photo"), required=False)
    confirmed_names = forms.BooleanField(label=_("An official or delegate"), required=False)

    @property
    def uploads(self) -> list[tuple[bytes, str]]:
        """What can be kept; the faults of the other files stand beside the box."""
        kept, faults = self.cleaned_data.get("file") or ([], [])
        for fault in faults:
            self.add_error("file", fault)
        return kept


class DisputeForm(forms.Form):
    """Why a department sees it otherwise."""

    reason = PrivateTextField(label=_("Reason"), required=False, max_length=300, rows=2)


class ScanForm(forms.Form):
    """For whom the office types, and the scan of its paper."""

    owner = forms.ChoiceField(
        label=_("Department whose paper it is"), widget=forms.Select({"class": "inp"}), error_messages=CHOOSE
    )
    scan = forms.FileField(
        label=_("Scan of the paper"), required=False, widget=forms.FileInput({"class": "inp", "accept": ACCEPTED})
    )

    def __init__(self, *args, owners, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["owner"].choices = [("", _("Choose")), *owners]

    def clean_scan(self):
        """(bytes, name) of what is to be kept."""
        upload = self.cleaned_data.get("scan")
        if not upload:
            raise refusal("required", label=self.fields["scan"].label)
        return clean_upload(upload)


class DoneForm(forms.Form):
    """On which day an inspected body put right what was found."""

    done_on = VnDateField(_("Put right on"), required=False)


class KeptForm(forms.Form):
    """Whose figures are kept when two activities are merged."""

    kept = forms.ChoiceField(
        label=_("Whose figures are kept"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whose figures are kept")},
    )

    def __init__(self, *args, sides: list[Activity], **kwargs):
        first = next((row for row in sides if row.status == Activity.Status.ACCEPTED), sides[0])
        super().__init__(*args, initial={"kept": first.public_id}, use_required_attribute=False, **kwargs)
        self.fields["kept"].choices = [(row.public_id, f"{row.owner}\n{row.title}") for row in sides]


class PairForm(forms.Form):
    """Which other activity is the same event, and why."""

    other = forms.ChoiceField(
        label=_("The other activity"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the other activity"), "invalid_choice": _("Choose the other activity")},
    )
    reason = PrivateTextField(label=_("Reason"), required=False, max_length=300, rows=2)

    def __init__(self, *args, rows: list[Activity], **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["other"].choices = [(row.public_id, _said(row)) for row in rows]


def _said(row: Activity) -> str:
    day = format_date(row.starts_on) if row.starts_on else NO_DATA
    return f"{row.title}\n{row.owner} · {day} · {row.place or NO_DATA}"
