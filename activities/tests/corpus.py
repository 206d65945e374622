"""Hostile and odd workbooks, made in code: nothing of the kind is kept as a file."""

import io
import struct
import zipfile

from xlsxwriter import Workbook

MEGABYTE = 1 << 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
LINKS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="Hoạt động" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>"
)
BOOK_LINKS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/worksheet" '
    f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{RELATIONS}/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>'
)
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>Tên hoạt động</t></is></c></row>'


def workbook(*rows, sheet="Hoạt động", options=None) -> bytes:
    """An honest .xlsx with these rows of texts and numbers."""
    raw = io.BytesIO()
    with Workbook(raw, {"strings_to_formulas": False, "strings_to_urls": False, **(options or {})}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return raw.getvalue()


def package(sheet=None, *, body=CELL, parts=None, compress=zipfile.ZIP_DEFLATED, drop=()) -> bytes:
    """The smallest workbook that holds this sheet; `parts` adds or replaces parts of the package."""
    sheet = sheet or f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    found = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": LINKS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_LINKS,
        "xl/worksheets/sheet1.xml": sheet,
        **(parts or {}),
    }
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", compress) as file:
        for name, content in found.items():
            if name not in drop:
                file.writestr(name, content)
    return raw.getvalue()


def worksheet(inside: str) -> str:
    return f'<worksheet xmlns="{MAIN}">{inside}</worksheet>'


def streamed(head: bytes, block: bytes, times: int, tail: bytes, name="xl/worksheets/sheet1.xml") -> bytes:
    """A package in which one part repeats a block, written without holding it."""
    raw = io.BytesIO(package(drop={name}))
    with zipfile.ZipFile(raw, "a", zipfile.ZIP_DEFLATED) as file, file.open(name, "w") as part:
        part.write(head)
        for _ in range(times):
            part.write(block)
        part.write(tail)
    return raw.getvalue()


def bomb_of_spaces(megabytes=200) -> bytes:
    """Under a megabyte that unpacks to 200: every limit on the upload's own size lets it through."""
    opening, closing = worksheet("<sheetData>|</sheetData>").split("|")
    return streamed(opening.encode(), b" " * MEGABYTE, megabytes, closing.encode())


def bomb_of_cells() -> bytes:
    """Below the limit of bytes, but millions of cells."""
    opening, closing = worksheet("<sheetData>|</sheetData>").split("|")
    return streamed(opening.encode(), b"<row>" + b"<c/>" * 60_000 + b"</row>", 160, closing.encode())


def far_cell(reference="XFD1048576") -> bytes:
    """Five kilobytes with one cell in the last corner: seventeen thousand million cells for who counts by corners."""
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return package(body=f'<row r="{row}"><c r="{reference}"><v>1</v></c></row>')


def claims(area="A1:XFD1048576") -> bytes:
    """A sheet that only says it is that large."""
    return package(worksheet(f'<dimension ref="{area}"/><sheetData>{CELL}</sheetData>'))


def many_entries(number=100_000) -> bytes:
    raw = io.BytesIO(package(compress=zipfile.ZIP_STORED))
    with zipfile.ZipFile(raw, "a") as file:
        for i in range(number):
            file.writestr(f"a{i}", b"")
    return raw.getvalue()


def lying_sizes(claimed=10) -> bytes:
    """The directory says the sheet is ten bytes long."""
    raw = bytearray(package(body=CELL * 2000))
    name = b"xl/worksheets/sheet1.xml"
    local, central = raw.index(name) - 30, raw.rindex(name) - 46
    struct.pack_into("<I", raw, local + 22, claimed)
    struct.pack_into("<I", raw, central + 24, claimed)
    return bytes(raw)


def overlapping(copies=600) -> bytes:
    """Many entries of the directory that all point at the same compressed megabyte."""
    raw = io.BytesIO(package(drop={"xl/worksheets/sheet1.xml"}))
    with zipfile.ZipFile(raw, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b" " * MEGABYTE)
        first = file.getinfo("xl/worksheets/sheet1.xml")
        for i in range(copies):
            twin = zipfile.ZipInfo(f"xl/media/{i}.png")
            for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(twin, field, getattr(first, field))
            file.filelist.append(twin)
            file.NameToInfo[twin.filename] = twin
        file._didModify = True
    return raw.getvalue()


def billion_laughs(part="xl/worksheets/sheet1.xml") -> bytes:
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    document = f'<!DOCTYPE worksheet [<!ENTITY l0 "haha">{levels}]>{worksheet("<sheetData>&l9;</sheetData>")}'
    return package(parts={part: document})


def external_entity(target="file:///etc/passwd") -> bytes:
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    return package(f'<!DOCTYPE a [<!ENTITY x SYSTEM "{target}">]>{worksheet(f"<sheetData>{cell}</sheetData>")}')


