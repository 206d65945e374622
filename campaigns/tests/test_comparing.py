"""Plans of all years: words found without accents, two plans side by side."""

import datetime

import pytest
from django.urls import reverse

from campaigns import searching
from campaigns.comparing import compare
from campaigns.models import Plan, PlanSection, Task
from campaigns.outlines import Outline
from campaigns.searching import asked_words, search_plans
from campaigns.tests import make, make_merger
from campaigns.tests.make_merger import copied, merger, plan_of_2023
from provinces.tests import make as who

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture
def people():
    return merger()


@pytest.fixture
def ministry(people):
    body = who.department(who.country(), "Bộ Nội vụ", "BNV", "bo")
    body.duties.create(kind="ministry", for_unit=who.country())
    return who.seat(body, "viewer")


def plan_with(people, text="", **more) -> Plan:
    plan = make.plan(people.office, 2026, issuer=people.ubnd, **more)
    PlanSection.objects.create(plan=plan, key="to-chuc", text=text)
    return plan


def issued(plan) -> Plan:
    Plan.objects.filter(pk=plan.pk).update(status="issued", number_unknown=True)
    plan.refresh_from_db()
    return plan


def marked(found) -> list[str]:
    return [text for one in found for hit in one.hits for text, mark in hit.pieces if mark]


# ── searching ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", ["ky anh", "Kỳ Anh", "KỲ  ANH", "kỳ anh", "ky an"])
def test_words_are_found_without_accents(people, words):
    plan = plan_with(people, "Tổ chức tại xã Kỳ Anh vào tháng 11.")

    found = search_plans(people.officer, words)

    assert [one.plan for one in found] == [plan]
    assert marked(found)[0].startswith("Kỳ An")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("duong sat", "ĐƯỜNG SẮT"),
        ("hoa binh", "hoà bình"),
        ("hoà bình", "tỉnh Hòa Bình"),
        ("3608", "Quyết định 3608/QĐ-BPN&TE"),
        ("binh dang gioi", "Luật Bình đẳng giới"),
    ],
)
def test_d_tone_marks_and_numbers_are_found(people, words, text):
    plan_with(people, text)

    assert len(search_plans(people.officer, words)) == 1


def test_a_word_inside_another_word_is_not_found(people):
    plan_with(people, "Thanh tra, kỳ họp")

    assert search_plans(people.officer, "anh") == []


def test_a_pattern_of_somebody_clever_is_only_words(people):
    plan_with(people, "Kỳ Anh")

    assert asked_words(".*[a-z]+(") == ["a", "z"]
    assert search_plans(people.officer, "%_[^]") == []


def test_words_are_found_in_subject_section_task_place_lead_partner_and_unit(people):
    plan = plan_with(people, "Đồng bào vùng biển")
    Plan.objects.filter(pk=plan.pk).update(subject="Hưởng ứng chiến dịch")
    task = Task.objects.create(
        plan=plan, heading="III.2", title="Tọa đàm", place="Rạch Giá", type=make.activity_type(), lead=people.justice
    )
    task.partners.create(name="Hội Nghề cá")

    for words in ("chien dich", "vung bien", "toa dam", "rach gia", "so tu phap", "hoi nghe ca", "tinh an giang"):
        assert [one.plan for one in search_plans(people.officer, words)] == [plan], words


def test_words_that_stand_together_come_first(people):
    plan_with(people, "Kỳ họp thứ nhất của bà Anh", status="draft")
    other = make.plan(people.office, 2025, issuer=people.ubnd)
    PlanSection.objects.create(plan=other, key="to-chuc", text="xã Kỳ Anh")

    assert [one.plan.year_from for one in search_plans(people.officer, "ky anh")] == [2025, 2026]


def test_a_plan_out_of_sight_is_not_found(people):
    plan_with(people, "Bí mật Kỳ Anh")

    assert search_plans(people.stranger, "ky anh") == []
    assert search_plans(who.seat(people.justice), "ky anh") == []


