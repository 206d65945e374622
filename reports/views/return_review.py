"""The office's side of a return: its paper, remarks, and the decision, repeated in words before it counts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provinces.drafts import find_draft
from provinces.operations.memory import forget_draft
from provinces.vietnamese import format_number
from provinces.workflow import Refused
from reports.forms import MOST_COMMENTS, CommentForms, DecisionForm
from reports.operations.returns import accept_return, give_back_return
from reports.operations.way_up import Remark, mark_seen
from reports.outline import RETURN_TEXTS
from reports.queries.returns import split_by_flags
from reports.views.printing import leaves_of
from reports.views.return_desk import ReturnDesk, not_yours, return_desk, show_return

FORM, PREFIX = "return_review", "y"


def return_review(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Opening it is seeing it: from then on its sender cannot withdraw it."""
    desk = return_desk(request, t, y, id)
    if not desk.receives:
        if desk.report.status in {"returned", "accepted", "superseded"}:
            return redirect(desk.home)
        return not_yours(request, desk, desk.asker)
    if request.method == "POST":
        return _decide(request, desk)
    mark_seen(desk.report, by=request.seat, at=desk.at)
    saved = find_draft(request.seat, FORM, desk.report.public_id)
    kept = {name: values[-1] for name, values in saved.raw.items() if values} if saved else None
    return _page(request, desk, *_forms(kept), saved=saved)


def _forms(data, *, judged: bool = False):
    """The remarks and the decision; `data` may be a POST, a draft or nothing; only a sent form is judged."""
    options = {"prefix": PREFIX, "form_kwargs": {"anchors": list(RETURN_TEXTS.items())}}
    if data is None:
        data = {f"{PREFIX}-TOTAL_FORMS": "1", f"{PREFIX}-INITIAL_FORMS": "0"}
    count = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    if not count.isdecimal() or int(count) > MOST_COMMENTS:
        raise Http404
    decision = DecisionForm(data) if judged else DecisionForm(initial={"decision": data.get("decision")})
    return CommentForms(data, **options), decision


def _decide(request: HttpRequest, desk: ReturnDesk) -> HttpResponse:
    if "more" in request.POST:
        return _one_more(request, desk)
    comments, decision = _forms(request.POST, judged=True)
    ready = comments.is_valid() and decision.is_valid()
    if not ready or "change" in request.POST:
        return _page(request, desk, comments, decision, status=200 if ready else 422)
    remarks = [
        Remark(f.cleaned_data["text"], f.cleaned_data["kind"] or "must", f.cleaned_data["anchor"])
        for f in comments
        if f.says_something
    ]
    returns = decision.cleaned_data["decision"] == DecisionForm.RETURN
    if returns and not any(remark.kind == "must" for remark in remarks):
        sentence = _("A return needs at least one “Must fix” comment")
        return _page(request, desk, comments, decision, status=422, faults=[sentence])
    if "confirmed" not in request.POST:
        return _confirm(request, desk, comments, decision, remarks, returns)
    try:
        return _done(request, desk, remarks, returns)
    except Refused as refused:
        return _page(request, desk, comments, decision, status=422, faults=[refused.sentence])


def _confirm(request, desk: ReturnDesk, comments, decision, remarks: list[Remark], returns: bool) -> HttpResponse:
    """The decision in words: how many comments go back, or how many rows are verified with it."""
    clean, flagged = ([], []) if returns else split_by_flags(desk.report)
    context = {
        "comments": comments,
        "decision": decision,
        "remarks": remarks,
        "returns": returns,
        "must": sum(remark.kind == "must" for remark in remarks),
        "clean": len(clean),
        "flagged": len(flagged),
        "here": _("Review"),
    }
    return show_return(request, "return_review_confirm", desk, **context)


def _done(request: HttpRequest, desk: ReturnDesk, remarks: list[Remark], returns: bool) -> HttpResponse:
    if returns:
        give_back_return(desk.report, remarks, by=request.seat, at=desk.at)
        said = _("The return went back. %(department)s now writes a new version") % {"department": desk.department}
    else:
        done = accept_return(desk.report, by=request.seat, at=desk.at)
        said = ngettext(
            "The return is accepted; %(n)s activity was verified with it, %(flagged)s with a flag stay",
            "The return is accepted; %(n)s activities were verified with it, %(flagged)s with a flag stay",
            done.accepted,
        ) % {"n": format_number(done.accepted), "flagged": format_number(done.flagged)}
    forget_draft(FORM, desk.report.public_id, by=request.seat)
    messages.success(request, said)
    return redirect(desk.home)


def _one_more(request: HttpRequest, desk: ReturnDesk) -> HttpResponse:
    """“Thêm ý kiến”: the same page with one more row, nothing judged yet."""
    data = request.POST.copy()
    count = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    data[f"{PREFIX}-TOTAL_FORMS"] = str(min(int(count) + 1, MOST_COMMENTS)) if count.isdecimal() else "1"
    return _page(request, desk, *_forms(data))


def _page(request, desk: ReturnDesk, comments, decision, *, status: int = 200, faults=(), saved=None) -> HttpResponse:
    clean, flagged = split_by_flags(desk.report)
    context = {
        "comments": comments,
        "decision": decision,
        "saved": saved,
        "judged": status == 422,
        "faults": faults,
        "faulty": status == 422,
        "pages": leaves_of(desk.report),
        "clean": len(clean),
        "flagged": flagged,
        "here": _("Review"),
    }
    return show_return(request, "return_review", desk, status=status, **context)
