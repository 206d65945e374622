"""Form fields for what Vietnamese offices type: counts, quantities, money, dates, and texts without persons.

The text is shown again exactly as typed; what has two readings is asked about; stock number and date
fields, which read 03/12/2026 as 12 March and 1.000 as 1, are used nowhere.
"""

import datetime
import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from provinces import vietnamese as vi

CERTAINTIES = (
    ("exact", _("Exact")),
    ("about", _("About")),
    ("over", _("Over")),
    ("nearly", _("Nearly")),
    ("text", _("Uncounted")),
    ("unknown", _("No data")),
)
TICKS = {
    "name": ("privacy_name", _("An official or delegate")),
    "address": ("privacy_address", _("A public place, nobody's home")),
}


def refusal(key: str, **slots) -> ValidationError:
    """A sentence of the copy as a form error; its key is the error's code."""
    return ValidationError(vi.sentence(key, **slots), code=key)


class VnField(forms.Field):
    """A box of text with a reading: `read` gives the value, `write` the text of a stored one.

    `what` names the thing inside sentences (“số nữ”) where the label above the box will not do.
    """

    widget = forms.TextInput
    css, keypad = "inp inp-num", "numeric"

    def __init__(self, label=None, *, what=None, **options):
        super().__init__(label=label, **options)
        self.what = what

    @property
    def phrase(self) -> str:
        """What the box holds, as it stands in the middle of a sentence."""
        return _inside(self.what or self.label)

    def widget_attrs(self, widget):
        attrs = {"class": self.css, "inputmode": self.keypad, "autocomplete": "off"}
        return {name: value for name, value in attrs.items() if name not in widget.attrs}

    def to_python(self, value):
        if not isinstance(value, str):
            return value
        if not vi.tidy(value):
            return None
        try:
            return self.read(value)
        except (vi.Question, vi.Unreadable) as said:
            raise ValidationError(said.sentence, code=said.key) from said

    def validate(self, value):
        if self.required and value in self.empty_values:
            raise refusal("required", label=self.phrase)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else self.write(value)

    def has_changed(self, initial, data):
        try:
            return super().has_changed(self.to_python(initial), data)
        except ValidationError:
            return True


class VnIntegerField(VnField):
    """A whole number: 1.250."""

    def __init__(self, label=None, *, min_value=0, max_value=vi.MAXIMUM_COUNT, **options):
        super().__init__(label, **options)
        self.min_value, self.max_value = min_value, max_value

    def read(self, text):
        return vi.read_count(text, label=self.phrase, minimum=self.min_value, maximum=self.max_value)

    def write(self, value):
        return vi.format_number(value)


class VnMoneyField(VnField):
    """Whole đồng: 80.000.000, 80 triệu, 1,5 tỷ."""

    keypad = "decimal"

    def __init__(self, label=None, *, max_value=vi.MAXIMUM_DONG, **options):
        super().__init__(label, **options)
        self.max_value = max_value

    def read(self, text):
        return vi.read_money(text, label=self.phrase, maximum=self.max_value)

    def write(self, value):
        return vi.format_number(value)


class VnDateField(VnField):
    """A day: 20/11/2026, or 20/11 in the year of the campaign, which the form may set when it is made."""

    css = "inp"

    def __init__(self, label=None, *, year=None, window=None, **options):
        super().__init__(label, **options)
        self.year, self.window = year, window

    def read(self, text):
        return vi.read_date(text, year=self.year, window=self.window)

    def write(self, value):
        return vi.format_date(value.date() if isinstance(value, datetime.datetime) else value)


class VnTimeField(VnField):
    """An hour: 17:00, 17h30, 17 giờ."""

    css, keypad = "inp", "text"

    def read(self, text):
        return vi.read_time(text)

    def write(self, value):
        return f"{value:%H:%M}"


class QuantityInput(forms.MultiWidget):
    """The certainty and the number beside it; their names end in _certainty and _value."""

    def __init__(self, attrs=None):
        super().__init__(
            {
                "certainty": forms.Select({"class": "inp", "aria-label": _("Certainty")}, CERTAINTIES),
                "value": forms.TextInput({"class": "inp inp-num", "inputmode": "numeric", "autocomplete": "off"}),
            },
            attrs,
        )

    def decompress(self, value):
        if value is None:
            return ["exact", ""]
        number = vi.format_number(value.value) if value.value is not None else value.words
        return [value.certainty, number]

    def id_for_label(self, id_):
        return f"{id_}_1" if id_ else id_


