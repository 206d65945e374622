"""The office at its desk without scripts: pairs side by side, parts, adjustments, what participants add, versions."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from activities.models import DuplicatePair, Output
from activities.operations import (
    accept_activity,
    add_own_output,
    correct_activity,
    find_duplicates,
    return_activity,
    send_activity,
)
from activities.tests import make
from activities.tests.test_pages import page, typed, words
from campaigns.tests import make as campaigns
from provinces.tests import make as who

NOW = who.NOW
QUEUE = "/quang-ninh/2023/xac-minh/"
PAIRS = f"{QUEUE}trung-lap"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def as_seat(client):
    def sign_in(seat):
        client.force_login(seat.user)
        return client

    return sign_in


def launch(owner, title, people, **more):
    row = make.activity(owner, title, status="accepted", place="KCN Đông Mai", **more)
    make.output(row, quantity=people)
    return row


@pytest.fixture
def pair(scene):
    union = who.department(scene.province, "Liên đoàn Lao động tỉnh", "LĐLĐ")
    launch(scene.department, "Lễ phát động", 550)
    return find_duplicates(launch(union, "Dự lễ phát động", 500), by=None, at=NOW)[0]


def test_pairs_stand_side_by_side_with_their_reasons(scene, pair, as_seat):
    browser = as_seat(scene.officer)

    for address in (PAIRS, f"{PAIRS}/{pair.public_id}"):
        said = words(browser.get(address))
        for printed in ("Lễ phát động", "Dự lễ phát động", "550", "500", "20/11/2023", "KCN Đông Mai"):
            assert printed in said
    assert f"{PAIRS}" in words(browser.get(QUEUE))


def test_a_pair_is_merged_and_separated_by_pressing_buttons(scene, pair, as_seat):
    browser, here = as_seat(scene.officer), f"{PAIRS}/{pair.public_id}"
    assert browser.post(here, {"then": "merge"}).status_code == 422
    assert browser.post(here, {"then": "merge", "kept": "khac"}).status_code == 422

    answer = browser.post(here, {"then": "merge", "kept": pair.first.public_id})

    assert answer.url == PAIRS
    pair.second.refresh_from_db()
    assert pair.second.merged_into == pair.first
    assert pair.second.title in words(browser.get(page(pair.first)))
    assert browser.post(here, {"then": "apart"}).status_code == 422
    browser.post(here, {"then": "separate"})
    pair.second.refresh_from_db()
    assert pair.second.status == "accepted"


def test_a_pair_is_kept_apart_and_listed_as_settled(scene, pair, as_seat):
    browser = as_seat(scene.officer)

    browser.post(f"{PAIRS}/{pair.public_id}", {"then": "apart"})

    shown = browser.get(PAIRS)
    assert (shown.context["rows"], [r.pair for r in shown.context["settled"]]) == ([], [pair])


def test_pairs_belong_to_the_office_of_the_province(scene, pair, as_seat):
    stranger = who.seat(who.office(who.province("Kiên Giang", "91", "kien-giang")))

    for seat in (scene.head, who.seat(who.committee(scene.province)), stranger):
        for address in (PAIRS, f"{PAIRS}/{pair.public_id}"):
            assert as_seat(seat).get(address).status_code == 404
    assert as_seat(scene.officer).get(f"{PAIRS}/khong-co").status_code == 404


def test_the_pairs_ask_the_same_number_of_questions_for_1_and_for_9(
    scene, pair, as_seat, django_assert_max_num_queries, django_assert_num_queries
):
    browser = as_seat(scene.officer)
    make.participant(pair.first, scene.office)
    browser.get(PAIRS)
    with django_assert_max_num_queries(45) as first:
        browser.get(PAIRS)
    for n in range(8):
        row = launch(scene.department, f"Tọa đàm {n}", 50 + n, starts_on=datetime.date(2023, 12, 2 + 3 * n))
        other = launch(pair.second.owner, f"Dự tọa đàm {n}", 50 + n, starts_on=datetime.date(2023, 12, 2 + 3 * n))
        make.participant(row, scene.office)
        assert find_duplicates(other, by=None, at=NOW)
    with django_assert_num_queries(len(first)):
        assert len(browser.get(PAIRS).context["rows"]) == 9


def test_a_suspicion_stands_on_the_row_in_the_queue(scene, as_seat):
    union = who.department(scene.province, "Liên đoàn Lao động tỉnh", "LĐLĐ")
    launch(scene.department, "Lễ phát động", 550)
    row = make.activity(union, "Dự lễ phát động", status="sent", place="KCN Đông Mai")
    make.evidence(row)
    make.output(row, quantity=550)
    find_duplicates(row, by=None, at=NOW)
    browser = as_seat(scene.officer)

    assert "duplicate" in {f.code for f in browser.get(QUEUE).context["rows"][0].flags}
    assert PAIRS in words(browser.get(f"{QUEUE}{row.public_id}"))
    assert browser.post(QUEUE, {"row": [row.public_id], "sure": "1"}).status_code == 422


def test_the_queue_is_narrowed_by_what_stands_in_the_address(scene, as_seat):
    rows = [make.activity(scene.department, title, status="sent") for title in ("Tọa đàm", "Tập huấn")]

    found = as_seat(scene.officer).get(f"{QUEUE}?tim=toa").context["rows"]

    assert [row.activity for row in found] == rows[:1]


def test_last_year_stands_beside_this_year_for_the_verifier(scene, as_seat):
    make.output(make.activity(scene.department, year=2022), quantity=77)
    row = make.activity(scene.department, status="sent")
    make.output(row, quantity=500)

    said = words(as_seat(scene.officer).get(f"{QUEUE}{row.public_id}"))

    assert "77" in said and "2022" in said


def test_the_office_cannot_change_the_figure_of_a_unit(scene, as_seat):
    row = make.activity(scene.department, status="sent", created_by=scene.editor)
    make.output(row, quantity=550)
    browser = as_seat(scene.officer)

    for status in ("sent", "accepted", "returned"):
        type(row).objects.filter(pk=row.pk).update(status=status, comment="Bổ sung", sent_at=NOW)
        assert page(row, "sua") not in words(browser.get(page(row)))
        assert browser.get(page(row, "sua")).url == page(row)
        assert browser.post(page(row, "sua"), typed(rest="5", version="1")).url == page(row)

    assert Output.objects.get().quantity == 550


def test_an_adjustment_is_a_line_beside_the_number_that_stays(scene, as_seat):
    row = make.activity(scene.department, status="accepted", created_by=scene.editor)
    output = make.output(row, quantity=550)
    browser, here = as_seat(scene.officer), page(row, f"ket-qua/{output.pk}/dieu-chinh")
    assert "550" in words(browser.get(here))

    assert browser.post(here, {"seen": "550", "wanted": "1,000", "reason": "x"}).status_code == 422
    assert browser.post(here, {"seen": "550", "wanted": "500", "reason": ""}).status_code == 422
    assert browser.post(here, {"seen": "550", "wanted": "550", "reason": "Không đổi"}).status_code == 422
    assert browser.post(here, {"seen": "500", "wanted": "400", "reason": "Trang cũ"}).status_code == 422
    browser.post(here, {"seen": "550", "wanted": "500", "reason": "Đã tính ở Sở Y tế"})

    output.refresh_from_db()
    assert (output.quantity, output.adjustments.get().delta) == (550, -50)
    for seat in (scene.officer, scene.editor):
        said = words(as_seat(seat).get(page(row)))
        assert "550" in said and "500" in said and "Đã tính ở Sở Y tế" in said


def test_only_the_office_opens_the_adjustment(scene, as_seat):
    row = make.activity(scene.department, status="accepted", created_by=scene.editor)
    output = make.output(row, quantity=550)
    here = page(row, f"ket-qua/{output.pk}/dieu-chinh")

    for seat in (scene.head, who.seat(scene.office, "viewer")):
        assert as_seat(seat).get(here).url == page(row)
        as_seat(seat).post(here, {"seen": "550", "wanted": "5", "reason": "x"})
    assert not output.adjustments.exists()
    assert as_seat(scene.officer).get(page(row, "ket-qua/0/dieu-chinh")).status_code == 404


@pytest.fixture
def gifts(scene):
    """14 + 14 + 20 gifts of the month inside the 50 of the year."""
    year = make.activity(scene.department, "Tặng quà cả năm", scope="year", campaign=None)
    month = make.activity(scene.department, "Tặng quà tại lễ phát động")
    campaigns.measure("CT31.1", "Người được hỗ trợ", "người", "people")
    return make.output(month, "CT31.1", 14), make.output(year, "CT31.1", 50)


def test_a_result_is_marked_as_part_of_one_in_another_activity_and_unmarked(scene, gifts, as_seat):
    part, whole = gifts
    browser, here = as_seat(scene.officer), page(part.activity, f"ket-qua/{part.pk}/la-mot-phan")
    assert "Tặng quà cả năm" in words(browser.get(here))
    assert "Tặng quà cả năm" not in words(browser.get(f"{here}?tim=khong+co"))

    assert browser.post(here, {}).status_code == 422
    browser.post(here, {"whole": whole.pk})
    part.refresh_from_db()
    assert part.part_of == whole
    assert "Tặng quà cả năm" in words(browser.get(page(part.activity)))

    browser.post(page(part.activity, f"ket-qua/{part.pk}/bo-danh-dau"))
    part.refresh_from_db()
    assert part.part_of is None


def test_a_circle_of_parts_is_refused_in_a_sentence(scene, gifts, as_seat):
    part, whole = gifts
    Output.objects.filter(pk=part.pk).update(part_of=whole)

    answer = as_seat(scene.officer).post(page(whole.activity, f"ket-qua/{whole.pk}/la-mot-phan"), {"whole": part.pk})

    assert answer.status_code == 422
    whole.refresh_from_db()
    assert whole.part_of is None


def test_a_strange_department_marks_nothing(scene, gifts, as_seat):
    part, whole = gifts
    here = page(part.activity, f"ket-qua/{part.pk}/la-mot-phan")

    assert as_seat(who.seat(who.department(scene.province, "Sở Y tế"))).get(here).status_code == 404
    assert as_seat(scene.editor).post(here, {"whole": whole.pk}).url == page(part.activity)
    part.refresh_from_db()
    assert part.part_of is None


def test_a_participant_adds_a_result_and_the_office_settles_it(scene, as_seat):
    row = make.activity(scene.office, "Lễ phát động", status="accepted")
    whole = make.output(row, quantity=550)
    make.participant(row, scene.department)
    browser, here = as_seat(scene.editor), page(row, "ket-qua/them")
    measure = whole.measure_id
    assert here in words(browser.get(page(row))) and "550" in words(browser.get(here))

    said = {"measure": measure, "amount": "40", "certainty": "exact"}
    assert browser.post(here, said).status_code == 422
    assert browser.post(here, {**said, "relation": "part"}).status_code == 422
    refused = browser.post(here, {**said, "relation": "more", "amount": "1,000"})
    assert refused.status_code == 422 and "1,000" in words(refused)
    browser.post(here, {**said, "relation": "part", "part_of": whole.pk, "idempotency_key": "mot"})
    browser.post(here, {**said, "relation": "part", "part_of": whole.pk, "idempotency_key": "mot"})

    added = Output.objects.get(contributor=scene.department)
    assert (added.quantity, added.part_of, added.awaiting) == (40, whole, True)
    officer, settle = as_seat(scene.officer), page(row, f"ket-qua/{added.pk}/xet")
    assert settle in words(officer.get(QUEUE)) and settle in words(officer.get(page(row)))
    assert officer.post(settle, {"then": "decline", "reason": ""}).status_code == 422
    officer.post(settle, {"then": "accept"})
    added.refresh_from_db()
    assert not added.awaiting


def test_a_participant_removes_its_result_and_the_recorder_has_no_such_page(scene, as_seat):
    row = make.activity(scene.office, status="sent")
    part = make.participant(row, scene.department)
    added = add_own_output(part, make.counted(quantity=40), by=scene.editor, at=NOW)
    assert as_seat(scene.officer).get(page(row, "ket-qua/them")).url == page(row)

    as_seat(scene.editor).post(page(row, f"ket-qua/{added.pk}/bo"))

    assert not row.outputs.exists()


def test_versions_say_what_changed_and_why(scene, as_seat):
    data = make.data(outputs=(make.counted(quantity=550),), place="KCN Đông Mai")
    row = send_activity(scene.record(data), by=scene.head, at=NOW)
    accept_activity(row, by=scene.officer, at=NOW)
    return_activity(row, "Kiểm tra lại số người", by=scene.officer, at=NOW)
    key = str(row.outputs.get().pk)
    more = make.data(outputs=(make.counted(quantity=530, key=key),), place="Nhà văn hóa Đông Mai")
    correct_activity(row, more, version=1, by=scene.editor, at=NOW, reason="Đếm lại theo danh sách ký")

    answer = as_seat(scene.editor).get(page(row, "phien-ban"))

    said = [(change.before, change.after) for change in answer.context["rows"][0]["changes"]]
    assert ("KCN Đông Mai", "Nhà văn hóa Đông Mai") in said
    assert any("550" in before and "530" in after for before, after in said)
    assert "Đếm lại theo danh sách ký" in words(answer)
    assert page(row, "phien-ban") in words(as_seat(scene.editor).get(page(row)))


def test_old_versions_hide_small_counts_above_their_unit(scene, as_seat):
    commune = who.department(who.commune(scene.province), "UBND xã Đông Mai", kind="ubnd_xa")
    campaigns.measure("CT31.1", "Người được hỗ trợ", "người", "people", sensitive=True, by_sex=True)
    seat = who.seat(commune, "approver")
    data = make.data(outputs=(make.counted("CT31.1", 3, female=3),))
    row = send_activity(scene.record(data, owner=commune, by=seat), by=seat, at=NOW)
    accept_activity(row, by=scene.officer, at=NOW)
    return_activity(row, "Bổ sung", by=scene.officer, at=NOW)
    correct_activity(row, data, version=1, by=seat, at=NOW, reason="Sửa tên")

    assert "&lt;5" in words(as_seat(scene.officer).get(page(row, "phien-ban")))
    assert "&lt;5" not in words(as_seat(seat).get(page(row, "phien-ban")))


def test_a_draft_is_deleted_on_a_page_of_its_own(scene, as_seat):
    row = scene.record()
    browser = as_seat(scene.editor)
    assert page(row, "xoa") in words(browser.get(page(row)))
    assert page(row, "xoa") not in words(as_seat(scene.head).get(page(row)))
    browser = as_seat(scene.editor)
    assert "Lễ phát động" in words(browser.get(page(row, "xoa")))

    browser.post(page(row, "xoa"))

    assert not type(row).objects.exists()


def test_merged_evidence_names_who_brought_it(scene, pair, as_seat):
    content = io.BytesIO(b"%PDF-1.7").read()
    other = pair.second
    type(other).objects.filter(pk=other.pk).update(status="returned", comment="Bổ sung")
    seat = who.seat(other.owner, "approver")
    upload = {"file": SimpleUploadedFile("bien-ban.pdf", content), "consent": "on"}
    as_seat(seat).post(page(other, "minh-chung/"), upload)
    other.refresh_from_db()
    send_activity(other, by=seat, at=NOW)
    officer = as_seat(scene.officer)
    officer.post(f"{PAIRS}/{pair.public_id}", {"then": "merge", "kept": pair.first.public_id})

    said = words(as_seat(scene.editor).get(page(pair.first)))

    assert "bien-ban.pdf" in said and "Liên đoàn Lao động tỉnh" in said
    assert DuplicatePair.objects.get().status == "merged"


def test_what_others_ask_is_on_a_list(scene, as_seat):
    row = make.activity(scene.office, "Lễ phát động Đông Mai", status="sent")
    part = make.participant(row, scene.department)
    browser = as_seat(scene.editor)

    assert "Lễ phát động Đông Mai" in words(browser.get("/quang-ninh/2023/hoat-dong/cho-tra-loi"))
    browser.post(page(row, "tra-loi"), {"participant": part.pk, "answer": "confirmed"})
    assert "Lễ phát động Đông Mai" not in words(browser.get("/quang-ninh/2023/hoat-dong/cho-tra-loi"))
