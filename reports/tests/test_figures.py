"""Figures: counted once, certainty kept, parts and stocks by their rules, month and year apart."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from activities.models import Activity
from campaigns.models import Measure
from campaigns.tests import make as campaigns
from provinces.tests import make as who
from reports.queries.figures import figures
from reports.queries.years import last_year
from reports.snapshot import Figures
from reports.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def qn():
    return who.province()


@pytest.fixture
def so(qn):
    return who.office(qn)


def of(province, code, scope="month", **more):
    return figures(province, campaigns.campaign(), **more).cell(code, scope)


def test_a_launch_with_four_organisers_counts_once(qn, so):
    launch = make.activity(so)
    make.participant(launch, so, "lead")
    for name in ("Liên đoàn Lao động tỉnh", "Ban Quản lý Khu kinh tế", "UBND thị xã Quảng Yên"):
        make.participant(launch, who.department(qn, name))
    make.result(launch, "CT04.1", 1)
    make.result(launch, "CT05.1", 550, "about")
    assert of(qn, "CT04.1").total == 1
    assert of(qn, "CT05.1").total == 550
    assert of(qn, "CT05.1").printed == "khoảng 550"


def test_only_accepted_rows_count(qn, so):
    for status in ("draft", "waiting_head", "sent", "accepted"):
        make.result(make.activity(so, status=status), "CT04.1", 1)
    assert of(qn, "CT04.1").total == 1


def test_another_province_and_another_campaign_do_not_count(qn, so):
    elsewhere = who.office(who.province("Kiên Giang", "91", "kien-giang"))
    make.result(make.activity(elsewhere), "CT04.1", 5)
    make.result(make.activity(so, year=2024), "CT04.1", 7)
    make.result(make.activity(so), "CT04.1", 1)
    assert of(qn, "CT04.1").total == 1


def test_month_and_year_stay_apart(qn, so):
    make.result(make.activity(so), "CT12.1", 2)
    make.result(make.activity(so, scope="year", campaign=None), "CT12.1", 21)
    assert of(qn, "CT12.1").total == 2
    assert of(qn, "CT12.1", "year").total == 21


def test_the_month_of_another_campaign_is_not_the_years_work(qn, so):
    other = campaigns.Campaign.objects.create(
        series="pcblgd",
        year=2023,
        name="Tháng hành động quốc gia về phòng, chống bạo lực gia đình",
        opens_on=datetime.date(2023, 6, 1),
        closes_on=datetime.date(2023, 6, 30),
    )
    make.result(make.activity(so, campaign=other), "CT04.1", 1)
    make.result(make.activity(so, campaign=other, scope="year"), "CT04.1", 1)
    assert of(qn, "CT04.1").missing
    assert of(qn, "CT04.1", "year").missing


def test_no_data_is_not_zero(qn, so):
    make.result(make.activity(so), "CT26.1")
    figure = of(qn, "CT26.1")
    assert figure.missing
    assert figure.printed == "–"
    assert figure.total is None


def test_zero_is_a_number(qn, so):
    make.result(make.activity(so), "CT04.1", 0)
    assert of(qn, "CT04.1").printed == "0"
    assert not of(qn, "CT04.1").missing


@pytest.mark.parametrize(
    ("rows", "printed"),
    [
        ([(10, "exact"), (20, "exact")], "30"),
        ([(500, "over")], "trên 500"),
        ([(600, "nearly")], "gần 600"),
        ([(10, "exact"), (500, "over")], "khoảng 510"),
        ([(500, "over"), (500, "over")], "khoảng 1.000"),
    ],
)
def test_a_sum_carries_its_certainty(qn, so, rows, printed):
    for quantity, certainty in rows:
        make.result(make.activity(so), "CT05.1", quantity, certainty)
    assert of(qn, "CT05.1").printed == printed


def test_a_mixed_sum_says_what_it_mixes(qn, so):
    for quantity, certainty in ((1, "about"), (2, "about"), (3, "over"), (4, "exact")):
        make.result(make.activity(so), "CT05.1", quantity, certainty)
    assert of(qn, "CT05.1").notes == ("“khoảng”: số ước tính; gồm 2 kết quả ghi “khoảng”, 1 ghi “trên”.",)


def test_words_are_printed_and_add_nothing(qn, so):
    make.result(make.activity(so), "CT25.1", text="hàng trăm")
    assert of(qn, "CT25.1").printed == "hàng trăm"
    make.result(make.activity(so), "CT25.1", 40)
    figure = of(qn, "CT25.1")
    assert figure.printed == "40"
    assert figure.notes == ("Chưa kể hàng trăm của Sở Lao động - Thương binh và Xã hội, không quy ra số.",)


def test_rates_add_only_where_all_have_counts(qn, so):
    make.result(make.activity(so), "CT33.4", numerator=8, denominator=10)
    make.result(make.activity(so), "CT33.4", numerator=10, denominator=10)
    assert of(qn, "CT33.4").printed == "90% (18/20)"
    make.result(make.activity(so), "CT33.4", rate=100)
    figure = of(qn, "CT33.4")
    assert figure.denominator is None
    assert len(figure.texts) == 3


def test_a_stated_rate_stays_a_stated_rate(qn, so):
    make.result(make.activity(so), "CT33.4", rate=100)
    figure = of(qn, "CT33.4")
    assert figure.printed == "100%"
    assert "Tỷ lệ theo báo cáo của cơ quan, đơn vị." in figure.notes


def test_targets_met_print_as_a_ratio(qn, so):
    make.result(make.activity(so, scope="year"), "CT41.1", numerator=17, denominator=22)
    assert of(qn, "CT41.1", "year").printed == "17/22"


def test_parts_are_never_added_while_their_whole_counts(qn, so):
    classes = make.activity(so, scope="year")
    make.result(classes, "CT12.1", 12)
    make.result(classes, "CT12.1", 3, role="co")
    whole = make.result(classes, "CT12.1", 6, role="co")
    for number in (3, 2, 1):
        make.result(classes, "CT12.1", number, role="co", part_of=whole)
    figure = of(qn, "CT12.1", "year")
    assert figure.total == 21
    assert figure.parts == "12 + 3 + 6"
    assert {each.key: each.total for each in figure.by_role} == {"lead": 12, "co": 9}


def test_a_part_counts_again_when_its_whole_is_cancelled(qn, so):
    whole = make.result(make.activity(so), "CT31.1", 50)
    make.result(make.activity(so), "CT31.1", 48, part_of=whole)
    assert of(qn, "CT31.1").total == 50
    Activity.objects.filter(pk=whole.activity_id).update(status="cancelled", cancel_reason="Ghi nhầm")
    assert of(qn, "CT31.1").total == 48


def test_a_part_of_a_cancelled_part_stays_within_the_whole(qn, so):
    whole = make.result(make.activity(so), "CT31.1", 50)
    middle = make.result(make.activity(so), "CT31.1", 30, part_of=whole)
    make.result(make.activity(so), "CT31.1", 14, part_of=middle)
    Activity.objects.filter(pk=middle.activity_id).update(status="cancelled", cancel_reason="Ghi nhầm")
    assert of(qn, "CT31.1").total == 50


def test_a_part_in_another_scope_counts_there(qn, so):
    whole = make.result(make.activity(so, scope="year"), "CT31.1", 50)
    make.result(make.activity(so), "CT31.1", 48, part_of=whole)
    assert of(qn, "CT31.1", "year").total == 50
    assert of(qn, "CT31.1").total == 48


def test_a_difference_between_whole_and_parts_is_said_and_kept(qn, so):
    whole = make.result(make.activity(so), "CT31.1", 50)
    for number in (14, 14, 20):
        make.result(make.activity(so), "CT31.1", number, part_of=whole)
    figure = of(qn, "CT31.1")
    assert figure.total == 50
    assert "Nguồn ghi 50, số chi tiết cộng được 48; giữ nguyên cả hai." in figure.notes


def test_a_stock_takes_the_latest_of_each_department(qn, so):
    other = who.department(qn, "Hội Liên hiệp Phụ nữ tỉnh")
    for day, number in ((1, 10), (20, 12)):
        make.result(make.activity(so, starts_on=datetime.date(2023, 11, day)), "CT35.1", number)
    make.result(make.activity(other), "CT35.1", 5)
    figure = of(qn, "CT35.1")
    assert figure.total == 17
    assert any("Chỉ tiêu thời điểm" in note for note in figure.notes)


def test_a_stock_is_read_on_or_before_the_cut_off(qn, so):
    for day, number in ((1, 10), (20, 12)):
        make.result(make.activity(so, starts_on=datetime.date(2023, 11, day)), "CT35.1", number)
    assert of(qn, "CT35.1", cut_off=datetime.date(2023, 11, 19)).total == 10


def test_a_stock_keeps_its_labels_apart(qn, so):
    for label in ("Ngôi nhà Ánh Dương", "Nhà tạm lánh"):
        make.result(make.activity(so), "CT35.1", 1, label=label)
    assert of(qn, "CT35.1").total == 2


def test_the_months_flows_are_chosen_and_the_years_flows_end_at_the_cut_off(qn, so):
    late = datetime.date(2023, 12, 15)
    make.result(make.activity(so, starts_on=late), "CT04.1", 1)
    make.result(make.activity(so, scope="year", starts_on=late), "CT04.1", 1)
    cut_off = datetime.date(2023, 12, 14)
    assert of(qn, "CT04.1", cut_off=cut_off).total == 1
    assert of(qn, "CT04.1", "year", cut_off=cut_off).total is None


def test_adjustments_are_visible_lines(qn, so):
    row = make.result(make.activity(so), "CT04.1", 4)
    make.adjustment(row, -1)
    figure = of(qn, "CT04.1")
    assert figure.total == 3
    assert figure.adjustments[0].printed == "−1 (Sở Lao động - Thương binh và Xã hội: Đã tính ở Sở Y tế)"


def test_money_adds_by_source_and_leaves_integrated_apart(qn, so):
    act = make.activity(so)
    make.result(act, "CT32.2", 80_000_000)
    make.money(act, 80_000_000, "mobilised", "in_kind")
    make.money(act, 20_000_000)
    make.money(act, 5_000_000, "integrated")
    figure = of(qn, "CT40.1")
    assert figure.total == 100_000_000
    shares = {each.key: each.total for each in figure.by_source}
    assert shares == {
        "state_budget": 20_000_000,
        "mobilised": 80_000_000,
        "integrated": 5_000_000,
        "in_kind": 80_000_000,
    }
    assert of(qn, "CT32.2").total == 80_000_000


def test_sexes_and_the_rest_make_the_total(qn, so):
    make.result(make.activity(so), "CT05.1", 100, female=60, male=30, children=20, girls=15, boys=5)
    make.result(make.activity(so), "CT05.1", 50)
    figure = of(qn, "CT05.1")
    assert (figure.female, figure.male, figure.not_split) == (60, 30, 60)
    assert figure.female + figure.male + figure.not_split == figure.total
    assert figure.women == 45


def test_a_provinces_own_measure_rolls_up(qn, so):
    national = make.measure("CT21.1")
    own = Measure.objects.create(
        code="CT21.1-QN1",
        indicator=national.indicator,
        name="Băng rôn tại cảng",
        unit_of_measure="chiếc",
        counts="things",
        over_time="sum",
        province=qn,
        rolls_up_to=national,
    )
    make.result(make.activity(so), "CT21.1", 5)
    row = make.activity(so)
    row.outputs.create(measure=own, quantity=3)
    assert of(qn, "CT21.1").total == 8
    assert of(qn, "CT21.1-QN1").total == 3


def test_levels_come_from_the_department_that_recorded(qn, so):
    town = who.commune(qn, "Thị xã Quảng Yên", "206", "district")
    make.result(make.activity(so), "CT04.1", 1)
    make.result(make.activity(who.department(town, "UBND thị xã Quảng Yên")), "CT04.1", 2)
    assert {each.key: each.total for each in of(qn, "CT04.1").by_level} == {"province": 1, "district": 2}


def test_attended_and_organised_never_meet(qn, so):
    make.result(make.activity(so), "CT09.1", 1)
    make.result(make.activity(so), "CT10.1", 7, role="attendee")
    assert of(qn, "CT09.1").total == 1
    assert of(qn, "CT10.1").total == 7


def test_a_department_sees_what_it_recorded_and_what_it_helped(qn, so):
    union = who.department(qn, "Liên đoàn Lao động tỉnh")
    launch = make.activity(so)
    make.participant(launch, so, "lead")
    make.participant(launch, union, "co")
    make.result(launch, "CT04.1", 1)
    own = make.activity(union, status="sent")
    make.result(own, "CT04.1", 1)
    figure = of(qn, "CT04.1", department=union)
    assert {each.key: each.total for each in figure.by_role} == {"lead": 1, "co": 1}
    assert of(qn, "CT04.1").total == 1


def test_returns_give_the_completeness(qn, so):
    for code in ("CT42.1", "CT42.2", "CT42.3", "CT42.4", "CT42.5"):
        make.measure(code)
    asked = [who.department(qn, f"Sở {n}") for n in range(4)]
    make.request(so, asked)
    make.report(asked[0], "return", status="sent")
    make.report(asked[1], "return", status="nil", nil_reason="Không tổ chức")
    make.report(asked[2], "return", status="draft")
    printed = {code: of(qn, code).printed for code in ("CT42.2", "CT42.3", "CT42.4", "CT42.5")}
    assert printed == {"CT42.2": "2", "CT42.3": "1", "CT42.4": "4", "CT42.5": "50% (2/4)"}


def test_figures_survive_storage(qn, so):
    row = make.activity(so)
    make.result(row, "CT05.1", 550, "about", female=300)
    make.result(row, "CT33.4", rate=99.5)
    live = figures(qn, campaigns.campaign())
    stored = Figures.from_json(live.as_json())
    assert stored.sha256 == live.sha256
    assert stored.cell("CT05.1").printed == "khoảng 550"
    assert stored.cell("CT33.4").printed == "99,5%"


def test_another_source_makes_another_hash(qn, so):
    row = make.result(make.activity(so), "CT05.1", 5)
    before = figures(qn, campaigns.campaign()).sha256
    Activity.objects.filter(pk=row.activity_id).update(version=2)
    assert figures(qn, campaigns.campaign()).sha256 != before


def test_the_number_of_queries_does_not_grow(qn, so):
    def counted(rows):
        for n in range(rows):
            act = make.activity(who.department(qn, f"Sở {rows} {n}"))
            make.participant(act, act.owner, "lead")
            make.result(act, "CT05.1", n)
            make.money(act, 1000 + n)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            figures(qn, campaigns.campaign())
        return len(queries)

    assert counted(1) == counted(30) <= 20


class SumsTest(TestCase):
    """Whatever the rows, a figure is what plain SQL adds up."""

    @settings(max_examples=40, deadline=None)
    @given(
        some.lists(
            some.tuples(
                some.sampled_from(["accepted", "accepted", "sent", "draft"]),
                some.sampled_from(["month", "year"]),
                some.lists(
                    some.tuples(
                        some.sampled_from(["exact", "about", "over", "nearly", "unknown"]),
                        some.integers(0, 10**9),
                        some.one_of(some.none(), some.integers(0, 30)),
                    ),
                    max_size=4,
                ),
                some.integers(0, 3),
            ),
            max_size=8,
        )
    )
    def test_a_figure_is_what_plain_sql_adds_up(self, drawn):
        province = who.province(code="22", slug="quang-ninh")
        office = who.office(province)
        helpers = [who.department(province, f"Sở {n}") for n in range(3)]
        made = []
        for status, scope, outputs, helped in drawn:
            act = make.activity(office, status=status, scope=scope)
            for helper in helpers[:helped]:
                make.participant(act, helper)
            for certainty, number, whole in outputs:
                quantity = None if certainty == "unknown" else number
                part_of = made[whole] if whole is not None and whole < len(made) else None
                made.append(make.result(act, "CT05.1", quantity, certainty, part_of=part_of))
        taken = figures(province, campaigns.campaign())
        for scope in ("month", "year"):
            assert taken.cell("CT05.1", scope).total == plain_sum(province, scope)


def plain_sum(province, scope):
    """The same total, asked of the database in one recursive question."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE above(part, whole) AS (
                SELECT id, part_of_id FROM activities_output WHERE part_of_id IS NOT NULL
                UNION
                SELECT above.part, o.part_of_id FROM above JOIN activities_output o ON o.id = above.whole
                WHERE o.part_of_id IS NOT NULL
            ),
            counted AS (
                SELECT o.id, o.quantity FROM activities_output o JOIN activities_activity a ON a.id = o.activity_id
                WHERE a.province_id = %s AND a.scope = %s AND a.status = 'accepted' AND o.quantity IS NOT NULL
            )
            SELECT SUM(quantity) FROM counted
            WHERE NOT EXISTS (
                SELECT 1 FROM above JOIN counted c ON c.id = above.whole WHERE above.part = counted.id
            )
            """,
            [province.pk, scope],
        )
        found = cursor.fetchone()[0]
        return None if found is None else int(found)


def test_last_year_stands_beside_this_one(qn, so):
    campaigns.campaign(2022)
    make.result(make.activity(so, year=2022), "CT04.1", 4)
    assert [(each.cell, each.total) for each in last_year(qn, campaigns.campaign())] == [("CT04.1:month", 4)]


def test_a_province_that_did_not_exist_has_no_last_year():
    young = who.province("An Giang", "91", "an-giang", valid_from=datetime.date(2025, 7, 1))
    make.result(make.activity(who.office(young), year=2025), "CT04.1", 1)
    campaigns.campaign(2024)
    assert last_year(young, campaigns.campaign(2025)) == ()
