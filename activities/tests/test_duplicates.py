"""Suspected duplicates: which pairs come up and why, what merging keeps, that it can be undone and never returns."""

import datetime

import pytest

from activities.models import Activity, DuplicatePair, Evidence
from activities.operations import (
    cancel_activity,
    find_duplicates,
    find_duplicates_of_year,
    keep_pair_apart,
    merge_pair,
    pair_by_hand,
    return_activity,
    send_activity,
    separate_pair,
    sweep_duplicates,
)
from activities.queries.pairs import reasons_in_words, settled_pairs, waiting_pairs
from activities.queries.similar import COMMON, PLACES, words_of
from activities.tests import make
from campaigns.tests import make as campaigns
from provinces.models import Event
from provinces.tests import make as who
from provinces.workflow import Refused

NOW = who.NOW
DAY = datetime.date(2023, 11, 20)


@pytest.fixture
def union(scene):
    return who.department(scene.province, "Liên đoàn Lao động tỉnh", "LĐLĐ")


def launch(owner, title="Lễ phát động tại Đông Mai", place="KCN Đông Mai", people=550, status="accepted", **more):
    """A launch with its attendances."""
    row = make.activity(owner, title, status=status, place=place, **more)
    make.output(row, "CT04.1", 1)
    if people:
        make.output(row, quantity=people, certainty="about")
    return row


def codes(pair) -> list[str]:
    return [reason["code"] for reason in pair.reasons]


def found_for(row) -> list[list[str]]:
    return [codes(pair) for pair in find_duplicates(row, by=None, at=NOW)]


def test_one_launch_logged_by_two_departments_comes_up_with_its_reasons(scene, union):
    launch(scene.department)
    second = launch(union, "Tham gia lễ phát động Tháng hành động", "Khu công nghiệp Đông Mai, TX Quảng Yên")

    (pair,) = find_duplicates(second, by=scene.officer, at=NOW)

    assert codes(pair) == ["day", "place", "title", "number"]
    said = reasons_in_words(pair, {})
    assert "20/11/2023" in said[0] and "Đông Mai" in said[1] and "550" in said[3]


@pytest.mark.parametrize(
    ("more", "suspected"),
    [
        ({"starts_on": DAY + datetime.timedelta(1)}, True),
        ({"starts_on": DAY - datetime.timedelta(1)}, True),
        ({"starts_on": DAY + datetime.timedelta(2)}, False),
        ({"starts_on": DAY - datetime.timedelta(3), "ends_on": DAY - datetime.timedelta(1)}, True),
        ({"starts_on": DAY - datetime.timedelta(5), "ends_on": DAY + datetime.timedelta(25)}, False),
        ({"place": "Nhà văn hóa xã Hà An"}, False),
        ({"place": ""}, True),
        ({"place": "", "people": 0}, False),
        ({"place": "", "title": "Tập huấn kỹ năng"}, False),
        ({"title": "Tập huấn kỹ năng"}, True),
        ({"title": "Tập huấn kỹ năng", "people": 40}, False),
        ({"people": 40}, True),
        ({"status": "draft"}, False),
        ({"precision": "year", "starts_on": None}, False),
    ],
)
def test_what_is_suspected(scene, union, more, suspected):
    row = launch(scene.department)
    other = {"title": "Dự lễ phát động", **more}

    launch(union, **other)

    assert bool(found_for(row)) is suspected
    DuplicatePair.objects.all().delete()
    assert bool(find_duplicates_of_year(scene.province, 2023, by=None, at=NOW)) is suspected


def test_launches_of_a_hundred_communes_on_one_day_are_no_duplicates(scene):
    for n in range(30):
        commune = who.commune(scene.province, f"Xã Số {n}", f"{n:05}")
        body = who.department(commune, f"UBND xã Số {n}", kind="ubnd_xa")
        launch(body, "Lễ phát động Tháng hành động", f"Nhà văn hóa xã Tên{n}", 100, place_unit=commune)

    assert find_duplicates_of_year(scene.province, 2023, by=None, at=NOW) == []


def test_places_in_two_communes_of_one_district_are_two_places(scene, union):
    district = who.commune(scene.province, "Thị xã Quảng Yên", "206", level="district")
    first, second = (who.commune(district, f"Xã {n}", n) for n in ("00001", "00002"))
    row = launch(scene.department, place="", place_unit=first)

    other = launch(union, place="", place_unit=second)
    assert found_for(row) == []

    Activity.objects.filter(pk=other.pk).update(place_unit=district)
    assert found_for(row) == [["day", "place", "title", "number"]]


