"""The year before: issued figures, live ones, totals typed from a paper; merged provinces on both boundaries."""

import dataclasses
import datetime

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import Campaign
from campaigns.tests import make as campaigns
from provinces.models import Event, UnitSuccession
from provinces.tests import make as who
from provinces.workflow import Refused
from reports.documents.paper import Table
from reports.models import PastTotal
from reports.operations.past import TypedTotal, end_past_total, type_past_total
from reports.papers.report import paper_of
from reports.queries.figures import figures
from reports.queries.years import earlier_of, last_year
from reports.snapshot import Before
from reports.tests import make, pages
from reports.tests.pages import AT, as_

pytestmark = pytest.mark.django_db
PAPER = "báo cáo số 412/BC-SLĐTBXH ngày 19/12/2022"
TYPED = f"số nhập tay từ {PAPER}"
PAGE = "/quang-ninh/2023/bao-cao/nam-truoc"


@pytest.fixture
def people():
    return pages.people()


def total(quantity=400, code="CT05.1", certainty="exact", source=PAPER) -> TypedTotal:
    return TypedTotal(make.measure(code), "month", quantity, certainty, source)


def typed(people, quantity=400, **more) -> PastTotal:
    province = people.editor.department.unit
    return type_past_total(province, 2022, total(quantity, **more), by=people.editor, at=AT)


def test_a_typed_total_stands_beside_the_first_year_and_says_so(people):
    typed(people)
    report = pages.compiled(people)

    page = as_(people.editor).get(pages.url(report, "so-lieu")).content.decode()
    annex = next(each for each in paper_of(report, at=AT).annexes if "so với kế hoạch" in each.title)
    table = next(block for block in annex.blocks if isinstance(block, Table))

    assert TYPED in page
    assert "+150 (+37,5%)" in page
    assert any(TYPED in str(block) for block in annex.blocks)
    assert [cell.value for cell in table.rows[2][6:8]] == [400, 150]
    assert frozen_before(report).typed == PAPER


def frozen_before(report) -> Before:
    stored = report.snapshot.figures["last_year"]
    return Before(**next(each for each in stored if each["cell"] == "CT05.1:month"))


def test_what_was_typed_before_ends_and_the_log_keeps_both(people):
    first = typed(people, 400)
    typed(people, 410, certainty="about")

    first.refresh_from_db()
    line = Event.objects.filter(verb="past_total.type").last()
    assert (first.ended_by, PastTotal.objects.current().get().printed) == (people.editor, "khoảng 410")
    assert (line.details["before"], line.details["quantity"]) == (400, 410)


def test_a_total_taken_back_compares_no_more(people):
    end_past_total(typed(people), by=people.editor, at=AT)

    assert last_year(people.editor.department.unit, campaigns.campaign()) == ()
    assert Event.objects.filter(verb="past_total.end").exists()


@pytest.mark.parametrize("seat", ["other", "committee", "member", "stranger"])
def test_only_the_standing_office_types_totals(people, seat):
    with pytest.raises(Refused):
        type_past_total(people.editor.department.unit, 2022, total(), by=getattr(people, seat), at=AT)


def test_a_total_names_its_paper_and_is_no_rate(people):
    for given in (total(source="  "), total(code="CT33.4"), total(code="CT42.2")):
        with pytest.raises(Refused):
            type_past_total(people.editor.department.unit, 2022, given, by=people.editor, at=AT)


def test_a_year_with_an_issued_report_is_not_typed(people):
    pages.issued(people)
    campaigns.campaign(2024)

    with pytest.raises(Refused):
        type_past_total(people.editor.department.unit, 2023, total(), by=people.editor, at=AT)


def test_the_page_types_a_total_and_takes_it_back(people):
    measure = make.measure("CT05.1")
    client, province = as_(people.editor), people.editor.department.unit
    form = {"province": province.pk, "measure": measure.pk, "scope": "month", "source": PAPER}

    wrong = client.post(PAGE, {**form, "quantity_certainty": "exact", "quantity_value": ""})
    right = client.post(PAGE, {**form, "quantity_certainty": "exact", "quantity_value": "khoảng 1.250"})
    shown = client.get(PAGE).content.decode()
    row = PastTotal.objects.get()
    gone = client.post(f"{PAGE}/{row.pk}/bo")

    assert (wrong.status_code, right.status_code, gone.status_code) == (422, 302, 302)
    assert (row.quantity, row.certainty, row.source) == (1250, "about", PAPER)
    assert "khoảng 1.250 lượt người" in shown
    assert not PastTotal.objects.current().exists()


