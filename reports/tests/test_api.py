"""The API says the same as the pages, to the same people."""

import pytest

from activities.tests import make
from provinces.tests import make as who
from reports.tests import pages

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/provinces/quang-ninh/2023/figures/"


@pytest.fixture
def office():
    return who.office(who.province())


def ask(client, seat):
    client.force_login(seat.user)
    return client.get(ADDRESS)


def test_a_stranger_is_told_to_sign_in(client):
    answer = client.get(ADDRESS)

    assert answer.status_code in {401, 403}
    assert answer["Content-Type"].startswith("application/problem+json")


def test_the_office_reads_the_figures_of_its_province(client, office):
    make.output(make.activity(office), "CT05.1", 550, "about")

    cells = ask(client, who.seat(office)).json()["cells"]

    found = next(cell for cell in cells if cell["cell"] == "CT05.1:month")
    assert (found["total"], found["printed"]) == (550, "khoảng 550")


@pytest.mark.parametrize("where", ["same province", "another province"])
def test_other_departments_get_a_404(client, office, where):
    unit = office.unit if where == "same province" else who.province("Kiên Giang", "91", "kien-giang")
    who_asks = who.seat(who.department(unit))
    make.output(make.activity(office), "CT05.1", 550)

    assert ask(client, who_asks).status_code == 404


def test_small_sensitive_counts_are_hidden_above_the_unit(client, office):
    ward = who.commune(office.unit)
    campaign_measure = make.campaigns.measure("CT31.1", "Người được hỗ trợ", "người", "people", sensitive=True)
    row = make.activity(who.department(ward, "Ủy ban nhân dân xã Đông Mai", kind="ubnd_xa"))
    make.output(row, campaign_measure.code, 3, female=3)

    cells = ask(client, who.seat(office)).json()["cells"]

    found = next(cell for cell in cells if cell["measure"] == "CT31.1")
    assert (found["printed"], found["total"], found["female"]) == ("<5", None, None)


def test_a_reports_frozen_figures_come_with_splits_that_add_up(client):
    people = pages.people()
    ward = who.department(who.commune(people.editor.department.unit), "UBND xã Đông Mai", kind="ubnd_xa")
    for owner, quantity in ((people.other.department, 9), (ward, 3), (ward, 30)):
        pages.make.result(pages.make.activity(owner, "Thăm hỏi"), "CT31.1", quantity, female=2)
    report = pages.compiled(people)
    address = f"/api/v1/provinces/quang-ninh/2023/reports/{report.public_id}/figures/"
    client.force_login(people.editor.user)

    told = client.get(address).json()

    cells = {cell["cell"]: cell for cell in told["cells"]}
    assert (told["schema"], told["sha256"]) == (report.snapshot.schema, report.snapshot.sha256)
    attendances = cells["CT05.1:month"]
    assert {
        name: sum(each["total"] for each in found) for name, found in attendances["splits"].items()
    } == dict.fromkeys(("level", "department", "role", "window", "paid", "certainty"), 550)
    assert attendances["year_before"]["why_not"] == "không so sánh được: không có số liệu năm 2022"
    helped = cells["CT31.1:month"]["splits"]["level"]
    assert [(each["key"], each["total"], each["female"]) for each in helped] == [
        ("province", 9, 2), ("commune", 33, None),
    ]  # fmt: skip
    client.force_login(people.other.user)
    assert client.get(address).status_code == 404