def test_a_body_named_in_the_other_one_is_a_reason(scene, union):
    row = launch(scene.department)
    make.participant(row, union)
    launch(union, "Hưởng ứng", "Hội trường Liên đoàn", 550)

    (pair,) = find_duplicates(row, by=None, at=NOW)

    assert codes(pair) == ["day", "number", "named"]
    assert reasons_in_words(pair, {union.pk: "Liên đoàn"})[-1].startswith("Liên đoàn")


def test_one_department_is_not_its_own_duplicate(scene):
    launch(scene.department)

    assert found_for(launch(scene.department)) == []


def test_other_years_and_provinces_are_not_compared(scene, union):
    row = launch(scene.department)
    launch(union, year=2022)
    elsewhere = who.department(who.province("Kiên Giang", "91", "kien-giang"))
    launch(elsewhere)

    assert found_for(row) == []


def test_short_forms_accents_and_common_words_do_not_hide_a_place():
    assert words_of("KCN Đông Mai", PLACES) == words_of("Khu công nghiệp Đông Mai", PLACES) == {"dong", "mai"}
    assert words_of("Hưởng ứng Tháng hành động năm 2023", COMMON) == {"dong"}


def test_sending_looks_for_duplicates(scene, union):
    launch(union)
    row = launch(scene.department, status="draft", created_by=scene.editor)

    send_activity(row, by=scene.head, at=NOW)

    pair = DuplicatePair.objects.get()
    assert {pair.first.owner, pair.second.owner} == {scene.department, union}
    assert [e.verb for e in Event.objects.about(pair)] == ["pair.suspect"]


def test_looking_twice_finds_nothing_twice(scene, union):
    row = launch(scene.department)
    launch(union)

    assert len(find_duplicates(row, by=None, at=NOW)) == 1
    assert find_duplicates(row, by=None, at=NOW) == []
    assert find_duplicates_of_year(scene.province, 2023, by=None, at=NOW) == []


def test_the_sweep_looks_where_something_changed(scene, union):
    launch(scene.department)
    launch(union)

    assert sweep_duplicates(NOW + datetime.timedelta(1), at=NOW) == 0
    assert sweep_duplicates(NOW, at=NOW) == 1


def test_looking_asks_the_same_number_of_questions_beside_1_and_beside_30(
    scene, union, django_assert_num_queries, django_assert_max_num_queries
):
    def beside(n):
        day = DAY - datetime.timedelta(n)
        for i in range(n):
            row = launch(union, f"Khác {i}", f"Nơi thứ{i}", 20 + i, starts_on=day)
            make.participant(row, scene.office)
        return launch(scene.department, starts_on=day)

    one, many = beside(1), beside(30)
    with django_assert_max_num_queries(15) as first:
        find_duplicates(one, by=None, at=NOW)
    with django_assert_num_queries(len(first)):
        find_duplicates(many, by=None, at=NOW)


@pytest.fixture
def pair(scene, union):
    """The launch of the department and what the union logged of it, both verified."""
    launch(scene.department)
    row = launch(union, "Dự lễ phát động", people=500)
    return find_duplicates(row, by=None, at=NOW)[0]


def test_merging_keeps_the_evidence_and_the_bodies_of_both(scene, union, pair):
    kept, other = pair.first, pair.second
    make.participant(other, union, "lead")
    make.participant(other, scene.office)
    own = make.evidence(kept)
    theirs = Evidence.objects.create(
        activity=other,
        file=make.file(union, "anh-2.jpg"),
        consent=True,
        by=who.seat(union),
        at=NOW,
        caption="Quang cảnh",
    )
    type(theirs.file).objects.filter(pk=theirs.file.pk).update(sha256="1" * 64)

    merge_pair(pair, kept, by=scene.officer, at=NOW)

    kept.refresh_from_db()
    other.refresh_from_db()
    assert (other.status, other.merged_into) == ("merged", kept)
    assert {p.department for p in kept.participants.all()} == {union, scene.office}
    assert {p.role for p in kept.participants.all()} == {"co"}
    copied = kept.evidence.exclude(pk=own.pk).get()
    assert (copied.file, copied.by, copied.caption) == (theirs.file, theirs.by, "Quang cảnh")
    assert kept.version == 2
    assert kept in Activity.objects.visible_to(who.seat(union))
    assert [e.verb for e in Event.objects.about(other)] == ["activity.merge"]


