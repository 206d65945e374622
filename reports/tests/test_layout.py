"""The layout checker finds each rule of Nghị định 30/2020 that somebody broke in Word."""

import io

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from reports.documents import FORMATS
from reports.documents.layout import RULES, check

from . import papers


def broken(change, paper):
    """The rules that a paper breaks once `change` was done to its DOCX."""
    raw, edited = io.BytesIO(), io.BytesIO()
    FORMATS[".docx"].write(paper, raw)
    document = docx.Document(raw)
    change(document)
    document.save(edited)
    return {fault.rule for fault in check(edited)}


def paragraph(document, start):
    """The first paragraph that begins so, in tables too."""
    every = (Paragraph(element, document) for element in document.element.body.iter(qn("w:p")))
    return next(each for each in every if each.text.startswith(start))


def look(start, **attributes):
    def change(document):
        for run in paragraph(document, start).runs:
            for name, value in attributes.items():
                setattr(run.font, name, value)

    return change


def words(start, text):
    def change(document):
        paragraph(document, start).runs[0].text = text

    return change


def shape(start, **attributes):
    def change(document):
        for name, value in attributes.items():
            setattr(paragraph(document, start).paragraph_format, name, value)

    return change


def gone(start):
    def change(document):
        element = paragraph(document, start)._p
        element.getparent().remove(element)

    return change


def section(index=0, **attributes):
    def change(document):
        for name, value in attributes.items():
            setattr(document.sections[index], name, value)

    return change


def header(change_header):
    return lambda document: change_header(document.sections[0].header.paragraphs[0])


def annex_without_own_numbers(document):
    properties = document.sections[-1]._sectPr
    properties.remove(properties.find(qn("w:pgNumType")))


def theme_font(document):
    style = document.styles["Nội dung"].element.rPr.rFonts
    style.set(qn("w:eastAsia"), "MS Mincho")


