"""A table of tasks pasted from Excel: understood, asked about, confirmed, stored as a whole."""

import datetime
import html
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from campaigns.forms.tasks import TaskSheet
from campaigns.models import ActivityType, MoneySource, Task
from campaigns.operations.tasks import MoneyData, TaskData, add_tasks
from campaigns.pasted import PastedTable
from campaigns.pasted.cells import read_amount, read_when, source_of
from campaigns.pasted.columns import column_of, money_unit
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.models import Event
from provinces.paste import find_gaps, guess_heading
from provinces.vietnamese import Question, Unreadable
from provinces.workflow import Refused

pytestmark = pytest.mark.django_db
D = datetime.date
HEADINGS = "TT\tNội dung nhiệm vụ\tĐơn vị chủ trì\tPhối hợp\tThời gian\tChỉ tiêu\tKinh phí\tNguồn"


@pytest.fixture
def people():
    make.campaign()
    make.activity_type()
    make.money_source("NG04"), make.money_source("NG01")
    ActivityType.objects.create(
        code="HD08",
        name="Tập huấn, bồi dưỡng",
        name_en="Training",
        count_measure=make.measure("CT12.1", "Lớp tập huấn", "lớp"),
        attendance_measure=make.measure("CT13.1", "Lượt người dự tập huấn", "lượt người", "attendances"),
        report_section="II.4",
        plan_heading="III.4",
    )
    return make_plans.cast()


@pytest.fixture
def plan(people):
    return make_plans.started(people)


def block(*rows: str) -> str:
    return "\r\n".join([HEADINGS, *rows])


def understood(plan, text, answers=(), **more) -> PastedTable:
    return PastedTable(plan, text, dict(answers), **more)


def only(plan, row, **more):
    return understood(plan, block(row), **more).rows[0]


# Cells


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("20/11", (D(2023, 11, 20), None, "")),
        ("20/11/2023", (D(2023, 11, 20), None, "")),
        ("15/11 - 20/11", (D(2023, 11, 15), D(2023, 11, 20), "")),
        ("15/11\u00a0–\u00a020/11", (D(2023, 11, 15), D(2023, 11, 20), "")),
        ("15-20/11", (D(2023, 11, 15), D(2023, 11, 20), "")),
        ("từ ngày 15/11 đến hết ngày 20/11", (D(2023, 11, 15), D(2023, 11, 20), "")),
        ("20-11-2023", (D(2023, 11, 20), None, "")),
        ("Thường xuyên", (None, None, "Thường xuyên")),
        ("Quý IV/2023", (None, None, "Quý IV/2023")),
        ("Tháng 11", (None, None, "Tháng 11")),
        ("11/2023", (None, None, "11/2023")),
        ("Trước ngày 20/12", (None, None, "Trước ngày 20/12")),
        ("", (None, None, "")),
    ],
)
def test_days_ranges_and_words_of_time(text, when):
    read = read_when(text, year=2023)

    assert (read.starts_on, read.ends_on, read.words) == when


@pytest.mark.parametrize("text", ["31/11", "15/11 - 31/11", "45245"])
def test_a_day_that_is_none_is_a_fault(text):
    with pytest.raises((Question, Unreadable)):
        read_when(text, year=2023)


@pytest.mark.parametrize(
    ("text", "unit", "amount", "source"),
    [
        ("80 triệu", "", 80_000_000, None),
        ("80.000.000", "", 80_000_000, None),
        ("80.000.000đ (NSNN)", "", 80_000_000, "NG04"),
        ("120", "triệu", 120_000_000, None),
        ("80 triệu", "triệu", 80_000_000, None),
        ("1,5 tỷ từ ngân sách nhà nước", "", 1_500_000_000, "NG04"),
        ("5 triệu, ngân sách tỉnh", "", 5_000_000, "NG01"),
    ],
)
def test_amounts_with_their_unit_and_source(people, text, unit, amount, source):
    read = read_amount(text, unit, {row.code: row for row in MoneySource.objects.all()})

    assert (read.amount, read.source and read.source.code) == (amount, source)


def test_words_without_a_figure_are_no_amount(people):
    assert read_amount("lồng ghép", "", {}) is None
    assert source_of("", {}) is None


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Nội dung nhiệm vụ", "title"),
        ("NHIỆM VỤ", "title"),
        ("Cơ quan, đơn vị chủ trì", "lead"),
        ("ĐV chủ trì", "lead"),
        ("Kinh phí (triệu đồng)", "money"),
        ("Thời gian\nthực hiện", "when"),
        ("Ghi chú", ""),
    ],
)
def test_columns_are_known_by_the_words_of_plans(heading, key):
    assert column_of(heading) == key


