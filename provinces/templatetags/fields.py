"""A field of a form as the style sheet wants it: label, hint, error, box, echo, in this order."""

import secrets

from django import forms, template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from provinces.fields import VnMoneyField
from provinces.templatetags.vi import money_echo

register = template.Library()


@register.inclusion_tag("components/field.html")
def field(box, *, width="", unit="", hint="", label="", optional=False, rows=None, warning="", echo="", css=""):
    """One field with its label, hint, error and echo; `width` w-1 … w-4, `unit` a word after the box."""
    widget = box.field.widget
    shape = _shape(widget)
    hint = hint or box.help_text
    attrs = _attributes(box, hint, warning, echo)
    if shape == "line":
        own = widget.attrs.get("class", "").split()
        attrs["class"] = " ".join(dict.fromkeys(["inp", *own, *([] if unit else width.split())]))
    if rows:
        attrs["rows"] = rows
    return {
        "box": box,
        "control": "" if shape == "picks" else box.as_widget(attrs=attrs),
        "choices": _choices(box, attrs) if shape == "picks" else [],
        "shape": shape,
        "label": label or box.label,
        "hint": hint,
        "warning": warning,
        "unit": unit,
        "width": width,
        "optional": optional,
        "echo": echo or _echo(box),
        "css": css,
    }


@register.simple_tag
def control(box, width=""):
    """The box alone, for places that set its label and error themselves."""
    attrs = _attributes(box, box.help_text, "", "")
    own = box.field.widget.attrs.get("class", "").split()
    return box.as_widget(attrs={**attrs, "class": " ".join(dict.fromkeys(["inp", *own, *width.split()]))})


def _shape(widget) -> str:
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "picks"
    if isinstance(widget, forms.MultiWidget):
        return "several"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "line"


def _attributes(box, hint, warning, echo) -> dict:
    base = box.id_for_label or box.auto_id
    said = [f"{base}_{part}" for part, there in (("h", hint), ("w", warning), ("o", echo or _echo(box))) if there]
    if box.errors:
        said.insert(0, f"{base}_e")
    attrs = {"aria-describedby": " ".join(said)} if said else {}
    if box.errors:
        attrs["aria-invalid"] = "true"
    return attrs


def _choices(box, attrs) -> list[dict]:
    """Each choice as its input and its words; a choice may carry a hint after a line break."""
    found = []
    for choice in box.subwidgets:
        choice.data["attrs"] = {**choice.data["attrs"], **attrs}
        words, _break, more = str(choice.choice_label).partition("\n")
        found.append({"input": choice.tag(), "label": words, "hint": more})
    return found


def _echo(box) -> str:
    """What was understood of an amount: 80.000.000 đ, tám mươi triệu đồng."""
    if not isinstance(box.field, VnMoneyField) or box.errors:
        return ""
    try:
        dong = box.field.to_python(box.value())
    except forms.ValidationError:
        return ""
    return money_echo(dong) if dong is not None else ""


@register.inclusion_tag("components/errors.html")
def error_summary(*forms_or_sets, more=()):
    """“Có n chỗ cần sửa” with a link to each box; nothing when nothing is wrong. `more`: sentences of no box."""
    faults = [fault for source in forms_or_sets if source for fault in _faults(source)]
    faults += [{"words": str(sentence), "link": ""} for sentence in more or ()]
    return {"faults": faults, "count": len(faults)}


def _faults(source) -> list[dict]:
    if isinstance(source, forms.BaseFormSet):
        own = [{"words": words, "link": ""} for words in (source.non_form_errors() if source.is_bound else [])]
        return own + [fault for form in source.forms for fault in _faults(form)]
    if not source.is_bound:
        return []
    found = [{"words": words, "link": ""} for words in source.non_field_errors()]
    for box in source:
        first = box.subwidgets[0].id_for_label if _shape(box.field.widget) == "picks" and box.subwidgets else ""
        found += [{"words": words, "link": first or box.id_for_label or box.auto_id} for words in box.errors]
    return found


@register.inclusion_tag("components/key.html")
def idempotency():
    """The hidden key of one rendering of a form; the operation `once` lets it count a single time."""
    return {"key": secrets.token_urlsafe(18)}


@register.inclusion_tag("components/draft.html")
def draft(form_name, object_key="", saved=None):
    """Inside a form that keeps itself: its name and object for the keeper, and what was restored (a Draft)."""
    return {"form_name": form_name, "object_key": object_key, "saved": saved}


@register.simple_tag
def draft_attributes(copy=None, without=""):
    """In the <form> tag of a form that keeps itself: where to, and the words for the state line.

    `copy=seat`: the seat's browser keeps a copy too until the server has it; not for what may tell of victims. Boxes
    below [data-uncopied] stay out of the copy; `without` says so where the copy is offered.
    """
    own = _("Not saved, press to retry") if not copy else _("Not saved yet, kept on this machine; press to retry")
    kept = format_html('data-draft="{}" data-saving="{}" data-unsaved="{}"', reverse("draft"), _("Saving"), own)
    if not copy:
        return kept
    return format_html(
        '{} data-copy="{}" data-copy-words="{}{}" data-copy-back="{}" data-copy-drop="{}"',
        kept,
        copy.pk,
        _("Typed on this machine at %(time)s and not saved") % {"time": "{time}"},
        f". {without}" if without else "",
        _("Bring it back"),
        _("Drop it"),
    )


@register.simple_tag
def draft_state():
    """Beside the buttons: “Đã lưu nháp 14:32”, and the button that keeps the draft, with or without a script."""
    return format_html(
        '<div class="row"><p class="saved" role="status" data-draft-state></p>'
        '<button class="btn btn-text btn-s" formaction="{}" formnovalidate data-draft-save>{}</button></div>',
        reverse("draft"),
        _("Save the draft"),
    )
