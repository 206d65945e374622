"""Made-up years for measuring: the same for the same seed, valid rows, and figures that plain SQL adds up alike."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from activities.models import Activity, Money, Output, Participant
from activities.tests import make as activities
from campaigns.tests import make as campaigns
from provinces.models import Event, Seat
from provinces.tests import make as who
from reports.queries.figures import figures
from reports.tests import make

pytestmark = pytest.mark.django_db

# Sums of rows that stand alone, written without our queries.
PLAIN = """
    SELECT m.code, a.scope, sum(o.quantity), count(*)
    FROM activities_activity a
    JOIN activities_output o ON o.activity_id = a.id
    JOIN campaigns_measure m ON m.id = o.measure_id
    WHERE a.province_id = %s AND a.status = 'accepted' AND m.over_time = 'sum' AND m.counts <> 'rate'
      AND NOT EXISTS (SELECT 1 FROM activities_output whole WHERE whole.id = o.part_of_id
                      AND whole.quantity IS NOT NULL)
    GROUP BY m.code, a.scope
"""


@pytest.fixture
def qn():
    """A province with an office and a commune, and a catalogue of a few measures of every kind."""
    province = who.province()
    who.office(province)
    who.department(province, "Liên đoàn Lao động tỉnh", "LDLD")
    for code in ("CT04.1", "CT05.1", "CT21.1", "CT31.1", "CT33.4", "CT35.1", "CT40.1"):
        make.measure(code)
    campaigns.activity_type()
    campaigns.money_source()
    campaigns.campaign(2023)
    activities.group()
    return province


def generate(activities=40, outputs=200, seed=1, **more):
    call_command("generate_load", provinces=1, year=2023, activities=activities, outputs=outputs, seed=seed, **more)


def rows():
    told = Output.objects.order_by("pk").values_list("measure", "quantity", "certainty", "female", "label", "part_of")
    return list(Activity.objects.order_by("pk").values_list("public_id", "title", "starts_on", "status")), list(told)


def test_made_up_figures_equal_plain_sql(qn):
    generate()

    found = figures(qn, campaigns.campaign(2023))
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, [qn.pk])
        plain = cursor.fetchall()
    assert len(plain) > 3
    for code, scope, total, _rows in plain:
        assert found.cell(code, scope).total == total, (code, scope)


def test_it_makes_as_many_rows_as_it_was_asked_for_with_all_that_belongs_to_them(qn):
    generate()

    assert Activity.objects.filter(province=qn, year=2023).count() == 40
    assert Output.objects.count() == 200
    assert Participant.objects.count() >= 40
    assert Money.objects.exists()
    assert Event.objects.filter(verb="activity.create", province=qn).count() == 40
    assert set(Activity.objects.values_list("owner", flat=True)) <= set(
        Seat.objects.values_list("department", flat=True)
    )


def test_the_next_row_of_the_program_has_an_id_of_its_own(qn):
    generate()

    made = activities.activity(Activity.objects.first().owner)
    assert made.pk > Activity.objects.exclude(pk=made.pk).latest("pk").pk


def test_the_same_seed_makes_the_same_rows(qn):
    generate()
    first = rows()
    shape = [len(part) for part in first]
    Output.objects.update(part_of=None)
    Activity.objects.all().delete()
    generate(seed=2)
    second = rows()

    assert [len(part) for part in second] == shape
    assert second[0] != first[0]
    Output.objects.update(part_of=None)
    Activity.objects.all().delete()
    generate()
    assert rows()[0] == first[0]


def test_made_up_rows_are_not_mixed_with_those_of_people(qn):
    activities.activity(who.office(qn))

    with pytest.raises(CommandError, match="đã có hoạt động năm 2023"):
        generate()
    assert Activity.objects.count() == 1


def test_without_a_password_nobody_signs_in_as_a_made_up_account(qn):
    generate(activities=2, outputs=2)

    assert not any(seat.user.has_usable_password() for seat in Seat.objects.filter(user__username__startswith="tai."))
