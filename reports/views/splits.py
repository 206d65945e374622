"""“Chia tách”: one figure by level, department, role, side of the month, source, certainty, sexes and children."""

import dataclasses
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provinces.models import Seat
from provinces.vietnamese import NO_DATA
from reports.adding import COUNTRY
from reports.queries.masking import HIDDEN, SMALL, covered, hides_share, masked
from reports.snapshot import MONTH, YEAR, Figure, Figures
from reports.splits import CHILDREN, SEXES, Share, SplitLine, split_table
from reports.views.desk import CHECK, Desk, compiled_or_404, desk_of, show
from reports.views.shares import COVERED

SCOPES = {"thang": MONTH, "nam": YEAR}
WORDS = {
    "cap": "level",
    "don-vi": "department",
    "vai-tro": "role",
    "thoi-gian": "window",
    "nguon": "paid",
    "do-chac": "certainty",
}
ADDRESS = {name: word for word, name in WORDS.items()}
PEOPLE = "gioi"
SEX_WORDS = {
    "nu": "female",
    "nam": "male",
    "chua-tach": "not_split",
    "tre-em": "children",
    "gai": "girls",
    "trai": "boys",
}
EMPTY = "khong-ro"
TITLES = {
    "cap": gettext_lazy("Level"),
    "don-vi": gettext_lazy("Department"),
    "vai-tro": gettext_lazy("Role"),
    "thoi-gian": gettext_lazy("Inside or outside the month"),
    "nguon": gettext_lazy("Source of money"),
    "do-chac": gettext_lazy("Certainty"),
    PEOPLE: gettext_lazy("Sex, children"),
}
KEYS = {
    "level": {
        "province": gettext_lazy("Province level"),
        "district": gettext_lazy("District level"),
        "commune": gettext_lazy("Commune level"),
        "country": gettext_lazy("Central level"),
        "": gettext_lazy("level not recorded"),
    },
    "role": {
        "lead": gettext_lazy("organised"),
        "co": gettext_lazy("co-organised"),
        "attendee": gettext_lazy("attended"),
        "donor": gettext_lazy("gave, sponsored"),
        "": gettext_lazy("role not recorded"),
    },
    "window": {
        "inside": gettext_lazy("inside the month"),
        "before": gettext_lazy("before the month"),
        "after": gettext_lazy("after the month"),
        "": gettext_lazy("day not recorded"),
    },
    "paid": {
        "state_budget": gettext_lazy("state budget"),
        "mobilised": gettext_lazy("other lawful mobilisation"),
        "integrated": gettext_lazy("integrated"),
        "several": gettext_lazy("several sources"),
        "": gettext_lazy("source not recorded"),
    },
    "certainty": {
        "exact": gettext_lazy("exact"),
        "about": gettext_lazy("about"),
        "over": gettext_lazy("over"),
        "nearly": gettext_lazy("nearly"),
        "text": gettext_lazy("in words"),
        "rate": gettext_lazy("rate"),
        "unknown": gettext_lazy("no number"),
    },
    PEOPLE: {
        "female": gettext_lazy("female"),
        "male": gettext_lazy("male"),
        "not_split": gettext_lazy("not split by sex"),
        "children": gettext_lazy("children"),
        "girls": gettext_lazy("girls"),
        "boys": gettext_lazy("boys"),
    },
}


@dataclasses.dataclass(frozen=True)
class Cell:
    """One number of the table, and the way to the activities behind it."""

    title: str
    printed: str
    query: str = ""
    missing: bool = False


@dataclasses.dataclass(frozen=True)
class Line:
    """One line: its name and its numbers, the whole first."""

    name: str
    cells: tuple[Cell, ...]


