"""Two people correct one activity at the same time: all that both changed is shown, nothing is overwritten silently."""

import html
import re

import pytest

from activities.tests import make
from activities.tests.test_pages import page, typed, words
from campaigns.tests import make as campaigns


@pytest.fixture
def opened(scene, client):
    """An activity with a number, opened by its editor, then changed by the head; `send` posts the editor's form."""

    def start(**theirs):
        campaigns.money_source()
        row = scene.record(make.data("Lễ phát động", place="Nhà văn hóa", outputs=(make.counted("CT04.1", 1),)))
        client.force_login(scene.editor.user)
        base = re.search(r'name="base" value="([^"]*)"', words(client.get(page(row, "sua"))))[1]
        client.force_login(scene.head.user)
        said = {"title": "Lễ phát động", "place": "Nhà văn hóa", "rest": "", "count": "1", "version": "1", **theirs}
        client.post(page(row, "sua"), typed(**said))
        client.force_login(scene.editor.user)
        row.refresh_from_db()
        assert row.version == 2
        return row, {
            "title": "Lễ phát động",
            "place": "Nhà văn hóa",
            "rest": "",
            "count": "1",
            "base": html.unescape(base),
        }

    return start


def choices(answer) -> dict[str, str]:
    """What is to be chosen, and what is chosen already."""
    shown = words(answer)
    parts = re.findall(r'name="choosing" value="(\w+)"', shown)
    return {part: (re.search(rf'name="choose-{part}" value="(\w+)" checked', shown) or ["", ""])[1] for part in parts}


def carried(answer) -> dict:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', words(answer))
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_every_field_that_two_people_left_different_is_shown_and_what_one_changed_is_chosen(opened, client):
    source = campaigns.money_source().pk
    row, mine = opened(female="40", place="Hội trường tỉnh", **{"money-0-amount": "5 triệu", "money-0-source": source})

    said = typed(**{**mine, "version": "1", "female": "45", "count": "2"})
    answer = client.post(page(row, "sua"), said)

    assert answer.status_code == 409
    assert choices(answer) == {"place": "newest", "count": "mine", "people": "", "money": "newest"}
    for text in ("Hội trường tỉnh", "Nữ: 40", "Nữ: 45", "5.000.000"):
        assert text in re.sub(r"</?ins>", "", words(answer))


def test_what_was_chosen_is_saved_and_the_rest_of_both_stays(opened, client):
    source = campaigns.money_source().pk
    row, mine = opened(female="40", place="Hội trường", **{"money-0-amount": "5 triệu", "money-0-source": source})
    asked = client.post(page(row, "sua"), typed(**{**mine, "version": "1", "female": "45", "count": "2"}))
    picked = {f"choose-{part}": chosen for part, chosen in choices(asked).items() if chosen}
    shown = {**carried(asked), "choosing": list(choices(asked)), **picked}

    again = client.post(page(row, "sua"), shown)
    assert again.status_code == 409 and "people" in choices(again)
    answer = client.post(page(row, "sua"), {**shown, "choose-people": "mine"})

    assert answer.status_code == 302
    row.refresh_from_db()
    count, people = row.outputs.order_by("measure__code")
    assert (row.version, row.place, row.money.get().amount) == (3, "Hội trường", 5_000_000)
    assert (count.quantity, people.female) == (2, 45)


def test_the_same_said_twice_is_no_quarrel(opened, client):
    row, mine = opened(place="Hội trường")

    answer = client.post(page(row, "sua"), typed(**{**mine, "version": "1", "place": "Hội trường"}))

    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.version == 2
