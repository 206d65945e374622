"""Splits: whatever was recorded, every smallest share, line and column is what plain SQL adds up on its own."""

import datetime
import itertools

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from activities.models import Activity
from campaigns.tests import make as campaigns
from provinces.tests import make as who
from reports.models import Report
from reports.operations.jobs import freeze_now
from reports.queries.figures import figures
from reports.queries.picture import frozen
from reports.snapshot import Figures
from reports.splits import DIMENSIONS, Leaf, share_of_leaves, split_table
from reports.tests import make

CUT_OFF = datetime.date(2023, 12, 18)
DAYS = [None, (11, 10), (11, 20), (12, 10), (12, 17), (12, 20), (3, 8)]

# The same rules as the figures', written once more for the database alone.
OUTPUTS = """
WITH RECURSIVE above(part, whole) AS (
    SELECT id, part_of_id FROM activities_output WHERE part_of_id IS NOT NULL
    UNION
    SELECT above.part, o.part_of_id FROM above JOIN activities_output o ON o.id = above.whole
    WHERE o.part_of_id IS NOT NULL
),
base AS (
    SELECT o.id, o.activity_id, o.quantity, o.certainty, o.female, o.male, o.children, o.girls, o.boys, o.label,
        o.numerator, o.denominator, a.scope, m.code, m.over_time, a.owner_id AS department, u.level,
        COALESCE(o.counted_on, a.ends_on, a.starts_on) AS day,
        COALESCE((SELECT SUM(delta) FROM activities_adjustment j WHERE j.output_id = o.id), 0) AS moved,
        CASE WHEN o.role <> '' THEN o.role
            WHEN own.role IS NOT NULL THEN own.role
            WHEN EXISTS (SELECT 1 FROM activities_participant p WHERE p.activity_id = a.id AND p.role = 'lead') THEN ''
            ELSE 'lead' END AS role,
        {window} AS side,
        COALESCE((SELECT CASE WHEN COUNT(DISTINCT s."group") > 1 THEN 'several' ELSE MIN(s."group") END
            FROM activities_money n JOIN campaigns_moneysource s ON s.id = n.source_id
            WHERE n.activity_id = a.id), '') AS paid
    FROM activities_output o
    JOIN activities_activity a ON a.id = o.activity_id
    JOIN campaigns_measure m ON m.id = o.measure_id
    JOIN provinces_department d ON d.id = a.owner_id
    JOIN provinces_unit u ON u.id = d.unit_id
    LEFT JOIN activities_participant own ON own.activity_id = a.id AND own.department_id = a.owner_id
    WHERE a.province_id = %(province)s AND a.status = 'accepted' AND NOT o.awaiting
),
in_time AS (
    SELECT * FROM base WHERE day IS NULL OR day <= %(cut_off)s OR (scope = 'month' AND over_time = 'sum')
),
whole AS (
    SELECT * FROM in_time x WHERE NOT EXISTS (
        SELECT 1 FROM above JOIN in_time w ON w.id = above.whole AND w.quantity IS NOT NULL
        WHERE above.part = x.id AND w.scope = x.scope)
),
ranked AS (
    SELECT whole.*, ROW_NUMBER() OVER (PARTITION BY scope, code, department, label
        ORDER BY COALESCE(day, %(long_ago)s) DESC, activity_id DESC, id DESC) AS place FROM whole
)
SELECT code, scope, department, level, role, side, paid, certainty, COUNT(*), SUM(quantity + moved),
    SUM(female), SUM(male), SUM(children), SUM(girls), SUM(boys), SUM(numerator), SUM(denominator)
FROM ranked WHERE over_time = 'sum' OR place = 1
GROUP BY code, scope, department, level, role, side, paid, certainty
"""
MONEY = """
SELECT 'CT40.1', a.scope, a.owner_id, u.level, '', {window}, s."group", 'exact', COUNT(*), SUM(n.amount),
    NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM activities_money n
JOIN activities_activity a ON a.id = n.activity_id
JOIN campaigns_moneysource s ON s.id = n.source_id
JOIN provinces_department d ON d.id = a.owner_id
JOIN provinces_unit u ON u.id = d.unit_id
WHERE a.province_id = %(province)s AND a.status = 'accepted' AND s."group" <> 'integrated'
    AND (a.scope = 'month' OR a.starts_on IS NULL OR COALESCE(a.ends_on, a.starts_on) <= %(cut_off)s)
GROUP BY 1, 2, 3, 4, 6, 7
"""
WINDOW = """CASE WHEN a.starts_on IS NULL OR a.precision NOT IN ('day', 'month') THEN ''
    WHEN a.precision = 'month' AND a.starts_on BETWEEN %(november)s AND %(new_years_eve)s THEN ''
    WHEN a.starts_on < %(opens)s THEN 'before' WHEN a.starts_on > %(closes)s THEN 'after' ELSE 'inside' END"""


