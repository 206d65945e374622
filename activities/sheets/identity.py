"""Which activity a row is about, so that the same file twice changes instead of doubling.

A row of the template carries a key: the activity it was filled from, the task, or a running number. What is new gets
a public id made from the file's key and the row's, and is found again by it. A copied row, or one whose key now
stands beside something else, is told apart by its content; what was stored is then left alone.
"""

import hashlib
from collections import Counter

from activities.models import Activity
from activities.sheets.cells import Row
from provinces.ids import ALPHABET
from provinces.vietnamese import format_date, tidy

NO_TEMPLATE = "khong-mau"
LENGTH = 12
ALIKE = 0.5  # share of words that two titles of one day must have in common


def public_id_of(*parts) -> str:
    """The public id that belongs to these parts, always the same."""
    number = int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest())
    letters = []
    for _place in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def words_of(title: str) -> frozenset[str]:
    return frozenset(title.casefold().split())


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How many of the words of both are common, 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


class Identities:
    """The activities that the rows of one file are about."""

    def __init__(self, owner_id: int, sheet_key: str, activities: list[Activity]):
        self._start = (owner_id, sheet_key or NO_TEMPLATE)
        self.by_id = {activity.public_id: activity for activity in activities}
        self._taken: set[str] = set()
        self._times = Counter()

    def stated(self, row: Row) -> tuple[str, int]:
        """(public id, version) that the row's key names, ("", 0) when it names none."""
        kind, _, rest = row.shown("row_key").partition(":")
        public_id, _, version = rest.partition(":")
        return (public_id, int(version)) if kind == "a" and version.isdecimal() else ("", 0)

    def reserve(self, public_ids) -> None:
        """Keep the activities that rows name by themselves from being found for other rows."""
        self._taken.update(public_ids)

    def take(self, row: Row) -> str:
        """The public id of a row that names no activity: by its key, else by its content."""
        key = row.shown("row_key")
        if key and not key.startswith("a:"):
            found = public_id_of(*self._start, key)
            if found not in self._taken and self._is_about(found, row):
                self._taken.add(found)
                return found
        return self._by_content(row)

    def _is_about(self, public_id: str, row: Row) -> bool:
        """True when nothing is stored under the id yet, or what is stored is what the row tells."""
        activity = self.by_id.get(public_id)
        return activity is None or says_the_same(activity, row)

    def _by_content(self, row: Row) -> str:
        content = tuple(row.shown(key).casefold() for key in ("title", "starts", "place", "type"))
        found = ""
        while not found or found in self._taken:
            self._times[content] += 1
            found = public_id_of(*self._start, "=", *content, self._times[content])
        self._taken.add(found)
        return found


def says_the_same(activity: Activity, row: Row) -> bool:
    """The same title, or the same day with half of the words."""
    title = row.shown("title")
    if tidy(activity.title).casefold() == title.casefold():
        return True
    day = format_date(activity.starts_on) if activity.starts_on else ""
    return day == row.shown("starts") and overlap(words_of(activity.title), words_of(title)) >= ALIKE