def test_an_undone_merge_leaves_both_as_they_were(scene, union, pair):
    kept, other = pair.second, pair.first
    make.evidence(other)
    make.participant(other, scene.office, "attendee")
    inside = make.output(make.activity(scene.office, "Tặng quà"), quantity=50)
    whole = other.outputs.get(measure__code="CT05.1")
    type(inside).objects.filter(pk=inside.pk).update(part_of=whole)
    before = said_by(kept), said_by(other)
    merge_pair(pair, kept, by=scene.officer, at=NOW)
    inside.refresh_from_db()
    assert inside.part_of.activity == kept
    assert said_by(kept) != before[0]

    separate_pair(pair, by=scene.officer, at=NOW)

    inside.refresh_from_db()
    assert inside.part_of == whole
    assert (said_by(kept), said_by(other)) == before
    pair.refresh_from_db()
    assert (pair.status, pair.kept, pair.before) == ("separated", None, {})


def said_by(row) -> dict:
    row = Activity.objects.get(pk=row.pk)
    return {
        "status": row.status,
        "into": row.merged_into,
        "bodies": sorted(row.participants.values_list("department", "role")),
        "evidence": list(row.evidence.values_list("pk", flat=True)),
        "outputs": list(row.outputs.values_list("pk", "quantity", "part_of")),
    }


def test_a_body_that_has_answered_since_stays_after_the_undoing(scene, union, pair):
    merge_pair(pair, pair.first, by=scene.officer, at=NOW)
    pair.first.participants.filter(department=union).update(answer="confirmed")

    separate_pair(pair, by=scene.officer, at=NOW)

    assert pair.first.participants.filter(department=union).exists()


def test_a_sent_one_becomes_a_sent_one_again(scene, union):
    launch(scene.department)
    row = launch(union, status="sent")
    (pair,) = find_duplicates(row, by=None, at=NOW)
    merge_pair(pair, pair.first, by=scene.officer, at=NOW)

    separate_pair(pair, by=scene.officer, at=NOW)

    row.refresh_from_db()
    assert row.status == "sent"


def test_the_verified_one_is_not_merged_into_one_that_does_not_count_yet(scene, union):
    launch(scene.department)
    row = launch(union, status="sent")
    (pair,) = find_duplicates(row, by=None, at=NOW)

    with pytest.raises(Refused, match="Lễ phát động"):
        merge_pair(pair, row, by=scene.officer, at=NOW)

    pair.refresh_from_db()
    assert pair.status == "suspected"


@pytest.mark.parametrize("step", [lambda p, **by: merge_pair(p, p.first, **by), keep_pair_apart, separate_pair])
def test_pairs_are_settled_by_the_office_of_the_province_only(scene, union, pair, step):
    if step is separate_pair:
        merge_pair(pair, pair.first, by=scene.officer, at=NOW)
    status = pair.status
    stranger = who.seat(who.office(who.province("Kiên Giang", "91", "kien-giang")))

    for seat in (scene.head, who.seat(union, "approver"), who.seat(scene.office, "viewer"), stranger):
        with pytest.raises(Refused):
            step(DuplicatePair.objects.get(), by=seat, at=NOW)

    assert DuplicatePair.objects.get().status == status


def test_of_two_officers_settling_at_once_one_wins(scene, pair):
    twin = DuplicatePair.objects.get(pk=pair.pk)
    merge_pair(pair, pair.first, by=scene.officer, at=NOW)

    with pytest.raises(Refused, match=str(scene.officer.user)):
        keep_pair_apart(twin, by=who.seat(scene.office), at=NOW)


@pytest.mark.parametrize("settle", [keep_pair_apart, lambda p, **by: merge_pair(p, p.first, **by)])
def test_a_settled_pair_never_comes_up_again(scene, pair, settle):
    settle(pair, by=scene.officer, at=NOW)

    for row in Activity.objects.all():
        find_duplicates(row, by=None, at=NOW)
    find_duplicates_of_year(scene.province, 2023, by=None, at=NOW)

    assert not waiting_pairs(scene.officer, scene.province, 2023)
    assert list(settled_pairs(scene.officer, scene.province, 2023)) == [pair]
    assert DuplicatePair.objects.count() == 1