def shared_text_bomb() -> bytes:
    """One text of 30.000 signs that every cell points at."""
    text = f'<sst xmlns="{MAIN}"><si><t>{"a" * 30_000}</t></si></sst>'
    cells = "".join('<c t="s"><v>0</v></c>' for _ in range(50))
    return package(body=f"<row>{cells}</row>" * 9_000, parts={"xl/sharedStrings.xml": text})


def deep(levels=100_000) -> bytes:
    return package(worksheet(f"<sheetData>{'<a>' * levels}{'</a>' * levels}</sheetData>"))


def with_macros() -> bytes:
    return package(parts={"xl/vbaProject.bin": OLE + b"code"})


def named_macro() -> bytes:
    """No code part, but the content types call it a workbook with code."""
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return package(
        parts={
            "[Content_Types].xml": TYPES.replace(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind
            )
        }
    )


def encrypted_entries() -> bytes:
    raw = bytearray(package())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = raw.find(signature)
        while position >= 0:
            raw[position + flags] |= 1
            position = raw.find(signature, position + 4)
    return bytes(raw)


def twice_the_sheet() -> bytes:
    raw = package(parts={"xl/worksheets/sheet2.xml": worksheet("<sheetData/>")})
    return raw.replace(b"sheet2.xml", b"sheet1.xml")


def word_document() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as file:
        file.writestr("[Content_Types].xml", TYPES.replace("/xl/workbook.xml", "/word/document.xml"))
        file.writestr("_rels/.rels", LINKS.replace("xl/workbook.xml", "word/document.xml"))
        file.writestr("word/document.xml", "<document/>")
    return raw.getvalue()


