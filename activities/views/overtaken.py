"""Two people corrected one activity: everything that they left different side by side, and the choice between."""

import dataclasses

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from activities.forms.sheet import Sheet
from activities.models import Activity
from activities.queries.versions import LISTS
from campaigns.forms import merging
from campaigns.views.plan_choice import Choice, choice, choice_again
from provinces.models import Event

Part = merging.Part
SPLITS = ("female", "male", "rest", "certainty", "children", "girls", "boys")
PARTS = (
    Part("task", _("Task of the plan"), ("task",)),
    Part("type", _("Type of activity"), ("type",)),
    Part("title", _("Name of the activity"), ("title",), typed="title"),
    Part("scope", _("Counts for"), ("scope",)),
    Part("when", _("Date"), ("starts_on", "ends_on", "precision")),
    Part("window_reason", _("Reason for a date outside the month"), ("window_reason",), typed="window_reason"),
    Part("place", _("Place"), ("place", "place_unit")),
    Part("own_role", _("Role of the department"), ("own_role",)),
    Part("count", _("How many"), ("count",)),
    Part("people", _("How many people"), SPLITS),
    Part("description", _("Description"), ("description",), typed="description", long=True),
    Part("audiences", _("For whom"), ("audiences",)),
    Part("programmes", _("Programmes"), ("programmes",)),
    Part("participants", LISTS["participants"], rows="participants", filled=("body",)),
    Part("outputs", LISTS["outputs"], rows="outputs", filled=("measure", "amount")),
    Part("supports", LISTS["supports"], rows="supports", filled=("label", "donors", "gifts", "gift_count", "value")),
    Part("money", LISTS["money"], rows="money", filled=("amount",)),
    Part("inspected", LISTS["inspections"], rows="inspected", filled=("body", "finding", "decision")),
    Part("documents", LISTS["documents"], rows="documents", filled=("title", "number")),
)


@dataclasses.dataclass(frozen=True)
class Newest:
    """The activity as it is now: its version, and the line of the log that made it so."""

    version: int
    edited_by: Event | None


def raw_of(sheet: Sheet) -> dict[str, list[str]]:
    """The form as a browser posts it when nothing is changed."""
    counts = {f"{name}-count": [str(len(rows))] for name, rows in sheet.rows.items()}
    return merging.raw_of(*sheet.forms) | counts


def base_of(sheet: Sheet) -> str:
    """For the hidden box: what the form of an activity holds when it is opened."""
    return merging.written(raw_of(sheet))


def unchosen(posted: QueryDict) -> list[Part]:
    """The parts on the page of choices for which nothing was chosen; none for a form that does not come from there."""
    return merging.unchosen(PARTS, posted) if merging.is_choice(posted) else []


def settled(posted: QueryDict) -> QueryDict:
    """The form as it was chosen on the page of choices; any other form as it is."""
    return merging.settled(PARTS, posted) if merging.is_choice(posted) else posted


def page_of_choices(request: HttpRequest, sheet: Sheet, sentence: str) -> HttpResponse | None:
    """What was posted beside what somebody else saved meanwhile; None when both say the same."""
    activity = Activity.objects.visible_to(request.seat).get(pk=sheet.activity.pk)
    newest = raw_of(_like(sheet, activity, None))
    asked = choice(PARTS, sheet.posted, newest, row=_newest(activity), sentence=sentence, words=_words_of(sheet))
    return asked and _show(request, activity, asked)


def choose_again(request: HttpRequest, sheet: Sheet, open_parts: list[Part]) -> HttpResponse:
    """The same page once more, because something was not chosen."""
    asked = choice_again(PARTS, sheet.posted, open_parts, row=_newest(sheet.activity), words=_words_of(sheet))
    return _show(request, sheet.activity, asked)


def _show(request: HttpRequest, activity: Activity, asked: Choice) -> HttpResponse:
    where = [request.place.slug, request.place.year, activity.public_id]
    desk = {"home": reverse("activity", args=where)}
    context = {"place": request.place, "activity": activity, "choice": asked, "desk": desk, "faulty": True}
    return render(request, "activities/choose.html", {**context, "action": request.path}, status=409)


def _newest(activity: Activity) -> Newest:
    return Newest(activity.version, Event.objects.about(activity).select_related("user").last())


def _like(sheet: Sheet, activity: Activity, data: MultiValueDict | None) -> Sheet:
    return Sheet(sheet.seat, sheet.province, sheet.campaign, data=data, activity=activity)


def _words_of(sheet: Sheet):
    """words(part, raw): what a part holds, line by line, choices by their names."""
    drawn = {}

    def words(part: Part, raw: QueryDict | dict) -> str:
        if id(raw) not in drawn:
            drawn[id(raw)] = _like(sheet, sheet.activity, MultiValueDict(raw))
        own = drawn[id(raw)]
        if part.rows:
            return "\n".join(_row(row) for row in own.rows[part.rows] if not row.is_blank)
        lines = [(own.entry[name], _word(own.entry[name])) for name in part.boxes]
        alone = len(part.boxes) == 1
        return "\n".join(text if alone else f"{box.label}: {text}" for box, text in lines if text)

    return words


def _row(form) -> str:
    texts = [_word(box) for box in form.visible_fields()]
    return "; ".join(filter(None, texts))


def _word(box) -> str:
    """What a box holds as its page shows it."""
    value, choices = box.value(), getattr(box.field, "choices", None)
    if value in (None, "", []):
        return ""
    if choices is None:
        return str(box.field.widget.format_value(value) or "")
    names = {str(key): str(label).partition("\n")[0] for key, label in _flat(choices)}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(names.get(str(each), str(each)) for each in values)


def _flat(choices):
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
