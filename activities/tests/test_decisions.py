"""An activity's way from draft to verified: every move by every power, and what sending asks for."""

import datetime

import pytest

from activities.models import Activity
from activities.operations import (
    Faulty,
    accept_activities,
    accept_activity,
    answer_participation,
    attach_evidence,
    cancel_activity,
    delete_draft,
    detach_evidence,
    hand_in,
    return_activity,
    send_activity,
    take_back,
)
from activities.queries import flags_of
from activities.tests import make
from campaigns.tests import make as campaigns
from provinces.models import DepartmentSuccession, Event
from provinces.tests import make as who
from provinces.workflow import Refused, can_move, move

NOW = who.NOW
DONE_BY = {  # the operation behind each verb of the table; merging comes with the hunt for duplicates
    "activity.hand_in": lambda row, by: hand_in(row, by=by, at=NOW),
    "activity.take_back": lambda row, by: take_back(row, by=by, at=NOW),
    "activity.send": lambda row, by: send_activity(row, by=by, at=NOW),
    "activity.head_return": lambda row, by: return_activity(row, "Bổ sung ảnh", by=by, at=NOW),
    "activity.return": lambda row, by: return_activity(row, "Bổ sung ảnh", by=by, at=NOW),
    "activity.reopen": lambda row, by: return_activity(row, "Bổ sung ảnh", by=by, at=NOW),
    "activity.accept": lambda row, by: accept_activity(row, by=by, at=NOW),
    "activity.cancel": lambda row, by: cancel_activity(row, "Ghi nhầm", by=by, at=NOW),
}
STEPS = [step for step in Activity.MOVES if step.verb in DONE_BY]


def at_status(scene, status) -> Activity:
    comment = "Bổ sung" if status == "returned" else ""
    return make.activity(scene.department, status=status, created_by=scene.editor, comment=comment)


def powers_of(scene) -> dict:
    """Seats by the power that the table of moves asks for."""
    return {
        "own_editor": [scene.editor, scene.head],
        "own_approver": [scene.head],
        "office": [scene.officer],
    }


@pytest.mark.parametrize("step", STEPS, ids=lambda s: f"{s.source}-{s.to}")
def test_each_move_is_made_by_the_power_it_takes_and_by_no_other(scene, step):
    able = powers_of(scene)[step.power]
    everybody = [scene.editor, scene.head, scene.officer, scene.viewer, who.seat(scene.office, "viewer")]
    unable = [seat for seat in everybody if seat not in able]

    for seat in unable:
        row = at_status(scene, step.source)
        with pytest.raises(Refused):
            DONE_BY[step.verb](row, seat)
        assert Activity.objects.get(pk=row.pk).status == step.source
    for seat in able:
        row = DONE_BY[step.verb](at_status(scene, step.source), seat)
        assert row.status == step.to
        assert [e.verb for e in Event.objects.about(row)] == [step.verb]


@pytest.mark.parametrize("step", [s for s in Activity.MOVES if s.verb not in DONE_BY], ids=lambda s: s.verb)
def test_merging_belongs_to_the_office(scene, step):
    row = Activity(status=step.source, owner=scene.department, province=scene.province, year=2023)

    assert can_move(row, step.to, scene.officer)
    assert not can_move(row, step.to, scene.head)


@pytest.mark.parametrize("status", ["merged", "cancelled"])
def test_nothing_leads_out_of_the_end(scene, status):
    more = {"merged_into": scene.record()} if status == "merged" else {"cancel_reason": "Ghi nhầm"}
    row = make.activity(scene.department, status=status, created_by=scene.editor, **more)

    for step in (send_activity, hand_in, take_back):
        with pytest.raises(Refused):
            step(row, by=scene.head, at=NOW)


def test_an_office_of_another_province_moves_nothing(scene):
    stranger = who.seat(who.office(who.province("Kiên Giang", "91", "kien-giang")))

    with pytest.raises(Refused):
        accept_activity(at_status(scene, "sent"), by=stranger, at=NOW)


def test_of_two_officers_pressing_at_once_one_wins(scene):
    row = at_status(scene, "sent")
    twin = Activity.objects.get(pk=row.pk)
    accept_activity(row, by=scene.officer, at=NOW)

    with pytest.raises(Refused, match=str(scene.officer.user)):
        return_activity(twin, "Bổ sung ảnh", by=who.seat(scene.office), at=NOW)


def test_what_is_still_to_come_is_not_sent(scene):
    tomorrow = NOW.date() + datetime.timedelta(1)
    row = scene.record(make.data(starts_on=tomorrow))

    for step, seat in ((send_activity, scene.head), (hand_in, scene.editor)):
        with pytest.raises(Faulty, match="21/11/2023"):
            step(row, by=seat, at=NOW)


def test_the_day_is_that_of_vietnam(scene):
    row = scene.record(make.data(starts_on=datetime.date(2023, 11, 21)))
    just_after_midnight = datetime.datetime(2023, 11, 20, 17, 5, tzinfo=datetime.UTC)

    assert send_activity(row, by=scene.head, at=just_after_midnight).status == "sent"


