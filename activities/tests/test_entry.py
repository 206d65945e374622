"""Recording and correcting: what is written, what is refused, and that nothing is overwritten."""

import dataclasses
import datetime

import pytest

from activities.models import Activity, Output
from activities.operations import (
    Faulty,
    InspectedData,
    InspectionData,
    MoneyData,
    Overtaken,
    SupportData,
    accept_activity,
    correct_activity,
    return_activity,
    send_activity,
)
from activities.operations.shape import DocumentData
from activities.tests import make
from campaigns.tests import make as campaigns
from provinces.models import DepartmentSuccession, Event, UnitSuccession
from provinces.tests import make as who
from provinces.workflow import Refused

NOW = who.NOW
LATER = NOW + datetime.timedelta(hours=1)


def faults(refusal) -> dict:
    return {fault.field: fault.sentence for fault in refusal.value.faults}


def refused(scene, **said) -> dict:
    """The faults for which an activity that says this is not written."""
    with pytest.raises(Faulty) as refusal:
        scene.record(make.data(**said))
    assert not Activity.objects.exists()
    return faults(refusal)


def test_an_activity_is_written_whole_with_one_line_in_the_log(scene):
    union, group = who.department(scene.province, "Liên đoàn Lao động tỉnh", "LĐLĐ"), make.group()
    support = SupportData(key="qua", label="Quà tại lễ phát động", gifts="28 suất", donors=(0, 1))
    said = make.data(
        participants=(
            make.took_part(scene.department, "lead"),
            make.took_part(union),
            make.took_part(name="Công ty A"),
        ),
        outputs=(
            make.counted("CT05.1", 550, certainty="about"),
            make.counted("CT31.1", 14, group=group, support="qua"),
            make.counted("CT36.2", 6, inspection="doan"),
        ),
        money=(MoneyData(80_000_000, campaigns.money_source("NG08", "mobilised"), "in_kind", support="qua"),),
        supports=(support,),
        inspections=(InspectionData("Quyết định đoàn", (InspectedData(name="Công ty B"),), key="doan"),),
        documents=(DocumentData("Kiện toàn Ban", "3608/QĐ-BPN&TE", datetime.date(2023, 11, 22)),),
    )

    activity = scene.record(said)

    assert activity.status == "draft"
    assert [(str(p), p.role) for p in activity.participants.all()] == [
        ("Sở Tư pháp", "lead"),
        ("Liên đoàn Lao động tỉnh", "co"),
        ("Công ty A", "co"),
    ]
    launch, gift, inspected = activity.outputs.all()
    assert (launch.quantity, launch.certainty, launch.not_split) == (550, "about", 550)
    assert gift.support.donors.count() == 2
    assert inspected.inspection.bodies.get().name == "Công ty B"
    assert activity.money.get().support == gift.support
    assert activity.documents.get().number == "3608/QĐ-BPN&TE"
    assert list(Event.objects.about(activity).values_list("verb", flat=True)) == ["activity.create"]


def test_a_viewer_and_a_stranger_write_nothing(scene):
    stranger = who.seat(who.department(scene.province, "Sở Y tế", "SYT"))

    for seat in (scene.viewer, stranger):
        with pytest.raises(Refused, match="Vị trí|seat"):
            scene.record(by=seat)


def test_work_of_the_month_needs_the_campaign_and_work_of_the_year_has_none(scene):
    assert "scope" in refused_without_campaign(scene)

    assert scene.record(make.data(scope="year")).campaign is None


def refused_without_campaign(scene):
    with pytest.raises(Faulty) as refusal:
        scene.record(campaign=False)
    return faults(refusal)


def test_a_date_of_another_year_is_asked_about(scene):
    campaigns.campaign(2023)

    assert "starts_on" in refused(scene, starts_on=datetime.date(2024, 6, 14))


def test_the_end_is_not_before_the_start(scene):
    assert "ends_on" in refused(scene, ends_on=datetime.date(2023, 11, 19))


@pytest.mark.parametrize(
    ("precision", "start"), [("day", None), ("month", None), ("year", datetime.date(2023, 11, 20))]
)
def test_a_date_goes_with_its_precision(scene, precision, start):
    assert "starts_on" in refused(scene, precision=precision, starts_on=start)


def test_an_activity_without_a_day_says_so(scene):
    activity = scene.record(make.data(scope="year", precision="none", starts_on=None))

    assert activity.starts_on is None


def test_a_title_is_needed(scene):
    assert "title" in refused(scene, title="  ")