def test_the_heading_says_in_what_unit_money_is():
    assert money_unit("Kinh phí (triệu đồng)") == "triệu"
    assert money_unit("Kinh phí (đồng)") == ""


# Rows


def test_a_row_is_understood_as_people_write_plans(plan, people):
    row = only(
        plan,
        "1\tLễ phát động\u00a0cấp tỉnh\tso tu phap\tĐoàn thể\t13/11\t1 cuộc; khoảng 600 lượt người\t80 triệu\tNSNN",
    )

    assert (row.faults, [ask.value for ask in row.asks]) == ([], ["HD02"])
    data = row.data
    assert (data.title, data.type.code, data.lead, data.partners) == (
        "Lễ phát động cấp tỉnh",
        "HD02",
        people.justice,
        ("Đoàn thể",),
    )
    assert data.starts_on == D(2023, 11, 13)
    assert [(t.measure.code, t.quantity, t.certainty) for t in data.targets] == [
        ("CT04.1", 1, "exact"),
        ("CT05.1", 600, "about"),
    ]
    assert [(m.amount, m.source.code) for m in data.money] == [(80_000_000, "NG04")]
    assert not Task.objects.exists()


def test_a_stranger_is_kept_as_words_and_said_so(plan):
    row = only(plan, "1\tLễ phát động\tCông ty Than\t\t13/11")

    assert (row.data.lead, row.data.lead_text) == (None, "Công ty Than")
    assert "đơn vị khác" in row.notes[0]


def test_a_second_lead_helps(plan, people):
    row = only(plan, "1\tLễ phát động\tSở Tư pháp; Sở Lao động - Thương binh và Xã hội\tĐoàn thể\t13/11")

    assert row.data.lead == people.justice
    assert row.data.partners == (people.office, "Đoàn thể")


def test_merged_leads_and_times_are_taken_from_the_row_above_and_said_so(plan, people):
    text = block("1\tLễ phát động\tSở Tư pháp\tĐoàn thể\t13/11", "2\tMít tinh\t\t\t", "3\tMít tinh xã\t\t\t20/11")

    _first, second, third = understood(plan, text).rows

    assert (second.data.lead, second.data.starts_on, second.data.partners) == (people.justice, D(2023, 11, 13), ())
    assert second.notes == ["như dòng trên: Chủ trì, Thời gian"]
    assert (third.data.lead, third.data.starts_on) == (people.justice, D(2023, 11, 20))


def test_gaps_stay_gaps_when_the_person_says_so(plan):
    text = block("1\tLễ phát động\tSở Tư pháp\t\t13/11", "2\tMít tinh\t\t\t")

    assert understood(plan, text, fills=False).rows[1].data.lead is None


def test_rows_without_a_name_go_on_with_the_task_above(plan):
    text = block("1\tTập huấn\tSở Tư pháp\t\t13/11\t4 lớp\t80 triệu\tNSNN", "\t\t\t\t\t240 lượt người\t20 triệu\t")

    (row,) = understood(plan, text).rows

    assert [(t.measure.code, t.quantity) for t in row.data.targets] == [("CT12.1", 4), ("CT13.1", 240)]
    assert [m.amount for m in row.data.money] == [80_000_000, 20_000_000]


def test_a_row_that_repeats_a_heading_orders_the_tasks_below_it(plan):
    text = block(
        "1. Truyền thông",
        "1\tLễ phát động trên sóng\tSở Tư pháp\t\t13/11",
        "II\tKiểm tra liên ngành, xử lý vi phạm",
        "2\tTập huấn thanh tra\t\t\t14/11",
        "\tTổng cộng\t\t\t\t\t80 triệu",
    )

    rows = understood(plan, text).rows

    assert [(row.title, row.data.heading) for row in rows] == [
        ("Lễ phát động trên sóng", "III.3"),
        ("Tập huấn thanh tra", "III.6"),
    ]
    assert rows[1].data.lead is None, "a merged cell does not reach over a heading"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("1\tLễ phát động\t\t\t31/11", "31/11/2023"),
        ("1\tLễ phát động\t\t\t13/11\t\t1,000 triệu\tNSNN", "1,000"),
        ("1\tLễ phát động\t\t\t13/11\t\t80\tNSNN", "80"),
        ("1\tLễ phát động\t\t\t20/11 - 15/11", "15/11/2023"),
        ("1\tLễ phát động, gọi 0912 345 678\t\t\t13/11", "điện thoại"),
        ("1\tLễ phát động\t\t\t13/11\t1 cuộc; 2 cuộc", "hai lần"),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_the_forms(plan, row, fault):
    found = only(plan, row)

    assert found.data is None
    assert any(fault in words for words in found.faults), found.faults


