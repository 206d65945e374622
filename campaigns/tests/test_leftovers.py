"""What a plan still says of an earlier year, and that it is not submitted before somebody has looked."""

import datetime

import pytest

from campaigns.leftovers import leftovers_of
from campaigns.leftovers.words import Names, forms_of_body, forms_of_unit
from campaigns.leftovers.years import find_years
from campaigns.models import Leftover, Message, Plan, PlanSection
from campaigns.operations import plans as plan_operations
from campaigns.operations.guards import Conflict
from campaigns.operations.leftovers import keep_leftover, replace_everywhere, replace_leftover
from campaigns.operations.plans import save_section, submit_plan
from campaigns.tests import make, make_merger, make_plans
from campaigns.tests.make_merger import AT, NEW_THEME, OLD_THEME, copied, district, ended_unit, merger, plan_of_2023
from provinces.models import Event
from provinces.tests import make as who
from provinces.workflow import Refused

D = datetime.date


@pytest.fixture
def people(db):
    return merger()


def written(people, text, key="to-chuc") -> Plan:
    """An empty plan of An Giang 2026 with one text."""
    plan = make.plan(people.office, 2026, issuer=people.ubnd)
    for each in PlanSection.Key.values:
        PlanSection.objects.create(plan=plan, key=each, text=text if each == key else "")
    return plan


def old_words(plan) -> list[str]:
    return [spot.old for spot in leftovers_of(plan)]


def instead(plan) -> dict[str, tuple[str, ...]]:
    return {spot.old: spot.instead for spot in leftovers_of(plan)}


def find(plan, old):
    return next(spot for spot in leftovers_of(plan) if spot.old == old)


# ── years ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("trước ngày 20/12/2023", {"20/12/2023": "20/12/2026"}),
        ("từ ngày 15-20/11/2023", {"20/11/2023": "20/11/2026"}),
        ("Tháng hành động năm 2023", {"2023": "2026"}),
        ("ngày 29/2/2024", {"29/2/2024": "28/2/2027"}),
        ("năm 2022", {"2022": ""}),
        ("giai đoạn 2021 - 2025", {"giai đoạn 2021 - 2025": ""}),
        ("giai đoạn 2021 - 2030", {}),
        ("từ năm 2021 đến năm 2030", {}),
        ("đến năm 2030", {}),
        ("Nghị quyết số 28/NQ-CP ngày 03/3/2021", {}),
        ("Nghị quyết số 28/NQ-CP ngày 03 tháng 3 năm 2021", {}),
        ("Nghị định số 125/2021/NĐ-CP", {}),
        ("Luật Phòng, chống bạo lực gia đình năm 2022", {}),
        ("phổ biến Luật Bình đẳng giới trong năm 2023", {"2023": "2026"}),
        ("phổ biến Luật Bình đẳng giới, Tháng hành động năm 2023", {"2023": "2026"}),
        ("năm 2026", {}),
        ("120.000.000 đồng, mã 12023", {}),
    ],
)
def test_earlier_years_are_told_from_what_is_cited(text, found):
    hits = find_years(text, first=2016, year=2026, base=2023)

    assert {text[hit.start : hit.end]: hit.instead for hit in hits} == found


# ── names ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "Sở Lao động - Thương binh và Xã hội",
        "sở Lao động, Thương binh và Xã hội",
        "Sở Lao động – Thương binh & Xã hội",
        "Sở LĐ-TB&XH",
        "Sở LĐTB&XH",
        "Sở LĐTBXH",
        "Sở LĐ - TB&XH",
        "Sở Lao động - TBXH",
    ],
)
def test_a_body_is_known_under_its_usual_short_forms(text):
    names = Names()
    for keys in forms_of_body("Sở Lao động - Thương binh và Xã hội"):
        names.add_keys(keys, "gone")

    assert [f"do {text} chủ trì"[start:end] for start, end, _thing in names.find(f"do {text} chủ trì")] == [text]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tại thị xã Quảng Yên", ["thị xã Quảng Yên"]),
        ("tại TX Quảng Yên", ["TX Quảng Yên"]),
        ("tại TX. Quảng Yên", ["TX. Quảng Yên"]),
        ("phường Quảng Yên", []),
        ("họp ở thị xã. Quảng Yên", []),
        ("thị xã quảng yên", []),
    ],
)
def test_a_town_is_known_with_its_kind_and_its_capital_letter(text, found):
    names = Names()
    for keys in forms_of_unit("Thị xã Quảng Yên"):
        names.add_keys(keys, "gone", proper=True)

    assert [text[start:end] for start, end, _thing in names.find(text)] == found


