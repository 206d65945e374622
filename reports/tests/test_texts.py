"""The text of a report through its pages: drafts are read, figures follow, departments' words keep their authors."""

import re

import pytest

from campaigns.models import Recipient, Request
from provinces.workflow import Refused
from reports.models import Quote, Report, ReportSection
from reports.operations.reports import RegistryFacts, lock_report, open_report
from reports.operations.returns import give_back_return, send_return
from reports.operations.texts import keep_drafts, refresh_figures, write_section
from reports.operations.way_up import Remark
from reports.papers.report import paper_of
from reports.queries.texts import shown_as
from reports.queries.voices import voices_of
from reports.tests import asking, make, pages
from reports.tests.pages import as_, url

pytestmark = pytest.mark.django_db
LAUNCH = "Có «khoảng 550 [CT05.1]» lượt người dự, 120 cuộc."


@pytest.fixture(autouse=True)
def own_cache(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def people():
    return pages.people()


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def printed(report: Report) -> str:
    return "\n".join(getattr(each, "text", "") for each in paper_of(report).blocks)


def write(report: Report, key: str, text: str, by) -> ReportSection:
    section = report.sections.get(key=key)
    section.report = report
    return write_section(section, text, version=section.version, by=by, at=pages.AT)


# ── drafts are read ────────────────────────────────────────────────────────


def test_a_report_with_drafts_that_nobody_read_is_not_locked(people):
    report = pages.compiled(people)
    client = as_(people.head)

    page = client.get(url(report, "khoa"))
    answer = client.post(url(report, "khoa"))

    assert "mục còn là lời dự thảo chưa ai đọc: Mở đầu, I, II.1" in text_of(page)
    assert answer.status_code == 422
    assert Report.objects.get().status == "draft"


def test_drafts_are_ticked_one_by_one_and_then_the_report_is_locked(people):
    report = pages.compiled(people)
    client = as_(people.editor)
    page = client.get(url(report, "loi-van/du-thao"))
    seen = dict(re.findall(r'name="as-([^"]+)" value="([^"]+)"', page.content.decode()))
    posted = {f"as-{key}": words for key, words in seen.items()}

    nothing = client.post(url(report, "loi-van/du-thao"), posted)
    first = client.post(url(report, "loi-van/du-thao"), posted | {"read": ["opening"]})
    with pytest.raises(Refused, match="chưa ai đọc"):
        lock_report(report, by=people.head, at=pages.AT)
    client.post(url(report, "loi-van/du-thao"), posted | {"read": list(seen)[1:]})

    assert nothing.status_code == 422
    assert first.status_code == 302
    kept = report.sections.get(key="opening")
    assert (kept.kept_by, kept.drafted) == (people.editor, True)
    assert lock_report(report, by=people.head, at=pages.AT).status == "locked"


def test_a_draft_that_changed_after_the_page_opened_is_not_kept_unread(people):
    report = pages.compiled(people)
    seen = shown_as(report.sections.get(key="II.1"))
    pages.launch(people, 200, title="Mít tinh cấp xã")
    report = pages.compile_now(report, people)

    with pytest.raises(Refused, match="vừa đổi"):
        keep_drafts(report, {"II.1": seen}, by=people.editor, at=pages.AT)


def test_a_kept_draft_follows_the_figures_and_is_read_again_when_its_words_change(people):
    report = pages.read(people)
    pages.launch(people, 200, title="Mít tinh cấp xã")

    report = pages.compile_now(report, people)

    launches, awards = report.sections.get(key="II.1"), report.sections.get(key="II.7")
    assert launches.unread
    assert "«2 [CT04.1]» cuộc" in launches.text
    assert not awards.unread


def test_saving_a_draft_as_it_is_keeps_it(people):
    report = pages.compiled(people)
    section = report.sections.get(key="II.1")
    assert "có «khoảng 550 [CT05.1]» lượt người tham dự" in section.text

    as_(people.editor).post(url(report, "loi-van/II.1"), {"text": section.text, "version": section.version, "on": "1"})

    section.refresh_from_db()
    assert (section.drafted, section.unread, section.kept_by) == (True, False, people.editor)


def test_who_may_not_write_keeps_and_refreshes_nothing(people):
    report = pages.locked(people)
    locked = as_(people.editor).post(url(report, "loi-van/du-thao"), {"read": ["I"], "as-I": "x"})
    Report.objects.update(status="issued", number="1", dated=pages.AT.date())

    assert locked.status_code == 422
    for seat in (people.other, people.stranger):
        for leaf in ("loi-van/du-thao", "loi-van/con-so"):
            assert as_(seat).post(url(report, leaf), {"read": ["I"]}).status_code == 404


# ── figures follow ─────────────────────────────────────────────────────────


def test_a_bound_figure_goes_stale_prints_the_new_number_and_is_updated_by_one_press(people):
    report = pages.read(people)
    write(report, "II.1", LAUNCH, people.editor)
    pages.launch(people, 200, title="Mít tinh cấp xã")
    report = make.read(pages.compile_now(report, people), people.editor)
    client = as_(people.editor)

    page, listed = text_of(client.get(url(report, "loi-van/II.1"))), text_of(client.get(url(report, "loi-van")))
    paper = printed(report)
    with pytest.raises(Refused, match="1 mục có con số đã đổi: II.1"):
        lock_report(report, by=people.head, at=pages.AT)
    client.post(url(report, "loi-van/con-so"))

    assert "khoảng 550 → khoảng 750" in page
    assert "1 con số đã đổi" in listed
    assert "Có khoảng 750 lượt người dự" in paper
    assert "«khoảng 750 [CT05.1]»" in report.sections.get(key="II.1").text
    assert lock_report(report, by=people.head, at=pages.AT).status == "locked"


def test_the_editor_updates_the_figures_of_what_is_being_typed(people):
    report = pages.compiled(people)
    section = report.sections.get(key="II.1")
    posted = {"text": "Mới gõ: «5 [CT05.1]» lượt người.", "version": section.version, "refresh": ""}

    as_(people.editor).post(url(report, "loi-van/II.1"), posted)

    assert report.sections.get(key="II.1").text == "Mới gõ: «khoảng 550 [CT05.1]» lượt người."


def test_updating_when_nothing_moved_writes_nothing(people):
    report = pages.read(people)

    assert refresh_figures(report, by=people.editor, at=pages.AT) == []


def test_a_figure_that_is_gone_stops_the_lock_until_it_is_taken_out(people):
    report = pages.read(people)
    write(report, "II.1", "Phát «900 [CT27.1]» mũ.", people.editor)

    page = text_of(as_(people.editor).get(url(report, "loi-van/II.1")))

    assert "“900 [CT27.1]” không có trong bản số liệu" in page
    with pytest.raises(Refused, match="không có trong bản số liệu: II.1"):
        lock_report(report, by=people.head, at=pages.AT)


def test_a_typed_number_that_is_in_no_figure_is_named_and_stops_nothing(people):
    report = pages.read(people)
    write(report, "II.1", LAUNCH, people.editor)

    page = text_of(as_(people.editor).get(url(report, "loi-van/II.1")))

    assert "Số 120 cuộc không thấy trong số liệu" in page
    assert lock_report(report, by=people.head, at=pages.AT).status == "locked"


def test_a_figure_is_inserted_without_a_script_and_what_was_typed_stays(people):
    report = pages.compiled(people)

    answer = as_(people.editor).post(
        url(report, "loi-van/II.1"), {"text": "Đang gõ", "version": "1", "insert": "CT05.1"}
    )

    assert answer.status_code == 200
    assert "Đang gõ «khoảng 550 [CT05.1]»</textarea>" in answer.content.decode()
    assert report.sections.get(key="II.1").drafted


# ── words of departments ───────────────────────────────────────────────────


@pytest.fixture
def office():
    return asking.office()


def said(people, words, key="III.2"):
    """The department's return says this and is sent."""
    report = Report.objects.filter(kind="return", status="draft").first() or asking.opened(people)
    report.sections.filter(key=key).update(text=words)
    return send_return(report, RegistryFacts(), by=people.chief, at=asking.AT)


def compiled_of(people) -> Report:
    body = people.editor.department
    asked = Report.objects.filter(kind="return").first().request
    report = open_report(
        make.campaigns.campaign(),
        body.unit.home_province,
        department=body,
        issuer=body,
        request=asked,
        by=people.editor,
        at=asking.AT,
    )
    return pages.compile_now(report, people)


def test_the_draft_takes_over_difficulties_with_their_authors(office):
    said(office, "- Kinh phí hạn hẹp\n- Nguyên nhân: chưa bố trí dự toán riêng")

    report = compiled_of(office)

    assert (
        "1 cơ quan, đơn vị nêu khó khăn, hạn chế:\n- Kinh phí hạn hẹp (Sở Y tế)."
        in report.sections.get(key="III.2").text
    )
    assert "\n- Chưa bố trí dự toán riêng (Sở Y tế)." in report.sections.get(key="III.3").text
    assert Quote.objects.filter(section__key="III.2", drafted=True).count() == 1


def test_ticked_words_go_into_the_text_with_their_authors_in_one_press(office):
    report = compiled_of_plain(office)
    source = said(office, "Kinh phí hạn hẹp\nThiếu cán bộ ở cơ sở")
    section = write(report, "III.2", "Còn khó khăn:", office.editor)
    client = as_(office.editor)
    page = client.get(url(report, "loi-van/III.2")).content.decode()
    boxes = re.findall(r'name="said" value="([^"]+)"', page)

    nothing = client.post(url(report, "loi-van/III.2"), {"text": section.text, "version": section.version, "take": ""})
    client.post(
        url(report, "loi-van/III.2"),
        {"text": section.text, "version": section.version, "said": boxes[:1], "take": ""},
    )

    after = text_of(client.get(url(report, "loi-van/III.2")))
    assert len(boxes) == 2
    assert f"/bao-cao-don-vi/{source.public_id}/" in page
    assert nothing.status_code == 422
    assert report.sections.get(key="III.2").text == "Còn khó khăn:\n- Kinh phí hạn hẹp (Sở Y tế)."
    assert "Sở Y tế · đã có trong lời văn" in after
    assert "Sở Y tế · chưa dùng" in after
    assert "1 ý kiến của đơn vị chưa dùng" in text_of(client.get(url(report, "loi-van")))


def test_returns_that_nobody_asked_for_are_heard_too(office):
    said(office, "Kinh phí hạn hẹp")
    report = compiled_of(office)
    Report.objects.update(request=None)
    Recipient.objects.all().delete()
    Request.objects.all().delete()

    assert [each.text for each in voices_of(Report.objects.get(pk=report.pk))] == ["Kinh phí hạn hẹp"]


def compiled_of_plain(people) -> Report:
    asking.opened(people)
    return compiled_of(people)


def test_words_that_a_unit_changed_after_they_were_taken_over_are_marked_until_compared(office):
    old = said(office, "Kinh phí còn hạn hẹp, cấp chậm")
    report = compiled_of(office)
    write(report, "III.2", report.sections.get(key="III.2").text + "\nÝ khác.", office.editor)
    client = as_(office.editor)
    before = text_of(client.get(url(report, "loi-van/III.2")))
    give_back_return(old, [Remark("Nêu rõ")], by=office.head, at=asking.AT)
    gone = text_of(client.get(url(report, "loi-van/III.2")))
    said(office, "Kinh phí còn hạn hẹp, đã cấp đủ vào tháng 12")

    page, listed = client.get(url(report, "loi-van/III.2")), text_of(client.get(url(report, "loi-van")))
    section = report.sections.get(key="III.2")
    client.post(url(report, "loi-van/III.2"), {"text": section.text, "version": section.version, "settle": ""})

    assert "Đơn vị đã sửa ý kiến" not in before
    assert "không còn nêu ý kiến này" in gone
    assert "Kinh phí còn hạn hẹp, cấp chậm → Kinh phí còn hạn hẹp, đã cấp đủ vào tháng 12" in text_of(page)
    assert "1 đơn vị đã sửa ý kiến" in listed
    assert "Đơn vị đã sửa ý kiến" not in text_of(client.get(url(report, "loi-van/III.2")))


def test_a_page_of_the_text_costs_a_bounded_number_of_queries(office, django_assert_max_num_queries):
    said(office, "Kinh phí hạn hẹp")
    report = compiled_of(office)
    client = as_(office.editor)
    client.get(url(report, "loi-van"))

    for leaf in ("loi-van", "loi-van/III.2"):
        with django_assert_max_num_queries(55):
            client.get(url(report, leaf))


def test_a_return_that_comes_after_compiling_is_named_and_asks_for_a_new_run(office):
    report = compiled_of_plain(office)
    client = as_(office.editor)
    before = text_of(client.get(url(report)))
    said(office, "Kinh phí hạn hẹp")

    after = text_of(client.get(url(report)))

    assert "sau lúc tổng hợp" not in before
    assert "sau lúc tổng hợp" in after
    assert "Tổng hợp lại" in after
    assert "gồm số liệu của 0/1 cơ quan, đơn vị" in text_of(as_(office.head).get(url(report, "khoa")))