def test_the_committee_reads_the_page_and_departments_do_not(people):
    typed(people)
    read, other = as_(people.committee).get(PAGE), as_(people.other).get(PAGE)

    assert (read.status_code, other.status_code, as_(people.stranger).get(PAGE).status_code) == (200, 404, 404)
    assert "Bỏ:" not in read.content.decode()
    assert as_(people.committee).post(PAGE, {}).status_code == 403


@dataclasses.dataclass
class Merged:
    """An Giang of 1/7/2025, made from Kiên Giang and the An Giang before."""

    new: object
    parts: list
    campaign: Campaign


@pytest.fixture
def merged():
    day = datetime.date(2025, 7, 1)
    ended = day - datetime.timedelta(days=1)
    parts = [
        who.province("An Giang", "89", "an-giang", valid_to=ended),
        who.province("Kiên Giang", "91", "kien-giang", valid_to=ended),
    ]
    new = who.province("An Giang", "91", "an-giang", valid_from=day)
    for part in parts:
        UnitSuccession.objects.create(predecessor=part, successor=new, on=day, whole=True)
        make.result(make.activity(who.office(part), year=2024), "CT05.1", 100)
    make.result(make.activity(who.office(new), year=2025), "CT05.1", 300)
    return Merged(new, parts, campaigns.campaign(2025))


def beside(merged, code="CT05.1"):
    before = last_year(merged.new, merged.campaign)
    taken = dataclasses.replace(
        figures(merged.new, merged.campaign),
        last_year=before,
        earlier=earlier_of(merged.new, merged.campaign, before, None),
    )
    figure = taken.cell(code)
    return taken.compared(figure, "today"), taken.compared(figure, "year")


def test_a_merged_province_compares_with_all_it_was_made_from_on_todays_boundaries_alone(merged):
    today, of_year = beside(merged)

    assert (today.before, today.difference, today.change) == ("200", 100, "+50%")
    assert of_year.why == "không so sánh được: năm 2024 là tỉnh An Giang, tỉnh Kiên Giang"


def test_a_number_of_one_part_alone_says_so(merged):
    make.result(make.activity(merged.parts[1].departments.first(), year=2024), "CT12.1", 7)
    make.result(make.activity(merged.new.departments.first(), year=2025), "CT12.1", 9)

    today, _of_year = beside(merged, "CT12.1")

    assert (today.before, today.mark) == ("7", "chỉ có số liệu của Kiên Giang")


def test_a_province_that_got_part_of_another_is_not_compared(merged):
    UnitSuccession.objects.filter(predecessor=merged.parts[0]).update(whole=False)

    assert {each.why for each in beside(merged)} == {"không so sánh được: địa giới thay đổi"}


def test_the_new_office_types_for_a_province_it_was_made_from(merged):
    office = merged.new.departments.first()
    type_past_total(merged.parts[1], 2024, total(500), by=who.seat(office), at=AT)

    today, _of_year = beside(merged)

    assert (today.before, today.mark) == ("600", TYPED)


def test_a_measure_that_changed_its_unit_is_not_compared(people):
    row = typed(people)
    pages.launch(people)
    province, campaign = people.editor.department.unit, campaigns.campaign()
    before = tuple(dataclasses.replace(each, unit_of_measure="người") for each in last_year(province, campaign))
    taken = dataclasses.replace(
        figures(province, campaign), last_year=before, earlier=earlier_of(province, campaign, before, None)
    )

    assert taken.compared(taken.cell("CT05.1")).why == "không so sánh được: cách tính đã đổi"
    assert row.cell == "CT05.1:month"


def test_the_database_lets_a_typed_total_end_once_and_nothing_else(people):
    row = typed(people)
    with pytest.raises(IntegrityError, match="past_total_never_changes"), transaction.atomic():
        PastTotal.objects.filter(pk=row.pk).update(quantity=401)
    end_past_total(row, by=people.editor, at=AT)
    with pytest.raises(IntegrityError, match="past_total_never_changes"), transaction.atomic():
        PastTotal.objects.filter(pk=row.pk).update(ended_at=None, ended_by=None)
