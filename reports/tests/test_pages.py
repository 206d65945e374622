"""Pages of reports: who sees which, what a press does, what a refusal keeps."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from provinces.models import Draft, File
from reports.models import Delivery, Job, Report, ReportComment
from reports.operations.way_up import Remark, accept_report, return_report
from reports.tests import make, pages
from reports.tests.pages import as_, url

pytestmark = pytest.mark.django_db
LIST = "/quang-ninh/2023/bao-cao/"


@pytest.fixture
def people():
    return pages.people()


@pytest.fixture(autouse=True)
def own_cache(settings, tmp_path):
    settings.DATA_DIR = tmp_path


class CountQueries(CaptureQueriesContext):
    """How many queries a stretch of a test makes."""

    def __init__(self):
        super().__init__(connection)

    count = property(len)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


# ── the list ───────────────────────────────────────────────────────────────


def test_an_empty_year_offers_the_office_to_start_a_report(people):
    answer = as_(people.editor).get(LIST)

    assert "Chưa có báo cáo năm 2023" in text_of(answer)
    assert "Lập báo cáo" in text_of(answer)


def test_a_department_that_is_no_office_is_not_offered_it_and_is_refused(people):
    page = as_(people.other).get(LIST)
    answer = as_(people.other).post(LIST + "lap")

    assert 'action="/quang-ninh/2023/bao-cao/lap"' not in text_of(page)
    assert answer.status_code == 422
    assert "cơ quan thường trực" in text_of(answer)
    assert not Report.objects.exists()


def test_starting_the_report_twice_finds_the_first_one(people):
    client = as_(people.editor)

    first, second = client.post(LIST + "lap"), client.post(LIST + "lap")

    report = Report.objects.get()
    assert first.url == second.url == url(report)


def test_the_committee_sees_first_what_waits_for_it(people):
    report = pages.sent(people)

    page = text_of(as_(people.committee).get(LIST))

    assert "Chờ quyết định" in page
    assert url(report, "xem-xet") in page


def test_the_list_costs_the_same_for_one_report_and_for_many(people):
    first = pages.opened(people)
    client = as_(people.editor)
    client.get(LIST)
    with CountQueries() as one:
        client.get(LIST)
    for n in range(2, 20):
        Report.objects.create(
            **{name: getattr(first, name) for name in ("kind", "campaign", "province", "department", "issuer")},
            lineage=first.lineage,
            version=n,
            status="superseded",
            created_at=pages.AT,
        )

    with CountQueries() as many:
        client.get(LIST)

    assert many.count == one.count


# ── who sees a report ──────────────────────────────────────────────────────

LEAVES = (
    "",
    "so-lieu",
    "so-lieu/CT05.1/nguon",
    "loi-van",
    "loi-van/II.1",
    "xem-in",
    "xem-in/1.png",
    "tai?dang=pdf",
) + ("khoa", "ban-hanh", "gui", "bien-nhan", "rut-lai", "xem-xet")


@pytest.mark.parametrize("leaf", LEAVES)
def test_a_stranger_finds_no_page_of_a_report(people, leaf):
    report = pages.compiled(people)

    assert as_(people.stranger).get(url(report, leaf)).status_code == 404


@pytest.mark.parametrize("leaf", LEAVES)
def test_a_report_is_not_found_under_another_province(people, leaf):
    report = pages.compiled(people)

    answer = as_(people.stranger).get(url(report, leaf).replace("quang-ninh", "hai-phong"))

    assert answer.status_code == 404


@pytest.mark.parametrize("leaf", ["", "so-lieu", "xem-in", "loi-van/II.1"])
def test_the_committee_does_not_see_a_draft(people, leaf):
    report = pages.compiled(people)

    assert as_(people.committee).get(url(report, leaf)).status_code == 404


@pytest.mark.parametrize(
    "leaf", ["", "so-lieu", "so-lieu/CT05.1/nguon", "loi-van", "loi-van/mo-dau", "loi-van/II.1", "xem-in", "khoa"]
)
def test_the_office_opens_every_page_of_its_draft(people, leaf):
    report = pages.compiled(people)

    answer = as_(people.head).get(url(report, leaf))

    assert answer.status_code == 200
    assert answer.content.count(b"btn-main") <= 1
    assert b'aria-current="step"' in answer.content


@pytest.mark.parametrize("leaf", ["so-lieu", "so-lieu/CT05.1/nguon", "loi-van", "xem-in", "tai", "khoa"])
def test_pages_of_figures_are_not_there_before_the_first_run(people, leaf):
    report = pages.opened(people)

    assert as_(people.head).get(url(report, leaf)).status_code == 404


@pytest.mark.parametrize("leaf", ["khoa", "ban-hanh", "gui"])
def test_an_editor_is_told_who_signs(people, leaf):
    report = pages.compiled(people)

    read, pressed = as_(people.editor).get(url(report, leaf)), as_(people.editor).post(url(report, leaf))

    for answer in (read, pressed):
        assert answer.status_code == 403
        assert "không làm được việc này" in text_of(answer)
        assert "Sở Lao động - Thương binh và Xã hội" in text_of(answer)
    assert Report.objects.get().status == "draft"


# ── compiling ──────────────────────────────────────────────────────────────


def test_compiling_rings_the_bell_after_the_row_is_there(people, django_capture_on_commit_callbacks, monkeypatch):
    report = pages.opened(people)
    rung = []
    monkeypatch.setattr("reports.views.jobs.compile_job.delay", lambda **slots: rung.append(slots))

    with django_capture_on_commit_callbacks(execute=True):
        answer = as_(people.editor).post(url(report, "tong-hop"))

    job = Job.objects.get()
    assert answer.url == f"/quang-ninh/2023/bao-cao/viec/{job.public_id}"
    assert rung == [{"job_id": job.pk}]


def test_a_second_press_finds_the_running_job(people, monkeypatch):
    monkeypatch.setattr("reports.views.jobs.compile_job.delay", lambda **slots: None)
    report = pages.opened(people)
    client = as_(people.editor)

    first, second = client.post(url(report, "tong-hop")), client.post(url(report, "tong-hop"))

    assert first.url == second.url
    assert Job.objects.count() == 1


def test_a_queued_run_says_when_it_was_asked_for_and_that_one_can_leave(people):
    report = pages.opened(people)
    job = pages.ask_compile(report, by=people.editor, at=pages.AT)

    page = text_of(as_(people.editor).get(f"{LIST}viec/{job.public_id}"))

    assert "Đã xếp hàng lúc 09:00 ngày 18/12/2023; tự chạy khi máy chủ sẵn sàng" in page
    assert "hx-trigger" in page
    assert "Xem lại" in page


def test_the_fragment_is_the_card_alone_and_stops_asking_when_done(people):
    report = pages.compiled(people)
    job = report.jobs.get()

    answer = as_(people.editor).get(f"{LIST}viec/{job.public_id}", headers={"HX-Request": "true"})

    page = text_of(answer)
    assert "<html" not in page
    assert "hx-trigger" not in page
    assert "Đối chiếu số liệu" in page
    assert page.count("Xong ") >= 5


def test_a_failed_run_says_that_the_last_figures_stand_and_gives_a_code(people):
    report = pages.compiled(people)
    job = pages.ask_compile(report, by=people.editor, at=pages.AT)
    begun = [{"step": "list", "at": pages.AT.isoformat(), "detail": "1"}]
    broken = {"finished_at": pages.AT, "fault": "KeyError: x", "step": "list", "timeline": begun}
    Job.objects.filter(pk=job.pk).update(status="failed", **broken)

    page = text_of(as_(people.editor).get(f"{LIST}viec/{job.public_id}"))

    assert "Chưa tổng hợp được. Bản số liệu 1 vẫn dùng được, không mất gì" in page
    assert job.public_id in page
    assert "KeyError" not in page
    assert "Dừng ở đây" in page
    assert "Tổng hợp lại" in page


def test_a_job_of_another_province_is_not_found(people):
    report = pages.compiled(people)

    answer = as_(people.stranger).get(f"{LIST}viec/{report.jobs.get().public_id}")

    assert answer.status_code == 404


# ── figures and their sources ──────────────────────────────────────────────


def test_the_table_prints_the_certainty_and_links_each_number(people):
    report = pages.compiled(people)

    page = text_of(as_(people.editor).get(url(report, "so-lieu")))

    assert "khoảng 550" in page
    assert url(report, "so-lieu/CT05.1/nguon") in page
    assert "chưa tách nữ, nam" in page
    assert "“khoảng”: số ước tính." in page


def test_month_and_year_are_two_tables(people):
    row = make.activity(people.editor.department, "Văn bản của năm", scope="year", campaign=None)
    make.result(row, "CT01.1", 50)
    report = pages.compiled(people)

    page = text_of(as_(people.editor).get(url(report, "so-lieu")))

    assert page.count("<table") == 2
    assert url(report, "so-lieu/CT01.1/nguon") + "?pham-vi=nam" in page


def test_the_sources_of_a_figure_add_up_to_it(people):
    pages.launch(people, 120, "exact", "Mít tinh 1")
    pages.launch(people, 30, "exact", "Mít tinh 2")
    report = pages.compiled(people)

    answer = as_(people.editor).get(url(report, "so-lieu/CT05.1/nguon"))

    assert sorted(row.source.quantity for row in answer.context["rows"]) == [30, 120, 550]
    assert answer.context["total"] == answer.context["shown"] == "khoảng 700"
    assert "Mít tinh 2" in text_of(answer)


def test_a_part_stands_apart_and_is_not_added(people):
    row = pages.launch(people, 50, "exact", "Tặng quà")
    whole = row.outputs.get(measure__code="CT05.1")
    make.result(row, "CT05.1", 14, part_of=whole, label="phụ nữ")
    report = pages.compiled(people)

    answer = as_(people.editor).get(url(report, "so-lieu/CT05.1/nguon"))

    assert [each.given for each in answer.context["left_out"]] == ["14"]
    assert answer.context["total"] == "khoảng 600"


def test_small_counts_of_people_are_hidden_above_their_own_unit(people):
    province = people.editor.department.unit
    commune = pages.who.department(pages.who.commune(province), "UBND xã Đông Mai", "UBND", "ubnd_xa")
    row = make.activity(commune, "Thăm hỏi")
    make.result(row, "CT31.1", 3)
    report = pages.compiled(people)

    table = text_of(as_(people.editor).get(url(report, "so-lieu")))
    sources = as_(people.editor).get(url(report, "so-lieu/CT31.1/nguon"))

    assert "&lt;5" in table
    assert sources.context["total"] == ""
    assert [each.given for each in sources.context["rows"]] == ["<5"]


def test_an_activity_changed_after_compiling_is_named_and_the_figures_stay(people):
    report = pages.compiled(people)
    pages.launch(people, 40, "exact", "Lễ phát động muộn")

    page = text_of(as_(people.editor).get(url(report, "so-lieu")))

    assert "1 thay đổi sau lúc tổng hợp" in page
    assert "Lễ phát động muộn" in page
    assert "khoảng 550" in page
    assert "Tổng hợp lại" in page


def test_figures_and_sources_cost_the_same_for_three_rows_and_for_sixty(people):
    few = pages.compiled(people)
    client = as_(people.editor)
    client.get(url(few, "so-lieu"))
    with CountQueries() as three:
        client.get(url(few, "so-lieu"))
        client.get(url(few, "so-lieu/CT05.1/nguon"))
    codes = [
        code for code, (_n, _u, counts, more) in make.MEASURES.items() if counts != "rate" and "source" not in more
    ]
    for n in range(60):
        row = make.activity(people.other.department, f"Hoạt động {n}")
        make.result(row, codes[n % len(codes)], 10)
        make.result(row, "CT05.1", 10)
    many = pages.compile_now(few, people)

    with CountQueries() as sixty:
        client.get(url(many, "so-lieu"))
        client.get(url(many, "so-lieu/CT05.1/nguon"))

    assert sixty.count == three.count


# ── text ───────────────────────────────────────────────────────────────────


def test_a_section_shows_the_draft_and_its_figures(people):
    report = pages.compiled(people)

    page = text_of(as_(people.editor).get(url(report, "loi-van/II.1")))

    assert "«khoảng 550 [CT05.1]» lượt người" in page
    assert 'name="version" value="1"' in page
    assert url(report, "so-lieu/CT05.1/nguon") in page


def test_saving_a_section_goes_on_to_the_next(people):
    report = pages.compiled(people)

    answer = as_(people.editor).post(url(report, "loi-van/II.1"), {"text": "Lễ đã tổ chức.", "version": "1", "on": ""})

    assert answer.url == url(report, "loi-van/II.2")
    section = report.sections.get(key="II.1")
    assert (section.text, section.drafted, section.version) == ("Lễ đã tổ chức.", False, 2)


def test_a_stale_version_shows_both_texts_and_overwrites_nothing(people):
    report = pages.compiled(people)
    as_(people.head).post(url(report, "loi-van/II.1"), {"text": "Bản của lãnh đạo.", "version": "1"})

    answer = as_(people.editor).post(url(report, "loi-van/II.1"), {"text": "Bản của chuyên viên.", "version": "1"})

    page = text_of(answer)
    assert answer.status_code == 409
    assert "Bản của chuyên viên." in page
    assert "Bản của lãnh đạo." in page
    assert 'name="version" value="2"' in page
    assert report.sections.get(key="II.1").text == "Bản của lãnh đạo."


def test_the_drafted_text_can_be_had_again(people):
    report = pages.compiled(people)
    client = as_(people.editor)
    drafted = report.sections.get(key="II.1").drafted_text
    client.post(url(report, "loi-van/II.1"), {"text": "Khác.", "version": "1"})

    client.post(url(report, "loi-van/II.1"), {"text": "Khác.", "version": "2", "draft_text": ""})

    section = report.sections.get(key="II.1")
    assert section.text == drafted != "Khác."
    assert section.drafted


def test_a_telephone_number_is_refused_and_the_text_stays_on_the_page(people):
    report = pages.compiled(people)

    answer = as_(people.editor).post(
        url(report, "loi-van/II.1"), {"text": "Liên hệ chị A, 0912345678.", "version": "1"}
    )

    assert answer.status_code == 422
    assert "Liên hệ chị A, 0912345678." in text_of(answer)
    assert "<title>Lỗi: " in text_of(answer)
    assert report.sections.get(key="II.1").version == 1


def test_what_was_being_typed_is_back_and_goes_once_it_is_saved(people):
    report = pages.compiled(people)
    key = f"{report.public_id}:II.1"
    raw = {"text": ["Đang viết dở"], "version": ["1"]}
    Draft.objects.create(seat=people.editor, form="report_section", object_key=key, raw=raw, saved_at=pages.AT)
    client = as_(people.editor)

    assert "Đang viết dở" in text_of(client.get(url(report, "loi-van/II.1")))
    client.post(url(report, "loi-van/II.1"), {"text": "Xong.", "version": "1"})

    assert not Draft.objects.exists()


def test_a_locked_report_is_read_and_not_written(people):
    report = pages.locked(people)
    client = as_(people.editor)

    page = client.get(url(report, "loi-van/II.1"))
    answer = client.post(url(report, "loi-van/II.1"), {"text": "Sửa trộm.", "version": "1"})

    assert "<textarea" not in text_of(page)
    assert answer.status_code == 422
    assert "khóa" in text_of(answer)


# ── deciding ───────────────────────────────────────────────────────────────


def test_the_lock_page_says_what_is_locked(people):
    make.request(people.editor.department, [people.other.department])
    report = pages.compiled(people)

    page = text_of(as_(people.head).get(url(report, "khoa")))

    assert "Khóa bản số liệu 1, gồm số liệu của 0/1 cơ quan, đơn vị?" in page
    assert "Liên đoàn Lao động tỉnh" in page


def test_locking_issuing_and_sending_by_pressing_on(people):
    report = pages.read(people)
    client = as_(people.head)

    locked = client.post(url(report, "khoa"))
    asked = client.post(url(report, "ban-hanh"), registry())
    issued = client.post(url(report, "ban-hanh"), registry(confirmed="1"))
    sent = client.post(url(report, "gui"), {"to": people.committee.department.pk})
    receipt = text_of(client.get(sent.url))

    assert locked.url == url(report, "ban-hanh")
    assert "số 412/BC-SLĐTBXH, ngày 19/12/2023?" in text_of(asked)
    assert issued.url == url(report, "gui")
    assert sent.url == url(report, "bien-nhan")
    assert report.public_id in receipt
    report.refresh_from_db()
    assert (report.status, report.number, str(report.dated)) == ("sent", "412", "2023-12-19")


def registry(**more):
    return {"number": "412", "symbol": "BC-SLĐTBXH", "dated": "19.12.2023", "signer_lines": "GIÁM ĐỐC", **more}


def test_a_missing_number_is_said_and_what_was_typed_stays(people):
    report = pages.locked(people)

    answer = as_(people.head).post(url(report, "ban-hanh"), registry(number="", signer="…", confirmed="1"))

    page = text_of(answer)
    assert answer.status_code == 422
    assert "đánh dấu “Số chưa rõ”" in page
    assert 'value="19.12.2023"' in page or 'value="19/12/2023"' in page
    assert Report.objects.get().status == "locked"


def test_an_unknown_number_is_issued_with_the_tick(people):
    report = pages.locked(people)

    as_(people.head).post(url(report, "ban-hanh"), registry(number="", number_unknown="on", confirmed="1"))

    report.refresh_from_db()
    assert (report.status, report.number_unknown) == ("issued", True)


def test_the_signed_copy_is_kept_on_the_way_to_the_confirmation(people):
    report = pages.locked(people)
    client = as_(people.head)
    scan = SimpleUploadedFile("412-BC.pdf", b"%PDF-1.7 signed")

    asked = client.post(url(report, "ban-hanh"), registry(scan=scan))
    token = File.objects.get().token
    client.post(url(report, "ban-hanh"), registry(scan_token=token, confirmed="1"))

    report.refresh_from_db()
    assert "412-BC.pdf" in text_of(asked)
    assert report.scan.token == token


def test_what_is_no_pdf_is_not_taken_for_the_signed_copy(people):
    report = pages.locked(people)

    answer = as_(people.head).post(url(report, "ban-hanh"), registry(scan=SimpleUploadedFile("a.pdf", b"MZ...")))

    assert answer.status_code == 422
    assert not File.objects.exists()


def test_figures_are_unlocked_before_issuing_and_not_after(people):
    report = pages.locked(people)
    client = as_(people.head)

    assert client.post(url(report, "mo-khoa")).url == url(report)
    client.post(url(report, "khoa"))
    client.post(url(report, "ban-hanh"), registry(confirmed="1"))

    assert client.post(url(report, "mo-khoa")).status_code == 422


def test_a_report_goes_to_a_committee_and_to_nobody_else(people):
    report = pages.issued(people)

    answer = as_(people.head).post(url(report, "gui"), {"to": people.other.department.pk})

    assert answer.status_code == 422
    assert not Delivery.objects.exists()


def test_an_unopened_report_is_withdrawn_and_an_opened_one_is_not(people):
    report = pages.sent(people)
    client = as_(people.head)
    client.post(url(report, "rut-lai"))
    report.refresh_from_db()
    assert report.status == "issued"
    client.post(url(report, "gui"), {"to": people.committee.department.pk})
    as_(people.committee).get(url(report, "xem-xet"))

    answer = client.post(url(report, "rut-lai"))

    assert answer.status_code == 422
    assert Report.objects.get().status == "sent"


# ── the committee ──────────────────────────────────────────────────────────


def review(*texts, decision="return", **more):
    data = {"y-TOTAL_FORMS": str(max(len(texts), 1)), "y-INITIAL_FORMS": "0", "decision": decision, **more}
    for n, (kind, text) in enumerate(texts):
        data |= {f"y-{n}-kind": kind, f"y-{n}-anchor": "II.1", f"y-{n}-text": text}
    return data


def test_opening_the_review_is_seeing_the_report(people):
    report = pages.sent(people)

    page = as_(people.committee).get(url(report, "xem-xet"))

    assert page.status_code == 200
    assert Delivery.objects.get().status == "seen"


def test_a_viewer_of_the_committee_reads_and_does_not_decide(people):
    report = pages.sent(people)

    assert as_(people.member).get(url(report)).status_code == 200
    answer = as_(people.member).post(url(report, "xem-xet"), review(decision="accept", confirmed="1"))

    assert answer.status_code == 403
    assert Report.objects.get().status == "sent"


def test_the_decision_is_repeated_before_it_counts(people):
    report = pages.sent(people)
    client = as_(people.committee)

    asked = client.post(url(report, "xem-xet"), review(("must", "Nêu rõ nơi tổ chức"), ("advice", "Thêm ảnh")))

    assert "nhận 2 ý kiến, trong đó 1 bắt buộc sửa" in text_of(asked)
    assert Report.objects.get().status == "sent"
    client.post(url(report, "xem-xet"), review(("must", "Nêu rõ nơi tổ chức"), confirmed="1"))
    assert sorted(Report.objects.values_list("status", flat=True)) == ["draft", "returned"]


def test_a_return_without_a_must_is_refused_and_keeps_the_comments(people):
    report = pages.sent(people)

    answer = as_(people.committee).post(url(report, "xem-xet"), review(("advice", "Nên ghi thêm nơi tổ chức")))

    assert answer.status_code == 422
    assert "Trả lại cần ít nhất một ý kiến “Bắt buộc sửa”" in text_of(answer)
    assert "Nên ghi thêm nơi tổ chức" in text_of(answer)


def test_one_more_row_for_a_comment_keeps_what_was_typed(people):
    report = pages.sent(people)

    answer = as_(people.committee).post(url(report, "xem-xet"), review(("must", "Sửa ngày"), more="1"))

    assert answer.status_code == 200
    assert 'name="y-1-text"' in text_of(answer)
    assert "Sửa ngày" in text_of(answer)


def test_accepting_ends_the_way(people):
    report = pages.sent(people)

    answer = as_(people.committee).post(url(report, "xem-xet"), review(decision="accept", confirmed="1"))

    assert answer.url == url(report)
    report.refresh_from_db()
    assert report.status == "accepted"
    assert "Đã tiếp nhận" in text_of(as_(people.head).get(url(report)))


def test_the_office_finds_the_comments_on_the_new_version(people):
    old = pages.sent(people)
    new = return_report(old, [Remark("Nêu rõ nơi tổ chức", anchor="II.1")], by=people.committee, at=pages.AT)
    client = as_(people.editor)

    fresh, section, former = (client.get(url(new)), client.get(url(new, "loi-van/II.1")), client.get(url(old)))

    assert "Nêu rõ nơi tổ chức" in text_of(fresh)
    assert "Nêu rõ nơi tổ chức" in text_of(section)
    assert url(new) in text_of(former)
    assert ReportComment.objects.count() == 1


def test_the_old_version_stays_readable_and_says_it_was_replaced(people):
    old = pages.sent(people)
    new = return_report(old, [Remark("Sửa")], by=people.committee, at=pages.AT)
    pages.lock_report(new, by=people.head, at=pages.AT)
    new = pages.issue_report(Report.objects.get(pk=new.pk), pages.FACTS, by=people.head, at=pages.AT)
    pages.send_report(new, to=people.committee.department, by=people.head, at=pages.AT)

    page = as_(people.editor).get(url(old))

    assert page.status_code == 200
    assert "Bản đã bị thay thế" in text_of(page)
    accept_report(Report.objects.get(pk=new.pk), by=people.committee, at=pages.AT)
