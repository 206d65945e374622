"""Numbers: certainty, splits, rates, derived and foreign measures, parts of a whole."""

import datetime
import decimal

import pytest

from activities.models import Activity
from activities.operations import (
    Faulty,
    accept_activity,
    adjust_output,
    correct_activity,
    mark_part,
    send_activity,
    unmark_part,
)
from activities.tests import make
from campaigns.tests import make as campaigns
from provinces.models import Event
from provinces.tests import make as who
from provinces.workflow import Refused

NOW = who.NOW


def refused(scene, *outputs) -> set[str]:
    with pytest.raises(Faulty) as refusal:
        scene.record(make.data(outputs=outputs))
    assert not Activity.objects.exists()
    return {fault.field for fault in refusal.value.faults}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"quantity": None}, "quantity"),
        ({"quantity": None, "certainty": "about"}, "quantity"),
        ({"quantity": 5, "certainty": "text", "text": "hàng trăm"}, "quantity"),
        ({"quantity": 5, "certainty": "unknown"}, "quantity"),
        ({"quantity": None, "certainty": "text"}, "quantity"),
        ({"quantity": -1}, "quantity"),
        ({"quantity": 5, "female": -1}, "female"),
        ({"quantity": None, "certainty": "unknown", "female": 3}, "quantity"),
        ({"quantity": 10, "female": 6, "male": 5}, "female"),
        ({"quantity": 10, "female": 11}, "female"),
        ({"quantity": 50, "children": 60}, "children"),
        ({"quantity": 50, "children": 10, "girls": 6, "boys": 5}, "girls"),
        ({"quantity": 50, "girls": 6}, "girls"),
        ({"quantity": 50, "female": 5, "children": 10, "girls": 6}, "girls"),
        ({"quantity": 50, "male": 5, "children": 10, "boys": 6}, "boys"),
        ({"quantity": None, "certainty": "rate", "rate": decimal.Decimal(100)}, "quantity"),
        ({"quantity": 5, "support": "không có"}, "support"),
        ({"quantity": 5, "part_of": "không có"}, "part_of"),
    ],
)
def test_a_number_that_cannot_be_is_refused(scene, said, field):
    assert f"outputs.0.{field}" in refused(scene, make.counted("CT05.1", **said))


@pytest.mark.parametrize(
    "said",
    [
        {"quantity": 0},
        {"quantity": 550, "certainty": "about"},
        {"quantity": None, "certainty": "text", "text": "hàng trăm"},
        {"quantity": None, "certainty": "unknown"},
        {"quantity": 10, "female": 6, "male": 4, "children": 4, "girls": 4, "boys": 0},
        {"quantity": 10, "female": 6},
    ],
)
def test_a_number_that_can_be_is_kept_as_typed(scene, said):
    output = scene.record(make.data(outputs=(make.counted("CT05.1", **said),))).outputs.get()

    assert {name: getattr(output, name) for name in said} == said


def test_empty_is_not_zero(scene):
    none, unknown = (
        scene.record(make.data(outputs=rows)).outputs.all()
        for rows in ((make.counted("CT05.1", 0),), (make.counted("CT05.1", certainty="unknown"),))
    )

    assert (none[0].quantity, unknown[0].quantity) == (0, None)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"numerator": 5},
        {"numerator": 23, "denominator": 22},
        {"numerator": 0, "denominator": 0},
        {"quantity": 5, "certainty": "exact"},
    ],
)
def test_a_rate_without_a_share_or_counts_is_refused(scene, said):
    measure = campaigns.measure("CT41.1", counts="rate")
    row = make.counted("CT41.1", **{"certainty": "rate", **said})

    assert measure == row.measure
    assert "outputs.0.quantity" in refused(scene, row)


@pytest.mark.parametrize("said", [{"rate": decimal.Decimal(100)}, {"numerator": 17, "denominator": 22}])
def test_a_rate_is_kept_as_its_source_states_it(scene, said):
    campaigns.measure("CT41.1", counts="rate")

    output = scene.record(make.data(outputs=(make.counted("CT41.1", certainty="rate", **said),))).outputs.get()

    assert {name: getattr(output, name) for name in said} == said


@pytest.mark.parametrize("source", ["money", "return"])
def test_what_comes_from_money_or_returns_is_not_typed(scene, source):
    campaigns.measure("CT40.1", source=source)

    assert "outputs.0.measure" in refused(scene, make.counted("CT40.1", 5))


def test_a_measure_of_another_province_is_refused(scene):
    other = who.province("Kiên Giang", "91", "kien-giang")
    campaigns.measure("CT05.9", province=other, rolls_up_to=campaigns.measure("CT05.1"))

    assert "outputs.0.measure" in refused(scene, make.counted("CT05.9", 5))


def test_workshops_held_by_others_are_counted_only_as_attended(scene):
    assert "outputs.0.measure" in refused(scene, make.counted("CT10.1", 7))

    attended = scene.record(make.data(outputs=(make.counted("CT10.1", 7, role="attendee"),)))
    exchange = scene.record(make.data(type=campaigns.activity_type("HD25"), outputs=(make.counted("CT10.1", 7),)))

    assert attended.outputs.get().quantity == exchange.outputs.get().quantity == 7


def test_three_and_two_and_one_are_parts_of_six(scene):
    rows = [make.counted("CT12.1", n, label=f"nhóm {n}", part_of="sau") for n in (3, 2, 1)]

    activity = scene.record(make.data(outputs=(make.counted("CT12.1", 6, key="sau"), *rows)))

    six = activity.outputs.first()
    assert [part.quantity for part in six.parts.all()] == [3, 2, 1]


