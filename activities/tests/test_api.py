"""The API of activities: the same rules as the pages, one row however often a call comes."""

import base64
import json
import threading

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activities.models import Activity
from activities.operations import accept_activity, send_activity
from activities.tests import make
from campaigns.tests import make as campaigns
from provinces.models import Event, IdempotencyKey
from provinces.tests import make as who
from provinces.tests.make import NOW

LIST = "/api/v1/activities/"
ASKED = f"{LIST}?province=quang-ninh&year=2023"
LAUNCH = {
    "province": "quang-ninh",
    "year": 2023,
    "type": "HD02",
    "title": "Lễ phát động tại Đông Mai",
    "starts_on": "2023-11-20",
    "outputs": [{"measure": "CT05.1", "quantity": 550, "certainty": "about", "female": 300}],
    "money": [{"amount": 80_000_000, "source": "NG01"}],
}


@pytest.fixture
def caller(client, scene):
    campaigns.activity_type()
    campaigns.money_source()
    client.force_login(scene.editor.user)
    return client


def post(client, body, key="khoa-thu-nhat", **more):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(LIST, json.dumps(body), content_type="application/json", headers=headers, **more)


def patch(client, row, body):
    return client.patch(f"{LIST}{row.public_id}/", json.dumps(body), content_type="application/json")


def errors(answer) -> dict[str, str]:
    return {each["field"]: each["detail"] for each in answer.json()["errors"]}


def test_an_activity_is_created_as_on_the_page(caller, scene):
    answer = post(caller, {**LAUNCH, "participants": [{"role": "co", "body": "Công ty Than Hà Lầm"}]})

    row = Activity.objects.get()
    assert answer.status_code == 201
    assert answer["Location"] == f"{LIST}{row.public_id}/"
    assert (row.owner, row.status, row.created_by) == (scene.department, "draft", scene.editor)
    people = row.outputs.get()
    assert (people.quantity, people.certainty, people.female) == (550, "about", 300)
    assert row.participants.get().name == "Công ty Than Hà Lầm"
    assert answer.json()["money"] == [{"amount": 80_000_000, "source": "NG01", "form": "cash", "note": ""}]
    assert Event.objects.about(row).get().verb == "activity.create"


def test_fifty_equal_posts_one_after_the_other_make_one_row(caller):
    answers = [post(caller, LAUNCH) for _call in range(50)]

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Activity.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_equal_posts_at_the_same_moment_make_one_row(scene):
    campaigns.activity_type()
    campaigns.money_source()
    answers, gate = [], threading.Barrier(50)

    def call():
        client = Client()
        client.force_login(scene.editor.user)
        try:
            gate.wait()
            answers.append(post(client, LAUNCH))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=call) for _call in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [201] * 50
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Activity.objects.count() == 1


def test_other_keys_make_other_rows(caller):
    post(caller, LAUNCH, "khoa-thu-nhat")
    post(caller, LAUNCH, "khoa-thu-hai")

    assert Activity.objects.count() == 2


def test_the_same_key_with_other_content_is_refused(caller):
    post(caller, LAUNCH)

    answer = post(caller, {**LAUNCH, "title": "Khác"})

    assert answer.status_code == 422
    assert Activity.objects.count() == 1


def test_a_call_without_a_key_is_refused(caller):
    answer = post(caller, LAUNCH, key="")

    assert answer.status_code == 400
    assert "Idempotency-Key" in errors(answer)


def test_a_refused_call_leaves_no_key_and_names_every_fault(caller):
    bad = {**LAUNCH, "title": "Thăm chị, gọi 0912345678", "starts_on": "2022-11-20"}
    answer = post(caller, bad)

    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("application/problem+json")
    assert {"title", "starts_on"} <= set(errors(answer))
    assert not IdempotencyKey.objects.exists() and not Activity.objects.exists()
    assert post(caller, LAUNCH).status_code == 201


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"tittle": "Lễ"}, "tittle"),
        ({"status": "accepted"}, "status"),
        ({"outputs": [{"measure": "CT05.1", "quantiti": 3}]}, "outputs.0.quantiti"),
        ({"outputs": [{"measure": "CT99.9", "quantity": 3}]}, "outputs.0.measure"),
        ({"starts_on": "20/11/2023"}, "starts_on"),
        ({"owner": "Sở khác"}, "owner"),
    ],
)
def test_what_is_not_known_is_refused_by_its_path(caller, said, field):
    answer = post(caller, {**LAUNCH, **said})

    assert answer.status_code == 400
    assert field in errors(answer)
    assert not Activity.objects.exists()


