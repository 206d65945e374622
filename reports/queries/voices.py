"""The words of the departments whose returns have come, as lines with their authors."""

from provinces.vietnamese import sort_key
from reports.models import Report, ReportSection
from reports.outline import RETURN_TEXTS
from reports.queries.coverage import state_of_returns
from reports.queries.rows import Names
from reports.voices import Voice, lines_said

SAID = (Report.Status.SENT, Report.Status.ACCEPTED)


def _returns(report: Report) -> list[tuple[Report, str]]:
    """The newest return of each department with its name; without a request, those that came all the same."""
    states = state_of_returns(report.province, report.campaign, report.request)
    if states:
        return [(each.report, each.name) for each in states if each.report]
    rows = Report.objects.filter(kind=Report.Kind.RETURN, province=report.province, campaign=report.campaign)
    rows = rows.exclude(status=Report.Status.SUPERSEDED).order_by("version", "id")
    newest = {each.department_id: each for each in rows}
    names = Names(newest, report.campaign.closes_on)
    found = [(each, names.on(pk, None)) for pk, each in newest.items()]
    return sorted(found, key=lambda pair: sort_key(pair[1]))


def voices_of(report: Report) -> list[Voice]:
    """Every line that the newest sent returns say, in the order of their departments; a fixed number of queries."""
    if report.kind == Report.Kind.RETURN:
        return []
    came = {each.pk: (each, name) for each, name in _returns(report) if each.status in SAID}
    texts = ReportSection.objects.filter(report__in=came, key__in=RETURN_TEXTS).exclude(text="")
    said = {(each.report_id, each.key): each.text for each in texts}
    return [
        Voice(key, line, each.department_id, name, pk, each.public_id)
        for pk, (each, name) in came.items()
        for key in RETURN_TEXTS
        for line in lines_said(said.get((pk, key), ""))
    ]