LEFT = WD_ALIGN_PARAGRAPH.LEFT
BREAKS = [
    ("khổ giấy", section(page_width=Mm(216))),
    ("khổ giấy", section(page_width=Mm(297), page_height=Mm(210))),
    ("lề", section(top_margin=Mm(19))),
    ("lề", section(left_margin=Mm(36))),
    ("lề", section(-1, right_margin=Mm(14))),
    ("phông chữ", look("Lễ phát động cấp tỉnh", name="Arial")),
    ("phông chữ", look("Sản phẩm thứ 1", name="Calibri")),
    ("phông chữ", theme_font),
    ("màu chữ", lambda document: _red(document)),
    ("số trang", header(lambda p: setattr(p, "alignment", LEFT))),
    ("số trang", header(lambda p: p._p.remove(p._p.find(qn("w:fldSimple"))))),
    ("số trang", section(different_first_page_header_footer=False)),
    ("số trang", annex_without_own_numbers),
    ("quốc hiệu", look("CỘNG HÒA", size=Pt(14))),
    ("quốc hiệu", look("CỘNG HÒA", bold=False)),
    ("quốc hiệu", words("CỘNG HÒA", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
    ("tiêu ngữ", words("Độc lập", "Độc lập – Tự do – Hạnh phúc")),
    ("tiêu ngữ", look("Độc lập", italic=True)),
    ("cơ quan ban hành", words("SỞ LAO ĐỘNG", "Sở Lao động - Thương binh và Xã hội")),
    ("cơ quan ban hành", look("UBND TỈNH", bold=True)),
    ("cơ quan ban hành", look("SỞ LAO ĐỘNG", size=Pt(11))),
    ("số, ký hiệu", words("Số:", "Số: 12/ BC-SLĐTBXH")),
    ("số, ký hiệu", words("Số:", "Số: 7/BC-SLĐTBXH")),
    ("số, ký hiệu", words("Số:", "12 BC-SLĐTBXH")),
    ("số, ký hiệu", look("Số:", size=Pt(14))),
    ("địa danh, ngày tháng", words("Quảng Ninh,", "Quảng Ninh, ngày 5 tháng 12 năm 2023")),
    ("địa danh, ngày tháng", words("Quảng Ninh,", "Quảng Ninh, ngày 05 tháng 04 năm 2023")),
    ("địa danh, ngày tháng", words("Quảng Ninh,", "Quảng Ninh, ngày 05 tháng 1 năm 2023")),
    ("địa danh, ngày tháng", words("Quảng Ninh,", "Quảng Ninh ngày 05 tháng 01 năm 2023")),
    ("địa danh, ngày tháng", words("Quảng Ninh,", "Quảng Ninh, 05/01/2023")),
    ("địa danh, ngày tháng", look("Quảng Ninh,", italic=False)),
    ("tên loại và trích yếu", words("BÁO CÁO", "Báo cáo")),
    ("tên loại và trích yếu", look("Kết quả triển khai", bold=False)),
    ("tên loại và trích yếu", shape("BÁO CÁO", alignment=LEFT)),
    ("kính gửi", look("Kính gửi", size=Pt(12))),
    ("kính gửi", look("Kính gửi", bold=True)),
    ("nội dung", look("Lễ phát động cấp tỉnh", size=Pt(12))),
    ("nội dung", shape("Lễ phát động cấp tỉnh", alignment=LEFT)),
    ("nội dung", shape("Lễ phát động cấp tỉnh", first_line_indent=Mm(0))),
    ("nội dung", shape("Lễ phát động cấp tỉnh", space_after=Pt(0))),
    ("nội dung", shape("Lễ phát động cấp tỉnh", line_spacing=2.0)),
    ("đề mục", words("II. KẾT QUẢ", "II. Kết quả thực hiện")),
    ("đề mục", look("II. KẾT QUẢ", bold=False)),
    ("kết thúc", words("Trên đây là báo cáo", "Trên đây là báo cáo.")),
    ("nơi nhận", look("Nơi nhận:", bold=False)),
    ("nơi nhận", look("- Như trên", size=Pt(12))),
    ("nơi nhận", gone("- Lưu")),
    ("nơi nhận", words("- Như trên", "Như trên;")),
    ("chữ ký", words("KT. GIÁM ĐỐC", "KT. Giám đốc")),
    ("chữ ký", look("PHÓ GIÁM ĐỐC", bold=False)),
    ("chữ ký", shape("KT. GIÁM ĐỐC", alignment=LEFT)),
    ("phụ lục", words("Phụ lục II", "Phụ lục 2")),
    ("phụ lục", look("Phụ lục I", size=Pt(13))),
    ("phụ lục", words("SỐ LIỆU", "Số liệu kết quả")),
    ("phụ lục", look("(Kèm theo", italic=False)),
]


def _red(document):
    paragraph(document, "Lễ phát động cấp tỉnh").runs[0].font.color.rgb = RGBColor(255, 0, 0)


@pytest.mark.parametrize("make", [papers.report, papers.plan, papers.letter])
def test_what_we_write_keeps_every_rule(make):
    assert broken(lambda document: None, make()) == set()


@pytest.mark.parametrize(("rule", "change"), BREAKS, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(BREAKS)])
def test_a_broken_rule_is_found_and_no_other(rule, change):
    assert broken(change, papers.report()) == {rule}


@pytest.mark.parametrize(
    "change", [look("Căn cứ Luật", italic=False), words("Căn cứ Luật", "Căn cứ Luật Bình đẳng giới.")]
)
def test_a_broken_legal_basis_is_found(change):
    assert broken(change, papers.plan()) == {"căn cứ"}


def test_the_subject_of_a_letter_is_upright_and_not_bold():
    assert broken(look("V/v", bold=True), papers.letter()) == {"tên loại và trích yếu"}


def test_every_rule_is_broken_once_on_purpose():
    assert {rule for rule, _ in BREAKS} | {"căn cứ"} == set(RULES)


def test_a_fault_says_where():
    out = io.BytesIO()
    FORMATS[".docx"].write(papers.report(symbol="BC - SLĐTBXH"), out)
    assert [fault.sentence for fault in check(out)] == ["Ký hiệu “Số: /BC - SLĐTBXH” viết liền, không có dấu cách."]
