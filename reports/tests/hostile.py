"""Word templates and Excel forms as an attacker would make them: each with what has to be said about it."""

import io
import zipfile

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


def template(*lines: str, header: str = "", change=None) -> bytes:
    """A plain .docx with these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def form(**cells) -> bytes:
    book = openpyxl.Workbook()
    for address, value in cells.items():
        book.active[address] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, *, add=(), change=None, leave=(), method=zipfile.ZIP_DEFLATED) -> bytes:
    """The package with parts added, changed or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            data = old.read(name)
            if name not in leave:
                new.writestr(name, (change or {}).get(name, lambda data: data)(data))
        for name, data in add:
            new.writestr(name, data)
    return out.getvalue()


def _in_links(name: str, relation: str):
    def change(data: bytes) -> bytes:
        return data.replace(b"</Relationships>", relation.encode() + b"</Relationships>")

    return {name: change}


def _external(kind: str, target: str) -> bytes:
    relation = f'<Relationship Id="rX" Type="{RELATION}/{kind}" Target="{target}" TargetMode="External"/>'
    return repacked(template("{{ so_ky_hieu }}"), change=_in_links("word/_rels/document.xml.rels", relation))


def _inside(kind: str, name: str, data: bytes = b"<x/>") -> bytes:
    relation = f'<Relationship Id="rX" Type="{RELATION}/{kind}" Target="{name.removeprefix("word/")}"/>'
    return repacked(
        template("{{ so_ky_hieu }}"), add=[(name, data)], change=_in_links("word/_rels/document.xml.rels", relation)
    )


def _field(instruction: str, *, simple: bool = False):
    def change(document):
        paragraph = document.add_paragraph("{{ so_ky_hieu }}")._p
        if simple:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), instruction)
            paragraph.append(field)
            return
        run = OxmlElement("w:r")
        for kind in ("begin", None, "end"):
            if kind is None:
                words = OxmlElement("w:instrText")
                words.text = instruction
                run.append(words)
                continue
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)
        paragraph.append(run)

    return template(change=change)


def _element(tag: str):
    def change(document):
        document.add_paragraph("{{ so_ky_hieu }}")
        document.element.body.insert(0, OxmlElement(tag))

    return template(change=change)


def _entities(data: bytes) -> bytes:
    return data.replace(
        b"<w:document", b'<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z SYSTEM "file:///etc/passwd">]><w:document'
    )