def test_a_name_in_use_hides_the_shorter_one_inside_it():
    names = Names()
    names.add("Kiên Giang", "gone")
    names.add("Trường Đại học Kiên Giang", None)

    assert [thing for *_place, thing in names.find("Trường Đại học Kiên Giang, tỉnh Kiên Giang")] == ["gone"]


# ── a plan ─────────────────────────────────────────────────────────────────


def test_a_copy_lists_theme_year_bodies_and_units_with_what_stands_there_now(people):
    district(people)

    plan = copied(people)

    assert instead(plan) == {
        "2023": ("2026",),
        OLD_THEME: (NEW_THEME,),
        "Sở LĐ-TB&XH": ("Sở Nội vụ",),
        "20/12/2023": ("20/12/2026",),
        "Huyện Châu Thành": ("Xã Châu Thành",),
        "UBND huyện, thị xã, thành phố": ("UBND xã, phường, đặc khu",),
    }


def test_the_theme_is_found_without_accents_and_in_capitals(people):
    plan = written(people, f"CHỦ ĐỀ: {OLD_THEME.upper()}.", "chu-de")

    assert old_words(plan) == [OLD_THEME.upper()]


def test_the_theme_of_several_years_is_no_leftover(people):
    make_merger.campaign(2026, OLD_THEME)

    assert leftovers_of(written(people, OLD_THEME, "chu-de")) == []


def test_a_message_of_last_year_is_listed_unless_it_is_this_year_s_too(people):
    year = make.campaign(2023)
    for text in ("Chấm dứt bạo lực, vun đắp yêu thương", "Hành động ngay hôm nay"):
        Message.objects.create(campaign=year, text=text)
    Message.objects.create(campaign=people.year, text="Hành động ngay hôm nay")

    plan = written(people, "Chấm dứt bạo lực, vun đắp yêu thương\nHành động ngay hôm nay", "thong-diep")

    assert old_words(plan) == ["Chấm dứt bạo lực, vun đắp yêu thương"]


def test_messages_that_nobody_touched_are_one_leftover(people):
    source = plan_of_2023(people, **{"thong-diep": "Câu một\nCâu hai"})
    plan = copied(people, source)
    kept = [spot for spot in leftovers_of(plan) if spot.text.where == "section:thong-diep"]

    assert len(kept) == 1
    assert "2" in kept[0].text.title
    row = plan.sections.get(key="thong-diep")
    save_section(row, "Câu một\nCâu mới", version=row.version, done=True, by=people.officer, at=AT)
    assert not [spot for spot in leftovers_of(plan) if spot.text.where == "section:thong-diep"]


def test_last_year_s_guidance_letter_is_listed(people):
    year = make.campaign(2023)
    year.guidance_number = "4076/LĐTBXH-BĐG"
    year.save()

    assert old_words(written(people, "Công văn số 4076/LĐTBXH-BĐG ngày 27/9/2023")) == ["4076/LĐTBXH-BĐG"]


def test_who_signed_a_cited_document_is_no_leftover(people):
    text = "Công văn số 12/KH ngày 27/9/2023 của Sở Lao động - Thương binh và Xã hội"

    assert leftovers_of(written(people, text)) == []


def test_a_body_of_the_same_name_lives_on(people):
    assert leftovers_of(written(people, "Sở Tư pháp chủ trì")) == []


def test_a_commune_of_the_same_name_lives_on(people):
    ended_unit(people, "Xã Bình An", "30001", "commune", "Xã Bình An", "31001")

    assert leftovers_of(written(people, "tại xã Bình An")) == []


def test_a_merged_province_is_named_with_and_without_its_kind(people):
    plan = written(people, "tỉnh Kiên Giang, người Kiên Giang")

    assert instead(plan) == {"tỉnh Kiên Giang": ("tỉnh An Giang",), "Kiên Giang": ("An Giang",)}


def test_a_plan_of_2023_may_name_what_there_was_in_2023(people):
    district(people)
    plan = make.plan(people.old.office, issuer=people.old.ubnd)
    PlanSection.objects.create(
        plan=plan,
        key="to-chuc",
        text="Sở LĐ-TB&XH, huyện Châu Thành, tỉnh Kiên Giang, UBND các huyện, thị xã, thành phố",
    )

    assert leftovers_of(plan) == []


def test_a_decision_is_about_one_sentence_and_not_about_the_next(people):
    plan = written(people, "Tổng kết năm 2025 của tỉnh.\nTháng hành động năm 2025")
    first, second = leftovers_of(plan)

    keep_leftover(plan, first.key, by=people.officer, at=AT)

    assert [spot.found for spot in leftovers_of(plan)] == [second.found]


