"""Pages of activities in a browser without scripts: who finds them, what they take, what comes back as typed."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from activities.models import Activity, Evidence
from activities.tests import make
from campaigns.tests import make as campaigns
from provinces.models import Draft
from provinces.storage import file_path
from provinces.tests import make as who

ROOT = "/quang-ninh/2023/hoat-dong/"
NEW = f"{ROOT}ghi-nhanh"


@pytest.fixture
def as_seat(client):
    """Sign in as the person of a seat."""

    def sign_in(seat):
        client.force_login(seat.user)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def typed(**more) -> dict:
    """What a person posts for a launch with 550 people; `more` says what matters."""
    counts = {
        f"{name}-count": "1" for name in ("participants", "outputs", "money", "supports", "inspected", "documents")
    }
    kind = campaigns.activity_type()
    said = {
        "type": kind.pk,
        "title": "Lễ phát động tại Đông Mai",
        "starts_on": "20/11/2023",
        "own_role": "lead",
        "rest": "khoảng 550",
        "certainty": "exact",
        "scope": "month",
        "precision": "day",
        "then": "draft",
        "money-0-form": "cash",
        "participants-0-role": "co",
    }
    return {**counts, **said, **more}


def page(row, leaf="") -> str:
    return f"{ROOT}{row.public_id}/{leaf}"


def words(response) -> str:
    return response.content.decode()


def test_an_activity_is_recorded_on_a_phone_in_one_go(scene, as_seat):
    browser = as_seat(scene.editor)
    assert browser.get(NEW).status_code == 200

    answer = browser.post(NEW, typed(place="KCN Đông Mai"))

    row = Activity.objects.get()
    assert answer.url == page(row)
    assert (row.title, row.status, row.owner) == ("Lễ phát động tại Đông Mai", "draft", scene.department)
    launch, people = row.outputs.all()
    assert (launch.measure.code, launch.quantity) == ("CT04.1", 1)
    assert (people.quantity, people.certainty, people.female) == (550, "about", None)
    assert row.participants.get().role == "lead"
    assert "khoảng 550" in words(browser.get(page(row)))


def test_the_total_is_female_and_male_and_not_split(scene, as_seat):
    as_seat(scene.editor).post(NEW, typed(female="86", male="34", rest="10"))

    people = Activity.objects.get().outputs.last()
    assert (people.quantity, people.female, people.male, people.not_split) == (130, 86, 34, 10)


def test_an_activity_is_one_event_unless_a_row_counts_the_same(scene, as_seat):
    browser = as_seat(scene.editor)
    measure = campaigns.activity_type().count_measure
    below = {"outputs-0-measure": measure.pk, "outputs-0-amount": "3", "outputs-0-label": "cấp xã"}

    browser.post(NEW, typed(count="2", title="Hai"))
    browser.post(NEW, typed(title="Ba", **below))

    counts = {row.title: [o.quantity for o in row.outputs.filter(measure=measure)] for row in Activity.objects.all()}
    assert counts == {"Hai": [2], "Ba": [3]}


def test_a_count_that_is_taken_away_does_not_come_back(scene, as_seat):
    row = scene.record(make.data(outputs=(make.counted("CT04.1", 1),)))

    as_seat(scene.editor).post(page(row, "sua"), typed(count="", rest="", version="1"))

    assert not row.outputs.exists()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"rest": "", "certainty": "exact"}, None),
        ({"rest": "0"}, (0, "exact", "")),
        ({"rest": "hàng trăm"}, (None, "text", "hàng trăm")),
        ({"rest": "rất đông", "certainty": "text"}, (None, "text", "rất đông")),
        ({"rest": "", "certainty": "unknown"}, (None, "unknown", "")),
        ({"rest": "", "female": "10", "certainty": "over"}, (10, "over", "")),
        ({"rest": "5", "female": "10", "certainty": "nearly"}, (15, "nearly", "")),
    ],
)
def test_certainty_of_people_as_typed(scene, as_seat, said, kept):
    as_seat(scene.editor).post(NEW, typed(**said))

    people = Activity.objects.get().outputs.filter(measure__code="CT05.1").first()
    assert (people and (people.quantity, people.certainty, people.text)) == kept


@pytest.mark.parametrize(
    "said",
    [
        {"title": ""},
        {"type": ""},
        {"starts_on": "31/11/2023"},
        {"starts_on": ""},
        {"female": "1,000"},
        {"female": "12", "rest": "hàng trăm"},
        {"rest": "", "certainty": "about"},
        {"rest": "", "children": "5"},
        {"female": "5", "rest": "", "children": "6"},
        {"count": "mấy"},
        {"description": "Liên hệ 0912345678"},
        {"money-0-amount": "5 triệu"},
        {"money-0-amount": "500", "money-0-source": "1"},
        {"participants-0-body": "Sở Chưa có"},
        {"outputs-0-amount": "900"},
        {"place_unit": "Xã không có"},
        {"documents-0-number": "3608/QĐ"},
        {"documents-0-title": "Kiện toàn", "documents-0-drafter": "Ai đó"},
        {"starts_on": "20/11/2024"},
    ],
)
def test_what_cannot_be_taken_comes_back_as_typed(scene, as_seat, said):
    answer = as_seat(scene.editor).post(NEW, typed(**said, then="send"))

    assert answer.status_code == 422
    assert "<title>Lỗi" in words(answer) or "<title>Error" in words(answer)
    assert 'class="errors' in words(answer)
    for value in said.values():
        assert value in words(answer)
    assert "khoảng 550" in words(answer) or "rest" in said
    assert not Activity.objects.exists()


def test_save_the_draft_keeps_even_what_cannot_be_read(scene, as_seat):
    browser = as_seat(scene.editor)

    answer = browser.post(NEW, typed(female="1,000", then="draft"))

    assert answer.status_code == 422
    assert Draft.objects.get().raw["female"] == ["1,000"]
    back = words(browser.get(NEW))
    assert "1,000" in back and "Lễ phát động tại Đông Mai" in back
    assert 'class="errors' not in back

    browser.post(NEW, typed(female="1.000"))
    assert not Draft.objects.exists()


def test_a_row_is_added_without_a_script_and_nothing_typed_is_lost(scene, as_seat):
    answer = as_seat(scene.editor).post(NEW, typed(add="participants", **{"participants-0-body": "Công ty A"}))

    assert answer.status_code == 200
    assert 'name="participants-1-body"' in words(answer)
    assert "Công ty A" in words(answer) and "khoảng 550" in words(answer)
    assert not Activity.objects.exists()


def test_a_double_press_makes_one_row(scene, as_seat):
    browser = as_seat(scene.editor)
    said = typed(idempotency_key="mot-lan")

    answers = [browser.post(NEW, said) for _ in range(2)]

    assert Activity.objects.count() == 1
    assert answers[0].url == answers[1].url


def test_names_are_recognised_without_accents_and_others_are_kept_with_the_tick(scene, as_seat):
    union = who.department(scene.province, "Liên đoàn Lao động tỉnh", "LĐLĐ")
    rows = {
        "participants-count": "2",
        "participants-0-body": "lien doan lao dong tinh",
        "participants-0-role": "co",
        "participants-1-body": "Công ty A",
        "participants-1-role": "donor",
        "participants-1-other": "on",
    }

    as_seat(scene.editor).post(NEW, typed(**rows))

    _own, helper, donor = Activity.objects.get().participants.all()
    assert (helper.department, donor.name, donor.role) == (union, "Công ty A", "donor")


def test_a_department_records_what_another_body_held(scene, as_seat):
    team = {"participants-0-body": "Đội cổ động", "participants-0-role": "lead", "participants-0-other": "on"}

    as_seat(scene.editor).post(NEW, typed(own_role="none", **team))

    assert [(p.name, p.role) for p in Activity.objects.get().participants.all()] == [("Đội cổ động", "lead")]


def test_a_closed_body_is_refused_beside_its_box(scene, as_seat):
    who.department(scene.province, "Ban Dân tộc", "BDT", valid_to=datetime.date(2023, 6, 30))

    answer = as_seat(scene.editor).post(NEW, typed(**{"participants-0-body": "Ban Dân tộc"}))

    assert answer.status_code == 422
    assert "30/06/2023" in words(answer)


def test_results_money_support_inspection_and_papers_are_typed_in_rows(scene, as_seat):
    source = campaigns.money_source("NG08", "mobilised")
    helmets = campaigns.measure("CT27.1", "Mũ xe máy", "chiếc")
    for code, name, unit in (("CT31.1", "Người", "người"), ("CT32.1", "Quà", "suất")):
        campaigns.measure(code, name, unit)
    campaigns.measure("CT32.2", "Trị giá quà", "đồng", "money")
    rate = campaigns.measure("CT41.1", "Chỉ tiêu đạt", "chỉ tiêu", "rate")
    rows = {
        "outputs-count": "3",
        "outputs-0-measure": helmets.pk,
        "outputs-0-amount": "900",
        "outputs-1-measure": helmets.pk,
        "outputs-1-amount": "hàng trăm",
        "outputs-1-label": "loại khác",
        "outputs-2-measure": rate.pk,
        "outputs-2-amount": "17/22",
        "money-0-amount": "80 triệu",
        "money-0-source": source.pk,
        "money-0-form": "in_kind",
        "supports-0-label": "Quà tại lễ phát động",
        "supports-0-donors": "Sở Tư pháp\nCông ty A",
        "supports-0-group_0": make.group().pk,
        "supports-0-people_0": "14",
        "supports-0-gift_count": "14",
        "supports-0-value": "80 triệu",
        "inspected-0-body": "Công ty B",
        "inspected-0-decision": "Quyết định đoàn",
        "documents-0-number": "3608/QĐ-BPN&TE",
        "documents-0-title": "Kiện toàn Ban",
        "documents-0-dated": "22/11",
    }

    answer = as_seat(scene.editor).post(NEW, typed(**rows))

    assert answer.status_code == 302, words(answer)
    row = Activity.objects.get()
    found = [(o.measure.code, o.quantity, o.certainty, o.text) for o in row.outputs.all()]
    assert found[2:5] == [
        ("CT27.1", 900, "exact", ""),
        ("CT27.1", None, "text", "hàng trăm"),
        ("CT41.1", None, "rate", ""),
    ]
    assert found[5:] == [
        ("CT31.1", 14, "exact", ""),
        ("CT32.1", 14, "exact", ""),
        ("CT32.2", 80_000_000, "exact", ""),
    ]
    helped = row.outputs.get(measure__code="CT31.1")
    assert (helped.female, helped.male) == (14, None)
    assert {str(d) for d in helped.support.donors.all()} == {"Sở Tư pháp", "Công ty A"}
    assert row.money.get().amount == 80_000_000
    assert row.inspections.get().bodies.get().name == "Công ty B"
    assert row.documents.get().dated == datetime.date(2023, 11, 22)
    detail = words(as_seat(scene.editor).get(page(row)))
    for printed in ("17/22", "hàng trăm", "3608/QĐ-BPN&amp;TE", "80.000.000", "Công ty B"):
        assert printed in detail


@pytest.mark.parametrize(
    ("amount", "certainty", "kept"),
    [
        ("900", "exact", (900, "exact", "")),
        ("900", "about", (900, "about", "")),
        ("khoảng 900", "about", (900, "about", "")),
        ("một số tuyến đường", "text", (None, "text", "một số tuyến đường")),
        ("", "unknown", (None, "unknown", "")),
        ("khoảng 900", "over", None),
        ("900", "text", None),
        ("", "text", None),
        ("", "exact", None),
        ("900", "unknown", None),
        ("một số", "about", None),
    ],
)
def test_the_certainty_of_a_result_as_typed_or_chosen(scene, as_seat, amount, certainty, kept):
    helmets = campaigns.measure("CT27.1", "Mũ xe máy", "chiếc")
    row = {"outputs-0-measure": helmets.pk, "outputs-0-amount": amount, "outputs-0-certainty": certainty}

    answer = as_seat(scene.editor).post(NEW, typed(**row))

    if kept is None:
        assert answer.status_code == 422
    else:
        output = Activity.objects.get().outputs.get(measure=helmets)
        assert (output.quantity, output.certainty, output.text) == kept


def test_opening_the_form_again_and_saving_changes_nothing(scene, as_seat):
    """Everything that an activity can say survives the form."""
    test_results_money_support_inspection_and_papers_are_typed_in_rows(scene, as_seat)
    row = Activity.objects.get()
    before = said_by(row)
    browser = as_seat(scene.editor)

    answer = browser.post(page(row, "sua"), fields_of(browser.get(page(row, "sua"))))

    assert answer.status_code == 302, words(answer)
    row.refresh_from_db()
    assert row.version == 2
    assert said_by(row) == before


def said_by(row) -> dict:
    skipped = ("id", "activity_id", "inspection_id", "support_id", "part_of_id")
    found = {
        name: [
            {k: v for k, v in each.items() if k not in skipped or (name == "outputs" and k == "id")}
            for each in getattr(row, name).order_by("pk").values()
        ]
        for name in ("participants", "outputs", "money", "supports", "documents")
    }
    found["donors"] = [sorted(map(str, s.donors.all())) for s in row.supports.all()]
    found["bodies"] = [str(b) for i in row.inspections.all() for b in i.bodies.all()]
    return found


def fields_of(answer) -> dict:
    """What a browser would post from the page untouched."""
    sheet, said = answer.context["sheet"], {"then": "draft"}
    for form in sheet.forms:
        for box in form:
            value = box.value()
            if isinstance(box.field.widget.value_from_datadict({}, {}, ""), bool):
                said |= {box.html_name: "on"} if value else {}
            elif isinstance(value, (list, tuple)):
                said[box.html_name] = value
            elif value is not None:
                said[box.html_name] = value
    for name, rows in sheet.rows.items():
        said[f"{name}-count"] = len(rows)
    return said


def test_a_launch_before_the_window_is_saved_and_asks_for_its_reason_when_sent(scene, as_seat):
    browser = as_seat(scene.head)
    answer = browser.post(NEW, typed(starts_on="10/11/2023", then="send"))
    row = Activity.objects.get()
    assert answer.url == page(row, "gui")

    assert browser.post(page(row, "gui")).status_code == 422
    row.refresh_from_db()
    assert row.status == "draft"

    browser.post(
        page(row, "sua"),
        typed(starts_on="10/11/2023", window_reason="Ghép với ngày hội công nhân", version="1", then="send"),
    )
    answer = browser.post(page(row, "gui"))
    assert answer.url == page(row, "bien-nhan")
    row.refresh_from_db()
    assert row.status == "sent"
    assert row.public_id in words(browser.get(answer.url))


def test_the_editor_hands_in_and_the_head_returns_or_sends(scene, as_seat):
    row = scene.record()
    as_seat(scene.editor).post(page(row, "gui"))
    row.refresh_from_db()
    assert row.status == "waiting_head"

    head = as_seat(scene.head)
    assert head.post(page(row, "tra-lai"), {"comment": ""}).status_code == 422
    head.post(page(row, "tra-lai"), {"comment": "Thiếu ảnh"})
    row.refresh_from_db()
    assert (row.status, row.comment) == ("returned", "Thiếu ảnh")


def test_taking_back_and_cancelling(scene, as_seat):
    row = scene.record()
    browser = as_seat(scene.editor)
    browser.post(page(row, "gui"))
    browser.post(page(row, "rut"))
    row.refresh_from_db()
    assert row.status == "draft"

    assert browser.post(page(row, "huy"), {"reason": ""}).status_code == 422
    browser.post(page(row, "huy"), {"reason": "Ghi nhầm"})
    row.refresh_from_db()
    assert row.status == "cancelled"


def test_two_people_editing_get_a_choice_and_not_a_silent_overwrite(scene, as_seat):
    row = scene.record()
    as_seat(scene.head).post(page(row, "sua"), typed(title="Của lãnh đạo", version="1"))
    browser = as_seat(scene.editor)

    answer = browser.post(page(row, "sua"), typed(title="Của cán bộ", version="1"))

    assert answer.status_code == 409
    assert "Của lãnh đạo" in words(answer) and "Của cán bộ" in words(answer)
    row.refresh_from_db()
    assert row.title == "Của lãnh đạo"

    browser.post(page(row, "sua"), typed(title="Của cán bộ", version="2"))
    row.refresh_from_db()
    assert row.title == "Của cán bộ"


def test_a_task_of_the_plan_fills_the_form(scene, as_seat):
    plan = campaigns.plan(scene.office, status="approved")
    task = plan.tasks.create(
        title="Lễ phát động cấp tỉnh",
        heading="III.2",
        type=campaigns.activity_type(),
        lead=scene.department,
        place="KCN Đông Mai",
        starts_on=datetime.date(2023, 11, 10),
    )
    browser = as_seat(scene.editor)

    filled = words(browser.get(f"{NEW}?nhiem-vu={task.public_id}"))
    assert "KCN Đông Mai" in filled and "10/11/2023" in filled
    pressed = browser.post(NEW, typed(task=str(task.lineage), title="", place="", fill="1"))
    assert pressed.status_code == 200
    assert "Lễ phát động cấp tỉnh" in words(pressed)

    browser.post(NEW, typed(task=str(task.lineage)))
    assert Activity.objects.get().task_lineage == task.lineage


@pytest.mark.parametrize("leaf", ["", "sua", "gui", "bien-nhan", "huy"])
def test_another_province_and_another_year_find_nothing(scene, as_seat, leaf):
    row = scene.record()
    stranger = as_seat(who.seat(who.department(who.province("Kiên Giang", "91", "kien-giang"))))
    assert stranger.get(page(row, leaf)).status_code == 404
    campaigns.campaign(2022)
    assert as_seat(scene.editor).get(page(row, leaf).replace("2023", "2022")).status_code == 404


def test_a_stranger_in_the_province_does_not_find_a_draft(scene, as_seat):
    row = scene.record()

    for seat in (scene.officer, who.seat(who.department(scene.province, "Sở Y tế"))):
        assert as_seat(seat).get(page(row)).status_code == 404


def test_a_viewer_reads_and_writes_nothing(scene, as_seat):
    row = scene.record()
    browser = as_seat(scene.viewer)

    assert browser.get(page(row)).status_code == 200
    assert browser.get(NEW).status_code == 404
    assert browser.post(NEW, typed()).status_code == 404
    assert browser.post(page(row, "sua"), typed(title="Khác", version="1")).url == page(row)
    for leaf, said in (("gui", {}), ("huy", {"reason": "x"}), ("rut", {}), ("tra-lai", {"comment": "x"})):
        browser.post(page(row, leaf), said)
    browser.post(page(row, "minh-chung/"), {"file": photo(), "consent": "on"})
    row.refresh_from_db()
    assert (row.status, row.title, row.evidence.count()) == ("draft", "Lễ phát động", 0)


def test_a_locked_year_offers_nothing_to_write(scene, as_seat):
    row = scene.record()
    campaign = row.campaign
    campaign.locked_at = who.NOW
    campaign.save()
    browser = as_seat(scene.editor)

    assert browser.get(NEW).status_code == 404
    assert page(row, "sua") not in words(browser.get(page(row)))


def photo(name="anh.jpg", kind="JPEG") -> SimpleUploadedFile:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh"
    Image.new("RGB", (2000, 1000), "orange").save(out, kind, exif=exif)
    return SimpleUploadedFile(name, out.getvalue())


def test_a_photo_is_drawn_again_without_place_and_camera(scene, as_seat):
    row = scene.record()

    as_seat(scene.editor).post(page(row, "minh-chung/"), {"file": photo(), "caption": "Quang cảnh", "consent": "on"})

    piece = Evidence.objects.get()
    with Image.open(file_path(piece.file.sha256)) as image:
        assert (image.size, dict(image.getexif())) == ((1600, 800), {})
    assert (piece.caption, piece.consent, piece.file.owner) == ("Quang cảnh", True, scene.department)


@pytest.mark.parametrize(
    "upload",
    [
        lambda: SimpleUploadedFile("anh.jpg", b"khong phai anh"),
        lambda: photo("anh.png"),
        lambda: SimpleUploadedFile("tep.pdf", b"khong phai pdf"),
        lambda: SimpleUploadedFile("macro.xlsm", b"x"),
        lambda: SimpleUploadedFile("0912345678.jpg", photo().read()),
        lambda: SimpleUploadedFile("anh.jpg", photo().read()[:200]),
        lambda: "",
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(scene, as_seat, upload):
    row = scene.record()

    answer = as_seat(scene.editor).post(page(row, "minh-chung/"), {"file": upload(), "consent": "on"})

    assert answer.status_code == 422
    assert not Evidence.objects.exists()


def test_a_photo_without_the_tick_is_refused_and_leaves_nothing(scene, as_seat):
    row = scene.record()

    answer = as_seat(scene.editor).post(page(row, "minh-chung/"), {"file": photo(), "caption": "Quang cảnh"})

    assert answer.status_code == 422
    assert "Quang cảnh" in words(answer)
    assert not row.evidence.exists()


def test_a_pdf_is_kept_as_it_is_and_taken_away_again(scene, as_seat):
    row = scene.record()
    browser = as_seat(scene.editor)
    browser.post(page(row, "minh-chung/"), {"file": SimpleUploadedFile("qd.pdf", b"%PDF-1.7 giay to"), "consent": "on"})
    piece = Evidence.objects.get()
    assert file_path(piece.file.sha256).read_bytes() == b"%PDF-1.7 giay to"

    browser.post(page(row, f"minh-chung/{piece.pk}/bo"))
    assert not Evidence.objects.exists()


def test_the_four_organisers_each_see_the_launch_with_their_role(scene, as_seat):
    helpers = [who.department(scene.province, name) for name in ("Liên đoàn Lao động", "Ban Quản lý KKT", "UBND TX")]
    row = make.activity(scene.office, "Lễ phát động Đông Mai", status="sent")
    make.participant(row, scene.office, "lead")
    for helper in helpers:
        make.participant(row, helper)

    for body in (scene.office, *helpers):
        answer = as_seat(who.seat(body)).get(ROOT)
        assert [(r.activity, r.role) for r in answer.context["rows"]] == [
            (row, "lead" if body == scene.office else "co")
        ]
    assert not as_seat(scene.editor).get(ROOT).context["rows"]


def test_a_participant_confirms_or_disputes(scene, as_seat):
    row = make.activity(scene.office, status="sent")
    part = make.participant(row, scene.department)
    browser = as_seat(scene.editor)
    assert f'value="{part.pk}"' in words(browser.get(page(row)))

    refused = browser.post(page(row, "tra-loi"), {"participant": part.pk, "answer": "disputed", "reason": ""})
    assert refused.status_code == 422
    browser.post(page(row, "tra-loi"), {"participant": part.pk, "answer": "disputed", "reason": "Không cử người dự"})

    part.refresh_from_db()
    assert part.answer == "disputed"
    owner = as_seat(who.seat(scene.office))
    assert "Không cử người dự" in words(owner.get(page(row)))
    browser = as_seat(scene.editor)
    assert browser.post(page(row, "tra-loi"), {"participant": "0", "answer": "confirmed"}).status_code == 404


@pytest.mark.parametrize("address", [ROOT, "/quang-ninh/2023/xac-minh/"])
def test_a_list_has_the_same_number_of_queries_for_1_row_and_for_30(
    scene, as_seat, address, django_assert_max_num_queries, django_assert_num_queries
):
    browser = as_seat(scene.officer)

    def rows(n):
        for _ in range(n):
            row = make.activity(scene.department, status="sent", created_by=scene.editor)
            make.participant(row, scene.office)
            make.output(row, quantity=5)

    rows(1)
    browser.get(address)
    with django_assert_max_num_queries(40) as first:
        browser.get(address)
    rows(29)
    with django_assert_num_queries(len(first)):
        browser.get(address)


def test_filters_live_in_the_address_and_a_broken_one_narrows_nothing(scene, as_seat):
    row = make.activity(scene.department, "Tọa đàm", status="sent")
    make.activity(scene.office, "Lễ phát động")
    browser = as_seat(scene.officer)

    found = browser.get(f"{ROOT}?tim=toa+dam&trang_thai=sent&don_vi={scene.department.pk}").context["rows"]
    assert [r.activity for r in found] == [row]
    assert len(browser.get(f"{ROOT}?trang_thai=khong-co&trang=xyz").context["rows"]) == 2


def test_the_queue_belongs_to_the_office(scene, as_seat):
    row = make.activity(scene.department, status="sent")

    for seat in (scene.editor, who.seat(who.committee(scene.province))):
        assert as_seat(seat).get("/quang-ninh/2023/xac-minh/").status_code == 404
        assert as_seat(seat).get(f"/quang-ninh/2023/xac-minh/{row.public_id}").status_code == 404


def test_the_office_verifies_one_and_returns_another(scene, as_seat):
    first, second = (make.activity(scene.department, f"Số {n}", status="sent") for n in (1, 2))
    browser = as_seat(scene.officer)
    queue = "/quang-ninh/2023/xac-minh/"
    assert "Số 1" in words(browser.get(queue))

    assert browser.post(f"{queue}{first.public_id}", {"then": "return"}).status_code == 422
    answer = browser.post(f"{queue}{first.public_id}", {"then": "return", "comment": "Bổ sung ảnh"})
    assert answer.url == f"{queue}{second.public_id}"
    assert browser.post(answer.url, {"then": "accept", "note": "Đã gọi hỏi"}).url == queue
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("returned", "accepted")


def test_chosen_rows_without_flags_are_verified_together(scene, as_seat):
    clean = make.activity(scene.department, status="sent")
    make.evidence(clean)
    flagged = make.activity(scene.department, "Thiếu ảnh", status="sent")
    browser, queue = as_seat(scene.officer), "/quang-ninh/2023/xac-minh/"

    assert browser.post(queue).status_code == 422
    both = {"row": [clean.public_id, flagged.public_id], "sure": "1"}
    assert browser.post(queue, both).status_code == 422
    asked = browser.post(queue, {"row": [clean.public_id]})
    assert asked.status_code == 200 and clean.title in words(asked)
    clean.refresh_from_db()
    assert clean.status == "sent"
    browser.post(queue, {"row": [clean.public_id], "sure": "1"})

    clean.refresh_from_db()
    flagged.refresh_from_db()
    assert (clean.status, flagged.status) == ("accepted", "sent")


def test_small_counts_of_people_helped_are_hidden_above_their_unit(scene, as_seat):
    commune = who.department(who.commune(scene.province), "UBND xã Đông Mai", kind="ubnd_xa")
    row = make.activity(commune, status="sent")
    helped = campaigns.measure("CT31.1", "Người được hỗ trợ", "người", "people", sensitive=True, by_sex=True)
    make.output(row, helped.code, quantity=3, female=3)

    assert "&lt;5" in words(as_seat(scene.officer).get(page(row)))
    assert "&lt;5" not in words(as_seat(who.seat(commune)).get(page(row)))