def test_a_launch_outside_the_window_needs_a_reason(scene):
    launch = {"starts_on": datetime.date(2023, 11, 10)}
    row = scene.record(make.data(**launch))

    with pytest.raises(Faulty) as refusal:
        send_activity(row, by=scene.head, at=NOW)
    assert [fault.field for fault in refusal.value.faults] == ["window_reason"]

    told = scene.record(make.data(**launch, window_reason="Ghép với ngày hội công nhân"))
    assert send_activity(told, by=scene.head, at=NOW).status == "sent"


def test_the_family_month_of_june_does_not_fall_into_the_campaign_unnoticed(scene):
    row = scene.record(make.data("Ngày Gia đình Việt Nam", starts_on=datetime.date(2023, 6, 28)))

    with pytest.raises(Faulty):
        send_activity(row, by=scene.head, at=NOW)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({"starts_on": datetime.date(2023, 11, 15)}, False),
        ({"starts_on": datetime.date(2023, 11, 15), "ends_on": datetime.date(2023, 11, 20)}, False),
        ({"starts_on": datetime.date(2023, 11, 14), "ends_on": datetime.date(2023, 11, 20)}, True),
        ({"starts_on": datetime.date(2023, 11, 1), "precision": "month"}, False),
        ({"starts_on": datetime.date(2023, 10, 1), "precision": "month"}, True),
        ({"starts_on": None, "precision": "year"}, False),
        ({"starts_on": datetime.date(2023, 10, 11), "scope": "year"}, False),
    ],
)
def test_a_reason_is_asked_for_days_outside_the_month_only(scene, said, asked):
    row = scene.record(make.data(**said))

    if asked:
        with pytest.raises(Faulty):
            send_activity(row, by=scene.head, at=NOW)
    else:
        assert send_activity(row, by=scene.head, at=NOW).status == "sent"


def test_sending_back_and_cancelling_say_why(scene):
    row = at_status(scene, "sent")

    for words in ("", "  ", "Gọi 0912 345 678"):
        with pytest.raises(Faulty):
            return_activity(row, words, by=scene.officer, at=NOW)
        with pytest.raises(Faulty):
            cancel_activity(row, words, by=scene.head, at=NOW)


def test_a_comment_goes_with_the_return_and_is_gone_after_verification(scene):
    row = return_activity(at_status(scene, "sent"), "Bổ sung ảnh", by=scene.officer, at=NOW)
    assert row.comment == "Bổ sung ảnh"

    send_activity(row, by=scene.head, at=NOW)
    accept_activity(row, by=scene.officer, at=NOW, note="Đã gọi điện xác nhận")

    assert (row.comment, row.decided_at) == ("", NOW)
    assert Event.objects.about(row).last().details["note"] == "Đã gọi điện xác nhận"


def test_unflagged_rows_are_verified_together(scene):
    rows = [at_status(scene, "sent") for _ in range(3)]
    for row in rows:
        make.evidence(row)

    assert {row.status for row in accept_activities(rows, by=scene.officer, at=NOW)} == {"accepted"}


def test_a_flagged_row_among_them_stops_all(scene):
    rows = [at_status(scene, "sent") for _ in range(2)]
    make.evidence(rows[0])

    with pytest.raises(Refused, match="Lễ phát động"):
        accept_activities(rows, by=scene.officer, at=NOW)

    assert not Activity.objects.filter(status="accepted").exists()


def test_not_more_than_fifty_at_once(scene):
    row = at_status(scene, "sent")

    with pytest.raises(Refused, match="50"):
        accept_activities([row] * 51, by=scene.officer, at=NOW)


def test_evidence_comes_with_the_tick(scene):
    row = scene.record()
    photo = make.file(scene.department)

    with pytest.raises(Faulty):
        attach_evidence(row, photo, by=scene.editor, at=NOW)
    attach_evidence(row, photo, "Quang cảnh", True, by=scene.editor, at=NOW)
    attach_evidence(row, photo, "Quang cảnh", True, by=scene.editor, at=NOW)

    assert row.evidence.get().caption == "Quang cảnh"
    assert [e.verb for e in Event.objects.about(row)] == ["activity.create", "activity.attach"]


def test_a_caption_names_nobody(scene):
    photo = make.file(scene.department)

    for caption in ("Số máy 0912345678", "Chị Nguyễn Thị Hoa bị bạo lực"):
        with pytest.raises(Faulty):
            attach_evidence(scene.record(), photo, caption, True, by=scene.editor, at=NOW)


def test_evidence_is_the_recorders_and_stays_once_the_activity_is_closed(scene):
    row = scene.record()
    piece = attach_evidence(row, make.file(scene.department), "", True, by=scene.editor, at=NOW)

    for seat in (scene.officer, scene.viewer):
        with pytest.raises(Refused):
            attach_evidence(row, make.file(scene.department, "b.jpg"), "", True, by=seat, at=NOW)
    send_activity(row, by=scene.head, at=NOW)
    with pytest.raises(Refused):
        detach_evidence(piece, by=scene.editor, at=NOW)


