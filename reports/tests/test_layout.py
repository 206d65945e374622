"""The layout checker finds each rule of Nghị định 30/2020 that somebody broke in Word."""

import copy
import io
from dataclasses import replace

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


# A line hangs on the widths around it, so these changes break it too.
TOUCHED = {
    "khổ giấy": {"đường kẻ"},
    "lề": {"đường kẻ"},
    "cơ quan ban hành": {"đường kẻ"},
    "vị trí": {"đường kẻ", "tên loại và trích yếu", "kết thúc"},
    "văn bản kèm theo quyết định": {"phụ lục"},
}
FOOT = None  # the table of nơi nhận and chữ ký, wherever it stands


def table_of(document, number):
    if number is FOOT:
        return next(table for table in document.tables if table.cell(0, 0).text.startswith("Nơi nhận"))
    return document.tables[number]


def cells(document, table, row=0):
    return table_of(document, table).rows[row].cells


def swapped(table, row=0):
    """The words of two boxes that stand beside each other change places."""

    def change(document):
        left, right = cells(document, table, row)
        theirs, ours = ([p._p for p in cell.paragraphs] for cell in (left, right))
        for cell, elements in ((left, ours), (right, theirs)):
            for element in elements:
                cell._tc.append(element)

    return change


def no_strokes(document):
    for border in list(document.element.body.iter(qn("w:pBdr"))):
        border.getparent().remove(border)


def stroke(number, mm):
    """The line of that number becomes as long as its box less `mm` on both sides."""

    def change(document):
        border = list(document.element.body.iter(qn("w:pBdr")))[number]
        shape = Paragraph(border.getparent().getparent(), document).paragraph_format
        shape.left_indent = shape.right_indent = Mm(mm)

    return change


def after_the_signature(document):
    foot = table_of(document, FOOT)._tbl
    element = paragraph(document, "Lễ phát động cấp tỉnh")._p
    foot.addnext(copy.deepcopy(element))


def before_the_head(document):
    document.element.body.insert(0, copy.deepcopy(paragraph(document, "Lễ phát động cấp tỉnh")._p))


def addressed(document):
    paragraph(document, "Căn cứ Luật Bình")._p.addprevious(_line(document, "Kính gửi: Các cơ quan"))


def _line(document, text):
    element = copy.deepcopy(paragraph(document, "TM.")._p)
    line = Paragraph(element, document)
    line.runs[0].text, line.runs[0].font.bold, line.runs[0].font.size = text, False, Pt(14)
    line.alignment = LEFT
    return element