def _macro_type(data: bytes) -> bytes:
    return data.replace(b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml")


PLAIN = template("{{ so_ky_hieu }}")
NOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote>'
    "<w:p><w:r><w:t>{{ ho_ten }}</w:t></w:r></w:p></w:footnote></w:footnotes>"
)
INJECTIONS = (
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ so_ky_hieu.__class__ }}",
    "{{ so_ky_hieu|attr('__class__') }}",
    "{{ so_ky_hieu | upper }}",
    "{{ 7*7 }}",
    "{{ so_ky_hieu * 30000000 }}",
    "{{ 'a'*30000000 }}",
    "{{ '%s'.format(so_ky_hieu) }}",
    "{{ lipsum.__globals__ }}",
    "{{ namespace() }}",
    "{{ config }}",
    "{{ self }}",
    "{{ so_ky_hieu }",
    "{ { so_ky_hieu }}}}",
    "{{ {{ so_ky_hieu }} }}",
    "{{}}",
    "{{ CT05.1; import os }}",
    "{{ khong_co }}",
    "{% for i in range(100000000) %}x{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{%p if so_ky_hieu %}",
    "{% set x = 1 %}{{ so_ky_hieu }}",
    "{# bình luận #}",
    "{{r so_ky_hieu }}",
)
TEMPLATES = {
    **{
        f"injection {number}": (template(text), ("không phải là ô", "Không có ô"))
        for number, text in enumerate(INJECTIONS)
    },
    "injection in a header": (template("{{ so_ky_hieu }}", header="{{ x.__class__ }}"), ("Không có ô",)),
    "slot in a footnote": (repacked(PLAIN, add=[("word/footnotes.xml", NOTES)]), ("nằm ngoài",)),
    "macro by its part": (repacked(PLAIN, add=[("word/vbaProject.bin", b"x")]), ("mã tự chạy", "không được nhận")),
    "macro by its type": (repacked(PLAIN, change={"[Content_Types].xml": _macro_type}), ("mã tự chạy",)),
    "external image": (_external("image", "http://127.0.0.1:9/x.png"), ("liên kết ra ngoài",)),
    "external hyperlink": (_external("hyperlink", "https://xa.example"), ("liên kết ra ngoài",)),
    "external template": (_external("attachedTemplate", "http://127.0.0.1:9/t.dotm"), ("liên kết ra ngoài",)),
    "shared folder": (_external("image", "\\\\127.0.0.1\\x"), ("liên kết ra ngoài",)),
    "file of the machine": (_external("image", "file:///etc/passwd"), ("liên kết ra ngoài",)),
    "altChunk": (_inside("aFChunk", "word/chunk.html"), ("không được nhận",)),
    "altChunk by its element": (_element("w:altChunk"), ("không được nhận",)),
    "embedded object": (_inside("oleObject", "word/embeddings/o.bin"), ("không được nhận",)),
    "object by its element": (_element("w:object"), ("không được nhận",)),
    "sub document": (_element("w:subDoc"), ("không được nhận",)),
    "ActiveX": (_inside("control", "word/activeX/a.xml"), ("không được nhận",)),
    "SVG with a script": (_inside("image", "word/media/a.svg", b"<svg/>"), ("không được nhận",)),
    "field INCLUDETEXT": (_field(' INCLUDETEXT "/etc/passwd" '), ("trường",)),
    "field DDEAUTO": (_field(" DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "), ("trường",)),
    "field INCLUDEPICTURE": (_field(' INCLUDEPICTURE "http://127.0.0.1:9/a.png" ', simple=True), ("trường",)),
    "entities": (repacked(PLAIN, change={"word/document.xml": _entities}), ("không tạo ra",)),
    "path out of the package": (repacked(PLAIN, add=[("../../word/styles.xml", b"<x/>")]), ("thoát ra ngoài",)),
    "absolute path": (repacked(PLAIN, add=[("/etc/cron.d/x", b"x")]), ("thoát ra ngoài",)),
    "path with backslashes": (repacked(PLAIN, add=[("word\\..\\..\\x.xml", b"x")]), ("thoát ra ngoài",)),
    "bomb": (repacked(PLAIN, add=[("customXml/item9.xml", b" " * (40 << 20))]), ("bung ra",)),
    "many parts": (repacked(PLAIN, add=[(f"customXml/item{n}.xml", b"<x/>") for n in range(2, 2100)]), ("bung ra",)),
    "no document at all": (repacked(PLAIN, leave=("word/document.xml",)), ("không phải là tệp", "hỏng")),
    "a sheet called .docx": (form(A1="x"), ("không phải là tệp", "không được nhận")),
    "no zip": (b"MZ" + b"x" * 100, ("không phải là tệp",)),
    "empty": (b"", ("hỏng",)),
    "cut off": (PLAIN[: len(PLAIN) // 2], ("hỏng",)),
}


def _sheet(*, change: bytes) -> bytes:
    return repacked(
        form(A1="Tổng"),
        change={"xl/worksheets/sheet1.xml": lambda data: data.replace(b"</sheetData>", change + b"</sheetData>")},
    )


FORMS = {
    "macro": (repacked(form(A1="x"), add=[("xl/vbaProject.bin", b"x")]), ("mã tự chạy",)),
    "external workbook": (
        repacked(form(A1="x"), add=[("xl/externalLinks/externalLink1.xml", b"<x/>")]),
        ("không được nhận",),
    ),
    "data connection": (repacked(form(A1="x"), add=[("xl/connections.xml", b"<x/>")]), ("không được nhận",)),
    "embedded file": (repacked(form(A1="x"), add=[("xl/embeddings/a.bin", b"x")]), ("không được nhận",)),
    "path out of the package": (repacked(form(A1="x"), add=[("../x.xml", b"x")]), ("thoát ra ngoài",)),
    "DDE formula": (form(A1="=cmd|'/C calc'!A0"), ("lấy dữ liệu từ ngoài",)),
    "web formula": (form(B2='=WEBSERVICE("http://127.0.0.1:9/")'), ("lấy dữ liệu từ ngoài",)),
    "formula of another book": (form(B2="=[1]Sheet1!A1"), ("lấy dữ liệu từ ngoài",)),
    "too many rows": (form(A900="x"), ("dòng hoặc",)),
    "far corner": (form(XFD1048576="x"), ("dòng hoặc",)),
    "bomb": (repacked(form(A1="x"), add=[("docProps/a.xml", b" " * (60 << 20))]), ("bung ra",)),
    "no zip": (b"x" * 50, ("không phải là tệp",)),
    "empty": (b"", ("hỏng",)),
}
