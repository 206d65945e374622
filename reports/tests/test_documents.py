"""Papers on paper: the same words in every format, in the layout of Nghị định 30/2020."""

import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn

from reports.documents import FORMATS, phrases
from reports.documents.measure import balanced, width
from reports.documents.paper import Annex, Cell, Column, Heading, Letterhead, Note, Para, Run, Signature, Table
from reports.documents.preview import pages

from . import papers

WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
NASTY = [
    "#set page(width: 1cm)",
    "*đậm* _nghiêng_",
    "$x^2$",
    "<script>",
    "{{ 7*7 }}",
    "@cite",
    "\\",
    "R&D <b>",
    "= Đề mục",
]
LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def written(paper, suffix):
    out = io.BytesIO()
    FORMATS[suffix].write(paper, out)
    return out.getvalue()


def docx_words(data):
    """Words of the body in reading order, as a reader sees them."""
    words = []
    body = docx.Document(io.BytesIO(data)).element.body
    for paragraph in body.iter(qn("w:p")):
        for node in paragraph.iter(qn("w:t"), qn("w:br")):
            words.append((node.text or "") if node.tag == qn("w:t") else " ")
        words.append(" ")
    return "".join(words).split()


def pdf_text(data):
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return "\n".join(page.extract_text() for page in pages)