def test_what_is_unclear_is_asked_and_the_answer_settles_it(plan):
    text = block("1\tViệc khác\tSở Tư pháp\t\t13/11\t20 tin, bài\t80 triệu\t")
    asked = understood(plan, text).rows[0]
    kind, measure, source = asked.asks
    assert (asked.data, kind.open, measure.open, source.open) == (None, True, True, True)

    answers = {kind.name: "HD02", measure.name: "bo", source.name: "NG04"}
    row = understood(plan, text, answers).rows[0]

    assert (row.data.type.code, row.data.targets, row.data.money[0].source.code) == ("HD02", (), "NG04")


def test_an_answer_stays_with_its_row_when_rows_move(plan):
    rows = ("1\tViệc khác\tSở Tư pháp\t\t13/11", "2\tLễ phát động\tSở Tư pháp\t\t13/11")
    kind = understood(plan, block(*rows)).rows[0].asks[0]

    moved = understood(plan, block(*reversed(rows)), {kind.name: "HD08"}).rows

    assert [row.data.type.code for row in moved] == ["HD02", "HD08"]


def test_what_columns_hold_is_remembered_for_the_same_headings(client, people, plan):
    client.force_login(people.officer.user)
    where = reverse("plan_tasks_paste", kwargs={"t": "quang-ninh", "y": 2023, "id": plan.public_id})
    first = "TT\tNội dung\tAi làm\tThời gian\n1\tTập huấn cán bộ\tSở Tư pháp\t20/11"
    known = {"no": 1, "title": 2, "when": 4}
    said = {"seen": "1", "column-1": "no", "column-2": "title", "column-3": "lead", "column-4": "when"}
    assert client.post(where, {"text": first}).context["table"].columns == known

    assert client.post(where, {"text": first, **said, "confirm": "1"}).status_code == 302

    again = client.post(where, {"text": first.replace("cán bộ", "công an")}).context["table"]
    assert again.columns == {**known, "lead": 3}
    other = client.post(where, {"text": first.replace("Ai làm", "Ai lo")}).context["table"]
    assert other.columns == known
    by_hand = client.post(where, {"text": first, **said, "column-3": "place"}).context["table"]
    assert by_hand.columns == {**known, "place": 3}


def test_a_source_that_has_ended_is_not_offered_later_and_its_rows_keep_it(people):
    ended = make.money_source("NG02")
    MoneySource.objects.filter(pk=ended.pk).update(last_year=2025)
    plan = make_plans.started(people)
    assert ended in TaskSheet(plan).sources
    old = make_plans.task(plan, people, money=(MoneyData(5, ended, "cash"),))

    old.plan.year_from = 2026

    assert ended not in TaskSheet(old.plan).sources
    assert "NG02" not in PastedTable(old.plan, "x", {}).sources
    assert ended in TaskSheet(old.plan, old).sources


def test_columns_may_be_said_by_hand(plan):
    text = "Lễ phát động\t13/11\tSở Tư pháp"
    assert understood(plan, text).rows == []

    answers = {"column-1": "title", "column-2": "when", "column-3": "lead"}
    (row,) = understood(plan, text, answers).rows

    assert (row.data.title, row.data.starts_on) == ("Lễ phát động", D(2023, 11, 13))


@pytest.mark.parametrize("text", ["x\ty\n" * 201, "\t".join("a" * 41)])
def test_too_much_at_a_time_is_refused(plan, text):
    with pytest.raises(Refused):
        understood(plan, text)


def test_the_generic_reader_knows_nothing_of_tasks():
    rows = {1: {1: "A", 2: "B", 3: "C"}, 2: {1: "x", 2: "y"}, 3: {2: "z"}}

    assert guess_heading(rows, str.lower) == (1, {"a": 1, "b": 2, "c": 3})
    assert find_gaps(rows, [1, 2], below=1) == {(3, 1): 2}


# The operation