def test_who_kept_it_and_when_is_remembered(people):
    plan = written(people, "Tổng kết năm 2025")

    keep_leftover(plan, leftovers_of(plan)[0].key, by=people.officer, at=AT)

    row = Leftover.objects.get()
    assert (row.by, row.at, row.kind, row.found) == (people.officer, AT, "year", "Tổng kết năm 2025")
    assert Event.objects.about(plan).last().verb == "plan.keep_leftover"


def test_a_decision_holds_for_the_next_version_of_the_plan(people):
    plan = written(people, "Tổng kết năm 2025")
    keep_leftover(plan, leftovers_of(plan)[0].key, by=people.officer, at=AT)
    Plan.objects.filter(pk=plan.pk).update(status="issued", number_unknown=True)

    amended = make.plan(people.office, 2026, lineage=plan.lineage, version=2, amendment_reason="Đổi ngày")
    PlanSection.objects.create(plan=amended, key="to-chuc", text="Tổng kết năm 2025")

    assert leftovers_of(amended) == []


def test_one_press_changes_the_words_in_place(people):
    plan = written(people, "Sở LĐ-TB&XH tổng hợp, báo cáo.")
    spot = leftovers_of(plan)[0]

    replace_leftover(plan, spot.key, "Sở Nội vụ", version=spot.text.version, by=people.officer, at=AT)

    row = plan.sections.get(key="to-chuc")
    assert (row.text, row.version, row.edited_by) == ("Sở Nội vụ tổng hợp, báo cáo.", 2, people.officer)
    assert leftovers_of(plan) == []


def test_a_press_on_an_old_page_changes_nothing(people):
    plan = written(people, "Sở LĐ-TB&XH báo cáo.\nDòng hai")
    spot = leftovers_of(plan)[0]
    row = plan.sections.get(key="to-chuc")
    save_section(row, "Sở LĐ-TB&XH báo cáo.\nDòng ba", version=1, done=True, by=people.head, at=AT)

    with pytest.raises(Conflict):
        replace_leftover(plan, spot.key, "Sở Nội vụ", version=spot.text.version, by=people.officer, at=AT)
    assert plan.sections.get(key="to-chuc").text == "Sở LĐ-TB&XH báo cáo.\nDòng ba"


def test_a_place_that_is_gone_is_not_changed_twice(people):
    plan = written(people, "Sở LĐ-TB&XH báo cáo.")
    spot = leftovers_of(plan)[0]
    replace_leftover(plan, spot.key, "Sở Nội vụ", version=1, by=people.officer, at=AT)

    with pytest.raises(Refused, match="đã đọc khác"):
        replace_leftover(plan, spot.key, "Sở Nội vụ", version=2, by=people.officer, at=AT)


def test_the_same_words_are_changed_everywhere_at_once(people):
    plan = copied(people)
    row = plan.sections.get(key="muc-dich")
    save_section(row, "Sở LĐ-TB&XH. Giao Sở LĐ-TB&XH.", version=1, done=True, by=people.officer, at=AT)

    count = replace_everywhere(plan, find(plan, "Sở LĐ-TB&XH").key, "Sở Nội vụ", by=people.officer, at=AT)

    assert count == 3
    assert plan.sections.get(key="muc-dich").text == "Sở Nội vụ. Giao Sở Nội vụ."
    assert "Sở LĐ-TB&XH" not in old_words(plan)
    assert Event.objects.about(plan).filter(verb="plan.replace_leftover").count() == 1


def test_words_of_a_task_are_changed_with_its_version(people):
    district(people)
    plan = copied(people)
    task = plan.tasks.get(title="Lễ phát động cấp tỉnh")

    spot = find(plan, "Huyện Châu Thành")
    replace_leftover(plan, spot.key, "Xã Châu Thành", version=spot.text.version, by=people.officer, at=AT)

    task.refresh_from_db()
    assert (task.place, task.version) == ("Xã Châu Thành", 2)


def test_a_group_of_districts_becomes_the_communes(people):
    plan = copied(people)

    spot = find(plan, "UBND huyện, thị xã, thành phố")
    replace_leftover(plan, spot.key, spot.instead[0], version=spot.text.version, by=people.officer, at=AT)

    assert plan.tasks.get(title="Mít tinh ở địa phương").lead_group == "communes"