def letters(text):
    """Only the letters and signs, in order: where an engine breaks a line or a space is its own affair."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def paper_with(*blocks, **changes):
    return papers.plan(blocks=blocks, annexes=(), **changes)


# The same words


@pytest.mark.parametrize("make", [papers.plan, papers.letter, papers.report])
def test_docx_and_pdf_hold_the_same_words_in_the_same_order(make):
    paper = make(foot="")
    pdf = pdf_text(written(paper, ".pdf"))
    pdf = re.sub(r"^\s*2\s*$", "", pdf, flags=re.MULTILINE)  # the page number of page 2
    word = letters(" ".join(docx_words(written(paper, ".docx"))))
    # A heading over several columns is set a little higher than its neighbours: pypdf reads it first.
    assert letters(pdf).replace("Trongđó", "") == word.replace("Trongđó", "")


def test_every_figure_of_a_long_table_is_in_all_three_formats():
    paper = papers.report(annexes=(papers.products(300),))
    pdf, word = letters(pdf_text(written(paper, ".pdf"))), " ".join(docx_words(written(paper, ".docx")))
    sheet = openpyxl.load_workbook(io.BytesIO(written(paper, ".xlsx")))["Danh mục sản phẩm truyền thông"]
    numbers = [row[2].value for row in sheet.iter_rows(min_row=5) if row[2].value is not None]
    assert numbers == [n * 1000 for n in range(1, 301)]
    for n in range(1, 301):
        line = f"{n} Sản phẩm thứ {n}: băng rôn, áp phích ƯỚC MƠ ỨNG PHÓ {phrases.figure(n * 1000)}"
        assert line in word
        assert letters(line) in pdf


def test_a_long_table_repeats_its_heading_on_every_page_of_the_pdf():
    paper = papers.report(annexes=(papers.products(300),))
    sheets = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(written(paper, ".pdf"))).pages]
    with_rows = [text for text in sheets if "ƯỚC MƠ" in text]
    assert len(with_rows) > 5
    assert all("Số lượng" in text for text in with_rows)


def test_a_long_table_repeats_its_heading_and_keeps_rows_whole_in_the_docx():
    document = docx.Document(io.BytesIO(written(papers.report(annexes=(papers.products(300),)), ".docx")))
    rows = document.tables[-1]._tbl.tr_lst
    assert len(rows) == 301
    assert [row for row in rows if row.find(f".//{qn('w:tblHeader')}") is not None] == rows[:1]
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


# What a person typed is never markup


@pytest.mark.parametrize("text", NASTY)
def test_typed_text_is_printed_as_typed_in_every_format(text):
    table = Table(columns=(Column("#" + text, 1),), rows=((text,), (Cell(text, bold=True),)), caption=text)
    paper = paper_with(Heading(text, 2), Para(text), table, Note("(1)", text), subject=text, copies=(text, "Lưu: VT."))
    paper = replace(paper, annexes=(Annex(title=text, blocks=(table,), sheet=text),))
    assert letters(pdf_text(written(paper, ".pdf"))).count(letters(text)) >= 7
    assert " ".join(docx_words(written(paper, ".docx"))).count(text) >= 7
    sheet = openpyxl.load_workbook(io.BytesIO(written(paper, ".xlsx"))).worksheets[-1]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert cells and all(cell.data_type == "s" for cell in cells)


def test_a_typed_formula_stays_text_in_the_sheet():
    paper = paper_with(Table(columns=(Column("A", 1),), rows=(("=1+1",), ("+84 …",), ("http://xa.example",))))
    sheet = openpyxl.load_workbook(io.BytesIO(written(paper, ".xlsx"))).active
    values = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert values["=1+1"].data_type == "s"
    assert values["http://xa.example"].hyperlink is None


def test_signs_that_no_document_can_hold_are_left_out():
    paper = paper_with(Para("trước\x00\x0b\ud800sau"), Para("Hoà".encode().decode()))
    for suffix in (".docx", ".pdf", ".xlsx"):
        assert written(paper, suffix)
    assert "trướcsau" in docx_words(written(paper, ".docx"))


def test_text_typed_in_pieces_is_printed_composed():
    paper = paper_with(Para(unicodedata.normalize("NFD", "Thực hiện bình đẳng giới")))
    assert "đẳng" in docx_words(written(paper, ".docx"))


def test_a_line_break_stays_a_line_break():
    table = Table(columns=(Column("A", 1),), rows=(("một\nhai",),))
    assert "một hai" in " ".join(docx_words(written(paper_with(table), ".docx")))
    assert "một\nhai" in pdf_text(written(paper_with(table), ".pdf"))


# Vietnamese


def test_the_pdf_prints_every_vietnamese_letter_with_embedded_tinos_only():
    text = unicodedata.normalize("NFC", LETTERS + LETTERS.upper())
    looks = tuple(Run(text + " ", bold=bold, italic=italic) for bold in (False, True) for italic in (False, True))
    data = written(paper_with(Para("", runs=looks)), ".pdf")
    fonts = {
        font.get_object()["/BaseFont"].split("+")[1]
        for page in pypdf.PdfReader(io.BytesIO(data)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts == {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}
    assert letters(pdf_text(data)).count(text) == 4


def test_titles_are_printed_in_vietnamese_capitals():
    paper = papers.plan(blocks=(Heading("I. Đường lối, ứng phó", 1),))
    words = " ".join(docx_words(written(paper, ".docx")))
    assert "I. ĐƯỜNG LỐI, ỨNG PHÓ" in words
    assert "ỦY BAN NHÂN DÂN HUYỆN KỲ ANH" in words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 1, 5), "ngày 05 tháng 01 năm 2024"),
        (date(2023, 2, 10), "ngày 10 tháng 02 năm 2023"),
        (date(2023, 4, 18), "ngày 18 tháng 4 năm 2023"),
        (date(2023, 12, 1), "ngày 01 tháng 12 năm 2023"),
    ],
)
def test_days_1_to_9_and_months_1_and_2_get_a_zero(day, words):
    assert phrases.day_words(day) == words


def test_kỳ_anh_prints_its_number_and_date_as_the_source_has_them():
    words = " ".join(docx_words(written(papers.plan(), ".docx")))
    assert "Số: 573/KH-UBND" in words
    assert "Kỳ Anh, ngày 18 tháng 4 năm 2023" in words
    assert "(Kèm theo Kế hoạch số 573/KH-UBND ngày 18 tháng 4 năm 2023 của Ủy ban nhân dân huyện Kỳ Anh)" in words


def test_a_draft_leaves_room_for_number_and_day():
    paper = papers.report()
    assert phrases.number_line(paper) == "Số:      /BC-SLĐTBXH"
    assert phrases.place_line(paper) == "Quảng Ninh, ngày      tháng      năm 2023"
    assert phrases.number_line(replace(paper, number="…")) == "Số: …/BC-SLĐTBXH"
    assert (
        phrases.place_line(replace(paper, year=None))
        == "Quảng Ninh, ngày      tháng      năm       ".rstrip() + " " * 7
    )


@pytest.mark.parametrize(("number", "symbol"), [("3608", "QĐ-BPN&TE"), ("8935", "BNV-CTTN&BĐG"), ("05/2023", "X")])
def test_number_and_symbol_are_printed_as_typed(number, symbol):
    paper = papers.plan(number=number, symbol=symbol)
    assert f"Số: {number}/{symbol}" in " ".join(docx_words(written(paper, ".docx")))


# Lists around the text


def test_one_addressee_stands_on_the_line_and_several_below_each_other():
    one, two = papers.letter(), papers.report()
    assert phrases.addressee_lines(one) == ("Ủy ban nhân dân các xã, phường, đặc khu",)
    assert phrases.addressee_lines(two) == (
        "- Bộ Lao động - Thương binh và Xã hội;",
        "- Ủy ban nhân dân tỉnh Quảng Ninh.",
    )


def test_copies_begin_with_như_trên_when_somebody_is_addressed():
    assert phrases.copy_lines(papers.report())[0] == "- Như trên;"
    assert phrases.copy_lines(papers.report())[-1] == "- Lưu: VT, BĐG."
    assert phrases.copy_lines(papers.plan())[0] == "- Sở Lao động - Thương binh và Xã hội (để b/c);"


def test_bases_end_in_semicolons_and_a_full_stop():
    lines = phrases.base_lines(papers.plan(bases=("Căn cứ A;", "Căn cứ B", "Căn cứ C")))
    assert lines == ("Căn cứ A;", "Căn cứ B;", "Căn cứ C.")


def test_one_annex_has_no_number_and_several_have_roman_ones():
    assert phrases.annex_label(papers.plan(), 0) == "Phụ lục"
    assert phrases.annex_label(papers.report(), 1) == "Phụ lục II"
    assert [phrases.roman(n) for n in (1, 4, 9, 14, 29)] == ["I", "IV", "IX", "XIV", "XXIX"]


# Tables and figures


def test_a_missing_number_is_a_dash_and_a_number_has_dots():
    assert phrases.as_cell(None).text == "–"
    assert phrases.as_cell(0).text == "0"
    assert phrases.as_cell(80_000_000).text == "80.000.000"
    assert phrases.figure(1234567.5) == "1.234.567,5"


def test_the_sheet_holds_numbers_with_their_certainty():
    book = openpyxl.load_workbook(io.BytesIO(written(papers.report(), ".xlsx")))
    assert book.sheetnames == ["Báo cáo", "Số liệu", "Danh mục sản phẩm truyền thông"]
    rows = list(book["Số liệu"].iter_rows())
    launch = next(row for row in rows if row[1].value == "Người dự lễ phát động")
    assert (launch[3].value, launch[3].number_format) == (550, '"khoảng "#,##0')
    assert launch[4].value == "–"
    assert launch[3].font.name == "Times New Roman"


def test_the_sheet_prints_on_a4_with_repeated_headings():
    sheet = openpyxl.load_workbook(io.BytesIO(written(papers.report(), ".xlsx")))["Số liệu"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_sheet_names_are_made_acceptable_and_different():
    table = Table(columns=(Column("A", 1),), rows=(("x",),))
    titles = ("Số liệu [tỉnh/xã]: *?", "'Danh mục'", "D" * 40, "d" * 40)
    paper = papers.plan(annexes=tuple(Annex(title=title, blocks=(table,)) for title in titles))
    names = openpyxl.load_workbook(io.BytesIO(written(paper, ".xlsx"))).sheetnames
    assert names == ["Số liệu tỉnh xã", "Danh mục", "D" * 31, "d" * 29 + " 2"]


def test_a_paper_without_tables_still_makes_a_sheet_that_says_so():
    book = openpyxl.load_workbook(io.BytesIO(written(papers.letter(), ".xlsx")))
    assert "Văn bản không có bảng số liệu." in [cell.value for cell in book.active["A"]]


def test_figures_link_to_our_pages_in_every_format():
    link = "https://thd.example/so/CT04"
    annotations = [
        note.get_object()["/A"]["/URI"]
        for page in pypdf.PdfReader(io.BytesIO(written(papers.report(), ".pdf"))).pages
        for note in page.get("/Annots", ())
    ]
    document = docx.Document(io.BytesIO(written(papers.report(), ".docx")))
    sheet = openpyxl.load_workbook(io.BytesIO(written(papers.report(), ".xlsx")))["Số liệu"]
    linked = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert annotations == [link]
    assert link in [relation.target_ref for relation in document.part.rels.values() if relation.is_external]
    assert [(cell.value, cell.hyperlink.target) for cell in linked] == [(1, link)]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "/quang-ninh/2023/"])
def test_only_web_addresses_become_links(link):
    assert phrases.web_link(Cell("1", link=link)) == ""


def test_a_short_row_is_filled_with_empty_cells():
    table = Table(columns=(Column("A", 1), Column("B", 1), Column("C", 1)), rows=(("một",),))
    for suffix in FORMATS:
        assert written(paper_with(table), suffix)


def test_a_very_long_word_stays_inside_its_column():
    word = "https://quangninh.example/" + "a" * 120
    table = Table(columns=(Column("A", 1), Column("B", 3)), rows=((word, "kế bên"),))
    text = pdf_text(written(paper_with(table), ".pdf"))
    lines = text.replace("\N{ZERO WIDTH SPACE}", "").split("\n")
    assert max(len(line) for line in lines if "aaa" in line) < 40


# Layout


def test_sections_are_a4_with_the_margins_of_the_decree_and_numbers_of_their_own():
    sections = docx.Document(io.BytesIO(written(papers.report(), ".docx"))).sections
    sizes = [(round(s.page_width.mm), round(s.page_height.mm)) for s in sections]
    assert sizes == [(210, 297), (297, 210), (210, 297)]
    for section in sections:
        margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
        assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_each_annex_of_the_pdf_counts_its_own_pages():
    paper = papers.plan(annexes=(papers.products(60), papers.products(60)))
    tops = [
        page.extract_text().split("\n")[0].strip() for page in pypdf.PdfReader(io.BytesIO(written(paper, ".pdf"))).pages
    ]
    assert [top for top in tops if top.isdigit()] == ["2", "2"]


def test_the_docx_names_times_new_roman_for_every_script():
    with zipfile.ZipFile(io.BytesIO(written(papers.report(), ".docx"))) as package:
        styles = package.read("word/styles.xml").decode()
    named = re.findall(r"<w:rFonts [^>]*>", styles.split("</w:docDefaults>")[1])
    assert named
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        assert all(f'w:{script}="Times New Roman"' in fonts for fonts in named)
    assert "Theme=" not in styles


def test_properties_stand_where_word_expects_them():
    body = docx.Document(io.BytesIO(written(papers.report(), ".docx"))).element.body
    order = ["pStyle", "keepNext", "pBdr", "spacing", "ind", "jc", "outlineLvl", "sectPr"]
    for properties in body.iter(qn("w:pPr")):
        assert properties.getparent().tag == qn("w:p")
        names = [child.tag.split("}")[1] for child in properties]
        assert names == sorted(names, key=order.index)
    for paragraph in body.iter(qn("w:p")):
        assert {child.tag.split("}")[1] for child in paragraph} <= {"pPr", "r", "hyperlink"}
    for cell in body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")
    for table in body.iter(qn("w:tbl")):
        assert table.getnext().tag == qn("w:p")


def test_nơi_nhận_and_the_signature_stand_side_by_side_and_never_split():
    document = docx.Document(io.BytesIO(written(papers.plan(), ".docx")))
    row = next(t.rows[0] for t in document.tables if t.rows[0].cells[0].text.startswith("Nơi nhận:"))
    assert row.cells[1].text.startswith("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
    assert row._tr.find(f".//{qn('w:cantSplit')}") is not None
    last = next(p for p in document.paragraphs if p.text.endswith("./."))
    assert last.paragraph_format.keep_with_next


def test_the_draft_mark_stands_at_the_foot_of_every_page():
    paper = papers.report(replaced="Bản đã bị thay thế bởi bản thứ 2, ngày 20/12/2023")
    for page in pypdf.PdfReader(io.BytesIO(written(paper, ".pdf"))).pages:
        assert "DỰ THẢO · Bản số liệu 3" in page.extract_text()
        assert "Bản đã bị thay thế" in page.extract_text()
    section = docx.Document(io.BytesIO(written(paper, ".docx"))).sections[0]
    assert "DỰ THẢO" in section.footer.paragraphs[0].text
    assert "DỰ THẢO" in section.first_page_footer.paragraphs[0].text


def test_a_draft_without_signer_or_copies_still_prints():
    paper = papers.plan(signature=Signature(lines=()), copies=(), annexes=(), bases=(), blocks=())
    for suffix in FORMATS:
        assert written(paper, suffix)


def test_titles_are_balanced_and_never_wider_than_their_room():
    frame, last = balanced("KẾT QUẢ TRIỂN KHAI THÁNG HÀNH ĐỘNG NĂM 2023", 14, 100)
    assert width("KẾT QUẢ TRIỂN KHAI", 14) < frame <= 100
    assert last > 40


# Files


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_paper_gives_the_same_bytes(suffix):
    assert written(papers.report(), suffix) == written(papers.report(), suffix)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_paper_is_written_to_a_path_too(suffix, tmp_path):
    FORMATS[suffix].write(papers.plan(), tmp_path / f"ke-hoach{suffix}")
    assert (tmp_path / f"ke-hoach{suffix}").read_bytes() == written(papers.plan(), suffix)


def test_files_name_the_issuing_body_and_nobody_else():
    paper = papers.report()
    core = docx.Document(io.BytesIO(written(paper, ".docx"))).core_properties
    info = pypdf.PdfReader(io.BytesIO(written(paper, ".pdf"))).metadata
    book = openpyxl.load_workbook(io.BytesIO(written(paper, ".xlsx"))).properties
    issuer = "Sở Lao động - Thương binh và Xã hội"
    assert (core.author, core.last_modified_by, info.author, book.creator) == (issuer,) * 4
    assert "python-docx" not in (core.comments or "")
    assert "sha256: 4f1a09c2" in core.keywords
    assert "sha256: 4f1a09c2" in info["/Keywords"]


def test_the_pdf_is_tagged_in_vietnamese():
    catalogue = pypdf.PdfReader(io.BytesIO(written(papers.report(), ".pdf"))).trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "vi"


def test_the_preview_has_one_picture_per_page():
    paper = papers.report()
    images = pages(paper, ppi=40)
    assert len(images) == len(pypdf.PdfReader(io.BytesIO(written(paper, ".pdf"))).pages)
    assert all(image.startswith(b"\x89PNG") for image in images)


def test_a_letterhead_breaks_where_it_is_told():
    head = Letterhead("", "Ủy ban nhân dân\nhuyện Kỳ Anh", "Kỳ Anh")
    document = docx.Document(io.BytesIO(written(papers.plan(letterhead=head), ".docx")))
    assert document.tables[0].rows[0].cells[0].text.startswith("ỦY BAN NHÂN DÂN\nHUYỆN KỲ ANH")


# Charts, pictures, marks of annexes


def with_charts():
    drawn = (papers.bars(), papers.shares())
    annexes = (Annex("Biểu đồ kết quả", blocks=drawn, sheet="Biểu đồ"), Annex("Ảnh", blocks=(papers.gallery(),)))
    return papers.report(annexes=annexes, foot="", annex_foot="Bản số liệu 3 · 4f1a09c2")


def chart_words(data):
    """Names and numbers that the charts of a DOCX show."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.startswith("word/charts/")]
    return [re.findall(r"<c:v>([^<]*)</c:v></c:pt>|<a:t>([^<]*)</a:t>", part) for part in parts]


