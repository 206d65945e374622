"""A section saves itself, shows who is at it, and of two texts the person chooses."""

import datetime
import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.forms import merging
from campaigns.operations.plans import save_section, submit_plan
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.models import Draft, Event, Presence
from provinces.operations.presence import show_presence
from provinces.tests import make as who

pytestmark = pytest.mark.django_db
PICKS = {"choose_text": "choose-text", "own_text": "own-text"}
PLACE = {"t": "quang-ninh", "y": 2023}


@pytest.fixture
def people():
    make.campaign()
    return make_plans.cast()


@pytest.fixture
def plan(people):
    return make_plans.started(people)


@pytest.fixture
def officer(client, people):
    client.force_login(people.officer.user)
    return client


def url(plan, key="muc-dich", name="plan_section"):
    return reverse(name, kwargs={**PLACE, "id": plan.public_id, **({"key": key} if name == "plan_section" else {})})


def fields_of(page) -> dict:
    """The form as the browser would send it when nothing is typed."""
    form = page.context["form"]
    return {name: str(form[name].value() or "") for name in ("text", "done", "version", "base")}


def text(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def autosave(client, plan, **fields):
    return client.post(url(plan), fields, headers={"X-Autosave": "1"})


def test_what_is_typed_is_saved_for_good_with_its_version(officer, plan):
    typed = {**fields_of(officer.get(url(plan))), "text": "Đang viết"}

    answer = autosave(officer, plan, **typed)

    row = make_plans.section(plan)
    assert (answer.status_code, row.text, row.version) == (200, "Đang viết", 2)
    assert answer.json()["fields"]["version"] == 2
    assert answer.json()["words"].startswith("Đã lưu ")
    assert not Draft.objects.exists()


def test_the_next_save_goes_on_from_the_answer_of_the_last(officer, plan):
    first = {**fields_of(officer.get(url(plan))), "text": "Một"}
    answer = autosave(officer, plan, **first).json()

    autosave(officer, plan, **{**first, **answer["fields"], "text": "Một, hai"})

    assert make_plans.section(plan).text == "Một, hai"


def test_what_cannot_be_taken_is_kept_as_a_draft_and_comes_back(officer, plan):
    typed = {**fields_of(officer.get(url(plan))), "text": "Gọi chị Hoa 0912 345 678"}

    answer = autosave(officer, plan, **typed)

    assert answer.status_code == 422
    assert answer.json()["words"].startswith("Đã lưu nháp")
    assert f"Đã khôi phục bản nháp lưu lúc {timezone.localtime():%H:}" in text(officer.get(url(plan)))
    assert "điện thoại" in answer.json()["words"]
    assert make_plans.section(plan).text == ""
    assert "Gọi chị Hoa 0912 345 678" in text(officer.get(url(plan)))


def test_saving_for_good_drops_the_draft(officer, plan):
    typed = fields_of(officer.get(url(plan)))
    autosave(officer, plan, **{**typed, "text": "Gọi 0912 345 678"})

    autosave(officer, plan, **{**typed, "text": "Gọi cho Sở"})

    assert not Draft.objects.exists()


def test_without_a_script_the_button_saves_and_stays(officer, plan):
    typed = {**fields_of(officer.get(url(plan))), "text": "Đang viết", "stay": "1"}

    assert officer.post(url(plan), typed).url == url(plan)
    assert make_plans.section(plan).text == "Đang viết"


def test_a_lost_answer_makes_nobody_quarrel_with_themselves(officer, plan):
    typed = {**fields_of(officer.get(url(plan))), "text": "Một"}
    autosave(officer, plan, **typed)

    answer = autosave(officer, plan, **{**typed, "text": "Một, hai", "unheard": "Một"})

    assert answer.status_code == 200
    assert make_plans.section(plan).text == "Một, hai"


def test_the_script_is_told_to_stop_when_somebody_was_faster(officer, people, plan):
    typed = {**fields_of(officer.get(url(plan))), "text": "Của tôi"}
    save_section(make_plans.section(plan), "Của người khác", version=1, done=False, by=people.head, at=NOW)

    answer = autosave(officer, plan, **typed)

    assert (answer.status_code, answer.json()["stop"]) == (409, True)
    assert str(people.head.user) in answer.json()["words"]
    assert make_plans.section(plan).text == "Của người khác"
    assert Draft.objects.get().raw["text"] == ["Của tôi"]


def test_an_unheard_text_of_somebody_else_is_still_a_conflict(officer, people, plan):
    typed = {**fields_of(officer.get(url(plan))), "text": "Một, hai"}
    save_section(make_plans.section(plan), "Một", version=1, done=False, by=people.head, at=NOW)

    assert autosave(officer, plan, **{**typed, "unheard": "Một"}).status_code == 409


@pytest.fixture
def conflict(officer, people, plan):
    """The officer changed the text; meanwhile the head changed text and mark."""
    save_section(make_plans.section(plan), "Mở đầu", version=1, done=False, by=people.officer, at=NOW)
    typed = {**fields_of(officer.get(url(plan))), "text": "Mở đầu của tôi"}
    save_section(make_plans.section(plan), "Mở đầu của chị", version=2, done=True, by=people.head, at=NOW)
    return officer.post(url(plan), typed)


def chosen(answer, **picks) -> dict:
    choice = answer.context["choice"]
    return {
        **dict(choice.carried),
        "version": choice.version,
        "base": choice.base,
        "choosing": [row.part.name for row in choice.rows],
        **{row.choice: row.chosen for row in choice.rows if row.chosen},
        **{f"own-{row.part.name}": row.own for row in choice.rows if row.part.typed},
        **{PICKS.get(name, name): value for name, value in picks.items()},
    }


def test_both_texts_are_shown_and_what_only_one_changed_is_chosen_already(conflict):
    assert conflict.status_code == 409
    assert "Mở đầu của <ins>tôi</ins>" in text(conflict)
    assert "Mở đầu của <ins>chị</ins>" in text(conflict)
    assert {row.part.name: row.chosen for row in conflict.context["choice"].rows} == {"text": "", "done": "newest"}
    assert "chưa có gì bị ghi đè" in text(conflict)


def test_nothing_is_saved_before_each_part_is_chosen(officer, plan, conflict):
    answer = officer.post(url(plan), chosen(conflict))

    assert answer.status_code == 422
    assert "Chọn giá trị giữ lại" in text(answer)
    assert "Mở đầu của <ins>tôi</ins>" in text(answer)
    assert make_plans.section(plan).text == "Mở đầu của chị"


@pytest.mark.parametrize(
    ("picks", "kept"),
    [
        ({"choose_text": "mine"}, "Mở đầu của tôi"),
        ({"choose_text": "newest"}, "Mở đầu của chị"),
        ({"choose_text": "own", "own_text": "Mở đầu của hai người"}, "Mở đầu của hai người"),
    ],
)
def test_the_person_keeps_mine_the_newest_or_something_new(officer, plan, conflict, picks, kept):
    answer = officer.post(url(plan), chosen(conflict, **picks))

    assert answer.status_code == 302
    row = make_plans.section(plan)
    assert (row.text, row.done) == (kept, True)


def test_a_new_text_under_another_choice_is_asked_about_and_not_dropped(officer, plan, conflict):
    answer = officer.post(url(plan), chosen(conflict, choose_text="mine", own_text="Viết lại cả đoạn"))

    assert answer.status_code == 422
    assert "Viết lại cả đoạn" in text(answer)


def test_the_choice_can_be_taken_into_the_form_first(officer, plan, conflict):
    answer = officer.post(url(plan), chosen(conflict, choose_text="newest", go_on="1"))

    assert answer.status_code == 200
    assert fields_of(answer)["text"] == "Mở đầu của chị"
    assert fields_of(answer)["version"] == "3"
    assert make_plans.section(plan).version == 3


def test_a_third_person_between_page_and_choice_is_seen_too(officer, people, plan, conflict):
    save_section(make_plans.section(plan), "Của người thứ ba", version=3, done=True, by=people.head, at=NOW)

    answer = officer.post(url(plan), chosen(conflict, choose_text="mine"))

    assert answer.status_code == 409
    assert "Của người thứ ba" in text(answer).replace("<ins>", "").replace("</ins>", "")
    assert make_plans.section(plan).text == "Của người thứ ba"


def test_what_was_typed_survives_a_plan_that_was_submitted_meanwhile(officer, people, plan):
    typed = {**fields_of(officer.get(url(plan))), "text": "Viết đến phút cuối"}
    save_section(make_plans.section(plan), "Đủ", version=1, done=True, by=people.officer, at=NOW)
    make_plans.task(plan, people, starts_on=datetime.date(2023, 11, 15))
    submit_plan(plan, by=people.officer, at=NOW)

    answer = officer.post(url(plan), typed)

    assert answer.status_code == 422
    assert "Viết đến phút cuối" in text(answer)
    assert Draft.objects.get().raw["text"] == ["Viết đến phút cuối"]


def test_who_is_at_the_section_is_shown(officer, people, plan):
    show_presence(plan, "section:muc-dich", by=people.head, at=timezone.now())

    page = text(officer.get(url(plan)))

    assert re.search(rf"{people.head.user} đang sửa mục này \(từ \d\d:\d\d\)", page)
    assert "đang sửa mục này" not in text(officer.get(url(plan, "can-cu")))


def test_a_sign_of_life_answers_who_else_is_there(officer, people, plan):
    show_presence(plan, "section:muc-dich", by=people.head, at=timezone.now())
    beat = url(plan, name="plan_presence")

    answer = officer.post(beat, {"part": "section:muc-dich"})

    assert len(answer.json()["others"]) == 1
    assert Presence.objects.filter(seat=people.officer).count() == 1
    officer.post(beat, {"part": "section:muc-dich", "end": "1"})
    assert Presence.objects.filter(seat=people.officer).count() == 0


@pytest.mark.parametrize("part", ["section:nowhere", "task:abc", ""])
def test_a_sign_of_life_names_a_part_of_the_plan(officer, plan, part):
    assert officer.post(url(plan, name="plan_presence"), {"part": part}).status_code == 404


def test_nobody_outside_the_office_says_to_be_there(client, people, plan):
    client.force_login(people.lawyer.user)

    assert client.post(url(plan, name="plan_presence"), {"part": "section:muc-dich"}).status_code == 404
    assert not Presence.objects.exists()


def test_two_saves_of_the_same_text_leave_one_line_in_the_log(officer, plan):
    typed = {**fields_of(officer.get(url(plan))), "text": "Một"}

    autosave(officer, plan, **typed)
    autosave(officer, plan, **typed)

    assert Event.objects.filter(verb="plan.save_section").count() == 1


def test_the_hidden_copy_of_what_stood_there_may_be_anything(officer, people, plan):
    save_section(make_plans.section(plan), "Mới", version=1, done=False, by=people.head, at=NOW)

    for base in ("", "không phải JSON", "[1]", '{"text": 5}'):
        answer = officer.post(url(plan), {"text": "Của tôi", "done": "no", "version": "1", "base": base})
        assert answer.status_code == 409


def test_the_page_asks_as_often_with_ten_people_as_with_one(officer, people, plan, django_assert_max_num_queries):
    show_presence(plan, "section:muc-dich", by=people.head, at=timezone.now())
    officer.get(url(plan))
    with django_assert_max_num_queries(40) as one:
        officer.get(url(plan))
    for _n in range(10):
        show_presence(plan, "section:muc-dich", by=who.seat(people.office), at=timezone.now())

    with django_assert_max_num_queries(len(one)):
        page = officer.get(url(plan))

    assert text(page).count("đang sửa mục này") == 11


def test_the_fields_of_a_form_are_read_as_a_browser_posts_them():
    assert merging.rows_of({"targets-1-a": ["x"], "targets-0-a": ["y"], "other-0-a": ["z"]}, "targets") == [
        {"a": "y"},
        {"a": "x"},
    ]