def asked_of_the_database(province) -> dict[str, set[tuple]]:
    """Cell → its smallest shares, as plain tuples of key and sums."""
    campaign = campaigns.campaign()
    slots = {
        "province": province.pk,
        "cut_off": CUT_OFF,
        "opens": campaign.opens_on,
        "closes": campaign.closes_on,
        "november": datetime.date(2023, 11, 1),
        "new_years_eve": datetime.date(2023, 12, 31),
        "long_ago": datetime.date(1, 1, 1),
    }
    found = {}
    with connection.cursor() as cursor:
        for question in (OUTPUTS, MONEY):
            cursor.execute(question.format(window=WINDOW), slots)
            for code, scope, *leaf in cursor.fetchall():
                sums = tuple(None if each is None else int(each) for each in leaf[6:])
                found.setdefault(f"{code}:{scope}", set()).add((*leaf[:6], *sums))
    return found


def as_tuples(leaves: tuple[Leaf, ...]) -> set[tuple]:
    return {tuple(leaf[:-2]) for leaf in leaves}


quantities = some.one_of(
    some.tuples(some.just("exact"), some.integers(0, 10**9)),
    some.tuples(some.sampled_from(["exact", "about", "over", "nearly"]), some.integers(0, 500)),
    some.tuples(some.sampled_from(["unknown", "text"]), some.none()),
)
results = some.tuples(
    some.sampled_from(["CT05.1", "CT12.1", "CT31.1", "CT35.1", "CT33.4"]),
    quantities,
    some.tuples(*[some.one_of(some.none(), some.integers(0, 100))] * 2),
    some.sampled_from(["", "lead", "co", "attendee"]),
    some.one_of(some.none(), some.integers(0, 12)),
    some.sampled_from([0, 0, 0, -1, 5]),
    some.sampled_from(["", "Ngôi nhà Ánh Dương"]),
)
drawn_activities = some.tuples(
    some.sampled_from(["accepted", "accepted", "accepted", "sent"]),
    some.sampled_from(["month", "year"]),
    some.integers(0, 3),
    some.sampled_from(DAYS),
    some.sampled_from(["day", "day", "month", "year"]),
    some.sampled_from([None, "lead", "co", "attendee"]),
    some.lists(results, max_size=4),
    some.lists(some.tuples(some.integers(1, 10**9), some.sampled_from(["state_budget", "mobilised", "integrated"])),
               max_size=2),
)  # fmt: skip


def drawn_rows(province, drawn) -> None:
    """Rows of four departments at three levels as they were drawn."""
    town, ward = who.commune(province, "Thị xã", "206", "district"), who.commune(province)
    owners = [who.office(province), who.department(province), who.department(town), who.department(ward)]
    made = []
    for status, scope, owner, day, precision, role, outputs, money in drawn:
        starts_on = first_day(day, precision)
        known = precision if day or precision == "year" else "none"
        more = {"status": status, "scope": scope, "window_reason": "Lý do"}
        act = make.activity(owners[owner], starts_on=starts_on, precision=known, **more)
        if role:
            make.participant(act, owners[owner], role)
        for amount, group in money:
            make.money(act, amount, group)
        for output in outputs:
            made.append(drawn_result(act, output, made))


def first_day(day: tuple[int, int] | None, precision: str) -> datetime.date | None:
    """A day known to the month is stored as the first of it; of a year alone no day is stored."""
    if day is None or precision == "year":
        return None
    return datetime.date(2023, day[0], day[1] if precision == "day" else 1)