def test_a_chart_is_a_native_one_in_word_and_excel_and_says_its_numbers_in_the_pdf():
    paper = with_charts()
    word, sheet, pdf = (written(paper, suffix) for suffix in (".docx", ".xlsx", ".pdf"))

    said = {text for part in chart_words(word) for pair in part for text in pair if text}
    assert {"Lễ phát động", "Năm 2023", "khoảng 5.500", "4.000", "Nữ", "300"} <= said
    printed = letters(pdf_text(pdf))
    assert all(letters(text) in printed for text in ("Lễ phát động", "Năm 2023", "khoảng 5.500", "4.000", "Nữ", "300"))
    with zipfile.ZipFile(io.BytesIO(sheet)) as package:
        assert sum(name.startswith("xl/charts/chart") for name in package.namelist()) == 2
    rows = openpyxl.load_workbook(io.BytesIO(sheet))["Biểu đồ"].iter_rows(values_only=True)
    assert ("Lễ phát động", 5500, 4000) in set(rows)


def test_pictures_carry_words_for_who_cannot_see_them():
    word = docx.Document(io.BytesIO(written(with_charts(), ".docx")))
    told = [node.get("descr") for node in word.element.body.iter(f"{{{WP}}}docPr")]
    assert "Lễ phát động tại Đông Mai" in told
    assert len(word.inline_shapes) == 5  # two charts, three pictures

    pdf = pypdf.PdfReader(io.BytesIO(written(with_charts(), ".pdf")))
    assert len(pdf.pages[-1].images) == 3
    assert "Lễ phát động tại Đông Mai" in pdf_text(written(with_charts(), ".pdf"))