def test_the_page_says_when_there_may_be_more(people, monkeypatch):
    plan_with(people, "Kỳ Anh")
    assert not search_plans(people.officer, "ky anh").cut

    monkeypatch.setattr(searching, "ROWS", 0)

    assert search_plans(people.officer, "ky anh").cut


def test_a_year_and_a_province_narrow_the_search(people):
    plan_with(people, "Kỳ Anh")

    assert search_plans(people.officer, "ky anh", year=2025) == []
    assert len(search_plans(people.officer, "ky anh", year=2026)) == 1
    assert search_plans(people.officer, "ky anh", province=people.kien_giang) == []


def test_searching_asks_as_often_for_thirty_plans_as_for_one(people, django_assert_max_num_queries):
    plan_with(people, "Kỳ Anh")
    search_plans(people.officer, "ky anh")
    with django_assert_max_num_queries(30) as one:
        search_plans(people.officer, "ky anh")
    for year in range(1990, 2020):
        plan = make.plan(people.office, year, issuer=people.ubnd)
        PlanSection.objects.create(plan=plan, key="to-chuc", text="Kỳ Anh")

    with django_assert_max_num_queries(len(one)):
        assert len(search_plans(people.officer, "ky anh")) == 31


# ── comparing ──────────────────────────────────────────────────────────────


def pairs(comparison) -> dict[str, str]:
    return {pair.line.task.title: pair.state for group in comparison.groups for pair in group.pairs}


def said(comparison, title) -> dict[str, list]:
    pair = next(p for group in comparison.groups for p in group.pairs if p.line.task.title == title)
    return {change.label: [piece for piece in change.pieces if piece[0]] for change in pair.changes}


def compared(old, new):
    return compare(Outline(old), Outline(new))


def test_a_fresh_copy_differs_in_who_leads_and_in_nothing_that_only_moved_by_a_year(people):
    source = plan_of_2023(people)

    comparison = compared(source, copied(people, source))

    assert pairs(comparison) == {"Lễ phát động cấp tỉnh": "changed", "Mít tinh ở địa phương": "same"}
    assert set(said(comparison, "Lễ phát động cấp tỉnh")) == {"Chủ trì"}


def test_what_was_added_dropped_and_changed_is_told(people):
    source = plan_of_2023(people)
    plan = copied(people, source)
    plan.tasks.filter(title="Mít tinh ở địa phương").delete()
    plan.tasks.filter(title="Lễ phát động cấp tỉnh").update(place="Quảng trường", starts_on=D(2026, 11, 9))
    training = make.activity_type("HD08", "Tập huấn")
    plan.tasks.create(heading="III.4", title="Tập huấn cho công an", type=training)

    comparison = compared(source, plan)

    assert pairs(comparison) == {
        "Lễ phát động cấp tỉnh": "changed",
        "Mít tinh ở địa phương": "dropped",
        "Tập huấn cho công an": "added",
    }
    changes = said(comparison, "Lễ phát động cấp tỉnh")
    assert changes["Địa điểm"] == [("del", "Huyện Châu Thành"), ("ins", "Quảng trường")]
    assert "Thời gian" in changes


def test_a_task_under_another_title_is_the_same_work_when_it_reads_alike(people):
    source = plan_of_2023(people)
    plan = copied(people, source)
    plan.tasks.filter(title="Lễ phát động cấp tỉnh").update(title="Lễ phát động cấp tỉnh năm 2026")
    assert pairs(compared(source, plan))["Lễ phát động cấp tỉnh năm 2026"] == "changed"
    assert "Nhiệm vụ" not in said(compared(source, plan), "Lễ phát động cấp tỉnh năm 2026")

    plan.tasks.filter(title__startswith="Lễ phát động").update(title="Lễ phát động cấp tỉnh và diễu hành")

    assert said(compared(source, plan), "Lễ phát động cấp tỉnh và diễu hành")["Nhiệm vụ"] == [("ins", "và diễu hành")]


def test_tasks_of_another_kind_are_other_work(people):
    source = plan_of_2023(people)
    plan = copied(people, source)
    task = plan.tasks.filter(title="Lễ phát động cấp tỉnh")
    task.update(type=make.activity_type("HD08", "Tập huấn"), heading="III.4", title="Lễ phát động cấp tỉnh 2")

    assert pairs(compared(source, plan))["Lễ phát động cấp tỉnh 2"] == "added"


