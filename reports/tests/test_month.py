"""The month calendar: days, ranges, what has no day, clashes in words, and what each seat sees."""

import datetime
import re
import subprocess

import pytest
from django.test import Client
from django.urls import reverse

from activities.tests import make as activities
from campaigns.models import ActivityType
from campaigns.operations.plans import IssueFacts, issue_plan
from campaigns.operations.reviews import approve_plan
from campaigns.tests import make, make_plans
from provinces.tests import make as who
from provinces.tests.make import NOW
from reports.queries.month import month_of
from reports.queries.places import current_place

pytestmark = pytest.mark.django_db
D = datetime.date
FACTS = IssueFacts(number="224", symbol="KH-UBND", dated=D(2023, 11, 1))
HERE = {"t": "quang-ninh", "y": 2023}
NOVEMBER = D(2023, 11, 1)


@pytest.fixture
def people():
    return make_plans.cast()


@pytest.fixture
def ward(people):
    unit = who.commune(people.province, "Phường Đông Mai", "07132")
    return who.department(unit, "Ủy ban nhân dân phường Đông Mai", "UBND", "ubnd_xa")


def approved(people, *tasks):
    plan = make_plans.started(people)
    make_plans.save_section(
        make_plans.section(plan), make_plans.PURPOSE, version=1, done=True, by=people.officer, at=NOW
    )
    for task in tasks:
        make_plans.task(plan, people, **{"lead": people.justice, **task})
    plan = make_plans.submit_plan(plan, by=people.officer, at=NOW)
    return approve_plan(plan, by=people.reviewer, at=NOW)


def issued(people, *tasks):
    return issue_plan(approved(people, *tasks), FACTS, by=people.head, at=NOW)


def on(day, title="Lễ phát động", month=11, **more):
    return {"title": title, "starts_on": D(2023, month, day), **more}


def month(seat, first=NOVEMBER, own=False, **more):
    return month_of(seat, current_place(seat, ["quang-ninh", 2023]), first, own=own, **more)


def days(found):
    return {(day.date.day, item.title) for week in found.weeks for day in week.days for item in day.shown if day.inside}


def bars(found):
    return [
        [(bar.span, bar.item and bar.item.title, bar.before, bar.after) for bar in lane]
        for week in found.weeks
        for lane in week.lanes
    ]


def get(seat, **query):
    client = Client()
    client.force_login(seat.user)
    return client.get(reverse("calendar", kwargs=HERE), query)


def paper_type():
    """A type at which nobody gathers."""
    return ActivityType.objects.create(
        code="HD26",
        name="Văn bản",
        name_en="Papers",
        count_measure=make.measure("CT01.1"),
        asks=["documents"],
        plan_heading="III.1",
    )


# ── days and ranges ────────────────────────────────────────────────────────


def test_launches_stand_on_their_days_and_the_next_month_has_its_own(people):
    issued(people, on(15), on(1, "Tọa đàm", month=12))

    assert days(month(people.officer)) == {(15, "Lễ phát động")}
    assert days(month(people.officer, D(2023, 12, 1))) == {(1, "Tọa đàm")}


def test_a_range_is_a_bar_in_each_week_it_runs_through(people):
    issued(people, on(15, "Truyền thông", ends_on=D(2023, 12, 15)))

    assert bars(month(people.officer)) == [
        [(2, None, False, False), (5, "Truyền thông", False, True)],
        [(7, "Truyền thông", True, True)],
        [(4, "Truyền thông", True, True), (3, None, False, False)],
    ]


def test_ranges_share_a_row_when_they_do_not_meet(people):
    issued(
        people,
        on(13, "Một", ends_on=D(2023, 11, 14)),
        on(14, "Hai", ends_on=D(2023, 11, 16)),
        on(15, "Ba", ends_on=D(2023, 11, 19)),
    )

    assert bars(month(people.officer)) == [
        [(2, "Một", False, False), (5, "Ba", False, False)],
        [(1, None, False, False), (3, "Hai", False, False), (3, None, False, False)],
    ]


def test_every_week_has_seven_columns(people):
    issued(people, *(on(n, f"Việc {n}", ends_on=D(2023, 11, n + 9)) for n in (1, 4, 9, 20)))

    for week in month(people.officer).weeks:
        assert len(week.days) == 7
        assert {sum(bar.span for bar in lane) for lane in week.lanes} <= {7}


def test_what_has_no_day_is_listed_under_the_month(people):
    issued(people, {"title": "Truyền thanh", "when_text": "thường xuyên"})

    text = get(people.officer, thang="11").content.decode()

    assert "Truyền thanh" in text
    assert "thường xuyên" in text
    assert days(month(people.officer)) == set()


def test_before_the_plan_is_issued_its_days_are_planned(people):
    plan = approved(people, on(15))
    assert "Dự kiến</span>" in get(people.lawyer, thang="11").content.decode()

    issue_plan(plan, FACTS, by=people.head, at=NOW)
    assert "Dự kiến</span>" not in get(people.lawyer, thang="11").content.decode()


