"""The form asks what the type of the activity needs: those parts stand in it, the rest lies folded below."""

import re

import pytest

from activities.forms.sheet import parts_of
from activities.tests import make
from activities.tests.test_pages import NEW, page, typed, words
from campaigns.models import ActivityType
from campaigns.tests import make as campaigns


def shown(answer) -> list[str]:
    """Row parts that stand in the form itself, in their order."""
    text = words(answer)
    return re.findall(r'<details id="(\w+)" data-part', text[: text.index('id="khac"')])


@pytest.mark.parametrize(
    ("asks", "people", "found"),
    [
        (["audience", "products", "support"], True, ["outputs", "supports", "people"]),
        (["audience", "classes"], True, ["outputs", "people", "count"]),
        (["media"], False, ["outputs", "count"]),
        (["support"], True, ["supports", "people"]),
        (["inspection"], False, ["inspected", "count"]),
        (["models"], False, ["outputs", "count"]),
        (["documents"], False, ["documents", "count"]),
    ],
)
def test_a_type_names_its_parts(asks, people, found):
    kind = ActivityType(asks=asks, count_measure_id=1, attendance_measure_id=2 if people else None)

    assert parts_of(kind) == found


def test_the_chosen_type_decides_what_stands_in_the_form_without_a_script(scene, client):
    client.force_login(scene.editor.user)
    kind = campaigns.activity_type()
    ActivityType.objects.filter(pk=kind.pk).update(asks=["inspection"], attendance_measure=None)
    assert shown(client.get(NEW)) == []

    answer = client.post(NEW, typed(add="type", rest=""))

    assert shown(answer) == ["inspected"]
    assert 'data-part="inspected" open' in words(answer)
    assert 'data-part="people" hidden' in words(answer)


def test_what_holds_something_stands_in_the_form_whatever_the_type(scene, client):
    client.force_login(scene.editor.user)

    answer = client.post(NEW, typed(add="type", **{"documents-0-title": "Kế hoạch"}))

    assert "documents" in shown(answer)


def test_the_form_of_a_large_activity_asks_the_database_no_more_than_that_of_a_small_one(
    scene, client, django_assert_max_num_queries
):
    client.force_login(scene.editor.user)
    outputs = tuple(make.counted("CT04.1", n, label=f"lớp {n}") for n in range(1, 13))
    row = scene.record(make.data(outputs=outputs))

    with django_assert_max_num_queries(42):
        answer = client.get(page(row, "sua"))

    assert len(answer.content) < 150_000
