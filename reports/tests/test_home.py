"""The work list of each seat, and where a person stands when the address does not say."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.tests import make as activities
from campaigns.models import PlanComment, Recipient, Request
from campaigns.tests import make as campaigns
from provinces.models import Duty, UnitSuccession
from provinces.tests import make
from provinces.tests.make import NOW
from reports.models import Delivery, Job, Report, Snapshot
from reports.queries.home import work_of
from reports.queries.places import current_place, years_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def quang_ninh():
    return make.province()


@pytest.fixture
def office(quang_ninh):
    return make.office(quang_ninh)


@pytest.fixture
def committee(quang_ninh):
    return make.committee(quang_ninh)


@pytest.fixture
def justice(quang_ninh):
    return make.department(quang_ninh)


def seat_of(department, role="editor"):
    return make.seat(department, role)


def work(seat, at=NOW):
    campaigns.campaign(2023)
    return work_of(seat, current_place(seat, ["quang-ninh", 2023]), at)


def titles(tasks):
    return [task.title for task in tasks]


def request_from(office, *departments, due=NOW + DAY):
    row = Request.objects.create(
        kind="month",
        province=office.unit,
        asker=office,
        campaign=campaigns.campaign(2023),
        year=2023,
        scope="both",
        period_from="2023-11-15",
        period_to="2023-12-15",
        cut_off=due,
        due=due,
        created_at=NOW,
    )
    for department in departments:
        Recipient.objects.create(request=row, department=department)
    return row


def report(department, status="draft", kind="report", frozen=False, **more):
    wanted = {"status": status, "number_unknown": True, "nil_reason": "x" if status == "nil" else ""}
    row = Report.objects.create(
        kind=kind,
        campaign=campaigns.campaign(2023),
        province=department.unit.home_province,
        department=department,
        issuer=department,
        created_at=NOW,
        **more,
    )
    if frozen or status not in {"draft", "waiting_head", "returned", "nil"}:
        job = Job.objects.create(report=row, status="done", queued_at=NOW, finished_at=NOW)
        picture = Snapshot.objects.create(report=row, job=job, no=1, schema=1, figures={}, sha256="x", taken_at=NOW)
        wanted |= {"snapshot": picture, "locked_at": NOW}
    Report.objects.filter(pk=row.pk).update(**wanted)
    row.refresh_from_db()
    return row


def delivered(of, to, status="sent"):
    decided = NOW if status in {"returned", "accepted"} else None
    by = seat_of(of.department, "approver")
    return Delivery.objects.create(report=of, to=to, status=status, sent_at=NOW, sent_by=by, decided_at=decided)


# ── the office ─────────────────────────────────────────────────────────────


def test_an_empty_year_asks_the_office_for_a_plan_and_a_report(office):
    assert titles(work(seat_of(office)).todo) == ["Lập kế hoạch năm 2023", "Lập báo cáo kết quả năm 2023"]


def test_before_the_month_nobody_is_asked_for_the_report(office):
    before = datetime.datetime(2023, 10, 2, tzinfo=datetime.UTC)
    assert titles(work(seat_of(office), before).todo) == ["Lập kế hoạch năm 2023"]


@pytest.mark.parametrize(
    ("status", "role", "block", "title", "chip"),
    [
        ("draft", "editor", "todo", "Hoàn thiện và trình kế hoạch năm 2023", "doing"),
        ("submitted", "editor", "waiting", "Đang được xem xét: kế hoạch năm 2023", "wait"),
        ("returned", "editor", "todo", "Sửa và trình lại kế hoạch năm 2023", "back"),
        ("approved", "editor", "waiting", "Chờ lãnh đạo ban hành: kế hoạch năm 2023", "wait"),
        ("approved", "approver", "todo", "Ban hành kế hoạch năm 2023", "todo"),
        ("issued", "approver", "done", "Đã ban hành: kế hoạch năm 2023", "done"),
    ],
)
def test_the_plan_stands_where_its_state_puts_it(office, status, role, block, title, chip):
    campaigns.plan(office, status=status, submitted_at=NOW, number_unknown=True)
    row = next(task for task in getattr(work(seat_of(office, role)), block) if "kế hoạch" in task.title)
    assert (row.title, row.chip) == (title, chip)


def test_a_returned_plan_says_how_many_comments_are_open(office, committee):
    plan = campaigns.plan(office, status="returned")
    member = seat_of(committee, "approver")
    for answer in ("", "", "fixed"):
        PlanComment.objects.create(
            plan=plan, anchor="chu-de", kind="must", text="Sửa", by=member, at=NOW, sent=True, answer=answer
        )
    assert "2 ý kiến" in work(seat_of(office)).todo[0].note


@pytest.mark.parametrize(("count", "named"), [(1, 1), (3, 3), (4, 0)])
def test_the_comments_that_wait_for_an_answer_are_work(office, committee, count, named):
    plan = campaigns.plan(office, status="returned")
    member = seat_of(committee, "approver")
    for number in range(count):
        PlanComment.objects.create(
            plan=plan, anchor="section:chu-de", kind="advice", text=f"Ý kiến {number}", by=member, at=NOW, sent=True
        )
    PlanComment.objects.create(plan=plan, anchor="section:chu-de", kind="must", text="Chưa gửi", by=member, at=NOW)

    rows = [task for task in work(seat_of(office)).todo if task.fragment]

    assert [row.title for row in rows] == [f"Trả lời ý kiến “Ý kiến {n}”" for n in range(named)]
    assert all(row.row == plan.public_id and row.chip == "back" for row in rows)


def test_a_plan_of_the_year_is_work_too_and_is_not_the_plan_of_the_month(office):
    campaigns.plan(office, kind="year", campaign=None, status="draft")

    found = titles(work(seat_of(office)).todo)

    assert "Lập kế hoạch năm 2023" in found
    assert any("Triển khai Tháng hành động" in title for title in found)


def test_the_verify_queue_is_one_row_with_a_count(office, justice):
    for _n in range(3):
        activities.activity(justice, status="sent")
    page = work(seat_of(office))
    assert page.to_verify == 3
    assert "Xác minh 3 hoạt động mới gửi" in titles(page.todo)


@pytest.mark.parametrize(
    ("status", "role", "block", "title"),
    [
        ("draft", "editor", "todo", "Tổng hợp báo cáo kết quả năm 2023"),
        ("waiting_head", "editor", "waiting", "Chờ lãnh đạo: báo cáo kết quả năm 2023"),
        ("waiting_head", "approver", "todo", "Đọc và ký duyệt báo cáo kết quả năm 2023"),
        ("locked", "approver", "todo", "Ban hành báo cáo kết quả năm 2023"),
        ("issued", "approver", "todo", "Gửi báo cáo kết quả năm 2023"),
        ("sent", "editor", "waiting", "Đã gửi, chờ tiếp nhận: báo cáo kết quả năm 2023"),
        ("returned", "editor", "todo", "Lập bản mới của báo cáo kết quả năm 2023 theo ý kiến"),
        ("accepted", "editor", "done", "Đã được tiếp nhận: báo cáo kết quả năm 2023"),
    ],
)
def test_the_report_stands_where_its_state_puts_it(office, status, role, block, title):
    report(office, status)
    assert title in titles(getattr(work(seat_of(office, role)), block))


def test_a_report_on_another_request_bears_its_subject(office, justice):
    asked = request_from(office, justice)
    Request.objects.filter(pk=asked.pk).update(kind="year", subject="Kết quả công tác bình đẳng giới năm 2023")
    report(office, request=asked)
    assert "Tổng hợp báo cáo “Kết quả công tác bình đẳng giới năm 2023”" in titles(work(seat_of(office)).todo)


def test_what_waits_for_the_head_opens_where_it_is_signed(office):
    report(office, "waiting_head")
    task = next(each for each in work(seat_of(office, "approver")).todo if each.title.startswith("Đọc và ký duyệt"))
    assert task.page == "report_sign"


def test_a_compiled_report_is_to_be_written(office):
    report(office, frozen=True)
    assert "Viết lời văn báo cáo kết quả năm 2023" in titles(work(seat_of(office)).todo)


def test_the_office_sees_who_has_sent_and_the_days_to_come(office, justice):
    asked = request_from(office, justice, make.department(office.unit, "Sở Y tế"))
    report(justice, "nil", kind="return", request=asked)
    page = work(seat_of(office))
    assert (page.returns.asked, page.returns.sent, page.returns.missing) == (2, 1, 1)
    assert [row.name for row in page.milestones] == ["Báo cáo của đơn vị", "Chốt số liệu"]


# ── the committee ──────────────────────────────────────────────────────────


def test_the_committee_reviews_what_was_submitted_and_keeps_what_it_decided(office, committee):
    campaigns.plan(office, status="submitted", submitted_at=NOW)
    delivered(report(office, "sent"), committee)
    page = work(seat_of(committee, "approver"))
    owner = "Sở Lao động - Thương binh và Xã hội"
    assert titles(page.todo) == [
        f"Xem xét kế hoạch năm 2023 của {owner}",
        f"Xem báo cáo kết quả năm 2023 của {owner}",
    ]
    assert [task.page for task in page.todo] == ["plan_review", "report_review"]


def test_an_editor_of_the_committee_is_asked_for_no_decision(office, committee):
    campaigns.plan(office, status="submitted", submitted_at=NOW)
    delivered(report(office, "sent"), committee)
    assert work(seat_of(committee)).todo == []


def test_more_than_three_arrived_returns_are_one_row(office, quang_ninh):
    for n in range(4):
        report(make.department(quang_ninh, f"Sở {n}"), "nil", kind="return")
    assert "Xem 4 báo cáo của cơ quan, đơn vị" in titles(work(seat_of(office)).todo)


# ── a department ───────────────────────────────────────────────────────────


def test_a_department_finishes_drafts_and_corrects_what_came_back(justice):
    for _n in range(2):
        activities.activity(justice, status="draft")
    activities.activity(justice, "Tọa đàm", status="returned", comment="Ghi rõ số nữ")
    activities.activity(justice, status="accepted")
    page = work(seat_of(justice))
    assert titles(page.todo) == ["Sửa hoạt động “Tọa đàm”", "Hoàn thiện 2 hoạt động còn nháp"]
    assert page.todo[0].note == "Ghi rõ số nữ"
    assert titles(page.done) == ["1 hoạt động đã xác minh"]


def test_four_returned_activities_are_one_row(justice):
    for _n in range(4):
        activities.activity(justice, status="returned", comment="Sửa")
    assert titles(work(seat_of(justice)).todo) == ["Sửa 4 hoạt động bị trả lại"]


def test_the_head_confirms_what_the_editor_waits_for(justice):
    activities.activity(justice, status="waiting_head")
    assert titles(work(seat_of(justice, "approver")).todo) == ["Xác nhận và gửi 1 hoạt động"]
    assert titles(work(seat_of(justice)).waiting) == ["1 hoạt động chờ lãnh đạo xác nhận"]


def test_an_asked_department_is_told_until_it_has_a_return(office, justice):
    asked = request_from(office, justice)
    row = work(seat_of(justice)).todo[0]
    assert row.title == "Lập báo cáo của đơn vị năm 2023"
    assert row.note == "hạn 09:00 ngày 21/11/2023"
    report(justice, kind="return", request=asked)
    assert titles(work(seat_of(justice)).todo) == ["Hoàn thiện và gửi báo cáo của đơn vị năm 2023"]


def test_an_extension_moves_the_due_time_of_one_department(office, justice):
    asked = request_from(office, justice)
    Recipient.objects.filter(request=asked).update(due=NOW + 5 * DAY)
    assert work(seat_of(justice)).todo[0].due == NOW + 5 * DAY


def test_a_return_under_a_closed_request_is_asked_of_nobody(office, justice):
    request = request_from(office, justice)
    report(justice, kind="return", request=request)
    assert titles(work(seat_of(justice)).todo) == ["Hoàn thiện và gửi báo cáo của đơn vị năm 2023"]

    type(request).objects.filter(pk=request.pk).update(closed_at=NOW, closing_reason="Đã tổng hợp")

    assert work(seat_of(justice)).todo == []


def test_what_is_late_says_so_and_comes_first(office, justice):
    activities.activity(justice, status="draft")
    request_from(office, justice, due=NOW - DAY)
    page = work(seat_of(justice))
    assert page.todo[0].flags == ("Quá hạn",)
    assert page.overdue == 1


def test_a_viewer_is_asked_for_nothing(office, justice):
    activities.activity(justice, status="draft")
    request_from(office, justice)
    page = work(seat_of(justice, "viewer"))
    assert (page.todo, page.waiting, page.done) == ([], [], [])


def test_another_department_s_drafts_are_nobody_else_s_work(justice, quang_ninh):
    activities.activity(justice, status="draft")
    assert work(seat_of(make.department(quang_ninh, "Sở Y tế"))).todo == []


# ── the page ───────────────────────────────────────────────────────────────


def test_the_bare_address_opens_the_work_list(client, office):
    client.force_login(seat_of(office).user)
    assert client.get("/").url == reverse("home")


def test_the_page_shows_seven_rows_and_folds_the_rest(client, office):
    campaigns.campaign(2023)
    for _n in range(9):
        report(office, "returned")
    client.force_login(seat_of(office).user)
    page = client.get(reverse("home")).content.decode()
    first, _fold, rest = page.partition('<details class="fold"><summary>3 việc nữa')
    assert first.count('class="st"') == 7
    assert rest


def test_the_number_of_queries_does_not_grow_with_the_rows(
    client, office, committee, justice, django_assert_num_queries
):
    reader = seat_of(office, "approver")
    client.force_login(reader.user)
    request_from(office, justice)

    def fill(n, start):
        for at in range(start, start + n):
            body = make.department(office.unit, f"Sở {at}")
            activities.activity(body, status="sent")
            activities.activity(office, status="returned", comment="Sửa")
            delivered(report(body, "sent", kind="return"), office)
            campaigns.plan(body, status="submitted", submitted_at=NOW)

    fill(1, 0)
    client.get(reverse("home"))
    counted = _queries(client)
    fill(29, 1)
    with django_assert_num_queries(counted):
        client.get(reverse("home"))
    assert counted <= 36


def _queries(client):
    with CaptureQueriesContext(connection) as found:
        client.get(reverse("home"))
    return len(found)


def test_a_person_without_a_seat_is_told_so(client):
    client.force_login(make.user())
    assert "Chưa có vị trí công tác" in client.get(reverse("home")).content.decode()


# ── where one stands ───────────────────────────────────────────────────────


def test_without_a_memory_one_stands_in_the_newest_year_with_work(office):
    campaigns.campaign(2026)
    campaigns.plan(office, 2023)
    place = current_place(seat_of(office), None)
    assert (place.slug, place.year) == ("quang-ninh", 2023)


def test_with_no_work_at_all_one_stands_in_the_newest_year(office):
    campaigns.campaign(2023)
    campaigns.campaign(2026)
    assert current_place(seat_of(office), None).year == 2026


@pytest.mark.parametrize("strange", [["an-giang", 2023], ["quang-ninh", 1999], "x", [1, 2], None, ["quang-ninh"]])
def test_a_memory_that_leads_nowhere_is_dropped(office, strange):
    campaigns.plan(office, 2023)
    make.province("An Giang", "89", "an-giang")
    assert current_place(seat_of(office), strange).slug == "quang-ninh"


def test_the_merged_province_opens_its_predecessor_where_the_work_is():
    until, since = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)
    kien_giang = make.province("Kiên Giang", "91", "kien-giang", valid_to=until)
    old = make.province("An Giang", "89", "an-giang", valid_to=until)
    new = make.province("An Giang", "91", "an-giang", valid_from=since)
    for unit in (kien_giang, old):
        UnitSuccession.objects.create(predecessor=unit, successor=new, on=since, whole=True)
    campaigns.plan(make.office(kien_giang), 2023)
    campaigns.campaign(2026)
    seat = seat_of(make.office(new))
    place = current_place(seat, None)
    assert (place.slug, place.year) == ("kien-giang", 2023)
    years = {row.campaign.year: [place.slug for place in row.places] for row in years_of(seat)}
    assert years == {2026: ["an-giang"], 2023: ["an-giang", "kien-giang"]}


def test_the_years_page_keeps_the_kind_of_page(client, office):
    campaigns.campaign(2022)
    campaigns.campaign(2023)
    client.force_login(seat_of(office).user)
    page = client.get(reverse("years"), {"trang": "viec-can-lam"}).content.decode()
    assert f"{reverse('home')}?tinh=quang-ninh&amp;nam=2022" in page


def test_the_year_chosen_is_remembered(client, office):
    campaigns.campaign(2022)
    campaigns.campaign(2023)
    client.force_login(seat_of(office).user)
    client.get(reverse("home"), {"tinh": "quang-ninh", "nam": "2022"})
    assert "năm 2022" in client.get(reverse("account")).content.decode()


def test_a_strange_province_in_the_address_changes_nothing(client, office):
    campaigns.campaign(2023)
    make.province("An Giang", "89", "an-giang")
    client.force_login(seat_of(office).user)
    page = client.get(reverse("home"), {"tinh": "an-giang", "nam": "2023"}).content.decode()
    assert "An Giang" not in page


def test_the_office_is_named_with_its_duty(client, office):
    campaigns.campaign(2023)
    client.force_login(seat_of(office).user)
    assert "cơ quan thường trực" in client.get(reverse("home")).content.decode()
    Duty.objects.all().delete()
    assert "cơ quan thường trực" not in client.get(reverse("home")).content.decode()


def test_every_row_leads_to_a_page(client, office, committee, justice):
    campaigns.plan(office, status="returned")
    activities.activity(justice, status="sent")
    activities.activity(office, status="draft")
    activities.activity(office, status="returned", comment="Sửa")
    delivered(report(office, "sent"), committee)
    report(justice, "nil", kind="return")
    for reader in (seat_of(office, "approver"), seat_of(committee, "approver")):
        client.force_login(reader.user)
        answer = client.get(reverse("home"))
        rows = [row for block in ("todo", "later", "waiting", "done") for row in answer.context[block]]
        assert rows
        assert [row["title"] for row in rows if not row["url"]] == []
        links = [row["url"] for row in rows if "/bao-cao/" not in row["url"]]
        assert {url: client.get(url).status_code for url in links} == dict.fromkeys(links, 200)


def test_in_a_locked_year_nothing_is_logged(client, justice):
    campaign = campaigns.campaign(2023)
    reader = seat_of(justice)
    client.force_login(reader.user)
    assert reverse("activity_new", args=["quang-ninh", 2023]) in client.get(reverse("home")).content.decode()
    type(campaign).objects.update(locked_at=NOW)
    page = client.get(reverse("home")).content.decode()
    assert reverse("activity_new", args=["quang-ninh", 2023]) not in page
    assert "Năm 2023 – đã khóa, chỉ xem" in page


def test_the_parts_of_the_navigation_lead_to_the_place_one_stands_in(client, office):
    campaigns.campaign(2023)
    client.force_login(seat_of(office).user)
    page = client.get("/quang-ninh/2023/ke-hoach/").content.decode()
    assert '<a href="/quang-ninh/2023/ke-hoach/" aria-current="page">Kế hoạch</a>' in page
    for part in ("hoat-dong", "bao-cao"):
        assert f'href="/quang-ninh/2023/{part}/"' in page
    assert 'href="/doi-nam?trang=ke-hoach"' in page


def test_only_who_keeps_the_lists_sees_the_way_to_them(client, office, justice):
    campaigns.campaign(2023)
    link = f'href="{reverse("administration")}"'
    client.force_login(seat_of(office, "admin").user)
    assert link in client.get(reverse("home")).content.decode()
    client.force_login(seat_of(justice).user)
    assert link not in client.get(reverse("home")).content.decode()
