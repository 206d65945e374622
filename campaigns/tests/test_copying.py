"""A plan started from last year's, also from a predecessor's."""

import datetime

import pytest

from campaigns.leftovers.years import shift
from campaigns.models import Plan, Task
from campaigns.tests import make, make_merger
from campaigns.tests.make_merger import copied, district, end, merger, plan_of_2023
from provinces.models import DepartmentSuccession, Event
from provinces.tests import make as who
from provinces.workflow import Refused

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture
def people():
    return merger()


def launch(plan: Plan) -> Task:
    return plan.tasks.get(title="Lễ phát động cấp tỉnh")


def test_an_giang_starts_2026_from_what_kien_giang_planned_in_2023(people):
    source = plan_of_2023(people)

    plan = copied(people, source)

    assert (plan.province, plan.owner, plan.campaign.year, plan.copied_from) == (
        people.an_giang,
        people.office,
        2026,
        source,
    )
    assert plan.status == "draft"
    assert plan.sections.get(key="can-cu").text == make_merger.BASIS
    assert not plan.sections.filter(done=True).exists()


def test_days_move_on_by_whole_years(people):
    task = launch(copied(people))

    assert (task.starts_on, task.ends_on) == (D(2026, 11, 10), D(2026, 11, 11))


@pytest.mark.parametrize(
    ("day", "years", "moved"),
    [
        (D(2024, 2, 29), 1, D(2025, 2, 28)),
        (D(2024, 2, 29), 4, D(2028, 2, 29)),
        (D(2025, 11, 15), 1, D(2026, 11, 15)),
        (None, 1, None),
    ],
)
def test_the_29th_of_february_finds_a_day_in_every_year(day, years, moved):
    assert shift(day, years) == moved


def test_money_quantities_and_places_stay(people):
    task = launch(copied(people))

    assert [(row.amount, row.source.code) for row in task.money.all()] == [(120_000_000, "NG01")]
    assert [(row.measure.code, row.quantity) for row in task.targets.all()] == [("CT04.1", 1)]
    assert task.place == "Huyện Châu Thành"


def test_a_body_becomes_its_one_successor_through_two_reforms(people):
    task = launch(copied(people))

    assert task.lead == people.office
    assert [row.department or row.name for row in task.partners.order_by("id")] == [people.justice, "Hội LHPN tỉnh"]


def test_a_body_with_two_successors_stays_as_words(people):
    tourism = who.department(people.an_giang, "Sở Du lịch", "SDL", valid_from=make_merger.NEW)
    DepartmentSuccession.objects.create(predecessor=people.old.justice, successor=tourism, on=make_merger.NEW)

    task = launch(copied(people))

    assert [row.name for row in task.partners.order_by("id")] == ["Sở Tư pháp", "Hội LHPN tỉnh"]


def test_who_leads_after_the_merger_does_not_help_as_well(people):
    end(people.old.justice, make_merger.EVE, people.office, make_merger.NEW)
    DepartmentSuccession.objects.filter(predecessor=people.old.justice, successor=people.justice).delete()

    task = launch(copied(people))

    assert [row.name for row in task.partners.all()] == ["Hội LHPN tỉnh"]


def test_a_copy_has_lineages_of_its_own(people):
    source = plan_of_2023(people)

    plan = copied(people, source)

    assert plan.lineage != source.lineage
    assert not set(plan.tasks.values_list("lineage")) & set(source.tasks.values_list("lineage"))


def test_the_source_stays_as_it_was(people):
    source = plan_of_2023(people)
    before = list(source.tasks.values("title", "lead", "starts_on", "version"))

    copied(people, source)

    assert list(source.tasks.values("title", "lead", "starts_on", "version")) == before


def test_a_measure_of_the_old_province_becomes_the_national_one_above_it(people):
    source = plan_of_2023(people)
    above = make.measure()
    own = make.measure("CT06.1", "Diễu hành", "cuộc")
    own.province, own.rolls_up_to = people.kien_giang, above
    own.save()
    source.targets.create(measure=own, quantity=3)

    plan = copied(people, source)

    assert [(row.measure, row.quantity) for row in plan.targets.all()] == [(above, 3)]


def test_one_line_of_the_log_says_where_it_came_from(people):
    source = plan_of_2023(people)

    plan = copied(people, source)

    event = Event.objects.about(plan).get()
    assert (event.verb, event.details["copied_from"]) == ("plan.create", source.public_id)


def test_a_stranger_copies_nothing(people):
    source = plan_of_2023(people)
    stranger = people.stranger

    with pytest.raises(Refused):
        copied(people, source, owner=stranger.department, issuer=stranger.department, by=stranger)
    assert Plan.objects.count() == 1


def test_another_province_s_plan_is_not_copied_even_where_it_can_be_read(people):
    source = plan_of_2023(people)
    ministry = who.department(who.country(), "Bộ Nội vụ", "BNV", "bo")
    ministry.duties.create(kind="ministry", for_unit=who.country())
    Plan.objects.filter(pk=source.pk).update(status="issued", number_unknown=True)

    with pytest.raises(Refused, match="được lập thành"):
        copied(people, source, owner=people.stranger.department, by=who.seat(ministry))


def test_a_plan_is_not_copied_into_its_own_year(people):
    source = plan_of_2023(people)
    people.year = source.campaign

    with pytest.raises(Refused, match="năm trước"):
        copied(people, source)


def test_copying_asks_as_often_for_thirty_tasks_as_for_two(people, django_assert_max_num_queries):
    source = plan_of_2023(people)
    with django_assert_max_num_queries(80) as two:
        copied(people, source)
    Plan.objects.filter(copied_from=source).delete()
    for number in range(28):
        Task.objects.create(plan=source, heading="III.2", title=f"Việc {number}", type=make.activity_type())

    with django_assert_max_num_queries(len(two)):
        plan = copied(people, source)

    assert plan.tasks.count() == 30


def test_a_district_is_no_lead_after_the_merger(people):
    district(people)

    plan = copied(people)

    assert plan.tasks.get(title="Mít tinh ở địa phương").lead_group == "districts"
