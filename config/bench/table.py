"""The measures, their limits, and the table that says which were held."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable

NAME, TIME, RATIO = 14, 12, 8


@dataclasses.dataclass(frozen=True)
class Measure:
    """One line of the table: its ratio of our time to the baseline's may be at most the limit."""

    name: str
    group: str
    limit: float
    says: str


MEASURES = (
    Measure("import-rows", "imports", 1 / 10, "10.000 dòng sau khi đọc tệp, so với django-import-export"),
    Measure("import-file", "imports", 1 / 4, "10.000 dòng, cả đọc tệp, so với django-import-export"),
    Measure("province", "province", 1.5, "số liệu một tỉnh (5.000 hoạt động, 25.000 kết quả), so với SQL"),
    Measure("country", "country", 1.3, "số liệu 34 tỉnh (250.000 và 1,25 triệu) và cả nước, so với SQL"),
    Measure("workers", "workers", 1 / 1.4, "34 tỉnh với DOCX, PDF, XLSX: hai tiến trình so với một"),
    Measure("pdf", "pdf", 1 / 6, "PDF một báo cáo tỉnh, so với WeasyPrint"),
)


class Unknown(Exception):
    """A name that no measure has; its text is a sentence for the screen."""


@dataclasses.dataclass(frozen=True)
class Result:
    """What a measure came to: seconds of ours and of the baseline; a `fault` says why there is no ratio."""

    name: str
    ours: float = 0.0
    baseline: float = 0.0
    note: str = ""
    fault: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.baseline if self.baseline else float("inf")

    @property
    def held(self) -> bool:
        """True when there is a ratio and it is within the limit."""
        return not self.fault and self.ratio <= limit_of(self.name)

    def as_line(self) -> str:
        """For the pipe between the process that measures and the one that prints."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False)


def from_line(line: str) -> Result:
    return Result(**json.loads(line))


def limit_of(name: str) -> float:
    return next(each.limit for each in MEASURES if each.name == name)


def chosen(only: str) -> list[Measure]:
    """The measures to run: all, or the one that ONLY names."""
    found = [each for each in MEASURES if only in {"", each.name}]
    if not found:
        names = ", ".join(each.name for each in MEASURES)
        raise Unknown(f"Không có phép đo “{only}”. Các phép đo: {names}.")
    return found


def heading() -> str:
    return f"{'phép đo':<{NAME}}{'của ta':>{TIME}}{'mốc':>{TIME}}{'tỷ lệ':>{RATIO}}{'giới hạn':>{RATIO + 3}}"


def line(result: Result) -> str:
    """name, ours, baseline, ratio, limit; what was missed says so."""
    limit = f"≤ {_number(limit_of(result.name))}"
    if result.fault:
        nothing = f"{'–':>{TIME}}{'–':>{TIME}}{'–':>{RATIO}}"
        return f"{result.name:<{NAME}}{nothing}{limit:>{RATIO + 3}}  KHÔNG ĐO ĐƯỢC: {result.fault}"
    times = f"{_number(result.ours)} s".rjust(TIME) + f"{_number(result.baseline)} s".rjust(TIME)
    verdict = "" if result.held else "KHÔNG ĐẠT"
    said = "; ".join(filter(None, [verdict, result.note]))
    return f"{result.name:<{NAME}}{times}{_number(result.ratio):>{RATIO}}{limit:>{RATIO + 3}}  {said}".rstrip()


def _number(value: float) -> str:
    return f"{value:.3f}".replace(".", ",")


def exit_status(results: Iterable[Result]) -> int:
    """0 when every limit was held."""
    return 0 if all(each.held for each in results) else 1