class VnQuantityField(VnField):
    """A number with its certainty, chosen beside it or typed before it (“khoảng 550”): a `vi.Quantity`."""

    widget = QuantityInput
    empty_values = [None, "", [], ["", ""]]

    def __init__(self, label=None, *, unit="", whole=True, max_value=vi.MAXIMUM_QUANTITY, **options):
        super().__init__(label, **options)
        self.unit, self.whole, self.max_value = unit, whole, max_value

    def widget_attrs(self, widget):
        return {}

    def to_python(self, value):
        if not isinstance(value, (list, tuple)):
            return value
        chosen, typed = (part or "" for part in value)
        try:
            return self._settle(chosen or "exact", vi.tidy(typed))
        except (vi.Question, vi.Unreadable) as said:
            raise ValidationError(said.sentence, code=said.key) from said

    def validate(self, value):
        if self.required and value is None:
            raise refusal("num.empty_or_zero", label=self.phrase)

    def prepare_value(self, value):
        return value

    def _settle(self, chosen: str, typed: str) -> vi.Quantity | None:
        if chosen not in dict(CERTAINTIES):
            raise vi.Unreadable("certainty.unlisted")
        if not typed:
            return self._without_number(chosen)
        if chosen == "text":
            return self._words(typed)
        read = vi.read_quantity(typed, label=self.phrase, unit=self.unit, whole=self.whole, maximum=self.max_value)
        if chosen in {"exact", read.certainty}:
            return read
        if read.certainty != "exact":
            raise vi.Question("certainty.two", given=typed, certainty=_name(chosen))
        if chosen == "unknown":
            raise vi.Question("certainty.unknown", given=typed)
        return vi.Quantity(read.value, chosen)

    def _without_number(self, chosen: str) -> vi.Quantity | None:
        if chosen == "text":
            raise vi.Unreadable("certainty.text")
        if chosen == "unknown":
            return vi.Quantity(None, "unknown")
        if chosen != "exact":
            raise vi.Unreadable("certainty.number", certainty=_name(chosen))
        return None

    def _words(self, typed: str) -> vi.Quantity:
        """Kept as typed, unless it can be counted after all."""
        try:
            read = vi.read_quantity(typed, label=self.phrase, unit=self.unit)
        except (vi.Question, vi.Unreadable):
            read = None
        if read and read.value is not None:
            raise vi.Question("certainty.both", given=typed)
        return vi.Quantity(None, "text", typed)


class PrivateTextField(forms.CharField):
    """Free text, stored as NFC, without telephone or identity numbers."""

    def __init__(self, *, rows=None, **options):
        if rows:
            options.setdefault("widget", forms.Textarea({"class": "inp", "rows": rows}))
        super().__init__(**options)

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        return attrs if "class" in widget.attrs else {**attrs, "class": "inp"}

    def to_python(self, value):
        value = super().to_python(value)
        return vi.nfc(value) if value else value

    def validate(self, value):
        if self.required and value in self.empty_values:
            raise refusal("required", label=_inside(self.label))
        errors = [_refused(found, self.label) for found in vi.find_private(value or "") if found.refused]
        if errors:
            raise ValidationError(errors)


def guard_privacy(form: forms.Form, field_names, *, asked=None) -> None:
    """Called at the end of `form.clean()`: numbers of people are refused, names and homes asked about.

    A question puts a tick on the form (`form.privacy_ticks` lists them for the template); a tick holds for
    exactly the words that stood beside it, so a name added later is asked about again. `asked` limits the
    questions to the fields that describe people and cases; without it all given fields are asked about.
    """
    found = {
        name: vi.find_private(value)
        for name in field_names
        if isinstance(value := form.cleaned_data.get(name), str) and value
    }
    form.privacy_ticks = [
        form[tick]
        for kind in TICKS
        if (tick := _ask(form, kind, {name: found[name] for name in found if asked is None or name in asked}))
    ]
    for name, findings in found.items():
        for finding in findings:
            if finding.refused:
                form.add_error(name, _refused(finding, form.fields[name].label or name))


def _ask(form: forms.Form, kind: str, found: dict[str, list[vi.Finding]]) -> str | None:
    marked = [(name, finding) for name, findings in found.items() for finding in findings if finding.kind == kind]
    if not marked:
        return None
    tick, label = TICKS[kind]
    words = "\n".join(sorted({finding.marked for _name, finding in marked}))
    token = hashlib.sha256(words.encode()).hexdigest()[:16]
    ticked = form.data.get(form.add_prefix(tick)) == token
    box = forms.CheckboxInput({"value": token}, check_test=lambda _value: ticked)
    form.fields[tick] = forms.BooleanField(label=label, required=False, widget=box)
    if not ticked:
        for name, finding in marked:
            form.add_error(name, refusal(f"privacy.{kind}", marked=finding.marked))
    return tick


def _refused(finding: vi.Finding, label) -> ValidationError:
    return refusal(f"privacy.{finding.kind}", label=str(label or ""), n=str(finding.digits))


def _inside(label) -> str:
    """A label in the middle of a sentence: “Từ ngày” grows small, “UBND xã” does not."""
    text = str(label or "")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _name(certainty: str) -> str:
    return str(dict(CERTAINTIES)[certainty])
