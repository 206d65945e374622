"""A paper as PDF: the same words, figures and order as the DOCX, fonts embedded, tagged for readers."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from functools import cache, singledispatch
from itertools import pairwise
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import typst

from . import phrases
from .measure import FACES, balanced, width
from .paper import Annex, Block, Chart, Gallery, Heading, Item, Note, Paper, Para, Picture, Series, Table
from .sheet import (
    ANNEX_TITLE_SHARE,
    BAR,
    CHART_LABELS,
    FILLS,
    FOOT,
    GAP,
    HEAD,
    LETTER_SUBJECT_ROOM,
    RULE_SHARE,
    TITLE_ROOM,
    picture_size,
    room,
    side,
)

TEMPLATE = Path(__file__).with_name("paper.typ")
LONG_WORD = re.compile(r"\S{24,}")
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
LONG_CELL = 1500  # letters; beyond this a cell may run over to the next page


def write(paper: Paper, to: str | PathLike | BinaryIO) -> None:
    """Write the PDF to a path or a binary file; the same paper gives the same bytes."""
    data = compiled(paper, format="pdf")
    if isinstance(to, str | PathLike):
        Path(to).write_bytes(data)
    else:
        to.write(data)


def compiled(paper: Paper, **options) -> bytes | list[bytes]:
    """What typst makes of the paper in the given format."""
    paper = phrases.tidied(paper)
    pictures = [each for annex in paper.annexes for each in _pictures(annex.blocks)]
    pictures += _pictures(paper.blocks)
    if not pictures:
        return _typeset(TEMPLATE, paper, options)
    with TemporaryDirectory() as folder:
        for picture in pictures:
            (Path(folder) / _file(picture)).write_bytes(picture.data)
        return _typeset(Path(shutil.copy(TEMPLATE, folder)), paper, options)


def _typeset(template: Path, paper: Paper, options: dict) -> bytes | list[bytes]:
    """typst reads nothing outside the folder of the template."""
    data, _missing_fonts = typst.compile_with_warnings(
        str(template),
        root=str(template.parent),
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(described(paper), ensure_ascii=False)},
        timestamp=int(phrases.created(paper).timestamp()),
        **options,
    )
    return data


def _pictures(blocks: tuple[Block, ...]) -> list[Picture]:
    return [picture for block in blocks if isinstance(block, Gallery) for picture in block.pictures]


def _file(picture: Picture) -> str:
    return f"{hashlib.sha256(picture.data).hexdigest()}.jpg"


@cache
def _fonts() -> typst.Fonts:
    """Tinos, and what typst brings. Fonts of the machine are left out: some lack Vietnamese letters,
    and the same paper must be the same file everywhere."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FACES)])


def described(paper: Paper) -> dict:
    """The paper as plain data for paper.typ."""
    head = paper.letterhead
    letter = phrases.is_letter(paper)
    subject = phrases.subject_line(paper)
    return {
        "title": f"{paper.kind.strip()} {subject}".strip(),
        "author": phrases.issuer_name(paper),
        "keywords": phrases.keywords(paper),
        "foot": phrases.foot_lines(paper),
        "annex_foot": phrases.foot_lines(paper, annex=True),
        "head": HEAD,
        "sign": FOOT,
        "superior": _centred(head.superior.strip().upper(), 13, HEAD[0], bold=False),
        "body": _centred(head.body.upper(), 13, HEAD[0]),
        "nation": phrases.NATION,
        "motto": {"text": phrases.MOTTO, "rule": width(phrases.MOTTO, 14)},
        "number": phrases.number_line(paper),
        "place": phrases.place_line(paper),
        "letter_subject": _centred(subject if letter else "", 13, LETTER_SUBJECT_ROOM, bold=False),
        "kind": paper.kind.strip().upper(),
        "subject": _centred(subject, 14, TITLE_ROOM),
        "only_annexes": paper.only_annexes,
        "addressees": _addressees(paper),
        "authority": _centred(paper.authority.upper(), 14, TITLE_ROOM),
        "resolves": paper.resolves,
        "bases": phrases.base_lines(paper),
        "blocks": _blocks(paper.blocks, signed=True),
        "signature": phrases.signature_lines(paper),
        "signer": paper.signature.name.strip(),
        "copies_label": phrases.COPIES,
        "copies": phrases.copy_lines(paper),
        "annexes": [_annex(paper, index, annex) for index, annex in enumerate(paper.annexes)],
    }


def _centred(text: str, size: float, measure: float, *, bold: bool = True) -> dict:
    wide, last = balanced(text, size, measure, bold=bold)
    return {"text": text, "measure": wide, "rule": last * RULE_SHARE}


def _addressees(paper: Paper) -> dict:
    lines = phrases.addressee_lines(paper)
    label = width(phrases.TO, 14, bold=False)
    longest = max((width(line, 14, bold=False) for line in lines), default=0)
    left = max(0.0, (room(landscape=False) - label - longest) / 2)
    return {"to": phrases.TO, "lines": lines, "left": left, "label": label}