def test_rows_are_added_as_a_whole_in_one_line_of_the_log(plan, people):
    data = [TaskData(title=title, type=make.activity_type(), lead=people.justice) for title in ("Một", "Hai")]

    made = add_tasks(plan, data, by=people.officer, at=NOW)

    assert [task.title for task in plan.tasks.all()] == ["Một", "Hai"]
    assert [task.position for task in made] == [1, 2]
    (event,) = Event.objects.filter(verb="plan.add_tasks")
    assert event.details == {"tasks": 2}


def test_one_bad_row_keeps_all_of_them_out(plan, people):
    data = [TaskData(title=title, type=make.activity_type()) for title in ("Một", " ")]

    with pytest.raises(Refused, match="Dòng 2"):
        add_tasks(plan, data, by=people.officer, at=NOW)

    assert not plan.tasks.exists()


def test_nobody_outside_the_office_adds_tasks(plan, people):
    with pytest.raises(Refused):
        add_tasks(plan, [TaskData(title="Một", type=make.activity_type())], by=people.lawyer, at=NOW)


# The page


@pytest.fixture
def officer(client, people):
    client.force_login(people.officer.user)
    return client


def address(plan):
    return reverse("plan_tasks_paste", kwargs={"t": "quang-ninh", "y": 2023, "id": plan.public_id})


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


GOOD = block("1\tLễ phát động\tSở Tư pháp\t\t13/11", "2\tTập huấn\tSở Tư pháp\t\tthường xuyên\t4 lớp")


def test_looking_stores_nothing_and_says_so(officer, plan):
    answer = officer.post(address(plan), {"text": GOOD})

    assert "2 dòng: 2 đọc được, 0 cần sửa. Chưa lưu dòng nào." in text_of(answer)
    assert not plan.tasks.exists()


def test_confirming_adds_all_rows_once(officer, plan):
    fields = {"text": GOOD, "seen": "1", "fills": "on", "confirm": "1", "idempotency_key": "k1"}

    for _n in range(2):
        assert officer.post(address(plan), fields).url.endswith("#nhiem-vu")

    assert [task.title for task in plan.tasks.all()] == ["Lễ phát động", "Tập huấn"]


def test_a_row_to_fix_stops_the_confirmation_until_it_is_left_out(officer, plan):
    text = block("1\tLễ phát động\tSở Tư pháp\t\t13/11", "2\tMít tinh\tSở Tư pháp\t\t31/11")
    fields = {"text": text, "seen": "1", "fills": "on", "confirm": "1"}

    stopped = officer.post(address(plan), fields)
    assert stopped.status_code == 422
    assert "Còn 1 dòng cần sửa hoặc bỏ ra" in text_of(stopped)
    assert not plan.tasks.exists()

    bad = stopped.context["table"].bad[0].key
    officer.post(address(plan), {**fields, "skip": bad})
    assert [task.title for task in plan.tasks.all()] == ["Lễ phát động"]


def test_an_empty_table_is_asked_for_again(officer, plan):
    assert officer.post(address(plan), {"text": "", "confirm": "1"}).status_code == 422


def test_a_submitted_plan_takes_no_table_and_loses_no_text(officer, plan):
    type(plan).objects.update(status="submitted", submitted_at=NOW)

    answer = officer.post(address(plan), {"text": GOOD, "seen": "1", "fills": "on", "confirm": "1"})

    assert answer.status_code == 422
    assert "Lễ phát động" in text_of(answer)


def test_thirty_rows_ask_as_often_as_one(officer, plan, django_assert_max_num_queries):
    officer.post(address(plan), {"text": GOOD})
    with django_assert_max_num_queries(60) as one:
        officer.post(address(plan), {"text": GOOD})
    asked = len(one)
    rows = [f"{n}\tLễ phát động {n}\tSở Tư pháp\tĐoàn thể\t13/11\t1 cuộc\t80 triệu\tNSNN" for n in range(30)]

    with django_assert_max_num_queries(asked + 1):
        answer = officer.post(address(plan), {"text": block(*rows)})

    assert "30 dòng: 30 đọc được" in text_of(answer)


def test_a_name_of_two_bodies_is_a_fault_of_the_row(plan, people, monkeypatch):
    def two(_self, typed):
        raise ValidationError(f"Có 2 đơn vị tên “{typed}”")

    monkeypatch.setattr("campaigns.forms.bodies.Bodies.find", two)

    assert only(plan, "1\tLễ phát động\tUBND xã Tân Hội\t\t13/11").faults == ["Có 2 đơn vị tên “UBND xã Tân Hội”"]
