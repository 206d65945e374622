"""One event, many organisers: what participants say and add, and what of it counts."""

import dataclasses

import pytest

from activities.models import Output, Participant
from activities.operations import (
    Faulty,
    accept_activity,
    add_own_output,
    answer_participation,
    correct_activity,
    decline_output,
    remove_own_output,
    return_activity,
    send_activity,
    take_over_output,
)
from activities.queries import asked_of, flags_of
from activities.tests import make
from campaigns.tests import make as campaigns
from provinces.models import Event, Notice
from provinces.notices import said
from provinces.tests import make as who
from provinces.workflow import Refused

NOW = who.NOW


@dataclasses.dataclass
class Joint:
    """A launch that the office recorded and in which the department took part."""

    activity: object
    part: Participant
    whole: Output


def joint(scene, status="sent") -> Joint:
    row = make.activity(scene.office, "Lễ phát động Đông Mai", status=status)
    whole = make.output(row, quantity=550, certainty="about")
    return Joint(row, make.participant(row, scene.department), whole)


def test_a_participant_confirms(scene):
    part = joint(scene).part

    answer_participation(part, "confirmed", "lời thừa", by=scene.editor, at=NOW)

    part.refresh_from_db()
    assert (part.answer, part.answer_reason, part.answered_by, part.answered_at) == ("confirmed", "", scene.editor, NOW)
    assert Event.objects.about(part.activity).last().verb == "activity.answer"


def test_a_dispute_gives_its_reason_and_the_recorder_and_the_office_are_told(scene):
    recorder = who.department(scene.province, "Liên đoàn Lao động tỉnh", "LĐLĐ")
    row = make.activity(recorder, status="sent")
    part = make.participant(row, scene.department)

    with pytest.raises(Faulty):
        answer_participation(part, "disputed", " ", by=scene.editor, at=NOW)
    with pytest.raises(Faulty):
        answer_participation(part, "disputed", "Gọi 0912345678", by=scene.editor, at=NOW)
    answer_participation(part, "disputed", "Không cử người dự", by=scene.editor, at=NOW)

    part.refresh_from_db()
    assert (part.answer, part.answer_reason) == ("disputed", "Không cử người dự")
    assert {n.department for n in Notice.objects.all()} == {recorder, scene.office}
    assert "Không cử" not in " ".join(said(n).words for n in Notice.objects.all())
    assert "disputed" in {f.code for f in flags_of([row])[row.pk]}


def test_nobody_answers_for_another_and_no_viewer_answers(scene):
    part = joint(scene).part

    for seat in (scene.officer, scene.viewer):
        with pytest.raises(Refused):
            answer_participation(part, "confirmed", by=seat, at=NOW)
    with pytest.raises(Refused):
        answer_participation(part, "có lẽ", by=scene.editor, at=NOW)


def test_a_draft_of_another_is_not_answered(scene):
    with pytest.raises(Refused):
        answer_participation(joint(scene, "draft").part, "confirmed", by=scene.editor, at=NOW)


def test_the_bodies_that_a_sent_activity_names_are_asked_once(scene):
    data = make.data(participants=(make.took_part(scene.office), make.took_part(name="Công ty A")))
    row = send_activity(scene.record(data), by=scene.head, at=NOW)
    return_activity(row, "Bổ sung", by=scene.officer, at=NOW)
    send_activity(row, by=scene.head, at=NOW)

    assert Notice.objects.get().department == scene.office
    assert list(asked_of(scene.officer, scene.province, 2023)) == [row]
    answer_participation(row.participants.get(department=scene.office), "confirmed", by=scene.officer, at=NOW)
    assert not asked_of(scene.officer, scene.province, 2023)


def test_a_result_added_before_verification_counts_with_the_activity(scene):
    event = joint(scene)

    row = add_own_output(event.part, make.counted(quantity=40), by=scene.editor, at=NOW)

    assert (row.contributor, row.awaiting, row.part_of, row.role) == (scene.department, False, None, "co")
    assert Event.objects.about(event.activity).last().verb == "activity.add_output"


def test_a_result_marked_as_part_names_the_counted_one(scene):
    event = joint(scene)

    row = add_own_output(event.part, make.counted(quantity=40, part_of=event.whole), by=scene.editor, at=NOW)

    assert row.part_of == event.whole