def test_versions_of_one_plan_are_paired_by_lineage(people):
    plan = plan_of_2023(people)
    task = plan.tasks.get(title="Lễ phát động cấp tỉnh")
    issued(plan)
    later = make.plan(people.old.office, 2023, lineage=plan.lineage, version=2, amendment_reason="Đổi")
    later.tasks.create(heading="III.2", title="Tên khác hẳn", type=task.type, lineage=task.lineage)

    assert pairs(compared(plan, later))["Tên khác hẳn"] == "changed"


def test_paragraphs_of_a_section_that_differ_are_told(people):
    source = plan_of_2023(people)
    plan = copied(people, source)
    row = plan.sections.get(key="to-chuc")
    row.text = row.text.replace("Sở Tư pháp tuyên truyền.", "Sở Tư pháp phổ biến pháp luật.")
    row.save()

    changes = {change.label: change.pieces for change in compared(source, plan).sections}

    assert ("ins", "Sở Tư pháp phổ biến pháp luật.") in changes["V. Tổ chức thực hiện"]


# ── pages ──────────────────────────────────────────────────────────────────


def page(name, t="an-giang", y=2026):
    return reverse(f"plans_{name}", kwargs={"t": t, "y": y})


def sign_in(client, seat):
    client.force_login(seat.user)
    return client


def test_the_search_page_marks_the_words_and_leads_to_the_plan(client, people):
    plan = plan_with(people, "Tổ chức tại xã Kỳ Anh <script>.")

    answer = sign_in(client, people.officer).get(page("search"), {"tim": "ky anh"})

    text = answer.content.decode()
    assert "<mark>Kỳ Anh</mark> &lt;script&gt;" in text
    assert f"/an-giang/2026/ke-hoach/{plan.public_id}/#muc" in text


def test_nothing_found_names_what_is_spelled_alike(client, people):
    plan_with(people)

    answer = sign_in(client, people.officer).get(page("search"), {"tim": "so tu phat"})

    assert "Sở Tư pháp" in answer.content.decode()


def test_the_search_page_of_another_province_is_not_there(client, people):
    assert sign_in(client, people.stranger).get(page("search"), {"tim": "a"}).status_code == 404
    assert sign_in(client, people.stranger).get(page("compare")).status_code == 404


def test_the_page_compares_a_copy_with_its_source_by_itself(client, people):
    plan = copied(people)

    answer = sign_in(client, people.officer).get(page("compare"))

    assert (answer.context["old"], answer.context["new"]) == (plan.copied_from, plan)
    assert "<del>Sở Lao động - Thương binh và Xã hội</del>" in answer.content.decode()


def test_a_foreign_plan_cannot_be_compared(client, people):
    mine = issued(copied(people))
    other = issued(make.plan(people.stranger.department, 2026))
    sign_in(client, people.officer)

    assert client.get(page("compare"), {"truoc": other.public_id, "sau": mine.public_id}).status_code == 404


def test_the_ministry_compares_two_provinces(client, people, ministry):
    mine = issued(copied(people))
    other = issued(make.plan(people.stranger.department, 2026))
    sign_in(client, ministry)

    answer = client.get(page("compare"), {"truoc": other.public_id, "sau": mine.public_id})

    assert (answer.context["old"], answer.context["new"]) == (other, mine)


def test_comparing_asks_as_often_for_thirty_tasks_as_for_two(client, people, django_assert_max_num_queries):
    plan = copied(people)
    sign_in(client, people.officer)
    client.get(page("compare"))
    with django_assert_max_num_queries(80) as two:
        client.get(page("compare"))
    for number in range(28):
        plan.tasks.create(heading="III.2", title=f"Việc số {number}", type=make.activity_type(), lead=people.justice)

    with django_assert_max_num_queries(len(two)):
        answer = client.get(page("compare"))

    assert answer.context["comparison"].count("added") == 28


