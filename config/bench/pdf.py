"""The PDF of a province's report: ours beside WeasyPrint, the same words as HTML and CSS, the same face."""

import io
import multiprocessing
from collections.abc import Callable, Iterator
from functools import partial
from html import escape

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from config.bench import loads
from config.bench.machine import timed
from config.bench.table import Result
from reports.documents import pdf
from reports.documents.measure import FACES
from reports.documents.paper import Paper
from reports.management.commands.compile_report import compiled
from reports.papers.report import paper_of

ROUNDS = 3
FACE = "@font-face {{ font-family: Tinos; src: url('{uri}'); font-weight: {weight}; font-style: {style} }}"
STYLES = (
    ("Regular", "normal", "normal"),
    ("Bold", "bold", "normal"),
    ("Italic", "normal", "italic"),
    ("BoldItalic", "bold", "italic"),
)
LAYOUT = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page) } }
@page :first { @top-center { content: none } }
@page wide { size: A4 landscape }
body { font: 14pt Tinos; text-align: justify } p { margin: 0 0 6pt; text-indent: 12.7mm }
h1, h2, h3 { font-size: 14pt; margin: 0 0 6pt; text-indent: 12.7mm } h3 { font-weight: normal }
.middle { text-align: center; text-indent: 0 } .bold { font-weight: bold } .note { font-size: 12pt; text-indent: 0 }
table { border-collapse: collapse; width: 100%; font-size: 12pt; margin: 2pt 0 12pt; table-layout: fixed }
td, th { border: 0.5pt solid; padding: 2.5pt 1.5mm } thead { display: table-header-group } tr { break-inside: avoid }
.head td { border: 0; text-align: center; width: 50% } .annex { break-before: page } .wide { page: wide }
.right { text-align: right } .center { text-align: center }
.bar { background: #7F9DC6; height: 4.7mm; display: inline-block }
"""


def measure() -> Iterator[Result]:
    """The best of three, by turns; the styles of WeasyPrint are parsed once, ours starts from nothing."""
    province, campaign = loads.one_province()
    paper = paper_of(compiled(campaign, province))
    fonts = FontConfiguration()
    faces = [
        FACE.format(uri=(FACES / f"Tinos-{name}.ttf").as_uri(), weight=weight, style=style)
        for name, weight, style in STYLES
    ]
    style = CSS(string="\n".join([*faces, LAYOUT]), font_config=fonts)

    def theirs() -> bytes:
        return HTML(string=page(paper)).write_pdf(stylesheets=[style], font_config=fonts)

    pairs = [(_in_a_child(partial(_ours, paper)), timed(theirs)[0]) for _round in range(ROUNDS)]
    yield Result("pdf", min(mine for mine, _its in pairs), min(its for _mine, its in pairs))


def _ours(paper: Paper) -> None:
    pdf.write(paper, io.BytesIO())


def _in_a_child(work: Callable[[], None]) -> float:
    """Seconds in a process that has set nothing before: our engine remembers, and would be flattered."""
    mine, its = multiprocessing.get_context("fork").Pipe()
    child = multiprocessing.get_context("fork").Process(target=lambda: its.send(timed(work)[0]))
    child.start()
    seconds = mine.recv()
    child.join()
    return seconds


def page(paper: Paper) -> str:
    """The paper as HTML: what our own engine is given, in another markup."""
    said = pdf.described(paper)
    head = [
        f"<table class=head><tr><td>{_lines(said['superior']['text'])}<br><b>{_lines(said['body']['text'])}</b>",
        f"<td><b>{_lines(said['nation'])}<br>{_lines(said['motto']['text'])}</b>",
        f"<tr><td>{_lines(said['number'])}<td><i>{_lines(said['place'])}</i></table>",
        f"<p class='middle bold'>{_lines(said['kind'])}<br>{_lines(said['subject']['text'])}</p>",
    ]
    to = [f"<p>{_lines(line)}</p>" for line in (said["addressees"]["to"], *said["addressees"]["lines"])]
    foot = [f"<p class='middle bold'>{_lines(line)}</p>" for line in (*said["signature"], said["signer"])]
    foot += [f"<p class=note>{_lines(line)}</p>" for line in (said["copies_label"], *said["copies"])]
    body = [*head, *to, *_blocks(said["blocks"]), *foot]
    for annex in said["annexes"]:
        body.append(f"<div class='annex {'wide' if annex['landscape'] else ''}'>")
        body += [f"<p class='middle bold'>{_lines(annex['label'])}<br>{_lines(annex['title']['text'])}</p>"]
        body += [f"<p class=middle>{_lines(annex['intro']['text'])}</p>", *_blocks(annex["blocks"]), "</div>"]
    return f"<html lang=vi><title>{escape(said['title'])}</title><body>{''.join(body)}</body></html>"


def _blocks(blocks: list[dict]) -> Iterator[str]:
    draw = {"heading": _heading, "para": _para, "note": _note, "table": _table, "chart": _chart}
    return ("".join(draw[block["is"]](block)) for block in blocks if block["is"] in draw)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _heading(block: dict) -> Iterator[str]:
    yield f"<h{block['level']}>{_lines(block['text'])}</h{block['level']}>"


def _para(block: dict) -> Iterator[str]:
    runs = (f"<b>{_lines(run['text'])}</b>" if run["bold"] else _lines(run["text"]) for run in block["runs"])
    yield f"<p>{''.join(runs) or _lines(block['text'])}</p>"


def _note(block: dict) -> Iterator[str]:
    yield f"<p class=note>{_lines(block['text'])}</p>"


def _table(block: dict) -> Iterator[str]:
    yield f"<p class='middle bold'>{_lines(block['caption'])}</p><table><colgroup>"
    whole = sum(block["widths"])
    yield from (f"<col style='width: {width / whole:.1%}'>" for width in block["widths"])
    yield "</colgroup><thead>"
    yield from _rows(block["headings"], len(block["widths"]), "th")
    yield "</thead><tbody>"
    yield from _rows(block["cells"], len(block["widths"]), "td")
    yield "</tbody></table>"


def _rows(cells: list[dict], columns: int, tag: str) -> Iterator[str]:
    """Cells row by row; one that spans two rows takes its place in the next one too."""
    left, held = 0, 0
    for cell in cells:
        if left <= 0:
            yield "<tr>"
            left, held = columns - held, 0
        tall = cell.get("rows", 1)
        held += cell["span"] if tall > 1 else 0
        weight = f"<b>{_lines(cell['text'])}</b>" if cell.get("bold") else _lines(cell["text"])
        yield f"<{tag} colspan={cell['span']} rowspan={tall} class={cell.get('align', 'center')}>{weight}</{tag}>"
        left -= cell["span"]


def _chart(block: dict) -> Iterator[str]:
    yield f"<p class='middle bold'>{_lines(block['title'])}</p><table>"
    for row in block["rows"]:
        bars = (
            f"<span class=bar style='width: {bar['share']:.0%}'></span> {_lines(bar['text'])}" for bar in row["bars"]
        )
        yield f"<tr><td>{_lines(row['label'])}<td>{'<br>'.join(bars)}"
    yield "</table>"