MORE = [
    (papers.plan, "căn cứ", look("Căn cứ Luật", italic=False)),
    (papers.plan, "căn cứ", words("Căn cứ Luật", "Căn cứ Luật Bình đẳng giới.")),
    (papers.plan, "kính gửi", addressed),
    (papers.plan, "phụ lục", words("(Kèm theo", "Kèm theo Kế hoạch")),
    (papers.letter, "tên loại và trích yếu", look("V/v", bold=True)),
    (papers.letter, "tên loại và trích yếu", shape("V/v", space_before=Pt(0))),
    (papers.letter, "kính gửi", gone("Kính gửi")),
    (papers.report, "kính gửi", words("- Bộ Lao động", "Bộ Lao động - Thương binh và Xã hội;")),
    (papers.report, "kính gửi", words("- Ủy ban nhân dân tỉnh", "- Ủy ban nhân dân tỉnh Quảng Ninh;")),
    (papers.report, "quốc hiệu", shape("CỘNG HÒA", line_spacing=1.5)),
    (papers.report, "đường kẻ", no_strokes),
    (papers.report, "đường kẻ", stroke(0, 5)),
    (papers.report, "đường kẻ", stroke(1, 40)),
    (papers.report, "đường kẻ", stroke(2, 10)),
    (papers.report, "vị trí", swapped(0)),
    (papers.report, "vị trí", swapped(0, 1)),
    (papers.report, "vị trí", swapped(FOOT)),
    (papers.report, "vị trí", after_the_signature),
    (papers.report, "vị trí", before_the_head),
    (papers.report, "nơi nhận", words("- Như trên", "- Ủy ban nhân dân tỉnh;")),
    (papers.report, "nơi nhận", words("- Như trên", "- Như trên,")),
    (papers.report, "ngày tháng trong văn bản", words("Lễ phát động cấp tỉnh", "Lễ ngày 5 tháng 12 năm 2023.")),
    (papers.report, "ngày tháng trong văn bản", words("Lễ phát động cấp tỉnh", "Lễ ngày 05 tháng 09 năm 2023.")),
    (papers.report, "chữ số", words("Lễ phát động cấp tỉnh", "Kinh phí 80,000,000 đồng.")),
    (papers.report, "chữ số", words("Lễ phát động cấp tỉnh", "Kinh phí 80000000 đồng.")),
    (papers.report, "kết thúc", words("Lễ phát động cấp tỉnh", "Lễ phát động./.")),
    (papers.decision, "điều khoản", words("QUYẾT ĐỊNH:", "Quyết định:")),
    (papers.decision, "điều khoản", gone("QUYẾT ĐỊNH:")),
    (papers.decision, "điều khoản", gone("ỦY BAN NHÂN DÂN TỈNH BẮC NINH")),
    (papers.decision, "điều khoản", words("Điều 2.", "Điều 4. ")),
    (papers.decision, "điều khoản", look("Điều 2.", bold=False)),
    (papers.decision, "nơi nhận", words("- Như Điều", "- Như trên;")),
    (papers.decision, "căn cứ", look("Theo đề nghị", italic=False)),
    (papers.decision, "đề mục", words("đ) Kiểm tra", "e) Kiểm tra với kinh phí 1.200.000 đồng./.")),
    (papers.decision, "nội dung", shape("b) Tuyên truyền", alignment=LEFT)),
    (papers.decision, "văn bản kèm theo quyết định", words("(Ban hành kèm theo", "(Kèm theo Quyết định)")),
    (papers.decision, "văn bản kèm theo quyết định", words("KẾ HOẠCH", "Kế hoạch")),
    (papers.decision, "văn bản kèm theo quyết định", lambda document: _lose(document.tables[2]._tbl)),
]


def _lose(element):
    element.getparent().remove(element)


@pytest.mark.parametrize("make", [papers.report, papers.plan, papers.letter, papers.decision])
def test_what_we_write_keeps_every_rule(make):
    assert broken(lambda document: None, make()) == set()


@pytest.mark.parametrize(("rule", "change"), BREAKS, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(BREAKS)])
def test_a_broken_rule_is_found_and_no_other(rule, change):
    found = broken(change, papers.report())

    assert rule in found
    assert found - {rule} <= TOUCHED.get(rule, set())


@pytest.mark.parametrize(("make", "rule", "change"), MORE, ids=[f"{rule}-{n}" for n, (_, rule, _) in enumerate(MORE)])
def test_a_broken_rule_is_found_in_every_kind_of_document(make, rule, change):
    found = broken(change, make())

    assert rule in found
    assert found - {rule} <= TOUCHED.get(rule, set())


def test_every_rule_is_broken_on_purpose():
    assert {rule for rule, _ in BREAKS} | {rule for _, rule, _ in MORE} == set(RULES)


def test_a_fault_says_where():
    out = io.BytesIO()
    FORMATS[".docx"].write(papers.report(symbol="BC - SLĐTBXH"), out)
    assert [fault.sentence for fault in check(out)] == ["Ký hiệu “Số: /BC - SLĐTBXH” viết liền, không có dấu cách."]


@pytest.mark.parametrize("landscape", [False, True])
def test_annexes_printed_alone_keep_the_rules_that_are_theirs(landscape):
    annex = replace(papers.plan().annexes[0], landscape=landscape)

    assert broken(lambda document: None, papers.plan(only_annexes=True, annexes=(annex,))) == set()
    assert broken(look("Phụ lục", size=Pt(13)), papers.plan(only_annexes=True, annexes=(annex,))) == {"phụ lục"}