def test_the_mark_of_the_figures_stands_on_the_annexes_of_an_issued_document_only():
    pages_of = pypdf.PdfReader(io.BytesIO(written(with_charts(), ".pdf"))).pages
    marked = ["Bản số liệu 3 · 4f1a09c2" in page.extract_text() for page in pages_of]
    assert marked == [False, False, True, True]
    sections = docx.Document(io.BytesIO(written(with_charts(), ".docx"))).sections
    assert ["Bản số liệu" in section.footer.paragraphs[0].text for section in sections] == [False, True, True]
    sheet = openpyxl.load_workbook(io.BytesIO(written(with_charts(), ".xlsx"))).active
    assert "Bản số liệu 3 · 4f1a09c2" in sheet.oddFooter.center.text


def test_only_the_sheet_opens_the_sources_of_a_number():
    where = "https://thang.example/quang-ninh/2023/bao-cao/x/so-lieu/CT05.1/nguon"
    paper = paper_with(Table((Column("A", 1),), ((Cell("khoảng 550", value=550, source=where),),)))
    cell = openpyxl.load_workbook(io.BytesIO(written(paper, ".xlsx"))).active["A5"]
    assert (cell.value, cell.hyperlink.target) == (550, where)
    with zipfile.ZipFile(io.BytesIO(written(paper, ".docx"))) as package:
        assert where not in package.read("word/_rels/document.xml.rels").decode()