def report_split(request: HttpRequest, t: str, y: int, id: str, code: str) -> HttpResponse:
    """A figure in lines by one property and in columns by another; all sums agree with the figure."""
    desk = desk_of(request, t, y, id)
    figures = compiled_or_404(desk)
    figure = figures.by_cell(f"{code}:{SCOPES.get(request.GET.get('pham-vi', 'thang'), MONTH)}")
    if figure is None or masked(figure, request.seat) == HIDDEN:
        raise Http404
    lines = [word for word in WORDS if word != "don-vi" or not names_no_body(figure)]
    across = [PEOPLE, *lines] if figure.by_sex else lines
    by = _one_of(request.GET.get("theo"), lines, "cap")
    column = _one_of(request.GET.get("cot"), across, across[0])
    if column == by:
        column = next(word for word in across if word != by)
    table = Table(figures, figure, request.seat, by, column)
    context = {
        "figure": figure,
        "figures_url": desk.url("report_figures"),
        "by": by,
        "across": column,
        "lines_by": [(word, _title(word, desk)) for word in lines],
        "columns_by": [(word, _title(word, desk)) for word in across],
        "titles": table.titles,
        "lines": table.lines,
        "whole": table.whole,
        "apart": [(each.name, each.printed) for each in figure.by_source if each.key == "integrated"],
        "covered": table.covers,
        "old": not figure.leaves,
    }
    return show(request, "split", desk, at=CHECK, **context)


def names_no_body(figure: Figure) -> bool:
    """True for a sensitive figure of the country, whose splits say nothing of single provinces."""
    return any(leaf.department == COUNTRY for leaf in figure.leaves)


def _title(word: str, desk: Desk) -> str:
    return _("Province") if word == "don-vi" and desk.place.national else str(TITLES[word])


def _one_of(word: str | None, known: list[str], usual: str) -> str:
    return word if word in known else usual


class Table:
    """The figure's leaves as a seat may see them: small counts hidden, and what would give them away covered."""

    def __init__(self, figures: Figures, figure: Figure, seat: Seat, by: str, across: str):
        self.figure, self.seat, self.by, self.across = figure, seat, by, across
        self.names = {str(body.id): body.name for body in figures.bodies}
        self.people = across == PEOPLE
        self.raw = split_table(figure.leaves, figures.bodies, WORDS[by], "" if self.people else WORDS[across])
        rows = [*self.raw.lines, self.raw.whole]
        self.columns = self._columns()
        self.shares = [self._numbers(line) for line in rows]
        self._hide()
        self.titles = [_("Total"), *(self._name(across, key) for key in self.columns)]
        drawn = [self._line(no, line) for no, line in enumerate(rows)]
        self.lines, self.whole = drawn[:-1], drawn[-1]

    def _columns(self) -> tuple[str, ...]:
        if not self.people:
            return self.raw.columns
        return (*SEXES, *CHILDREN) if self.figure.by_children else SEXES

    def _numbers(self, line: SplitLine) -> list[tuple[int | None, str, bool]]:
        """Value, print and whether small counts are hidden, the whole first."""
        hides = hides_share(self.figure, line.whole.units, self.seat)
        if self.people:
            cells = [(getattr(line.whole, name), line.whole.printed_count(name), hides) for name in self.columns]
        else:
            cells = [_number(share, hides_share(self.figure, share.units, self.seat)) for share in line.cells]
        return [_number(line.whole, hides), *cells]

    def _hide(self) -> None:
        values = {(no, at): n for no, row in enumerate(self.shares) for at, (n, _text, _hides) in enumerate(row)}
        places = ((no, at) for no, row in enumerate(self.shares) for at in range(len(row)))
        self.small = {place for place in places if self._is_small(*place)}
        last, width = len(self.shares) - 1, 1 + len(self.columns)
        parts = range(1, 1 + len(SEXES)) if self.people else range(1, width)
        sums = [((no, 0), [(no, at) for at in parts]) for no in range(last + 1)]
        sums += [((last, at), [(no, at) for no in range(last)]) for at in range(width)]
        self.covers = covered(self.small, sums, values)

    def _is_small(self, no: int, at: int) -> bool:
        value, _text, hides = self.shares[no][at]
        return hides and value in SMALL

    def _line(self, no: int, line: SplitLine) -> Line:
        name = _("Total") if no == len(self.shares) - 1 else self._name(self.by, line.key)
        return Line(name, tuple(self._cell(no, at, line.key) for at in range(1 + len(self.columns))))

    def _cell(self, no: int, at: int, key: str) -> Cell:
        value, printed, _hides = self.shares[no][at]
        title = self.titles[at]
        if (no, at) in self.small:
            return Cell(title, HIDDEN)
        if (no, at) in self.covers:
            return Cell(title, str(COVERED))
        if printed == NO_DATA:
            return Cell(title, printed, missing=True)
        linked = value != 0 and not names_no_body(self.figure)
        return Cell(title, printed, self._query(no, at, key) if linked else "")

    def _query(self, no: int, at: int, key: str) -> str:
        """Which rows stand behind the cell, for the address of its sources."""
        wanted = {} if no == len(self.shares) - 1 else {self.by: key or EMPTY}
        if at:
            column = self.columns[at - 1]
            wanted[self.across] = _sex_word(column) if self.people else column or EMPTY
        return urlencode({"pham-vi": "nam" if self.figure.scope == YEAR else "thang"} | wanted)

    def _name(self, word: str, key: str) -> str:
        if word == "don-vi":
            return self.names.get(key, key)
        return str(KEYS[PEOPLE if word == PEOPLE else WORDS[word]][key])


