"""The committee's side: the paper, remarks, and the decision, repeated in words before it counts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from provinces.drafts import find_draft
from provinces.operations.memory import forget_draft
from provinces.workflow import Refused
from reports.forms import MOST_COMMENTS, CommentForms, DecisionForm
from reports.operations.way_up import Remark, accept_report, mark_seen, return_report
from reports.outline import SECTIONS
from reports.views.desk import SEND, Desk, compiled_or_404, desk_of, section_title, show, shut_out
from reports.views.printing import leaves_of

FORM = "report_review"
PREFIX = "y"


def report_review(request: HttpRequest, t: str, y: int, id: str) -> HttpResponse:
    """Opening it is seeing it: from then on its sender cannot withdraw it."""
    desk = desk_of(request, t, y, id)
    compiled_or_404(desk)
    if not desk.receives:
        if desk.report.status in {"returned", "accepted"} and desk.delivery:
            return redirect(desk.home)
        return shut_out(request, desk, holders=desk.recipient or _("the committee"), at=SEND)
    if request.method == "POST":
        return _decide(request, desk)
    mark_seen(desk.report, by=request.seat, at=timezone.now())
    saved = find_draft(request.seat, FORM, desk.report.public_id)
    comments, decision = _forms(_kept(saved) if saved else None)
    return _page(request, desk, comments, decision, saved=saved)


def _kept(saved) -> dict:
    """The draft's texts as a form reads them."""
    return {name: values[-1] for name, values in saved.raw.items() if values}


def _forms(data, *, judged: bool = False):
    """The remarks and the decision; `data` may be a POST, a draft or nothing; only a sent form is judged."""
    anchors = [(key, section_title(key)) for key in SECTIONS]
    options = {"prefix": PREFIX, "form_kwargs": {"anchors": anchors}}
    if data is None:
        data = {f"{PREFIX}-TOTAL_FORMS": "1", f"{PREFIX}-INITIAL_FORMS": "0"}
    count = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    if not count.isdecimal() or int(count) > MOST_COMMENTS:
        raise Http404
    decision = DecisionForm(data) if judged else DecisionForm(initial={"decision": data.get("decision")})
    return CommentForms(data, **options), decision


def _decide(request: HttpRequest, desk: Desk) -> HttpResponse:
    if "more" in request.POST:
        return _one_more(request, desk)
    comments, decision = _forms(request.POST, judged=True)
    ready = comments.is_valid() and decision.is_valid()
    if not ready or "change" in request.POST:
        return _page(request, desk, comments, decision, status=200 if ready else 422)
    remarks = [_remark(form) for form in comments if form.says_something]
    returns = decision.cleaned_data["decision"] == DecisionForm.RETURN
    must = sum(remark.kind == "must" for remark in remarks)
    if returns and not must:
        sentence = _("A return needs at least one “Must fix” comment")
        return _page(request, desk, comments, decision, status=422, faults=[sentence])
    if "confirmed" not in request.POST:
        more = {"comments": comments, "decision": decision, "returns": returns, "must": must, "count": len(remarks)}
        return show(request, "review_confirm", desk, at=SEND, remarks=remarks, unsent=not returns and remarks, **more)
    try:
        return _done(request, desk, remarks, returns)
    except Refused as refused:
        return _page(request, desk, comments, decision, status=422, faults=[refused.sentence])


def _done(request: HttpRequest, desk: Desk, remarks: list[Remark], returns: bool) -> HttpResponse:
    at = timezone.now()
    if returns:
        return_report(desk.report, remarks, by=request.seat, at=at)
        messages.success(
            request,
            _("The report is returned. %(department)s now writes a new version") % {"department": desk.department},
        )
    else:
        accept_report(desk.report, by=request.seat, at=at)
        messages.success(request, _("The report is accepted. From now on changes need a supplement"))
    forget_draft(FORM, desk.report.public_id, by=request.seat)
    return redirect(desk.home)


def _one_more(request: HttpRequest, desk: Desk) -> HttpResponse:
    """“Thêm ý kiến”: the same page with one more row, nothing judged yet."""
    data = request.POST.copy()
    count = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    data[f"{PREFIX}-TOTAL_FORMS"] = str(min(int(count) + 1, MOST_COMMENTS)) if count.isdecimal() else "1"
    comments, decision = _forms(data)
    return _page(request, desk, comments, decision)


def _remark(form) -> Remark:
    given = form.cleaned_data
    return Remark(given["text"], given["kind"] or "must", given["anchor"])


def _page(request, desk: Desk, comments, decision, *, status: int = 200, faults=(), saved=None) -> HttpResponse:
    judged = status == 422
    context = {"comments": comments, "decision": decision, "saved": saved, "judged": judged, "faults": faults}
    return show(request, "review", desk, at=SEND, status=status, pages=leaves_of(desk.report), faulty=judged, **context)
