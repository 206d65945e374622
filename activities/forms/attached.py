"""Photos and papers chosen with the first save: the good ones are kept while another box is put right."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.decisions import MOST_FILES, FilesField
from activities.operations.faults import say
from activities.operations.uploads import Upload

KEPT = "photo_token"


class AttachedField(FilesField):
    """Several files or none."""

    def clean(self, data, initial=None):
        """([(bytes, name), …], faults) as of FilesField; of no file both are empty."""
        return super().clean(data, initial) if data else ([], [])


class AttachedForm(forms.Form):
    """Files of this sending, those kept of an earlier one, and the tick that goes with them."""

    photos = AttachedField(label=_("Photos or papers"), required=False)
    photos_consent = forms.BooleanField(label=_("No identifiable victim or child in the photo"), required=False)

    def __init__(self, data=None, files=None, *, kept: list[Upload] = ()):
        super().__init__(data, files, use_required_attribute=False)
        self.kept = list(kept)

    def clean(self):
        said = super().clean()
        good, faults = said.get("photos") or ([], [])
        for fault in faults:
            self.add_error("photos", fault)
        said["photos"] = good
        if len(good) + len(self.kept) > MOST_FILES:
            self.add_error("photos", _("At most %(most)s files are taken at once") % {"most": MOST_FILES})
        if (good or self.kept) and not said.get("photos_consent"):
            self.add_error("photos_consent", say("file.consent"))
        return said

    @property
    def chosen(self) -> list[tuple[bytes, str]]:
        """What is to lie beside the activity, first what was kept; the same bytes once."""
        found = [*((upload.content, upload.name) for upload in self.kept), *self.cleaned_data["photos"]]
        return list({content: (content, name) for content, name in reversed(found)}.values())[::-1]

    def look(self) -> list[tuple[bytes, str]]:
        """Good files of a form that is shown again; of the rest only what is wrong with the files is said."""
        self.full_clean()
        taken = (self.cleaned_data.get("photos") or [])[: max(0, MOST_FILES - len(self.kept))]
        for name in [name for name in self._errors if name != "photos"]:
            del self._errors[name]
        return taken