def _number(share: Share, hides: bool) -> tuple[int | None, str, bool]:
    value = share.numerator if share.denominator else share.total
    return value, share.printed, hides


def _sex_word(name: str) -> str:
    return next(word for word, field in SEX_WORDS.items() if field == name)


@dataclasses.dataclass(frozen=True)
class Wanted:
    """The cell of a split that an address names: which leaves, and which of their counts."""

    keys: dict[str, str]
    field: str
    name: str

    def fits(self, source) -> bool:
        """True for a row that lies in the cell."""
        return all(str(_of(source, name)) == key for name, key in self.keys.items())

    def given(self, source) -> int | None:
        """What the row gives to the cell."""
        if not self.field:
            return source.quantity
        if self.field != "not_split":
            return getattr(source, self.field)
        return None if source.quantity is None else source.quantity - (source.female or 0) - (source.male or 0)

    def address(self, scope: str) -> str:
        """The same cell of another place’s figure; which body is not said."""
        words = {"pham-vi": "nam" if scope == YEAR else "thang"}
        words |= {ADDRESS[name]: key or EMPTY for name, key in self.keys.items() if name != "department"}
        return urlencode(words | ({PEOPLE: _sex_word(self.field)} if self.field else {}))

    def printed(self, share: Share) -> str:
        """What a share comes to in this cell."""
        return share.printed_count(self.field) if self.field else share.printed


def _of(source, name: str):
    return source.department_id if name == "department" else getattr(source, name)


def wanted_of(request: HttpRequest, figures: Figures) -> Wanted | None:
    """The cell that the address asks for; None when it asks for the whole figure; 404 for words nobody gave out."""
    given = {word: request.GET[word] for word in (*WORDS, PEOPLE) if word in request.GET}
    if not given:
        return None
    field = SEX_WORDS.get(given.pop(PEOPLE, ""), "")
    keys = {WORDS[word]: "" if key == EMPTY else key for word, key in given.items()}
    bodies = {str(body.id): body.name for body in figures.bodies}
    names = [_known(name, key, bodies) for name, key in keys.items()]
    names += [str(KEYS[PEOPLE][field])] if field else []
    return Wanted(keys, field, ", ".join(names))


def _known(name: str, key: str, bodies: dict[str, str]) -> str:
    found = bodies.get(key) if name == "department" else KEYS[name].get(key)
    if found is None:
        raise Http404
    return str(found)
