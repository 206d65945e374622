"""This year beside the last: figures as they were issued then, else as they stand now."""

from campaigns.models import Campaign
from provinces.models import Unit
from reports.models import Report
from reports.queries.figures import figures
from reports.snapshot import Before, Figures

ISSUED = ("accepted", "sent", "issued", "locked")


def last_year(province: Unit, campaign: Campaign) -> tuple[Before, ...]:
    """Every cell of the year before; nothing for a province that was not in force then."""
    before = Campaign.objects.filter(series=campaign.series, year=campaign.year - 1).first()
    if before is None or not province.in_force(before.opens_on):
        return ()
    cells = figures_of(province, before).cells
    return tuple(Before(each.cell, each.total, each.printed) for each in cells if not each.missing)


def figures_of(province: Unit, campaign: Campaign) -> Figures:
    """A past year as its newest issued report has it, else from the activities."""
    reports = Report.objects.filter(province=province, campaign=campaign, kind=Report.Kind.REPORT, status__in=ISSUED)
    report = reports.select_related("snapshot").order_by("-version", "-id").first()
    return Figures.from_json(report.snapshot.figures) if report else figures(province, campaign)