def zip_of(*names: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as file:
        for name in names:
            file.writestr(name, b"x")
    return raw.getvalue()


TCVN3 = ("LÔ ph¸t ®éng", "TruyÒn th«ng trùc tiÕp", "Nhµ v¨n hãa th«n", "Héi Liªn hiÖp Phô n÷")
VNI = ("Leã phaùt ñoäng", "Truyeàn thoâng tröïc tieáp", "Nhaø vaên hoùa thoân")

# (file name, content, key of the sentence)
REFUSED = {
    "empty": ("hoat-dong.xlsx", lambda: b"", "file.broken"),
    "text called xlsx": ("hoat-dong.xlsx", lambda: b"TT;Ten hoat dong\n1;A\n", "file.content"),
    "pdf called xlsx": ("hoat-dong.xlsx", lambda: b"%PDF-1.7\n1 0 obj", "file.content"),
    "html called xls": ("hoat-dong.xls", lambda: b"<html><table><tr><td>1</td></tr></table>", "sheet.old"),
    "csv": ("hoat-dong.csv", lambda: "TT,Tên hoạt động\n1,A\n".encode(), "sheet.kind"),
    "old xls": ("hoat-dong.xls", lambda: OLE + "Workbook".encode("utf-16-le") * 50, "sheet.old"),
    "old xls called xlsx": ("hoat-dong.xlsx", lambda: OLE + b"\x00" * 4000, "sheet.old"),
    "password": ("hoat-dong.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le") * 9, "file.encrypted"),
    "password on entries": ("hoat-dong.xlsx", encrypted_entries, "file.encrypted"),
    "macros": ("hoat-dong.xlsm", with_macros, "file.macro"),
    "macros called xlsx": ("hoat-dong.xlsx", with_macros, "file.macro"),
    "macros by type only": ("hoat-dong.xlsx", named_macro, "file.macro"),
    "old macro sheet": ("a.xlsx", lambda: package(parts={"xl/macrosheets/sheet1.xml": "<a/>"}), "file.macro"),
    "binary workbook": ("hoat-dong.xlsb", lambda: package(parts={"xl/workbook.bin": "x"}), "sheet.kind"),
    "open document": ("hoat-dong.ods", lambda: zip_of("mimetype", "content.xml"), "sheet.kind"),
    "word document": ("hoat-dong.xlsx", word_document, "file.content"),
    "plain zip": ("hoat-dong.xlsx", lambda: zip_of("anh1.jpg", "anh2.jpg"), "file.content"),
    "zip of nothing": ("hoat-dong.xlsx", zip_of, "file.content"),
    "half a file": ("hoat-dong.xlsx", lambda: workbook(["Tên hoạt động"])[:2000], "file.broken"),
    "first kilobyte": ("hoat-dong.xlsx", lambda: workbook(*([["Hoạt động"] * 20] * 300))[:1024], "file.broken"),
    "a flipped byte": ("hoat-dong.xlsx", lambda: _flipped(workbook(*([["Hoạt động"] * 20] * 300))), "file.broken"),
    "unclosed sheet": ("hoat-dong.xlsx", lambda: package(worksheet("<sheetData>")[:-20]), "file.broken"),
    "no sheet": ("hoat-dong.xlsx", lambda: package(drop={"xl/worksheets/sheet1.xml"}), "file.broken"),
    "two sheets of one name": ("hoat-dong.xlsx", twice_the_sheet, "file.broken"),
    "lying sizes": ("hoat-dong.xlsx", lying_sizes, "file.broken"),
    "shared text that is not there": (
        "hoat-dong.xlsx",
        lambda: package(body='<row><c t="s"><v>7</v></c></row>'),
        "file.broken",
    ),
    "a number that is none": ("hoat-dong.xlsx", lambda: package(body="<row><c><v>1x</v></c></row>"), "file.broken"),
    "infinity": ("hoat-dong.xlsx", lambda: package(body="<row><c><v>1e999</v></c></row>"), "file.broken"),
    "not a number": ("hoat-dong.xlsx", lambda: package(body="<row><c><v>nan</v></c></row>"), "file.broken"),
    "endless digits": ("a.xlsx", lambda: package(body=f"<row><c><v>{'9' * 100_000}</v></c></row>"), "file.broken"),
    "a column that is none": ("a.xlsx", lambda: package(body='<row><c r="ZZZZ1"><v>1</v></c></row>'), "file.broken"),
    "bytes of no encoding": ("a.xlsx", lambda: package(b"<?xml version='1.0'?><a>\xff\xfe</a>"), "file.broken"),
    "spaces, 200 MB": ("hoat-dong.xlsx", bomb_of_spaces, "file.bomb"),
    "spaces, 45 MB": ("hoat-dong.xlsx", lambda: bomb_of_spaces(45), "file.bomb"),
    "spaces in a picture": (
        "hoat-dong.xlsx",
        lambda: package(parts={"xl/media/a.png": b" " * 60 * MEGABYTE}),
        "file.bomb",
    ),
    "millions of empty cells": ("hoat-dong.xlsx", bomb_of_cells, "file.bomb"),
    "one text for every cell": ("hoat-dong.xlsx", shared_text_bomb, "file.bomb"),
    "one part many times": ("hoat-dong.xlsx", overlapping, "file.bomb"),
    "many entries": ("hoat-dong.xlsx", lambda: many_entries(20_000), "file.bomb"),
    "merged beyond measure": (
        "hoat-dong.xlsx",
        lambda: package(
            worksheet(
                f'<sheetData>{CELL}<row r="9999"><c t="b"><v>1</v></c></row></sheetData><mergeCells>'
                + '<mergeCell ref="A1:XFD1048576"/>' * 50
                + "</mergeCells>"
            )
        ),
        "file.bomb",
    ),
    "the last cell": ("hoat-dong.xlsx", far_cell, "sheet.limit"),
    "far down": ("hoat-dong.xlsx", lambda: far_cell("A1048576"), "sheet.limit"),
    "far right": ("hoat-dong.xlsx", lambda: far_cell("XFD1"), "sheet.columns"),
    "says it is endless": ("hoat-dong.xlsx", claims, "sheet.limit"),
    "10.200 rows": ("hoat-dong.xlsx", lambda: workbook(*([["Hoạt động"]] * 10_200)), "sheet.limit"),
    "laughs": ("hoat-dong.xlsx", billion_laughs, "file.content"),
    "laughs in the texts": ("hoat-dong.xlsx", lambda: billion_laughs("xl/sharedStrings.xml"), "file.content"),
    "laughs in the types": ("hoat-dong.xlsx", lambda: billion_laughs("[Content_Types].xml"), "file.content"),
    "a file of the server": ("hoat-dong.xlsx", external_entity, "file.content"),
    "a page of the network": ("hoat-dong.xlsx", lambda: external_entity("http://127.0.0.1:9/"), "file.content"),
    "nested deep": ("hoat-dong.xlsx", deep, "file.content"),
    "TCVN3": ("hoat-dong.xlsx", lambda: workbook(["Tên hoạt động"], *[[text] for text in TCVN3]), "sheet.old"),
    "VNI": ("hoat-dong.xlsx", lambda: workbook(["Tên hoạt động"], *[[text] for text in VNI]), "sheet.old"),
    "a list by its name": ("danh sách nạn nhân.xlsx", lambda: workbook(["Tên hoạt động"]), "privacy.file"),
    "11 MB": ("hoat-dong.xlsx", lambda: b"PK" + b"\x00" * 11 * MEGABYTE, "file.size"),
}


def _flipped(raw: bytes) -> bytes:
    middle = raw.index(b"xl/worksheets/sheet1.xml") + 200
    return raw[:middle] + bytes([raw[middle] ^ 0xFF]) + raw[middle + 1 :]
