"""An annex per programme as a file: the tasks of a plan, the activities behind a report."""

from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from campaigns.models import Programme
from campaigns.views.plan_desk import desk_of as plan_desk_of
from reports.documents import FORMATS
from reports.documents.paper import Paper
from reports.papers.plan import plan_paper
from reports.papers.programmes import alone, annex_of_plan, annex_of_report
from reports.papers.report import paper_of
from reports.queries.programmes import programmes_of_plan, programmes_of_snapshot, results_under
from reports.views.desk import compiled_or_404, desk_of
from reports.views.printing import TYPES, attachment


@require_safe
def plan_programme(request: HttpRequest, t: str, y: int, id: str, code: str) -> HttpResponse:
    """The tasks of a plan under one of its programmes."""
    desk = plan_desk_of(request, t, y, id)
    programme = _chosen(programmes_of_plan(desk.outline), code)
    paper = alone(plan_paper(desk.plan, desk.outline), annex_of_plan(desk.outline, programme))
    return _file(request, paper, f"phu-luc-{code}-ke-hoach-{desk.place.slug}-{desk.plan.year_from}")


@require_safe
def report_programme(request: HttpRequest, t: str, y: int, id: str, code: str) -> HttpResponse:
    """The activities behind a report's figures under one of their programmes."""
    desk = desk_of(request, t, y, id)
    figures, snapshot = compiled_or_404(desk), desk.report.snapshot
    programme = _chosen(programmes_of_snapshot(snapshot), code)
    day = desk.report.dated or desk.report.campaign.closes_on
    annex = annex_of_report(results_under(snapshot, figures, programme), programme, day)
    return _file(
        request, alone(paper_of(desk.report), annex), f"phu-luc-{code}-bao-cao-{desk.place.slug}-{desk.place.year}"
    )


def _chosen(programmes, code: str) -> Programme:
    found = next((programme for programme in programmes if programme.code == code), None)
    if found is None:
        raise Http404
    return found


def _file(request: HttpRequest, paper: Paper, stem: str) -> HttpResponse:
    kind = request.GET.get("dang", "docx")
    if kind not in TYPES:
        raise Http404
    data = BytesIO()
    FORMATS[f".{kind}"].write(paper, data)
    return attachment(data.getvalue(), kind, f"{stem}.{kind}")