def test_a_group_that_has_ended_is_not_kept_as_lead(people):
    plan = copied(people)

    spot = find(plan, "UBND huyện, thị xã, thành phố")
    with pytest.raises(Refused, match="UBND huyện, thị xã, thành phố"):
        keep_leftover(plan, spot.key, by=people.officer, at=AT)

    assert find(plan, "UBND huyện, thị xã, thành phố")


def test_a_helper_in_words_becomes_the_body_of_that_name(people):
    plan = written(people, "")
    task = make_plans.task(plan, make_plans_people(people), partners=("Sở LĐ-TB&XH",), lead=people.justice)

    spot = find(plan, "Sở LĐ-TB&XH")
    replace_leftover(plan, spot.key, "Sở Nội vụ", version=spot.text.version, by=people.officer, at=AT)

    assert [row.department for row in task.partners.all()] == [people.office]


def make_plans_people(people):
    """The cast of today as make_plans wants it."""
    people.old.office, people.old.officer = people.office, people.officer
    return people.old


def test_who_gets_a_copy_of_the_document_is_looked_at_too(people):
    source = plan_of_2023(people)
    Plan.objects.filter(pk=source.pk).update(recipients="Như trên;\nSở LĐTBXH;\nLưu: VT.")
    source.refresh_from_db()
    plan = copied(people, source)

    spot = find(plan, "Sở LĐTBXH")
    replace_leftover(plan, spot.key, "Sở Nội vụ", version=spot.text.version, by=people.officer, at=AT)

    plan.refresh_from_db()
    assert plan.recipients == "Như trên;\nSở Nội vụ;\nLưu: VT."


def test_nobody_else_settles_anything(people):
    plan = written(people, "Tổng kết năm 2025")
    key = leftovers_of(plan)[0].key
    lawyer = who.seat(people.justice)

    for seat in (people.stranger, lawyer):
        with pytest.raises(Refused):
            keep_leftover(plan, key, by=seat, at=AT)
        with pytest.raises(Refused):
            replace_leftover(plan, key, "2026", version=1, by=seat, at=AT)
        with pytest.raises(Refused):
            replace_everywhere(plan, key, "2026", by=seat, at=AT)
    assert not Leftover.objects.exists()


def test_a_telephone_number_is_no_better_than_last_year(people):
    plan = written(people, "Tổng kết năm 2025")
    key = leftovers_of(plan)[0].key

    with pytest.raises(Refused):
        replace_leftover(plan, key, "gọi 0912 345 678", version=1, by=people.officer, at=AT)
    assert plan.sections.get(key="to-chuc").text == "Tổng kết năm 2025"


# ── submitting ─────────────────────────────────────────────────────────────


def complete(people) -> Plan:
    """Everything a submission asks for, and one place of last year."""
    plan = written(people, "Tổng kết năm 2025")
    row = plan.sections.get(key="muc-dich")
    save_section(row, "1. Thiết thực.", version=1, done=True, by=people.officer, at=AT)
    make_plans.task(plan, make_plans_people(people), starts_on=D(2026, 11, 13))
    return plan


def test_a_plan_is_not_submitted_while_one_place_is_unsettled(people):
    plan = complete(people)

    with pytest.raises(Refused, match="1 chỗ còn nội dung năm 2025"):
        submit_plan(plan, by=people.officer, at=AT)

    keep_leftover(plan, leftovers_of(plan)[0].key, by=people.officer, at=AT)
    assert submit_plan(plan, by=people.officer, at=AT).status == "submitted"


def test_without_the_guard_the_plan_would_go_up_as_it_is(people, monkeypatch):
    monkeypatch.setattr(plan_operations, "leftovers_of", lambda plan: [])

    assert submit_plan(complete(people), by=people.officer, at=AT).status == "submitted"


def test_open_comments_and_open_places_are_said_in_one_sentence(people):
    plan = complete(people)
    plan.comments.create(anchor="section:muc-dich", kind="must", text="Sửa", by=people.head, at=AT, sent=True)

    with pytest.raises(Refused, match=r"1 .+; 1 .+ 2025"):
        submit_plan(plan, by=people.officer, at=AT)


def test_looking_asks_as_often_for_thirty_tasks_as_for_two(people, django_assert_max_num_queries):
    district(people)
    plan = copied(people)
    with django_assert_max_num_queries(60) as two:
        leftovers_of(plan)
    for number in range(28):
        plan.tasks.create(
            heading="III.2", title=f"Sở LĐTBXH {number}", type=make.activity_type(), place="huyện Châu Thành"
        )

    with django_assert_max_num_queries(len(two)):
        found = leftovers_of(plan)

    assert len(found) == 6 + 56
