"""The look of a DOCX: sheet, margins and one named style for each element of Nghị định 30/2020."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor

from .sheet import A4, BOTTOM, LEFT, RIGHT, TOP

FONT = "Times New Roman"
PAGE_NUMBER_FROM_TOP = 10.0
FOOT_FROM_BOTTOM = 10.0
FIRST_LINE = 12.7

CENTER, JUSTIFY, LEFT_ALIGN = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
    WD_ALIGN_PARAGRAPH.LEFT,
)
KEPT_STYLES = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}


@dataclass(frozen=True)
class Look:
    """Sizes in points, indents in mm; `line` multiplies single spacing."""

    size: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = CENTER
    before: float = 0
    after: float = 0
    line: float = 1.0
    first: float = 0
    keep: bool = False
    outline: int | None = None


LOOKS = {
    "Quốc hiệu": Look(13, bold=True),
    "Tiêu ngữ": Look(14, bold=True),
    "Cơ quan chủ quản": Look(13),
    "Cơ quan ban hành": Look(13, bold=True),
    "Số ký hiệu": Look(13, before=3),
    "Địa danh ngày tháng": Look(14, italic=True, before=3),
    "Tên loại": Look(14, bold=True, before=18, keep=True),
    "Trích yếu": Look(14, bold=True, keep=True),
    "Trích yếu công văn": Look(13, before=6),
    "Kính gửi": Look(14, align=LEFT_ALIGN, before=6),
    "Thẩm quyền ban hành": Look(14, bold=True, before=6, after=12, keep=True),
    "Lời quyết định": Look(14, bold=True, before=8, after=10, keep=True),
    "Căn cứ": Look(14, italic=True, align=JUSTIFY, after=6, line=1.1, first=FIRST_LINE),
    "Nội dung": Look(14, align=JUSTIFY, after=6, line=1.1, first=FIRST_LINE),
    "Heading 1": Look(14, True, align=JUSTIFY, before=6, after=6, line=1.1, first=FIRST_LINE, keep=True, outline=0),
    "Heading 2": Look(14, True, align=JUSTIFY, after=6, line=1.1, first=FIRST_LINE, keep=True, outline=1),
    "Heading 3": Look(14, align=JUSTIFY, after=6, line=1.1, first=FIRST_LINE, keep=True, outline=2),
    "Tên bảng": Look(13, bold=True, before=6, after=4, keep=True),
    "Đầu bảng": Look(12, bold=True, before=2, after=2, keep=True),
    "Chữ bảng": Look(12, align=LEFT_ALIGN, before=2, after=2),
    "Biểu đồ": Look(12, after=8),
    "Ảnh": Look(12, before=6, keep=True),
    "Chú thích ảnh": Look(12, italic=True, before=2, after=6),
    "Ghi chú bảng": Look(12, align=JUSTIFY, before=3),
    "Quyền hạn chức vụ": Look(14, bold=True),
    "Họ tên": Look(14, bold=True, before=72),
    "Nhãn nơi nhận": Look(12, bold=True, italic=True, align=LEFT_ALIGN, before=8),
    "Nơi nhận": Look(11, align=LEFT_ALIGN),
    "Phụ lục": Look(14, bold=True, keep=True, outline=0),
    "Tên phụ lục": Look(14, bold=True, keep=True),
    "Kèm theo": Look(14, italic=True),
    "Đường kẻ": Look(4, before=3),
    "Khoảng trống": Look(4),
    "Số trang": Look(14),
    "Chân trang": Look(9, italic=True),
}


def dress(document: Document) -> None:
    """Replace the styles of the empty python-docx document by ours."""
    _strip(document)
    _defaults(document)
    add_looks(document)
    _compatible(document)


def add_looks(document: Document) -> None:
    """One style for each element of the decree; a style that the document has already keeps its look."""
    known = {style.name for style in document.styles}
    for name, look in LOOKS.items():
        if name in known:
            continue
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("Heading"))
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        _apply(style, look)


def lay_out(section: Section, *, landscape: bool) -> None:
    """A4 with the decree's margins; the first page shows no number and numbers start at 1."""
    narrow, wide = (Mm(side) for side in A4)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (wide, narrow) if landscape else (narrow, wide)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(PAGE_NUMBER_FROM_TOP), Mm(FOOT_FROM_BOTTOM)
    section.different_first_page_header_footer = True
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    properties.find(qn("w:pgMar")).addnext(start)


def _strip(document: Document) -> None:
    element = document.styles.element
    for style in list(element.findall(qn("w:style"))):
        if style.find(qn("w:name")).get(qn("w:val")).title() not in KEPT_STYLES:
            element.remove(style)


def _defaults(document: Document) -> None:
    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(properties):
        properties.remove(child)
    fonts = OxmlElement("w:rFonts")
    _name_fonts(fonts)
    language = OxmlElement("w:lang")
    for part, value in (("val", "vi-VN"), ("eastAsia", "vi-VN"), ("bidi", "ar-SA")):
        language.set(qn(f"w:{part}"), value)
    properties.extend([fonts, language])
    normal = document.styles["Normal"]
    normal.font.size = Pt(14)
    normal.font.color.rgb = RGBColor(0, 0, 0)
    _fonts_of(normal)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    normal.paragraph_format.widow_control = True


def _name_fonts(fonts) -> None:
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _fonts_of(style) -> None:
    style.font.name = FONT
    _name_fonts(style.element.rPr.rFonts)


def _apply(style, look: Look) -> None:
    _fonts_of(style)
    font, shape = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(int(look.size * 2)))
    style.element.rPr.find(qn("w:sz")).addnext(complex_size)
    shape.alignment = look.align
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing = look.line
    if look.first:
        shape.first_line_indent = Mm(look.first)
    shape.keep_with_next = look.keep
    if style.name in ("Đường kẻ", "Khoảng trống"):
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.size)
    if look.outline is not None:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(look.outline))
        style.element.pPr.append(level)


def _compatible(document: Document) -> None:
    """Word 2013 and later open the file as their own, in Vietnamese."""
    settings = document.settings.element
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), "vi-VN")
    for rsids in settings.findall(qn("w:rsids")):
        settings.remove(rsids)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