def test_a_part_has_the_measure_and_the_activity_of_its_whole(scene):
    event, other = joint(scene), make.output(make.activity(scene.office), quantity=9)
    campaigns.measure("CT27.1", "Mũ xe máy", "chiếc")

    for wrong in (make.counted("CT27.1", 40, part_of=event.whole), make.counted(quantity=4, part_of=other)):
        with pytest.raises(Refused):
            add_own_output(event.part, wrong, by=scene.editor, at=NOW)

    assert event.activity.outputs.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": 5, "female": 6},
        {"quantity": None},
        {"quantity": 5, "label": "Chị Nguyễn Thị Hoa bị bạo lực"},
        {"quantity": None, "certainty": "text", "text": "gọi 0912345678"},
    ],
)
def test_an_added_result_keeps_the_rules_of_every_result(scene, wrong):
    event = joint(scene)

    with pytest.raises(Faulty):
        add_own_output(event.part, make.counted(**wrong), by=scene.editor, at=NOW)

    assert event.activity.outputs.count() == 1


def test_only_participants_add_and_the_recorder_uses_its_form(scene):
    event = joint(scene)
    own = make.participant(event.activity, scene.office, "lead")

    for part, seat in ((event.part, scene.officer), (event.part, scene.viewer), (own, scene.officer)):
        with pytest.raises(Refused):
            add_own_output(part, make.counted(quantity=4), by=seat, at=NOW)


def test_a_result_added_to_a_verified_activity_waits_for_the_office(scene):
    event = joint(scene, "accepted")

    row = add_own_output(event.part, make.counted(quantity=40), by=scene.editor, at=NOW)

    assert row.awaiting
    assert row not in Output.objects.settled()
    event.activity.refresh_from_db()
    assert event.activity.version == 1
    assert "added" in {f.code for f in flags_of([event.activity])[event.activity.pk]}

    take_over_output(row, by=scene.officer, at=NOW)

    event.activity.refresh_from_db()
    assert row in Output.objects.settled()
    assert event.activity.version == 2


def test_the_office_leaves_a_result_uncounted_with_a_reason(scene):
    row = add_own_output(joint(scene, "accepted").part, make.counted(quantity=40), by=scene.editor, at=NOW)

    with pytest.raises(Faulty):
        decline_output(row, "", by=scene.officer, at=NOW)
    decline_output(row, "Đã nằm trong 550", by=scene.officer, at=NOW)

    assert (row.declined, row in Output.objects.settled()) == ("Đã nằm trong 550", False)


def test_only_the_office_settles_an_added_result(scene):
    row = add_own_output(joint(scene, "accepted").part, make.counted(quantity=40), by=scene.editor, at=NOW)

    for step in (
        lambda: take_over_output(row, by=scene.head, at=NOW),
        lambda: decline_output(row, "x", by=scene.head, at=NOW),
    ):
        with pytest.raises(Refused):
            step()


def test_verifying_the_activity_takes_over_what_was_added_meanwhile(scene):
    event = joint(scene, "accepted")
    row = add_own_output(event.part, make.counted(quantity=40), by=scene.editor, at=NOW)
    again = return_activity(event.activity, "Bổ sung", by=scene.officer, at=NOW)
    send_activity(again, by=who.seat(scene.office, "approver"), at=NOW)

    accept_activity(again, by=scene.officer, at=NOW)

    row.refresh_from_db()
    assert not row.awaiting


def test_a_participant_takes_its_result_back_until_it_counts(scene):
    event = joint(scene)
    row = add_own_output(event.part, make.counted(quantity=40), by=scene.editor, at=NOW)
    with pytest.raises(Refused):
        remove_own_output(row, by=scene.officer, at=NOW)
    remove_own_output(row, by=scene.editor, at=NOW)
    assert event.activity.outputs.count() == 1

    counted = add_own_output(event.part, make.counted(quantity=40), by=scene.editor, at=NOW)
    accept_activity(event.activity, by=scene.officer, at=NOW)
    counted.activity.refresh_from_db()
    with pytest.raises(Refused):
        remove_own_output(counted, by=scene.editor, at=NOW)


def test_the_recorder_correcting_its_activity_leaves_added_results_alone(scene):
    owner = who.seat(scene.office)
    row = scene.record(make.data(outputs=(make.counted(quantity=550),)), owner=scene.office, by=owner)
    part = make.participant(row, scene.department)
    row.status, row.sent_at = "returned", NOW
    row.comment = "Bổ sung"
    row.save()
    own = row.outputs.get()
    added = add_own_output(part, make.counted(quantity=40, part_of=own), by=scene.editor, at=NOW)

    handed_back = (make.counted(quantity=600, key=str(own.pk)), make.counted(quantity=1, key=str(added.pk)))
    data = make.data(outputs=handed_back, participants=(make.took_part(scene.department),))
    correct_activity(row, data, version=1, by=owner, at=NOW)

    added.refresh_from_db()
    assert sorted(row.outputs.values_list("quantity", flat=True)) == [40, 600]
    assert (added.quantity, added.part_of, added.contributor) == (40, own, scene.department)
