"""Every share in the table of figures opens the rows that make it up, as the whole figure does."""

import re

import pytest

from activities.tests import make as activities
from provinces.vietnamese import format_number
from reports.tests import make, pages
from reports.tests.pages import as_, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return pages.people()


@pytest.fixture
def report(people):
    """A report with a figure split by sex, by role, by label, by group, by source of money."""
    office, union = people.editor.department, people.other.department
    first = pages.launch(people, 120, "exact", "Mít tinh 1")
    first.outputs.filter(measure__code="CT05.1").update(female=70, male=30)
    second = pages.launch(people, 40, "exact", "Mít tinh 2")
    second.outputs.filter(measure__code="CT05.1").update(female=10)
    for role, owner, count in (("lead", office, 12), ("co", union, 3)):
        row = make.activity(owner, f"Tập huấn {role}")
        make.result(row, "CT12.1", count, role=role, label=f"lớp {role}")
    gifts = make.activity(office, "Tặng quà")
    whole = make.result(gifts, "CT31.1", 50)
    for number, (name, sex, people_helped) in enumerate((("Phụ nữ", "female", 14), ("Công nhân", "any", 20))):
        group = activities.group(f"NH0{number}", name, sex)
        make.result(gifts, "CT31.1", people_helped, group=group, part_of=whole)
    make.money(gifts, 80_000_000, "mobilised", "in_kind")
    make.money(gifts, 5_000_000, "state_budget")
    make.money(gifts, 7_000_000, "integrated")
    return pages.compile_now(pages.opened(people), people)


def shares(people, report) -> list[tuple[str, str]]:
    """(address, number) of every share on the page."""
    text = as_(people.editor).get(url(report, "so-lieu")).content.decode()
    return re.findall(r'href="([^"]+phan=[^"]+)"[^>]*>([^<]+)</a>', text)


def test_the_rows_behind_a_share_add_up_to_it(people, report):
    found = shares(people, report)

    for address, number in found:
        answer = as_(people.editor).get(address.replace("&amp;", "&"))
        rows = [int(row.given.replace(".", "")) for row in answer.context["rows"]]
        assert (answer.context["shown"], format_number(sum(rows))) == (number, number), address
    assert {re.search(r"phan=([\w-]+)", address).group(1) for address, _number in found} >= {
        "nu", "nam", "chua-tach", "vai-tro", "ten", "nhom", "nguon",
    }  # fmt: skip


def test_a_share_that_is_not_there_is_not_found(people, report):
    for part in ("nhom.9", "vai-tro", "gai", "x' or 1=1"):
        assert as_(people.editor).get(url(report, "so-lieu/CT05.1/nguon"), {"phan": part}).status_code == 404


def test_a_small_share_of_people_helped_opens_nothing_above_its_unit(people):
    province = people.editor.department.unit
    commune = pages.who.department(pages.who.commune(province), "UBND xã Đông Mai", "UBND", "ubnd_xa")
    row = make.activity(commune, "Thăm hỏi")
    make.result(row, "CT31.1", 9, female=3)
    report = pages.compile_now(pages.opened(people), people)

    page = as_(people.editor).get(url(report, "so-lieu")).content.decode()
    behind = as_(people.editor).get(url(report, "so-lieu/CT31.1/nguon"), {"phan": "nu"})

    assert "phan=nu" not in page
    assert [row.given for row in behind.context["rows"]] == ["<5"]
    assert behind.context["total"] == ""


def test_a_part_of_an_estimate_says_that_it_is_one(people, report):
    rough = pages.launch(people, 550, "about", "Mít tinh 3")
    rough.outputs.filter(measure__code="CT05.1").update(female=300)
    found = dict(reversed(pair) for pair in shares(people, pages.compile_now(report, people)))

    assert "phan=nu" in found["khoảng 380"]
    assert "30" in found
    assert "phan=chua-tach" in found["khoảng 300"]


def test_a_small_sex_is_not_given_away_by_the_other_and_the_total(people):
    unit = pages.who.commune(people.editor.department.unit)
    commune = pages.who.department(unit, "UBND xã Đông Mai", kind="ubnd_xa")
    make.result(make.activity(commune, "Tặng quà"), "CT31.1", 60, female=57, male=3)
    report = pages.compile_now(pages.opened(people), people)
    text = as_(people.editor).get(url(report, "so-lieu")).content.decode()

    assert ">57<" not in text
    assert ">ẩn<" in text
    for part in ("nu", "nam"):
        page = as_(people.editor).get(url(report, f"so-lieu/CT31.1/nguon?phan={part}"))
        assert page.status_code == 404 or (page.context["shown"], page.context["total"]) == ("<5", "")
