"""The words of the departments whose returns have come, as lines with their authors."""

from reports.models import Report, ReportSection
from reports.outline import RETURN_TEXTS
from reports.queries.coverage import state_of_returns
from reports.voices import Voice, lines_said

SAID = (Report.Status.SENT, Report.Status.ACCEPTED)


def voices_of(report: Report) -> list[Voice]:
    """Every line that the newest sent returns say, in the order of their departments; a fixed number of queries."""
    if report.kind == Report.Kind.RETURN:
        return []
    states = state_of_returns(report.province, report.campaign, report.request)
    came = {each.report.pk: each for each in states if each.report and each.report.status in SAID}
    texts = ReportSection.objects.filter(report__in=came, key__in=RETURN_TEXTS).exclude(text="")
    said = {(each.report_id, each.key): each.text for each in texts}
    return [
        Voice(key, line, state.department.pk, state.name, pk, state.report.public_id)
        for pk, state in came.items()
        for key in RETURN_TEXTS
        for line in lines_said(said.get((pk, key), ""))
    ]