def test_a_part_counts_the_same_measure_as_its_whole(scene):
    whole, part = make.counted("CT12.1", 6, key="a"), make.counted("CT05.1", 3, part_of="a")

    assert refused(scene, whole, part) == {"outputs.1.part_of"}


def test_parts_make_no_circle_inside_an_activity(scene):
    rows = [make.counted("CT12.1", 1, key=a, part_of=b) for a, b in (("a", "b"), ("b", "c"), ("c", "a"))]

    assert refused(scene, *rows) == {"outputs.0.part_of", "outputs.1.part_of", "outputs.2.part_of"}


@pytest.fixture
def gifts(scene):
    """48 gifts of one department and 50 of the office, in two activities that were sent."""
    few = scene.record(make.data(outputs=(make.counted("CT32.1", 48),)))
    many = scene.record(make.data(outputs=(make.counted("CT32.1", 50),)), by=scene.officer, owner=scene.office)
    for activity, head in ((few, scene.head), (many, who.seat(scene.office, "approver"))):
        send_activity(activity, by=head, at=NOW)
    return few.outputs.get(), many.outputs.get()


def test_the_48_are_marked_as_part_of_the_50_and_unmarked_again(scene, gifts):
    few, many = gifts

    mark_part(few, many, by=scene.officer, at=NOW)
    assert many.parts.get() == few
    assert few.activity.version == 2

    unmark_part(few, by=scene.officer, at=NOW)
    assert not many.parts.exists()
    verbs = Event.objects.about(few.activity).values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["activity.mark_part", "activity.unmark_part"]


def test_a_whole_is_not_part_of_its_part(scene, gifts):
    few, many = gifts
    mark_part(few, many, by=scene.officer, at=NOW)

    for part, whole in ((many, few), (many, many)):
        with pytest.raises(Refused, match="“"):
            mark_part(part, whole, by=scene.officer, at=NOW)


def test_a_correction_closes_no_circle_through_another_activity(scene):
    mine = scene.record(make.data(outputs=(make.counted("CT32.1", 48),)))
    other = scene.record(make.data(outputs=(make.counted("CT32.1", 50),)))
    few, many = mine.outputs.get(), other.outputs.get()
    mark_part(few, many, by=scene.editor, at=NOW)
    circle = make.data(outputs=(make.counted("CT32.1", 50, key=str(many.pk), part_of=few),))

    with pytest.raises(Faulty):
        correct_activity(other, circle, version=1, by=scene.editor, at=NOW)


def test_a_part_and_its_whole_lie_in_one_province(scene, gifts):
    few, _many = gifts
    elsewhere = who.department(who.province("Kiên Giang", "91", "kien-giang"))
    foreign = make.output(make.activity(elsewhere), "CT32.1", 50)

    with pytest.raises(Refused):
        mark_part(few, foreign, by=scene.officer, at=NOW)
    with pytest.raises(Faulty):
        scene.record(make.data(outputs=(make.counted("CT32.1", 5, part_of=foreign),)))


def test_other_measures_are_not_joined(scene, gifts):
    few, _many = gifts
    other = make.output(few.activity, "CT12.1", 3)

    with pytest.raises(Refused):
        mark_part(few, other, by=scene.officer, at=NOW)


def test_the_recorder_marks_parts_only_while_the_activity_is_open(scene, gifts):
    few, many = gifts

    for seat in (scene.editor, scene.viewer):
        with pytest.raises(Refused):
            mark_part(few, many, by=seat, at=NOW)


def test_the_office_adjusts_by_a_visible_line(scene, gifts):
    few, _many = gifts
    accept_activity(few.activity, by=scene.officer, at=NOW)

    adjust_output(few, -8, "Trừ phần đã ghi ở xã", by=scene.officer, at=NOW)

    few.refresh_from_db()
    assert (few.quantity, [row.delta for row in few.adjustments.all()]) == (48, [-8])
    assert Event.objects.about(few.activity).last().verb == "activity.adjust"


@pytest.mark.parametrize(("delta", "reason"), [(0, "vì sao"), (-49, "vì sao"), (5, " "), (5, "Gọi 0912345678")])
def test_an_adjustment_moves_something_possible_and_says_why(scene, gifts, delta, reason):
    few, _many = gifts

    with pytest.raises(Faulty):
        adjust_output(few, delta, reason, by=scene.officer, at=NOW)


def test_only_numbers_are_adjusted_and_only_by_the_office(scene, gifts):
    few, _many = gifts
    unknown = make.output(few.activity, "CT32.1", certainty="unknown")

    with pytest.raises(Faulty):
        adjust_output(unknown, 5, "vì sao", by=scene.officer, at=NOW)
    for seat in (scene.head, scene.viewer, who.seat(scene.office, "viewer")):
        with pytest.raises(Refused):
            adjust_output(few, 5, "vì sao", by=seat, at=NOW)


def test_a_correction_that_drops_a_whole_lets_its_parts_count_again(scene):
    activity = scene.record(
        make.data(outputs=(make.counted("CT12.1", 6, key="a"), make.counted("CT12.1", 3, part_of="a")))
    )
    _six, three = activity.outputs.all()
    said = make.data(outputs=(make.counted("CT12.1", 3, key=str(three.pk)),))

    correct_activity(activity, said, version=1, by=scene.editor, at=NOW + datetime.timedelta(1))

    three.refresh_from_db()
    assert three.part_of is None
