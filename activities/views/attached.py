"""Photos that come with the first save of an activity: kept by token while a box is put right, then laid beside it."""

import datetime

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from activities.forms.attached import KEPT, AttachedForm
from activities.models import Activity
from activities.operations import add_evidence
from activities.operations.uploads import Upload, find_upload, forget_upload, keep_upload

PHOTO = "photo"  # what is kept under the token; a sheet that waits to be confirmed is none


def attached_form(request: HttpRequest, raw: MultiValueDict | None, at: datetime.datetime) -> AttachedForm:
    """The form with the files of this sending and those that were kept; `raw` is what was posted, or a draft."""
    tokens = dict.fromkeys(raw.getlist(KEPT)) if raw else ()
    found = [find_upload(token, by=request.seat, at=at) for token in tokens]
    kept = [upload for upload in found if upload and upload.said.get("kind") == PHOTO]
    return AttachedForm(raw, request.FILES or None, kept=kept)


def keep_attached(request: HttpRequest, form: AttachedForm | None, *, judged: bool, at: datetime.datetime) -> None:
    """Keep the good files of a form that comes back; `judged` when its faults are shown already."""
    if form is None:
        return
    taken = form.cleaned_data.get("photos") or [] if judged else form.look()
    there = {upload.content for upload in form.kept}
    for content, name in taken:
        if content in there:
            continue
        said = {"kind": PHOTO}
        form.kept.append(Upload(keep_upload(content, name, said, by=request.seat, at=at), name, content, said, at))


def lay_beside(request: HttpRequest, activity: Activity, form: AttachedForm, *, at: datetime.datetime) -> None:
    """Every chosen file becomes evidence of the new activity."""
    for content, name in form.chosen:
        add_evidence(activity, content, name, consent=True, by=request.seat, at=at)


def forget_attached(request: HttpRequest, form: AttachedForm | None) -> None:
    """The activity holds them now."""
    for upload in form.kept if form else ():
        forget_upload(upload.token, by=request.seat)
