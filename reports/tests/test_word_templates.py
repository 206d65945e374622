"""A province's own Word template: what is refused, how it is filled, and that it is tried before it is used."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from provinces.tests import make as who
from provinces.workflow import Refused
from reports.documents import FORMATS, word_template
from reports.documents.word_template import MEASURE, SLOTS
from reports.intake.child import looked_over
from reports.models import WordTemplate
from reports.operations.patterns import add_template, note_preview, stop_template, use_template
from reports.tests import hostile, pages, papers
from reports.tests.test_documents import docx_words, with_charts

KNOWN = {"slots": sorted(SLOTS), "measures": MEASURE}
WHOLE = ("{{ co_quan_ban_hanh }}", "{{so_ky_hieu}}", "MẪU CỦA TỈNH", "{{ noi_dung }}", "{{ ho_ten }}", "{{ phu_luc }}")


@pytest.mark.parametrize("name", hostile.TEMPLATES)
def test_a_hostile_template_is_refused_with_its_reason(name):
    content, words = hostile.TEMPLATES[name]

    with pytest.raises(Refused) as refused:
        looked_over(content, "mau.docx", "word", KNOWN)

    assert any(each in str(refused.value.sentence) for each in words), refused.value.sentence


def test_a_plain_template_tells_its_slots_also_those_that_word_cut_into_pieces():
    def cut(document):
        paragraph = document.add_paragraph()
        for piece in ("{", "{ tr", "ich_", "yeu }", "} và {{ CT05.1:nam }}"):
            paragraph.add_run(piece)

    content = hostile.template("{{ so_ky_hieu }}", header="{{ tinh }}", change=cut)

    assert set(looked_over(content, "mau.docx", "word", KNOWN)["slots"]) == {
        "so_ky_hieu",
        "trich_yeu",
        "CT05.1:nam",
        "tinh",
    }


def test_a_template_with_another_ending_is_refused():
    with pytest.raises(Refused, match="macro"):
        looked_over(hostile.PLAIN, "mau.docm", "word", KNOWN)


def filled(content, paper, **facts):
    out = io.BytesIO()
    word_template.fill(content, paper, facts, out)
    return out.getvalue()


def test_a_filled_template_holds_the_words_of_the_official_layout():
    paper = papers.report(foot="")
    official = io.BytesIO()
    FORMATS[".docx"].write(paper, official)
    words = docx_words(filled(hostile.template(*WHOLE), paper))

    assert {"MẪU", "CỦA", "TỈNH"} <= set(words)
    start = "Thực hiện Công văn số 4076/LĐTBXH-BĐG"
    inside = " ".join(docx_words(official.getvalue())).partition(start)[2].partition("Nơi nhận:")[0]
    assert inside.split() == " ".join(words).partition(start)[2].split()[: len(inside.split())]
    assert "DANH MỤC SẢN PHẨM TRUYỀN THÔNG" in " ".join(words)
    assert "{{" not in " ".join(words)


def test_charts_and_pictures_stand_in_a_filled_template_too():
    document = docx.Document(io.BytesIO(filled(hostile.template(*WHOLE), with_charts())))

    assert len(document.inline_shapes) == 5
    annex = document.sections[1]
    assert {each.paragraphs[0].text for each in (annex.footer, annex.first_page_footer)} == {"Bản số liệu 3 · 4f1a09c2"}


@pytest.mark.parametrize("text", ["{{ ho_ten }}", "{% for x in y %}", "<w:p/>&amp;", "{{ 7*7 }}"])
def test_braces_and_markup_that_a_person_typed_are_printed_as_typed(text):
    paper = papers.plan(subject=text, annexes=())

    words = " ".join(docx_words(filled(hostile.template("{{ trich_yeu }}", "{{ chu_de }}"), paper, chu_de=text)))

    assert words.count(text) == 2
    assert "49" not in words


def test_a_number_without_data_is_a_dash():
    words = docx_words(
        filled(hostile.template("{{ CT05.1 }} và {{ CT06.1 }}"), papers.plan(), **{"CT05.1": "khoảng 550"})
    )

    assert words[:4] == ["khoảng", "550", "và", "–"]


def test_a_draft_carries_its_mark_whatever_the_template_has_at_its_foot():
    paper = papers.plan(foot="DỰ THẢO · Bản số liệu 3 · 4f1a09c2")
    without = docx.Document(io.BytesIO(filled(hostile.template("{{ trich_yeu }}"), paper)))
    within = hostile.template("{{ trich_yeu }}", header="{{ dau_ban }}")
    placed = docx.Document(io.BytesIO(filled(within, paper)))

    assert paper.foot in [each.text for each in without.sections[0].footer.paragraphs]
    assert placed.sections[0].header.paragraphs[0].text == paper.foot
    assert paper.foot not in [each.text for each in placed.sections[0].footer.paragraphs]


@pytest.fixture
def scene(db, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    people = pages.people()
    admin = who.seat(people.editor.department, "admin")
    return people, admin, admin.department.unit


def test_a_template_is_tried_before_it_is_used_and_versions_stay(scene):
    people, admin, province = scene
    first = add_template(province, hostile.template("{{ noi_dung }}"), "a.docx", by=admin, at=pages.AT)
    with pytest.raises(Refused):
        use_template(first, by=admin, at=pages.AT)

    first = use_template(note_preview(first, by=admin, at=pages.AT), by=admin, at=pages.AT)
    second = add_template(province, hostile.template("{{ trich_yeu }}"), "b.docx", by=admin, at=pages.AT)
    second = use_template(note_preview(second, by=admin, at=pages.AT), by=admin, at=pages.AT)

    first.refresh_from_db()
    assert [(row.no, row.in_use) for row in (first, second)] == [(1, False), (2, True)]
    assert not stop_template(second, by=admin, at=pages.AT).in_use
    assert WordTemplate.objects.count() == 2


def test_only_administrators_of_the_province_lay_down_templates(scene):
    people, _admin, province = scene
    for seat in (people.editor, people.head, people.other, who.seat(people.stranger.department, "admin")):
        with pytest.raises(Refused):
            add_template(province, hostile.PLAIN, "a.docx", by=seat, at=pages.AT)


def test_the_pages_take_try_use_and_hand_out_a_template(scene):
    people, admin, _province = scene
    report = pages.compiled(people)
    client = pages.as_(admin)
    address = "/quan-tri/quang-ninh/mau/"

    bad = SimpleUploadedFile("mau.docx", hostile.TEMPLATES["altChunk"][0])
    answer = client.post(address, {"loai": "word", "w-file": bad})
    assert answer.status_code == 422
    assert "không được nhận" in answer.content.decode()
    assert WordTemplate.objects.count() == 0

    good = SimpleUploadedFile("mau.docx", hostile.template("{{ noi_dung }}", "{{ CT05.1 }}"))
    assert client.post(address, {"loai": "word", "w-file": good}).status_code == 302
    row = WordTemplate.objects.get()
    own = pages.url(report, "mau-word")
    assert pages.as_(people.editor).get(own).status_code == 404

    tried = client.post(f"{address}word/{row.public_id}/thu", {"bao-cao": report.public_id})
    assert "khoảng 550" in " ".join(docx_words(tried.content))
    client.post(f"{address}word/{row.public_id}/dung")
    answer = pages.as_(people.editor).get(own)
    assert "khoảng 550" in " ".join(docx_words(answer.content))
    assert "Theo mẫu của tỉnh" in pages.as_(people.editor).get(pages.url(report, "xem-in")).content.decode()
    client.post(f"{address}word/{row.public_id}/dung", {"thoi": "1"})
    assert pages.as_(people.editor).get(own).status_code == 404
    assert pages.as_(people.editor).get(address).status_code == 404
