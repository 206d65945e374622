"""Charts of a results report: against the year before, against the plan, women and men."""

from collections import defaultdict

from provinces.vietnamese import NO_DATA, format_number
from reports.documents.paper import Annex, Chart, Series
from reports.papers.links import Opens, nowhere
from reports.snapshot import MONTH, Figure, Figures

MOST = 8  # bars of one chart
FEWEST = 2
PERCENT = 100
MOST_UNITS = 2  # charts against the year before, one for each unit of measure


def charts(taken: Figures, opens: Opens = nowhere) -> Annex | None:
    """The charts that hold something, on one sheet; None when there is nothing to draw."""
    drawn = (*_against_last_year(taken, opens), *_against_plan(taken, opens), *_by_sex(taken, opens))
    return Annex("Biểu đồ kết quả", blocks=drawn, sheet="Biểu đồ") if drawn else None


def _against_last_year(taken: Figures, opens: Opens) -> list[Chart]:
    """One chart for each unit of measure: numbers of different units never share a scale."""
    units = defaultdict(list)
    for figure in taken.of_scope(MONTH):
        before = taken.before(figure.cell)
        if figure.total and before and before.total and taken.compared(figure).difference is not None:
            units[figure.unit_of_measure].append((figure, before))
    full = sorted((each for each in units.items() if len(each[1]) >= FEWEST), key=lambda each: -len(each[1]))
    return [_two_years(taken, unit, pairs[:MOST], opens) for unit, pairs in full[:MOST_UNITS]]


def _two_years(taken: Figures, unit: str, pairs: list, opens: Opens) -> Chart:
    year = taken.header.year
    figures = [figure for figure, _before in pairs]
    now = _series(f"Năm {year}", figures, opens, "", "total")
    before = Series(
        f"Năm {taken.earlier.year or year - 1}",
        tuple(before.total for _figure, before in pairs),
        tuple(before.printed for _figure, before in pairs),
    )
    title = f"Kết quả năm {year} so với năm trước ({unit})"
    return Chart(title, _names(figures), (now, before), alt=f"{title}, {len(pairs)} nội dung, mỗi năm một thanh.")


def _against_plan(taken: Figures, opens: Opens) -> list[Chart]:
    found = [(line, taken.by_cell(f"{line.code}:{line.scope}")) for line in taken.plan.lines if line.target > 0]
    lines = [(line, figure) for line, figure in found if figure and figure.total is not None][:MOST]
    if len(lines) < FEWEST:
        return []
    shares = tuple(round(figure.total * PERCENT / line.target, 1) for line, figure in lines)
    series = Series(
        "Tỷ lệ thực hiện",
        shares,
        tuple(f"{line.share} ({line.result}/{line.target_printed})" for line, _figure in lines),
        tuple(opens(figure, "") for _line, figure in lines),
    )
    title = "Kết quả so với chỉ tiêu kế hoạch (%)"
    names = tuple(line.name for line, _figure in lines)
    return [Chart(title, names, (series,), alt=f"{title}, {len(lines)} chỉ tiêu.")]


def _by_sex(taken: Figures, opens: Opens) -> list[Chart]:
    """Only what somebody split: a bar of people not split would say nothing."""
    split = [each for each in taken.of_scope(MONTH) if each.female is not None and each.male is not None and each.total]
    if not split:
        return []
    figures = sorted(split, key=lambda each: -each.total)[:MOST]
    series = [_series("Nữ", figures, opens, "nu", "female"), _series("Nam", figures, opens, "nam", "male")]
    if any(each.not_split for each in figures):
        series.append(_series("Chưa tách nữ, nam", figures, opens, "chua-tach", "not_split"))
    title = "Nữ và nam trong số người tham gia, thụ hưởng"
    return [Chart(title, _names(figures), tuple(series), stacked=True, alt=f"{title}, {len(figures)} nội dung.")]


def _series(name: str, figures: list[Figure], opens: Opens, part: str, field: str) -> Series:
    values = [getattr(each, field) for each in figures]
    printed = [each.printed for each in figures] if field == "total" else [_printed(value) for value in values]
    sources = (opens(each, part) if value else "" for each, value in zip(figures, values, strict=True))
    return Series(name, tuple(values), tuple(printed), tuple(sources))


def _printed(value: int | None) -> str:
    return NO_DATA if value is None else format_number(value)


def _names(figures: list[Figure]) -> tuple[str, ...]:
    return tuple(each.name for each in figures)
