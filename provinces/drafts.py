"""A draft put back into its form: the boxes show again what was typed, word for word, and nothing is judged yet."""

import datetime

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from provinces.models import Draft, Seat


def find_draft(seat: Seat | None, form_name: str, object_key: str = "") -> Draft | None:
    """The seat's draft of a form about an object, or None."""
    if seat is None:
        return None
    return Draft.objects.filter(seat=seat, form=form_name, object_key=object_key).first()


def drafts_of(seat: Seat | None, form_name: str, prefix: str) -> dict[str, datetime.datetime]:
    """When the seat's drafts of a form were saved, by what follows `prefix` in their objects' keys."""
    rows = Draft.objects.filter(seat=seat, form=form_name, object_key__startswith=prefix)
    return {key.removeprefix(prefix): at for key, at in rows.values_list("object_key", "saved_at")}


def posted_draft(draft: Draft) -> QueryDict:
    """The draft as the form that was posted."""
    posted = QueryDict(mutable=True)
    for name, values in draft.raw.items():
        posted.setlist(name, values)
    return posted


def restore(form: forms.Form, draft: Draft | None) -> forms.Form:
    """Give an unbound form the draft's texts as its initial values; fields the draft does not name stay empty."""
    if draft is None or form.is_bound:
        return form
    for name, box in form.fields.items():
        form.initial[name] = _typed(box.widget, draft.raw, form.add_prefix(name))
    return form


def hush(form: forms.Form) -> forms.Form:
    """Show what a bound form holds and judge nothing yet."""
    form._errors = ErrorDict()
    return form


def _typed(widget, raw: dict, name: str):
    """The value as the widget would have read it from the POST that was kept."""
    return widget.value_from_datadict(_Kept(raw), {}, name)


class _Kept(dict):
    """A stored draft {field: [texts]} that answers like a QueryDict."""

    def get(self, name, default=None):
        values = super().get(name)
        return values[-1] if values else default

    def __getitem__(self, name):
        return super().__getitem__(name)[-1]

    def getlist(self, name, default=None):
        return super().get(name) or default or []