def test_a_pair_waits_only_while_both_may_count(scene, pair):
    assert list(waiting_pairs(scene.officer, scene.province, 2023)) == [pair]

    cancel_activity(pair.first, "Ghi nhầm", by=scene.officer, at=NOW)

    assert not waiting_pairs(scene.officer, scene.province, 2023)


def test_a_third_one_that_looked_like_the_merged_one_is_held_against_the_kept_one(scene, union, pair):
    park = who.department(scene.province, "Ban Quản lý Khu kinh tế", "BQLKKT")
    third = launch(park, "Hưởng ứng", "Nơi khác", people=0)
    suspicion = DuplicatePair.objects.create(first=pair.second, second=third, reasons=[{"code": "title"}], found_at=NOW)

    merge_pair(pair, pair.first, by=scene.officer, at=NOW)

    assert codes(DuplicatePair.objects.get(first=pair.first, second=third)) == ["title"]
    assert suspicion not in waiting_pairs(scene.officer, scene.province, 2023)


def test_what_was_merged_into_is_not_cancelled_and_not_separated_out_of_order(scene, union, pair):
    merge_pair(pair, pair.first, by=scene.officer, at=NOW)
    with pytest.raises(Refused):
        cancel_activity(pair.first, "Ghi nhầm", by=scene.officer, at=NOW)

    park = who.department(scene.province, "Ban Quản lý Khu kinh tế", "BQLKKT")
    above = DuplicatePair.objects.create(first=pair.first, second=launch(park), found_at=NOW)
    merge_pair(above, above.second, by=scene.officer, at=NOW)
    with pytest.raises(Refused, match="Lễ phát động"):
        separate_pair(pair, by=scene.officer, at=NOW)

    separate_pair(above, by=scene.officer, at=NOW)
    separate_pair(pair, by=scene.officer, at=NOW)
    assert not Activity.objects.filter(status="merged").exists()


def test_a_returned_one_is_not_merged(scene, pair):
    return_activity(pair.second, "Bổ sung", by=scene.officer, at=NOW)

    with pytest.raises(Refused, match="Dự lễ phát động"):
        merge_pair(pair, pair.first, by=scene.officer, at=NOW)


def test_a_locked_year_settles_nothing(scene, pair):
    campaigns.campaign(2023)
    type(pair.first.campaign).objects.update(locked_at=NOW)

    with pytest.raises(Refused):
        keep_pair_apart(pair, by=scene.officer, at=NOW)


def test_the_office_pairs_by_hand_what_the_machine_did_not_see(scene, client):
    one = make.activity(scene.department, "Lễ phát động", status="sent", starts_on=datetime.date(2023, 11, 16))
    two = make.activity(scene.office, "Hội thảo cuối kỳ", status="sent", starts_on=datetime.date(2023, 12, 5))
    there = f"/quang-ninh/2023/xac-minh/{one.public_id}/trung-voi"
    client.force_login(scene.officer.user)
    assert two.title in client.get(there, {"tim": "hoi thao"}).content.decode()

    silent = client.post(there, {"tim": "hoi thao", "other": two.public_id})
    answer = client.post(there, {"tim": "hoi thao", "other": two.public_id, "reason": "Ghi nhầm ngày"})
    again = client.post(there, {"tim": "hoi thao", "other": two.public_id, "reason": "Ghi nhầm ngày"})

    assert silent.status_code == 422
    pair = DuplicatePair.objects.get()
    assert answer.url == again.url == f"/quang-ninh/2023/xac-minh/trung-lap/{pair.public_id}"
    assert "cơ quan thường trực thấy trùng: Ghi nhầm ngày" in client.get(answer.url).content.decode()
    client.post(answer.url, {"then": "merge", "kept": one.public_id})
    two.refresh_from_db()
    assert (two.status, two.merged_into) == ("merged", one)


def test_only_the_office_pairs_by_hand_and_only_what_may_count(scene):
    one, two = make.activity(scene.department, status="sent"), make.activity(scene.office, status="draft")

    for by, other in ((scene.head, one), (scene.officer, one), (scene.officer, two)):
        with pytest.raises(Refused):
            pair_by_hand(one, other, "Cùng một buổi", by=by, at=NOW)
    assert not DuplicatePair.objects.exists()
