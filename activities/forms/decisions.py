"""Small forms around an activity: filters of a list, a comment, an uploaded file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.photos import clean_upload
from activities.models import Activity
from activities.queries import Filters
from provinces.fields import PrivateTextField, refusal

ALL = ("", _("All"))


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


class EvidenceForm(forms.Form):
    """A photo or paper with its caption and the tick."""

    file = forms.FileField(
        label=_("Photo or paper"),
        required=False,
        widget=forms.FileInput({"class": "inp", "accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    caption = PrivateTextField(label=_("Caption"), required=False, max_length=200)
    consent = forms.BooleanField(label=_("No identifiable victim or child in the photo"), required=False)
    confirmed_names = forms.BooleanField(label=_("An official or delegate"), required=False)

    def clean_file(self):
        """(bytes, name) of what is to be kept."""
        upload = self.cleaned_data.get("file")
        if not upload:
            raise refusal("required", label=self.fields["file"].label)
        return clean_upload(upload)
