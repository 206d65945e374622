"""Pages on which a plan's text is written: one section a page, and the head of the plan."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.forms import merging
from campaigns.forms.sections import SectionForm
from campaigns.models import PlanSection
from campaigns.operations.guards import Conflict
from campaigns.operations.plans import save_section
from campaigns.outlines import section
from campaigns.views.plan_choice import choice, choice_again
from campaigns.views.plan_desk import Desk, desk_of, refuse
from provinces.drafts import find_draft, hush, restore
from provinces.operations.memory import forget_draft
from provinces.templatetags.vi import vtime
from provinces.views.drafts import keep_draft
from provinces.workflow import Refused

DRAFT = "plan_section"
PARTS = (
    merging.Part("text", gettext_lazy("Text of the section"), boxes=("text",), typed="text", long=True),
    merging.Part("done", gettext_lazy("Is this section finished?"), boxes=("done",)),
)


def plan_section(request: HttpRequest, t: str, y: int, id: str, key: str) -> HttpResponse:
    """One section on one page; it saves itself while it is written, and its buttons do the same without a script."""
    desk = desk_of(request, t, y, id)
    row = get_object_or_404(desk.plan.sections.select_related("plan", "edited_by__user"), key=key)
    row.plan = desk.plan
    if request.method == "POST":
        return _save_section(request, desk, row)
    if not desk.writes:
        return redirect(desk.address("plan"))
    saved = find_draft(request.seat, DRAFT, _object(desk, row))
    form = restore(SectionForm(initial=_initial(row)), saved)
    if str(form.initial["version"]) == str(row.version):
        form.initial["base"] = _initial(row)["base"]
    return _section_page(request, desk, row, form, saved=saved)


def _initial(row: PlanSection) -> dict:
    """What the form of a section holds; `base` is the same once more, as it is when nobody has typed yet."""
    typed = {"text": row.text, "done": "yes" if row.done else "no"}
    base = merging.written({name: [value] for name, value in typed.items()})
    return {**typed, "version": row.version, "base": base}


def _object(desk: Desk, row: PlanSection) -> str:
    return f"{desk.plan.public_id}/{row.key}"


def _save_section(request: HttpRequest, desk: Desk, row: PlanSection) -> HttpResponse:
    """Save, or show what stands in the way; what cannot be saved is kept as a draft, word for word."""
    posted, at = request.POST, timezone.now()
    if merging.is_choice(posted):
        open_parts = merging.unchosen(PARTS, posted)
        if open_parts:
            again = choice_again(PARTS, posted, open_parts, row=row, words=_words)
            return _section_page(request, desk, row, SectionForm(), choice=again, status=422)
        posted = merging.settled(PARTS, posted)
    form = SectionForm(posted)
    if "go_on" in posted:
        return _section_page(request, desk, row, hush(form))
    try:
        newest = _write(form, row, request.seat, at)
    except Refused as refused:
        kept = _keep(request, desk, row, posted, at)
        return _stopped(request, desk, row, form, refused, kept)
    forget_draft(DRAFT, _object(desk, row), by=request.seat)
    if request.headers.get("X-Autosave"):
        fields = {name: value for name, value in _initial(newest).items() if name in {"version", "base"}}
        return JsonResponse({"words": _("Saved %(time)s") % {"time": vtime(at)}, "fields": fields})
    return redirect(_after(request, desk, row.key))


def _keep(request: HttpRequest, desk: Desk, row: PlanSection, posted, at) -> str:
    """Keep as a draft what was typed, without the copy of what stood there; answers the words for it."""
    typed = posted.copy()
    for name in ("base", "unheard"):
        typed.pop(name, None)
    try:
        keep_draft(typed, DRAFT, _object(desk, row), by=request.seat, at=at)
    except Refused as refused:
        return str(refused.sentence)
    return _("Draft saved %(time)s") % {"time": vtime(at)}


def _write(form: SectionForm, row: PlanSection, seat, at) -> PlanSection:
    """The one call that saves; raises Refused also for what the form itself does not take."""
    if not form.is_valid():
        raise Refused("")
    typed = form.cleaned_data
    try:
        return save_section(
            row, typed["text"], version=_version(row, typed, seat), done=typed["done"] == "yes", by=seat, at=at
        )
    except Refused as refused:
        refuse(form, refused)
        raise


def _version(row: PlanSection, typed: dict, seat) -> int:
    """The version that the writer has seen: also the newest, where only the answer to the own last save was lost."""
    own = row.edited_by_id == seat.pk and typed["unheard"].replace("\r\n", "\n").strip() == row.text
    return row.version if own and typed["unheard"] else typed["version"]


def _stopped(request, desk: Desk, row: PlanSection, form: SectionForm, refused: Refused, kept: str) -> HttpResponse:
    """Say why nothing was saved: to the script in words, to the person on the page."""
    conflict = isinstance(refused, Conflict)
    if request.headers.get("X-Autosave"):
        faults = [words for errors in form.errors.values() for words in errors]
        words = ". ".join([kept, *faults[:1]])
        return JsonResponse({"words": words, "stop": conflict}, status=409 if conflict else 422)
    if not conflict:
        return _section_page(request, desk, row, form, status=422)
    newest = {name: [value] for name, value in _initial(refused.newest).items() if name in {"text", "done"}}
    asked = choice(PARTS, form.data, newest, row=refused.newest, sentence=refused.sentence, words=_words)
    form = SectionForm(initial=_initial(refused.newest))
    return _section_page(request, desk, refused.newest, form, choice=asked, status=409)


def _words(part: merging.Part, raw: dict) -> str:
    """What a part of the form says, in words."""
    text = "".join(raw.get(part.name, []))
    return {"yes": _("Yes"), "no": _("I will come back")}.get(text, text) if part.name == "done" else text


def _after(request: HttpRequest, desk: Desk, key: str) -> str:
    """This section, the next one, or the list of sections."""
    keys = PlanSection.Key.values
    following = keys[keys.index(key) + 1 :]
    if "stay" in request.POST:
        return desk.address("plan_section", key=key)
    if "next" in request.POST and following:
        return desk.address("plan_section", key=following[0])
    return desk.address("plan")


def _section_page(request, desk, row, form, *, saved=None, choice=None, status=200) -> HttpResponse:
    context = {
        "desk": desk,
        "plan": desk.plan,
        "row": row,
        "form": form,
        "saved": saved,
        "object_key": _object(desk, row),
        "anchor": section(row.key),
        "others": desk.others(timezone.now()).get(section(row.key), []),
        "choice": choice,
        "faulty": status != 200,
        "hint": _hint(desk, row.key),
        "comments": desk.plan.comments.filter(sent=True, anchor=section(row.key)).select_related("by__user"),
    }
    return render(request, "campaigns/plan_section.html", context, status=status)


def _hint(desk: Desk, key: str) -> str:
    """What the section holds, and what is written for it when it stays empty."""
    hints = {
        PlanSection.Key.BASIS: _("One basis a line. Lines that begin with “Căn cứ” are printed in italics"),
        PlanSection.Key.PURPOSE: _("One paragraph a line; number them yourself: 1. …"),
        PlanSection.Key.THEME: _theme_hint(desk.outline.theme),
        PlanSection.Key.CONTENT: _("Words before the tasks; the tasks themselves are in the table"),
        PlanSection.Key.MONEY: _("Words about the sources; the sums of the tasks are added by themselves"),
        PlanSection.Key.ORGANISATION: _(
            "Who reports to whom, by when. The tasks of each department are added by themselves"
        ),
        PlanSection.Key.MESSAGES: _("One message a line; they become annex I"),
    }
    return str(hints.get(key, ""))


def _theme_hint(theme: str) -> str:
    if not theme:
        return _("The theme of the year is not known yet; write it here as the guidance letter words it")
    return _("Empty: theme, time and area are printed as the campaign states them. “%(theme)s”") % {"theme": theme}