def test_a_body_that_is_no_object_is_refused(caller):
    assert post(caller, ["a"]).status_code == 400


def test_a_correction_changes_only_the_keys_it_names(caller, scene):
    post(caller, LAUNCH)
    row = Activity.objects.get()
    key = str(row.outputs.get().pk)

    answer = patch(
        caller,
        row,
        {"version": 1, "outputs": [{"key": key, "measure": "CT05.1", "quantity": 600, "certainty": "over"}]},
    )

    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    row.refresh_from_db()
    people = row.outputs.get()
    assert (str(people.pk), people.quantity, people.certainty) == (key, 600, "over")
    assert (row.title, row.money.get().amount) == ("Lễ phát động tại Đông Mai", 80_000_000)


def test_an_old_version_is_told_and_overwrites_nothing(caller):
    post(caller, LAUNCH)
    row = Activity.objects.get()
    patch(caller, row, {"version": 1, "title": "Bản hai"})

    answer = patch(caller, row, {"version": 1, "title": "Bản ba"})

    row.refresh_from_db()
    assert (answer.status_code, row.title) == (409, "Bản hai")


def test_a_correction_says_its_version_and_knows_its_keys(caller):
    post(caller, LAUNCH)
    row = Activity.objects.get()

    assert "version" in errors(patch(caller, row, {"title": "Khác"}))
    assert "owner" in errors(patch(caller, row, {"version": 1, "owner": "Sở khác"}))


def test_what_the_office_verified_is_not_corrected(caller, scene):
    row = scene.record(make.data(outputs=(make.counted("CT05.1", 5),)))
    send_activity(row, by=scene.head, at=NOW)
    accept_activity(row, by=scene.officer, at=NOW)

    answer = patch(caller, row, {"version": Activity.objects.get().version, "title": "Khác"})

    assert answer.status_code == 422
    assert Activity.objects.get().title == "Lễ phát động"


def test_a_strangers_activity_is_not_found(client, scene):
    campaigns.money_source()
    row = scene.record()
    client.force_login(who.seat(who.department(who.province("Hải Phòng", "31", "hai-phong"))).user)

    assert client.get(f"{LIST}{row.public_id}/").status_code == 404
    assert patch(client, row, {"version": 1, "title": "Khác"}).status_code == 404
    assert client.get(ASKED).status_code == 404
    assert post(client, LAUNCH).status_code == 404


def test_the_list_holds_what_the_pages_show(caller, scene):
    scene.record(make.data("Của sở"))
    scene.record(make.data("Nháp của văn phòng"), by=scene.officer, owner=scene.office)

    answer = caller.get(ASKED).json()

    assert [row["title"] for row in answer["results"]] == ["Của sở"]
    assert answer["count"] == 1


def test_an_unknown_filter_is_refused(caller):
    assert "nam" in errors(caller.get(f"{ASKED}&nam=2023"))


def test_the_list_asks_as_often_for_thirty_rows_as_for_one(caller, scene):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert caller.get(ASKED).status_code == 200
        return len(seen)

    said = {"participants": (make.took_part(scene.office),), "outputs": (make.counted("CT05.1", 5),)}
    scene.record(make.data(**said))
    queries()
    one = queries()
    for number in range(29):
        scene.record(make.data(f"Lễ {number}", **said))

    assert queries() == one


def test_the_anonymous_are_told_to_sign_in(client, db):
    for answer in (client.get(ASKED), post(client, LAUNCH), client.get(f"{LIST}abc/")):
        assert answer.status_code == 401
        assert answer["Content-Type"].startswith("application/problem+json")


def basic(name, password):
    return {"HTTP_AUTHORIZATION": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_another_system_pushes_with_name_and_password(client, scene):
    campaigns.activity_type()
    campaigns.money_source()
    name = scene.editor.user.username

    assert post(client, LAUNCH, **basic(name, "sai")).status_code == 401
    assert Event.objects.filter(verb="account.refused").count() == 1
    assert post(client, LAUNCH, **basic(name, "mat khau dai")).status_code == 201


def test_a_page_of_another_site_cannot_post_with_the_session(scene):
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.editor.user)

    assert post(client, LAUNCH).status_code == 403


def test_a_viewer_records_nothing(client, scene):
    campaigns.activity_type()
    campaigns.money_source()
    client.force_login(scene.viewer.user)

    assert post(client, LAUNCH).status_code == 422
    assert not Activity.objects.exists()


def test_somebody_without_a_seat_is_refused(client, db):
    client.force_login(who.user("khong-vi-tri"))

    assert client.get(ASKED).status_code == 403
