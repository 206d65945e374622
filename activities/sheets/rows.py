"""A filled sheet understood whole: every row read, every fault of every row named by its cell, nothing written."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable

from activities.models import Activity
from activities.operations import ActivityData
from activities.operations.checks import Setting
from activities.operations.entry import standing_office
from activities.operations.importing import RowResult, Understood, row_faults
from activities.sheets.cells import Row
from activities.sheets.columns import BY_KEY, IN_TEMPLATE, NOT_SAID, OF_THE_TASK, column_of
from activities.sheets.existing import data_of, last_changes, texts_of, titles, with_parts
from activities.sheets.identity import Identities, overlap, says_the_same, words_of
from activities.sheets.lists import load_lists
from activities.sheets.people import said_of_people
from activities.sheets.reading import Sheet
from activities.sheets.saying import Desk, Saying
from activities.sheets.sentences import say
from activities.sheets.stamp import Stamp, find_stamp
from activities.sheets.workbook.limits import HEAD_ROWS, ROWS
from campaigns.models import Campaign
from provinces.models import Department
from provinces.vietnamese import format_date, format_moment, format_number, sentence, tidy

NEEDED = ("title", "starts")
FILLED_IN = frozenset(IN_TEMPLATE) - {"no", "planned"}
GONE = {Activity.Status.CANCELLED, Activity.Status.MERGED}
SIMILAR, MOST_COMPARED = 0.6, 30
BLOCK = 2_000
COLUMN_OF = {
    "scope": "starts",
    "owner": "starts",
    "starts_on": "starts",
    "ends_on": "ends",
    "place_unit": "place",
    "window_reason": "reason",
    "description": "note",
    "participants": "partners",
    "money": "money",
}
OF_AN_OUTPUT = {"female": "female", "male": "male", "children": "children", "girls": "children", "boys": "children"}


def understand(
    sheet: Sheet,
    *,
    department: Department,
    campaign: Campaign | None,
    year: int,
    columns: dict[str, int] | None = None,
    confirmed_names: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> Understood:
    """What the sheet of a department says for the month (without a campaign: for the year outside it).

    `columns` places the columns of a pasted block by hand; else the heading row names them. Reads the database in a
    number of queries that does not grow with the rows. `on_progress` hears how many rows of all were read.
    """
    stamp = find_stamp(sheet)
    heading, found, twice = _heading(sheet) if columns is None else (0, columns, [])
    faults = [*_of_the_sheet(sheet, stamp, found, department, year), *twice]
    if faults:
        return Understood(faults=tuple(faults), columns=found, heading=heading)
    reader = Reader(sheet, department, campaign, year, found, heading, stamp, confirmed_names)
    said = reader.said()
    if len(said) > ROWS:
        limit = say("sheet.limit", n=format_number(len(said)), max=format_number(ROWS))
        return Understood(faults=(limit,), columns=found, heading=heading)
    rows = reader.results(said, on_progress)
    empty = () if rows else (say("sheet.empty"),)
    key = stamp.key if stamp else ""
    choices = reader.desk.lists.choices
    checked = None if confirmed_names else reader.setting
    return Understood(tuple(rows), empty, found, heading, choices, key, checked)


def _heading(sheet: Sheet) -> tuple[int, dict[str, int], list[str]]:
    """The row that names most columns, where each stands, and the columns named twice."""
    best = (0, {}, [])
    for no, cells in sheet.rows.items():
        if no > HEAD_ROWS:
            break
        found, twice = {}, []
        for column, cell in sorted(cells.items()):
            key = column_of(cell.value) if isinstance(cell.value, str) and len(cell.value) < 100 else ""
            if key in found:
                twice.append(say("sheet.heading_twice", column=BY_KEY[key].title))
            elif key:
                found[key] = column
        if len(found) > len(best[1]):
            best = (no, found, twice)
    return best


def _of_the_sheet(sheet: Sheet, stamp: Stamp | None, found: dict, department: Department, year: int) -> list[str]:
    """What is wrong with the sheet as a whole."""
    if stamp and (stamp.department, stamp.year) != (department.pk, year):
        other = Department.objects.filter(pk=stamp.department).prefetch_related("names").first()
        slots = {"department": str(other) if other else "…", "year": stamp.year}
        return [say("sheet.owner", current=f"{department}, {year}", **slots)]
    if said := said_of_people(sheet):
        return [said]
    needed = [key for key in IN_TEMPLATE if key in (FILLED_IN if stamp else NEEDED)]
    if not stamp and "task" not in found:
        needed.append("type")
    return [say("sheet.column", column=BY_KEY[key].title) for key in needed if key not in found]


class Reader:
    """The rows of one sheet, read against what is stored."""

    def __init__(self, sheet, department, campaign, year, columns, heading, stamp, confirmed_names):
        self.sheet, self.columns, self.heading = sheet, columns, heading
        self.sheet_key = stamp.key if stamp else ""
        self.confirmed_names = confirmed_names
        lists = load_lists(department, campaign, year)
        self.desk = Desk(department, campaign, year, lists)
        self.setting = Setting(campaign, year, department.unit.home_province, department)
        self.stored = titles(department, campaign, year)
        self.identities = Identities(department.pk, self.sheet_key, self.stored)
        self._texts, self._data = {}, {}
        self._like = self._by_type_and_day()
        self._seen: dict[tuple, int] = {}
        self._changes = self._office = None

    def said(self) -> list[Row]:
        """The rows below the heading in which somebody typed something."""
        rows = (Row(self.sheet, no, self.columns) for no in sorted(self.sheet.rows) if no > self.heading)
        return [row for row in rows if not self._is_empty(row)]

    def results(self, said: list[Row], on_progress: Callable[[int, int], None] | None = None) -> list[RowResult]:
        self._merged(said)
        self._note_filled(said)
        originals = self._originals(said)
        about = [self._about(row, row.no in originals) for row in said]
        found = []
        for start in range(0, len(said), BLOCK):
            block = list(zip(said[start : start + BLOCK], about[start : start + BLOCK], strict=True))
            found += self._block(block)
            if on_progress:
                on_progress(len(found), len(said))
        return found

    def _block(self, block: list[tuple[Row, tuple[str, int | None]]]) -> list[RowResult]:
        """Rows read against what is stored, which is fetched for so many at a time and then let go."""
        known = self.identities.by_id
        stored = [known[public_id] for _row, (public_id, _version) in block if public_id in known]
        with_parts(stored)
        results = [self._row(row, *about) for row, about in block]
        for activity in stored:
            activity._prefetched_objects_cache.clear()
        self._texts.clear()
        self._data.clear()
        return results

    def _is_empty(self, row: Row) -> bool:
        """True for a row without content, and for one that only holds what the template had filled in for a task."""
        filled = [key for key in self.columns if key not in NOT_SAID and (row.shown(key) or row.cell(key).trouble)]
        if not filled:
            return True
        return row.shown("row_key").startswith("t:") and set(filled) <= OF_THE_TASK and self._is_as_given(row)

    def _is_as_given(self, row: Row) -> bool:
        task = self.desk.lists.tasks.find(row.shown("task"))
        kind = self.desk.lists.task_types.get(task)
        given = row.shown("task").partition(". ")[2]
        return kind is not None and row.shown("type") == kind.name and row.shown("title") == given

    def _merged(self, rows: list[Row]) -> None:
        """Cells that a merged area leaves without a value of their own."""
        by_no = {row.no: row for row in rows}
        keys = {column: key for key, column in self.columns.items() if key not in NOT_SAID}
        for area in self.sheet.merged:
            inside = [column for column in range(area.left, area.right + 1) if column in keys]
            for no in range(max(area.top, self.heading + 1), area.bottom + 1):
                for column in inside if no in by_no else ():
                    if (no, column) != (area.top, area.left):
                        row = by_no[no]
                        row.fault(keys[column], "sheet.merged", say("sheet.merged", cell=area.address, row=no))

    def _note_filled(self, rows: list[Row]) -> None:
        by_no = {row.no: row for row in rows}
        keys = {column: key for key, column in self.columns.items()}
        for no, column in sorted(self.sheet.filled):
            if no in by_no and column in keys:
                by_no[no].warn(keys[column], "sheet.filled", given=by_no[no].shown(keys[column]))

    def _originals(self, rows: list[Row]) -> set[int]:
        """Of several rows with the key of one activity, the one that says most of what is stored; others are new."""
        claims = defaultdict(list)
        for row in rows:
            public_id, _version = self.identities.stated(row)
            if public_id:
                claims[public_id].append(row)
        known = self.identities.by_id
        with_parts([known[public_id] for public_id in claims if public_id in known and len(claims[public_id]) > 1])
        self.identities.reserve(claims)
        return {self._closest(public_id, claiming) for public_id, claiming in claims.items()}

    def _closest(self, public_id: str, claiming: list[Row]) -> int:
        activity = self.identities.by_id.get(public_id)
        if activity is None or len(claiming) == 1:
            return claiming[0].no
        before = self._before(activity)
        return max(claiming, key=lambda row: sum(row.shown(key) == tidy(text) for key, text in before.items())).no

    def _before(self, activity: Activity) -> dict[str, str]:
        if activity.pk not in self._texts:
            self._data[activity.pk] = data_of(activity)
            names = self.desk.lists.bodies.names
            self._texts[activity.pk] = texts_of(self._data[activity.pk], self.desk.department, self.desk.lists, names)
        return self._texts[activity.pk]

    def _about(self, row: Row, is_original: bool) -> tuple[str, int | None]:
        """(public id, version that the template had, None when the row's key names no activity)."""
        stated, version = self.identities.stated(row) if is_original else ("", 0)
        return (stated, version) if stated else (self.identities.take(row), None)

    def _row(self, row: Row, public_id: str, version: int | None) -> RowResult:
        activity = self.identities.by_id.get(public_id)
        if activity is not None:
            return self._stored_row(row, activity, version)
        if version is not None:
            row.fault("title", "sheet.stranger", say("sheet.stranger", row=row.no))
            return self._result(row, public_id, None)
        return self._new_row(row, public_id)

    def _new_row(self, row: Row, public_id: str) -> RowResult:
        data = Saying(row, self.desk).data()
        self._check(row, data)
        self._note_repeated(row, data)
        alike = self._note_alike(row, data)
        return self._result(row, public_id, data, same_as=alike)

    def _result(self, row: Row, public_id: str, data: ActivityData | None, **more) -> RowResult:
        """A row whose type is not known has no data; it stands there with another type so that all else is checked."""
        known = None if "type" in row.at_fault else data
        return RowResult(row.no, public_id, known, tuple(row.faults), tuple(row.warnings), **more)

    def _stored_row(self, row: Row, activity: Activity, version: int | None) -> RowResult:
        """A row about a stored activity: nothing to do when it says the same, else what the change may not be."""
        before = self._before(activity)
        base = self._data[activity.pk]
        data = Saying(row, self.desk, base, before).data()
        unchanged = data == base and not row.faults
        if not unchanged:
            self._check(row, data)
            self._check_open(row, activity)
            self._check_newer(row, activity, version)
            if version is not None and not says_the_same(activity, row):
                row.warn("title", "sheet.replaces", title=activity.title)
        stored = {"pk": activity.pk, "version": activity.version, "unchanged": unchanged}
        return self._result(row, activity.public_id, data, **stored)

    def _check(self, row: Row, data: ActivityData) -> None:
        """The rules of recording, each at the cell that it concerns; a cell that cannot be read is named once."""
        for fault in row_faults(data, self.setting, confirmed_names=self.confirmed_names):
            column = column_of_fault(fault.field, data)
            if column not in row.at_fault or fault.field.startswith("outputs"):
                row.refuse_value(column, fault.sentence, fault.field, fault.lifted_by)
        self._warn_outside(row, data)

    def _warn_outside(self, row: Row, data: ActivityData) -> None:
        campaign = self.desk.campaign
        if campaign is None or data.starts_on is None or data.precision != "day" or data.window_reason:
            return
        if not (campaign.has(data.starts_on) and campaign.has(data.ends_on or data.starts_on)):
            days = {"opens": format_date(campaign.opens_on), "closes": format_date(campaign.closes_on)}
            row.warn_value("starts", sentence("date.window", date=format_date(data.starts_on), **days), "date.window")

    def _check_open(self, row: Row, activity: Activity) -> None:
        if activity.status in GONE:
            row.fault("title", "sheet.gone", say("sheet.gone", row=row.no, title=activity.title))
        elif not activity.is_open:
            slots = {"title": activity.title, "state": activity.get_status_display(), "department": self._standing()}
            row.refuse_value("title", say("state.closed", **slots), "state.closed")
        elif activity.decided_at:
            row.fault("title", "sheet.reopened", say("sheet.reopened", row=row.no, title=activity.title))

    def _standing(self) -> str:
        if self._office is None:
            campaign, province = self.desk.campaign, self.setting.province
            day = campaign.opens_on if campaign else datetime.date(self.desk.year, 11, 15)
            self._office = standing_office(province, day)
        return self._office

    def _check_newer(self, row: Row, activity: Activity, version: int | None) -> None:
        """Somebody changed the activity elsewhere since; an earlier upload of the same file is no such change."""
        if version == activity.version:
            return
        if self._changes is None:
            self._changes = last_changes(self.desk.department, self.desk.campaign, self.desk.year)
        last = self._changes.get(activity.pk)
        if last is None or last.details.get("sheet") != self.sheet_key:
            time = format_moment(last.at if last else activity.changed_at)
            row.fault("title", "sheet.newer", say("sheet.newer", row=row.no, time=time))

    def _note_repeated(self, row: Row, data: ActivityData) -> None:
        told = (data.type.pk, data.title.casefold(), data.starts_on, data.ends_on, data.place.casefold())
        told += tuple(row.shown(key) for key in ("count", "people", "money"))
        first = self._seen.setdefault(told, row.no)
        if first != row.no and data.title:
            row.fault("title", "sheet.twice", say("sheet.twice", row=row.no, other=first))

    def _by_type_and_day(self) -> dict[tuple, list[Activity]]:
        found = defaultdict(list)
        for activity in self.stored:
            if activity.starts_on and activity.status not in GONE:
                found[activity.type_id, activity.starts_on].append(activity)
        return found

    def _note_alike(self, row: Row, data: ActivityData) -> str:
        """The public id of a stored activity of the same kind, a day apart at most, with much the same title."""
        if data.starts_on is None or not self._like:
            return ""
        words = words_of(data.title)
        for days in (0, -1, 1):
            day = data.starts_on + datetime.timedelta(days=days)
            for activity in self._like.get((data.type.pk, day), ())[:MOST_COMPARED]:
                if overlap(words, words_of(activity.title)) >= SIMILAR:
                    row.warn("title", "sheet.same", title=activity.title, date=format_date(day))
                    return activity.public_id
        return ""


def column_of_fault(field: str, data: ActivityData) -> str:
    """The column of a rule's field, such as “outputs.1.female” or “participants.0.body”."""
    name, _, rest = field.partition(".")
    if name == "outputs":
        place, _, part = rest.partition(".")
        people = data.outputs[int(place)].measure == data.type.attendance_measure
        return OF_AN_OUTPUT.get(part) or ("people" if people else "count")
    return COLUMN_OF.get(name, name if name in BY_KEY else "title")


def summary(understood: Understood) -> dict[str, int]:
    """How many rows there are, how many can be stored, need work, look like stored ones; for the sentence."""
    counts = Counter("bad" if row.faults else "good" for row in understood.rows)
    same = sum(bool(row.same_as) for row in understood.rows)
    return {"total": len(understood.rows), "good": counts["good"], "bad": counts["bad"], "same": same}