def _annex(paper: Paper, index: int, annex: Annex) -> dict:
    measure = TITLE_ROOM if annex.kind else room(landscape=annex.landscape) * ANNEX_TITLE_SHARE
    title = annex.title.strip()
    return {
        "landscape": annex.landscape,
        "label": phrases.annex_label(paper, index),
        "kind": annex.kind.strip().upper(),
        "title": _centred(title if annex.kind else title.upper(), 14, measure),
        "intro": _centred(phrases.annex_reference(paper, annex), 14, measure, bold=False),
        "blocks": _blocks(annex.blocks),
    }


def _blocks(blocks: tuple[Block, ...], *, signed: bool = False) -> list[dict]:
    drawn = [_drawn(block, following) for block, following in pairwise((*blocks, None))]
    if signed and drawn and drawn[-1]["is"] == "para":
        drawn[-1]["keep"] = True
    return drawn


@singledispatch
def _drawn(block, following) -> dict:
    raise TypeError(f"no way to print a {type(block).__name__}")


@_drawn.register
def _(block: Heading, following) -> dict:
    text = block.text.upper() if block.level == 1 else block.text
    return {"is": "heading", "level": min(max(block.level, 1), 3), "text": text}


@_drawn.register
def _(block: Para, following) -> dict:
    runs = [{"text": run.text, "bold": run.bold, "italic": run.italic} for run in block.runs]
    return {"is": "para", "text": block.text, "runs": runs, "keep": block.keep}


@_drawn.register
def _(block: Item, following) -> dict:
    return {"is": "para", "text": f"- {block.text}", "runs": [], "keep": False}


@_drawn.register
def _(block: Note, following) -> dict:
    return {
        "is": "note",
        "text": f"{block.mark} {block.text}".strip(),
        "last": not isinstance(following, Note),
    }


@_drawn.register
def _(block: Table, following) -> dict:
    return {
        "is": "table",
        "caption": block.caption,
        "widths": [column.width for column in block.columns],
        "headings": _headings(block),
        "cells": [cell for row in block.rows for cell in _cells(block, row)],
        "noted": isinstance(following, Note),
    }


@_drawn.register
def _(block: Chart, following) -> dict:
    whole = max((value for series in block.series for value in series.values if value), default=0) or 1
    return {
        "is": "chart",
        "title": block.title,
        "alt": block.alt or block.title,
        "stacked": block.stacked,
        "share": CHART_LABELS,
        "bar": BAR,
        "gap": GAP,
        "legend": [{"name": each.name, "fill": f"#{_fill(no)}"} for no, each in enumerate(block.series)],
        "rows": [
            {"label": label, "bars": [_bar(block, no, each, row, whole) for no, each in enumerate(block.series)]}
            for row, label in enumerate(block.labels)
        ],
    }


def _bar(chart: Chart, no: int, series: Series, row: int, whole: float) -> dict:
    value = series.values[row]
    if chart.stacked:
        whole = sum(each.values[row] or 0 for each in chart.series) or 1
    return {
        "share": (value or 0) / whole,
        "text": series.printed[row] if value is not None and (value or not chart.stacked) else "",
        "fill": f"#{_fill(no)}",
    }


def _fill(no: int) -> str:
    return FILLS[no % len(FILLS)]


@_drawn.register
def _(block: Gallery, following) -> dict:
    return {"is": "gallery", "pictures": [_picture(each) for each in block.pictures]}


def _picture(picture: Picture) -> dict:
    wide, high = picture_size(picture)
    alt = picture.alt or picture.caption or "Ảnh"
    return {"file": _file(picture), "width": wide, "height": high, "caption": picture.caption, "alt": alt}


def _breakable(text: str) -> str:
    """A word longer than a narrow column may break anywhere, as it does in Word."""
    return LONG_WORD.sub(lambda found: ZERO_WIDTH_SPACE.join(found[0]), text)


def _headings(table: Table) -> list[dict]:
    starts = {group.first: group for group in table.groups}
    grouped = {index for group in table.groups for index in range(group.first, group.first + group.count)}
    over, under = [], []
    for index, column in enumerate(table.columns):
        if index in starts:
            over.append({"text": starts[index].title, "span": starts[index].count, "rows": 1})
        if index in grouped:
            under.append({"text": column.title, "span": 1, "rows": 1})
        else:
            over.append({"text": column.title, "span": 1, "rows": 2 if table.groups else 1})
    return over + under


def _cells(table: Table, row: tuple) -> list[dict]:
    cells, start = [], 0
    for cell in map(phrases.as_cell, row):
        cells.append(
            {
                "text": _breakable(cell.text),
                "bold": cell.bold,
                "link": phrases.web_link(cell),
                "span": cell.span,
                "align": side(table, start, cell),
                "long": len(cell.text) > LONG_CELL,
            }
        )
        start += cell.span
    blanks = len(table.columns) - start
    return cells + [{"text": "", "bold": False, "link": "", "span": 1, "align": "left", "long": False}] * blanks