def test_a_locked_year_is_read_only(scene):
    campaign = campaigns.campaign(2023)
    activity = scene.record()
    campaign.locked_at = NOW
    campaign.save()

    with pytest.raises(Refused, match="2023"):
        scene.record(make.data(scope="year"))
    with pytest.raises(Refused, match="2023"):
        correct_activity(activity, make.data("Khác"), version=1, by=scene.editor, at=NOW)
    with pytest.raises(Refused, match=str(scene.office)):
        send_activity(activity, by=scene.head, at=NOW)


def test_a_closed_department_is_refused_with_its_successor(scene):
    gone = who.department(scene.province, "Ban Dân tộc", "BDT", valid_to=datetime.date(2023, 6, 30))
    heir = who.department(scene.province, "Sở Dân tộc", "SDT", valid_from=datetime.date(2023, 7, 1))
    DepartmentSuccession.objects.create(predecessor=gone, successor=heir, on=datetime.date(2023, 7, 1))

    said = refused(scene, participants=(make.took_part(gone),))

    assert "Sở Dân tộc" in said["participants.0.body"]


def test_the_recorder_was_in_force_on_the_day(scene):
    gone = who.department(scene.province, "Sở cũ", "SC", valid_to=datetime.date(2023, 6, 30))

    with pytest.raises(Faulty) as refusal:
        scene.record(owner=gone, by=who.seat(gone))

    assert "owner" in faults(refusal)


def test_a_successor_records_for_the_department_of_that_year(scene):
    today = who.department(scene.province, "Sở Nội vụ", "SNV", valid_from=datetime.date(2025, 3, 1))
    DepartmentSuccession.objects.create(predecessor=scene.office, successor=today, on=datetime.date(2025, 3, 1))

    activity = scene.record(owner=scene.office, by=who.seat(today))

    assert activity.owner == scene.office


def test_a_unit_can_be_chosen_only_while_it_existed(scene):
    town = who.commune(scene.province, "Thị xã Quảng Yên", "206", "district", valid_to=datetime.date(2023, 6, 30))
    ward = who.commune(scene.province, "Phường Quảng Yên", "07132", valid_from=datetime.date(2023, 7, 1))
    UnitSuccession.objects.create(predecessor=town, successor=ward, on=datetime.date(2023, 7, 1), whole=True)

    assert "Phường Quảng Yên" in refused(scene, place_unit=town)["place_unit"]
    assert "Thị xã Quảng Yên" in (refused(scene, place_unit=ward, starts_on=datetime.date(2023, 1, 2))["place_unit"])


def test_a_place_lies_in_the_province(scene):
    other = who.province("Kiên Giang", "91", "kien-giang")

    assert "Quảng Ninh" in refused(scene, place_unit=who.commune(other))["place_unit"]


def test_an_activity_has_one_lead(scene):
    union = who.department(scene.province, "Liên đoàn Lao động tỉnh", "LĐLĐ")

    said = refused(scene, participants=(make.took_part(scene.department, "lead"), make.took_part(union, "lead")))

    assert "Liên đoàn Lao động tỉnh" in said["participants.1.role"]


def test_a_participant_is_named_and_stands_there_once(scene):
    twice = (make.took_part(scene.office), make.took_part(scene.office))

    assert "participants.1.body" in refused(scene, participants=twice)
    assert "participants.0.body" in refused(scene, participants=(make.took_part(),))


def test_an_inspected_body_and_a_document_have_names(scene):
    said = refused(scene, inspections=(InspectionData(bodies=(InspectedData(),)),), documents=(DocumentData(""),))

    assert {"inspections.0.0.body", "documents.0.title"} <= set(said)


def test_an_issuer_existed_on_the_date_of_the_document(scene):
    new = who.department(scene.province, "Sở mới", "SM", valid_from=datetime.date(2023, 12, 1))
    paper = DocumentData("Quy chế", dated=datetime.date(2023, 11, 23), issuer=new)

    assert "documents.0.issuer" in refused(scene, documents=(paper,))


@pytest.mark.parametrize("field", ["title", "description", "place", "window_reason"])
def test_a_phone_number_is_stopped_wherever_text_is_free(scene, field):
    assert field in refused(scene, **{field: "Liên hệ 0912 345 678"})


def test_a_number_of_a_person_is_stopped_in_the_parts_too(scene):
    text = "căn cước 022190001234"

    said = refused(
        scene,
        participants=(make.took_part(name=text),),
        outputs=(make.counted("CT05.1", 1, label=text),),
        supports=(SupportData("a", label=text, gifts=text),),
        inspections=(InspectionData(bodies=(InspectedData(name=text, finding=text),)),),
        documents=(DocumentData(text),),
    )

    assert {
        "participants.0.body",
        "outputs.0.label",
        "supports.0.label",
        "supports.0.gifts",
        "inspections.0.0.finding",
        "inspections.0.0.body",
        "documents.0.title",
    } == set(said)


