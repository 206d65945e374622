"""What everybody may see of a province: totals of its latest issued report that tell of nobody."""

from dataclasses import dataclass

from campaigns.models import Measure
from provinces.models import Unit
from reports.models import PublicPage, Report
from reports.queries.masking import SMALL
from reports.queries.nation import issued_of
from reports.queries.picture import frozen
from reports.snapshot import Figure, Figures


@dataclass(frozen=True)
class Shown:
    """The report and its totals under their headings, the month's and the year's apart."""

    report: Report
    figures: Figures
    scopes: tuple[tuple[str, tuple[tuple[str, tuple[Figure, ...]], ...]], ...]


def is_public(province: Unit) -> bool:
    return PublicPage.objects.filter(province=province, is_open=True).exists()


def shown_of(province: Unit) -> Shown | None:
    """The totals of the newest year in which the province has issued; None before its first report."""
    report = (
        issued_of(province).select_related("snapshot", "campaign").order_by("campaign__year", "locked_at", "id").last()
    )
    if report is None:
        return None
    taken = frozen(report.snapshot)
    guarded = set(Measure.objects.filter(sensitive=True).values_list("code", flat=True))
    cells = [each for each in taken.cells if may_show(each) and each.code not in guarded]
    scopes = tuple((scope, _by_heading(cells, scope)) for scope in ("month", "year"))
    return Shown(report, taken, tuple(each for each in scopes if each[1]))


def may_show(figure: Figure) -> bool:
    """A total that is not sensitive and not 1 to 4 of anything; a rate of so few is left out as well."""
    small = figure.numerator if figure.is_rate else figure.total
    return not figure.sensitive and not figure.missing and not figure.rolls_up_to and small not in SMALL


def _by_heading(cells: list[Figure], scope: str) -> tuple:
    found: dict[str, list[Figure]] = {}
    for figure in cells:
        if figure.scope == scope:
            found.setdefault(figure.heading, []).append(figure)
    return tuple((heading, tuple(figures)) for heading, figures in found.items())