def test_one_plan_alone_is_not_compared(client, people):
    plan_with(people)

    answer = sign_in(client, people.officer).get(page("compare"))

    assert answer.status_code == 200
    assert "comparison" not in answer.context


# ── the pages of what is left of an earlier year ───────────────────────────


def of_plan(name, plan):
    return reverse(name, kwargs={"t": "an-giang", "y": 2026, "id": plan.public_id})


def test_the_start_page_offers_the_plan_of_the_old_province(client, people):
    source = plan_of_2023(people)
    sign_in(client, people.officer)
    start = reverse("plan_new", kwargs={"t": "an-giang", "y": 2026})
    form = client.get(start).context["form"]
    assert form.initial.get("base") or form.fields["base"].initial == f"copy:{source.public_id}"

    answer = client.post(
        start,
        {
            "base": f"copy:{source.public_id}",
            "kind": "month",
            "subject": "Triển khai năm 2026",
            "owner": people.office.pk,
            "issuer": people.ubnd.pk,
            "paper": "KH",
        },
    )

    plan = Plan.objects.get(copied_from=source)
    assert answer.url == of_plan("plan_leftovers", plan)
    assert plan.subject == "Triển khai năm 2026"


def test_a_foreign_plan_is_not_offered_as_a_source(client, people):
    other = issued(make.plan(people.stranger.department, 2023))
    sign_in(client, people.officer)

    answer = client.post(
        reverse("plan_new", kwargs={"t": "an-giang", "y": 2026}),
        {
            "base": f"copy:{other.public_id}",
            "kind": "month",
            "subject": "Triển khai",
            "issuer": people.ubnd.pk,
            "owner": people.office.pk,
            "paper": "KH",
        },
    )

    assert answer.status_code == 422
    assert Plan.objects.count() == 1


def test_the_plan_page_names_what_is_left_and_the_check_stays_shut(client, people):
    plan = copied(people)
    sign_in(client, people.officer)

    assert "chỗ mang nội dung năm 2023" in client.get(of_plan("plan", plan)).content.decode()
    check = client.get(of_plan("plan_check", plan))
    assert not check.context["ready"]


def test_one_press_changes_a_place_and_another_keeps_one(client, people):
    plan = plan_with(people, "Sở LĐ-TB&XH tổng kết năm 2025")
    sign_in(client, people.officer)
    first, second = (row.spot for row in client.get(of_plan("plan_leftovers", plan)).context["rows"])

    client.post(
        of_plan("plan_leftovers", plan),
        {"key": first.key, f"{first.key}-words": "Sở Nội vụ", f"{first.key}-version": "1", "replace": "1"},
    )
    second = client.get(of_plan("plan_leftovers", plan)).context["rows"][0].spot
    answer = client.post(of_plan("plan_leftovers", plan), {"key": second.key, "keep": "1"})

    assert plan.sections.get().text == "Sở Nội vụ tổng kết năm 2025"
    assert answer.url == of_plan("plan", plan)


def test_a_press_on_an_old_page_comes_back_with_a_sentence(client, people):
    plan = plan_with(people, "Sở LĐ-TB&XH tổng kết")
    sign_in(client, people.officer)
    spot = client.get(of_plan("plan_leftovers", plan)).context["rows"][0].spot
    make_merger.PlanSection.objects.filter(plan=plan).update(version=2)

    answer = client.post(
        of_plan("plan_leftovers", plan),
        {"key": spot.key, f"{spot.key}-words": "Sở Nội vụ", f"{spot.key}-version": "1", "replace": "1"},
    )

    assert answer.status_code == 422
    assert plan.sections.get().text == "Sở LĐ-TB&XH tổng kết"


def test_who_cannot_write_settles_nothing_on_the_page(client, people):
    plan = issued(plan_with(people, "Sở LĐ-TB&XH tổng kết"))
    sign_in(client, who.seat(people.justice))

    assert client.get(of_plan("plan_leftovers", plan)).status_code == 302
    assert sign_in(client, people.stranger).get(of_plan("plan_leftovers", plan)).status_code == 404