def test_a_name_beside_violence_is_asked_about_and_a_tick_lifts_it(scene):
    story = make.data(description="Thăm chị Nguyễn Thị Hoa bị bạo lực gia đình")

    with pytest.raises(Faulty) as refusal:
        scene.record(story)

    assert [fault.lifted_by for fault in refusal.value.faults] == ["confirmed_names"]
    assert scene.record(story, confirmed_names=True).description == story.description


def test_a_tick_for_names_lets_no_phone_number_pass(scene):
    with pytest.raises(Faulty):
        scene.record(make.data(description="Gọi 0912345678"), confirmed_names=True)


def test_money_is_more_than_nothing(scene):
    assert "money.0.amount" in refused(scene, money=(MoneyData(0, campaigns.money_source()),))


def test_what_hangs_on_a_support_finds_it(scene):
    money = (MoneyData(5, campaigns.money_source(), support="x"),)

    said = refused(scene, outputs=(make.counted("CT05.1", 1, support="x"),), money=money)

    assert {"outputs.0.support", "money.0.support"} <= set(said)


def test_a_correction_replaces_the_parts_and_keeps_the_rows_that_stay(scene):
    activity = scene.record(
        make.data(
            participants=(make.took_part(scene.office), make.took_part(name="Công ty A")),
            outputs=(make.counted("CT05.1", 100), make.counted("CT04.1", 1)),
        )
    )
    people, launches = activity.outputs.all()
    first = activity.participants.first()
    first.answer = "confirmed"
    first.save()
    corrected = make.data(
        "Lễ phát động tại Đông Mai",
        participants=(make.took_part(name="Công ty B"), make.took_part(scene.office)),
        outputs=(make.counted("CT05.1", 550, certainty="about", key=str(people.pk)),),
    )

    correct_activity(activity, corrected, version=1, by=scene.editor, at=LATER)

    assert (activity.title, activity.version, activity.changed_at) == ("Lễ phát động tại Đông Mai", 2, LATER)
    assert [(row.pk, row.quantity) for row in activity.outputs.all()] == [(people.pk, 550)]
    assert not Output.objects.filter(pk=launches.pk).exists()
    assert [(str(p), p.answer) for p in activity.participants.all()] == [
        ("Công ty B", ""),
        (str(scene.office), "confirmed"),
    ]
    assert Event.objects.about(activity).last().verb == "activity.change"


def test_of_two_people_correcting_at_once_the_second_is_told(scene):
    activity = scene.record()
    stale = Activity.objects.get(pk=activity.pk)
    correct_activity(activity, make.data("Của người thứ nhất"), version=1, by=scene.editor, at=NOW)

    with pytest.raises(Overtaken, match=str(scene.editor.user)):
        correct_activity(stale, make.data("Của người thứ hai"), version=1, by=scene.head, at=LATER)

    assert Activity.objects.get().title == "Của người thứ nhất"


def test_what_was_sent_is_corrected_only_after_it_was_returned(scene):
    activity = send_activity(scene.record(), by=scene.head, at=NOW)

    with pytest.raises(Refused, match="Lễ phát động"):
        correct_activity(activity, make.data("Khác"), version=1, by=scene.editor, at=NOW)


def test_a_stranger_corrects_nothing(scene):
    activity = scene.record()

    for seat in (scene.viewer, scene.officer):
        with pytest.raises(Refused):
            correct_activity(activity, make.data("Khác"), version=1, by=seat, at=NOW)


def test_a_change_after_verification_says_why_and_keeps_what_was_verified(scene):
    activity = scene.record(make.data(outputs=(make.counted("CT05.1", 550, certainty="about"),)))
    send_activity(activity, by=scene.head, at=NOW)
    accept_activity(activity, by=scene.officer, at=NOW)
    return_activity(activity, "Đếm lại số người", by=scene.officer, at=NOW)
    said = make.data(outputs=(make.counted("CT05.1", 540),))

    with pytest.raises(Faulty) as refusal:
        correct_activity(activity, said, version=1, by=scene.editor, at=LATER)
    assert "reason" in faults(refusal)
    assert activity.outputs.get().quantity == 550

    correct_activity(activity, said, version=1, by=scene.editor, at=LATER, reason="Đã có danh sách điểm danh")

    kept = activity.versions.get()
    assert (kept.no, kept.reason) == (1, "Đã có danh sách điểm danh")
    assert [row["quantity"] for row in kept.content["outputs"]] == [550]
    assert activity.outputs.get().quantity == 540


def test_an_activity_is_not_below_itself(scene):
    parent = scene.record()
    child = scene.record(make.data("Xuống đường", parent=parent))

    with pytest.raises(Faulty) as refusal:
        correct_activity(parent, dataclasses.replace(make.data(), parent=child), version=1, by=scene.editor, at=NOW)

    assert "parent" in faults(refusal)