def test_a_plan_that_is_being_written_is_in_no_calendar(people):
    plan = make_plans.started(people)
    make_plans.task(plan, people, starts_on=D(2023, 11, 15))

    assert days(month(people.lawyer)) == set()


def test_recorded_activities_stand_beside_the_tasks(people):
    plan = issued(people, on(15))
    activities.activity(people.justice, "Tư vấn", starts_on=D(2023, 11, 16))
    activities.activity(people.justice, "Đã hủy", starts_on=D(2023, 11, 16), status="cancelled", cancel_reason="Mưa")
    activities.activity(people.justice, "Chỉ biết tháng", starts_on=D(2023, 11, 1), precision="month")
    echo = {"starts_on": D(2023, 11, 15), "task_lineage": plan.tasks.get().lineage}
    activities.activity(people.justice, "Chính lễ phát động đó", **echo)

    assert days(month(people.lawyer)) == {(15, "Lễ phát động"), (16, "Tư vấn")}


def test_another_departments_draft_is_nobody_elses_business(people, ward):
    activities.activity(people.justice, "Nháp", starts_on=D(2023, 11, 16), status="draft")

    assert days(month(people.lawyer)) == {(16, "Nháp")}
    for other in (who.seat(ward), people.officer):
        assert days(month(other)) == set()


def test_the_own_calendar_holds_what_the_department_leads_helps_with_and_joined(people, ward):
    issued(
        people,
        on(15, "Của sở khác"),
        on(16, "Của mọi xã", lead=None, lead_group="communes_old"),
        on(17, "Phối hợp", partners=(ward,)),
    )
    activities.participant(activities.activity(people.office, "Đã dự", starts_on=D(2023, 11, 20)), ward)
    seat = who.seat(ward)

    assert days(month(seat, own=True)) == {(16, "Của mọi xã"), (17, "Phối hợp"), (20, "Đã dự")}
    assert (15, "Của sở khác") in days(month(seat))


def test_a_full_day_shows_some_and_a_link_to_all(people):
    for n in range(8):
        activities.activity(people.justice, f"Việc {n}", starts_on=D(2023, 11, 16), status="sent")

    short = get(people.lawyer, thang="11").content.decode()
    assert "và 3 việc nữa" in short
    assert "ngay=16#ngay-16" in short
    full = get(people.lawyer, thang="11", ngay="16").content.decode()
    assert "Việc 7" in full
    assert "việc nữa" not in full


# ── clashes ────────────────────────────────────────────────────────────────


def clashes(seat, **more):
    found = month(seat, **more)
    return [(clash.first.title, clash.second.title, found.why(clash)) for clash in found.clashes]


def test_two_events_of_one_department_on_one_day_clash(people):
    issued(people, on(15, "Lễ phát động"), on(15, "Tọa đàm"))

    assert clashes(people.officer) == [("Lễ phát động", "Tọa đàm", "cùng có Sở Tư pháp")]
    text = get(people.officer, thang="11").content.decode()
    assert "1 chỗ trùng lịch" in text
    assert text.count("Trùng lịch</span>") == 2


def test_on_different_days_nothing_clashes(people):
    issued(people, on(15, "Lễ phát động"), on(16, "Tọa đàm"))

    assert clashes(people.officer) == []


def test_two_events_at_one_place_on_one_day_clash_however_it_is_written(people):
    issued(
        people,
        on(15, "Lễ phát động", place="Nhà văn hóa tỉnh"),
        on(15, "Tọa đàm", place="nhà văn hoá  Tỉnh", lead=people.office),
    )

    assert clashes(people.officer) == [("Lễ phát động", "Tọa đàm", "cùng nơi: Nhà văn hóa tỉnh")]


def test_the_provinces_launch_and_the_communes_on_the_day_a_commune_is_needed_at_both(people, ward):
    unit = who.commune(people.province, "Xã Hai", "07133")
    who.department(unit, "UBND xã Hai", "UBND", "ubnd_xa")
    issued(
        people,
        on(15, "Lễ phát động cấp tỉnh", lead=people.office, partners=(ward,)),
        on(15, "Lễ phát động cấp xã", lead=None, lead_group="communes_old"),
    )

    assert clashes(people.officer) == [
        ("Lễ phát động cấp tỉnh", "Lễ phát động cấp xã", "cùng có Ủy ban nhân dân phường Đông Mai")
    ]


def test_before_the_issue_groups_clash_too(people, ward):
    approved(
        people,
        on(15, "Lễ phát động cấp tỉnh", lead=people.office, partners=(ward,)),
        on(15, "Lễ phát động cấp xã", lead=None, lead_group="communes_old"),
    )

    assert len(clashes(people.officer)) == 1


def test_papers_and_ranges_clash_with_nothing(people):
    issued(
        people,
        on(15, "Lễ phát động"),
        on(15, "Văn bản", type=paper_type()),
        on(14, "Đợt truyền thông", ends_on=D(2023, 11, 20)),
    )

    assert clashes(people.officer) == []