def test_evidence_of_an_open_activity_is_taken_away(scene):
    row = scene.record()
    piece = attach_evidence(row, make.file(scene.department), "", True, by=scene.editor, at=NOW)

    detach_evidence(piece, by=scene.editor, at=NOW)

    assert not row.evidence.exists()


def test_a_cancelled_activity_takes_no_evidence(scene):
    row = cancel_activity(scene.record(), "Ghi nhầm", by=scene.editor, at=NOW)

    with pytest.raises(Refused):
        attach_evidence(row, make.file(scene.department), "", True, by=scene.editor, at=NOW)


def test_a_locked_year_moves_no_more(scene):
    row, part = at_status(scene, "sent"), None
    part = make.participant(row, scene.office)
    campaign = campaigns.campaign(2023)
    campaign.locked_at = NOW
    campaign.save()

    for step in (
        lambda: accept_activity(row, by=scene.officer, at=NOW),
        lambda: return_activity(row, "Bổ sung", by=scene.officer, at=NOW),
        lambda: cancel_activity(row, "Ghi nhầm", by=scene.head, at=NOW),
        lambda: take_back(row, by=scene.editor, at=NOW),
        lambda: answer_participation(part, "confirmed", by=scene.officer, at=NOW),
        lambda: attach_evidence(row, make.file(scene.department), "", True, by=scene.editor, at=NOW),
    ):
        with pytest.raises(Refused, match="2023"):
            step()


def test_a_status_is_never_set_by_hand(scene):
    with pytest.raises(Refused):
        move(at_status(scene, "draft"), "accepted", by=scene.officer, at=NOW, decided_at=NOW)


def test_a_draft_that_nobody_has_seen_is_deleted_by_its_author_only(scene):
    row = scene.record(make.data(outputs=(make.counted(quantity=5),)))

    for seat in (scene.head, scene.officer, scene.viewer):
        with pytest.raises(Refused):
            delete_draft(row, by=seat, at=NOW)
    pk = row.pk
    delete_draft(row, by=scene.editor, at=NOW)

    assert not Activity.objects.exists()
    last = Event.objects.filter(object_id=str(pk)).last()
    assert (last.verb, last.details["title"]) == ("activity.delete", "Lễ phát động")


def test_what_others_have_seen_is_cancelled_and_not_deleted(scene):
    with_head = scene.record()
    take_back(hand_in(with_head, by=scene.editor, at=NOW), by=scene.editor, at=NOW)
    sent = scene.record()
    return_activity(send_activity(sent, by=scene.head, at=NOW), "Bổ sung", by=scene.officer, at=NOW)
    holding = scene.record(make.data(outputs=(make.counted(quantity=5),)))
    make.output(make.activity(scene.department), quantity=3, part_of=holding.outputs.get())

    for row in (with_head, sent, holding):
        with pytest.raises(Refused):
            delete_draft(row, by=scene.editor, at=NOW)

    assert Activity.objects.count() == 4


def test_a_cancelled_activity_stays_with_its_reason(scene):
    row = cancel_activity(scene.record(), "Ghi nhầm năm", by=scene.editor, at=NOW)

    assert (row.status, row.cancel_reason) == ("cancelled", "Ghi nhầm năm")
    assert Event.objects.about(row).last().details["reason"] == "Ghi nhầm năm"
    assert row in Activity.objects.visible_to(scene.editor)


def test_a_participant_does_not_see_a_draft_of_another_department(scene):
    row = scene.record(make.data(participants=(make.took_part(scene.office),)))

    assert row not in Activity.objects.visible_to(scene.officer)
    send_activity(row, by=scene.head, at=NOW)
    assert row in Activity.objects.visible_to(scene.officer)


def test_far_above_last_year_is_a_flag_that_stops_a_verification_of_many(scene):
    before = make.activity(scene.department, year=2022)
    make.output(before, quantity=100)
    row = at_status(scene, "sent")
    make.evidence(row)
    output = make.output(row, quantity=501, female=500, male=1)

    flagged = flags_of([row])[row.pk]

    assert [(f.code, "5" in str(f.label), "2022" in str(f.label)) for f in flagged] == [("jump", True, True)]
    type(output).objects.filter(pk=output.pk).update(quantity=500, male=0)
    assert flags_of([row])[row.pk] == []


def test_last_year_of_a_predecessor_counts(scene):
    old = who.department(scene.province, "Sở cũ", valid_to=datetime.date(2022, 12, 31))
    DepartmentSuccession.objects.create(predecessor=old, successor=scene.department, on=datetime.date(2023, 1, 1))
    make.output(make.activity(old, year=2022), quantity=10)
    row = at_status(scene, "sent")
    make.evidence(row)
    make.output(row, quantity=80, female=80)

    assert [f.code for f in flags_of([row])[row.pk]] == ["jump"]
