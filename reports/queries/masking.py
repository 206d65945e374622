"""Small counts of sensitive measures, hidden above the unit they come from; on screens, never in an issued document."""

from provinces.models import Seat
from reports.snapshot import Contribution, Figure

HIDDEN = "<5"
SMALL = range(1, 5)
Place = tuple[int, int]  # line and column of a table


def masked(figure: Figure, seat: Seat) -> str:
    """The figure as this seat may see it: “<5” for 1 to 4 people or cases of a unit that is not its own."""
    small = figure.numerator if figure.is_rate else figure.total
    return HIDDEN if small in SMALL and _hides(figure, seat) else figure.printed


def masked_value(figure: Figure, value: int | None, seat: Seat, printed: str = "") -> str:
    """A share of a sensitive figure (female, a level, a group) as this seat may see it."""
    if value in SMALL and _hides(figure, seat):
        return HIDDEN
    return printed or ("–" if value is None else f"{value:,}".replace(",", "."))


def masked_contribution(given: Contribution, figure: Figure, seat: Seat) -> str:
    """One row behind a sensitive figure: its own unit sees the number, everybody above sees “<5”."""
    small = given.numerator if given.certainty == "rate" else given.value
    hides = figure.sensitive and given.unit_id != seat.department.unit_id
    return HIDDEN if hides and small in SMALL else given.printed


def _hides(figure: Figure, seat: Seat) -> bool:
    return figure.sensitive and set(figure.owner_units) != {seat.department.unit_id}


def hides_share(figure: Figure, units: tuple[int, ...], seat: Seat) -> bool:
    """True when small counts of these units are not for this seat's eyes."""
    return figure.sensitive and set(units) != {seat.department.unit_id}


def covered(small: set[Place], sums: list[tuple[Place, list[Place]]], values: dict[Place, int | None]) -> set[Place]:
    """What has to be covered besides the small counts, so that no sum gives one of them away.

    Each of `sums` is a printed total with the cells that make it up. Where one cell alone is hidden, the smallest of
    the others goes with it.
    """
    found: set[Place] = set()
    changed = True
    while changed:
        changed = False
        for total, cells in sums:
            hidden = [cell for cell in cells if cell in small or cell in found]
            if len(hidden) != 1 or total in small or total in found:
                continue
            others = [cell for cell in cells if cell not in hidden and values.get(cell)]
            if others:
                found.add(min(others, key=lambda cell: (values[cell], cell)))
                changed = True
    return found