def test_what_has_happened_clashes_no_more_but_a_draft_does(people):
    for title in ("Một", "Hai"):
        activities.activity(people.justice, title, starts_on=D(2023, 11, 15), status="sent")
    assert clashes(people.lawyer) == []

    activities.activity(people.justice, "Ba", starts_on=D(2023, 11, 15), status="draft")
    assert [(first, second) for first, second, _why in clashes(people.lawyer)] == [("Một", "Ba"), ("Hai", "Ba")]


def test_an_event_and_what_belongs_to_it_do_not_clash(people):
    parent = activities.activity(people.justice, "Lễ", starts_on=D(2023, 11, 15), status="draft")
    activities.activity(people.justice, "Cổ động", starts_on=D(2023, 11, 15), status="draft", parent=parent)

    assert clashes(people.lawyer) == []


def test_many_shared_departments_are_named_to_three(people):
    bodies = [who.department(people.province, f"Sở {n}", f"S{n}") for n in range(5)]
    issued(
        people,
        on(15, "Một", lead=people.office, partners=tuple(bodies)),
        on(15, "Hai", lead=people.justice, partners=tuple(bodies)),
    )

    assert clashes(people.officer)[0][2] == "cùng có Sở 0, Sở 1, Sở 2 và 2 cơ quan, đơn vị khác"


# ── the page ───────────────────────────────────────────────────────────────


def test_the_months_lead_to_each_other_and_end_with_the_year(people):
    issued(people, on(15))
    november, december = get(people.officer, thang="11"), get(people.officer, thang="12")

    assert "?thang=12&amp;xem=tat-ca" in november.content.decode()
    assert "?thang=10&amp;xem=tat-ca" in november.content.decode()
    assert "?thang=13" not in december.content.decode()


@pytest.mark.parametrize("wrong", ["0", "13", "mười", "-1"])
def test_no_such_month_is_404(people, wrong):
    make.campaign()

    assert get(people.officer, thang=wrong).status_code == 404


@pytest.mark.parametrize("query", [{"ngay": "31"}, {"ngay": "x"}, {"xem": "x"}, {"ngay": "0"}, {}])
def test_other_strange_words_in_the_address_do_no_harm(people, query):
    make.campaign()

    assert get(people.officer, thang="11", **query).status_code == 200


def test_another_province_is_404(people):
    stranger = make_plans.cast("Hải Phòng", "31", "hai-phong")
    make.campaign()

    assert get(stranger.head).status_code == 404


def test_the_calendar_asks_the_same_for_one_commune_and_for_170(people, ward, django_assert_max_num_queries):
    group = {"lead": None, "lead_group": "communes_old"}
    plan = approved(people, on(15, "Một", **group), on(15, "Hai", partners=(ward,)))
    activities.participant(
        activities.activity(ward, "Đã làm", starts_on=D(2023, 11, 20), status="sent"), people.justice
    )
    client = Client()
    client.force_login(people.officer.user)
    address = reverse("calendar", kwargs=HERE)
    client.get(address, {"thang": "11"})
    with django_assert_max_num_queries(40) as one:
        client.get(address, {"thang": "11"})
    for n in range(170):
        body = who.department(who.commune(people.province, f"Xã {n}", f"1{n:04}"), f"UBND xã {n}", "UBND", "ubnd_xa")
        if n < 40:
            activities.activity(body, f"Việc {n}", starts_on=D(2023, 11, 20), status="sent")
    plan.tasks.create(title="Ba", type=make.activity_type(), heading="III.2", starts_on=D(2023, 11, 16), lead=ward)

    with django_assert_max_num_queries(len(one)):
        client.get(address, {"thang": "11"})


# ── on a phone and on paper ────────────────────────────────────────────────


@pytest.fixture
def opened(page, people):
    """The calendar of the office's officer, opened in the browser with two ranges and two clashing launches."""
    issued(
        people,
        on(15, "Lễ phát động"),
        on(15, "Tọa đàm"),
        on(15, "Truyền thông", ends_on=D(2023, 12, 15)),
        {"title": "Truyền thanh", "when_text": "thường xuyên"},
    )
    page.goto(reverse("sign_in"))
    page.fill("input[name=username]", people.officer.user.username)
    page.fill("input[name=password]", "mat khau dai")
    page.click("button.btn-main")
    page.goto(f"{reverse('calendar', kwargs=HERE)}?thang=11")
    return page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_the_month_is_a_list_of_days_with_something_on(opened):
    opened.set_viewport_size({"width": 360, "height": 800})

    shown = [cell.inner_text() for cell in opened.locator("td.day, td.bar").all() if cell.is_visible()]

    assert [text.split("\n")[0].strip() for text in shown] == ["Thứ Tư 15/11", "15/11 – 15/12/2023 Truyền thông"]
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_month_prints_on_a4_landscape_with_its_clashes(opened, tmp_path):
    paper = tmp_path / "lich.pdf"

    opened.pdf(path=paper, prefer_css_page_size=True)

    text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True).stdout
    assert "1 chỗ trùng lịch" in text
    assert "Truyền thanh" in text
    assert "Tháng sau" not in text
    facts = subprocess.run(["pdfinfo", paper], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size: +841\.\d+ x 59\d\.\d+ pts \(A4\)", facts)