def drawn_result(act: Activity, drawn, made: list):
    code, (certainty, quantity), (female, male), role, whole, delta, label = drawn
    if code == "CT33.4":
        return make.result(act, code, numerator=female or 0, denominator=(female or 0) + (male or 0) + 1)
    more = {"role": role, "label": label, "text": "hàng trăm" if certainty == "text" else ""}
    if quantity is not None and code in {"CT05.1", "CT31.1"}:
        female = None if female is None else min(female, quantity)
        left = quantity - (female or 0)
        more |= {"female": female, "male": None if male is None else min(male, left)}
        more |= {"children": female, "girls": female} if female else {}
    candidate = made[whole] if whole is not None and whole < len(made) else None
    if candidate is not None and candidate.measure.code == code:
        more["part_of"] = candidate
    row = make.result(act, code, quantity, certainty, **more)
    if delta and quantity is not None:
        make.adjustment(row, delta)
    return row


class SharesTest(TestCase):
    """Every figure and every cell of its splits against the database's own sums."""

    @settings(max_examples=30, deadline=None)
    @given(some.lists(drawn_activities, max_size=7))
    def test_every_share_is_what_plain_sql_adds_up(self, drawn):
        province = who.province(code="22", slug="quang-ninh")
        drawn_rows(province, drawn)

        taken = figures(province, campaigns.campaign(), cut_off=CUT_OFF)

        asked = asked_of_the_database(province)
        assert {each.cell: as_tuples(each.leaves) for each in taken.cells if each.leaves} == asked
        for figure in taken.cells:
            everything_adds_up(taken, figure)

    @settings(max_examples=10, deadline=None)
    @given(some.lists(drawn_activities, min_size=1, max_size=7))
    def test_the_frozen_rows_add_up_to_every_frozen_share(self, drawn):
        province = who.province(code="22", slug="quang-ninh")
        drawn_rows(province, drawn)
        office = who.office(province)
        report = make.report(office)
        taken = figures(province, campaigns.campaign(), cut_off=CUT_OFF)

        snapshot = freeze_now(report, taken, by=who.seat(office), at=timezone.now())

        assert Report.objects.filter(pk=report.pk).exists()
        assert frozen(snapshot) == Figures.from_json(taken.as_json())
        for figure in frozen(snapshot).cells:
            assert summed_rows(snapshot.pk, figure.cell) == {leaf[:-4] for leaf in figure.leaves}


def summed_rows(snapshot: int, cell: str) -> set[tuple]:
    """The rows behind a frozen cell, added up by the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT department_id, level, role, "window", paid, certainty, COUNT(*), SUM(quantity), SUM(female), '
            "SUM(male), SUM(children), SUM(girls), SUM(boys) FROM reports_source "
            "WHERE snapshot_id = %s AND cell = %s AND left_out = '' "
            'GROUP BY department_id, level, role, "window", paid, certainty',
            [snapshot, cell],
        )
        return {(*row[:6], *(None if each is None else int(each) for each in row[6:])) for row in cursor.fetchall()}


def everything_adds_up(taken, figure) -> None:
    """Total, certainty and sexes of the figure, and every table of two properties, from the same leaves."""
    whole = share_of_leaves(figure.leaves)
    if figure.counts != "rate":
        assert (whole.total, whole.certainty) == (figure.total, figure.certainty)
    if figure.by_sex and figure.total is not None:
        assert (whole.female, whole.male, whole.not_split) == (figure.female, figure.male, figure.not_split)
    for by, across in itertools.permutations(DIMENSIONS, 2):
        table = split_table(figure.leaves, taken.bodies, by, across)
        assert added(line.whole.total for line in table.lines) == whole.total
        for line in table.lines:
            assert added(cell.total for cell in line.cells) == line.whole.total
        for place, cell in enumerate(table.whole.cells):
            assert added(line.cells[place].total for line in table.lines) == cell.total


def added(totals):
    known = [each for each in totals if each is not None]
    return sum(known) if known else None


@pytest.mark.django_db
def test_figures_of_the_first_schema_are_still_read():
    stored = figures(who.province(), campaigns.campaign()).as_json()
    for name in ("bodies", "earlier"):
        stored.pop(name)
    stored |= {"schema": 1, "last_year": [{"cell": "CT04.1:month", "total": 4, "printed": "4"}]}

    old = Figures.from_json(stored)

    assert (old.schema, old.bodies, old.before("CT04.1:month").total) == (1, (), 4)
