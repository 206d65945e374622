"""A plan's paper as a page: the words and the order of the print, each stretch with its anchor and its comments."""

from campaigns.models import Plan
from campaigns.outlines import Outline
from reports.documents import phrases
from reports.documents.paper import Annex, Block, Paper, Table
from reports.papers.lines import closed
from reports.papers.plan import plan_paper
from reports.papers.plan_parts import Part, plan_parts

Marks = dict[str, list[tuple[int, int]]]


def sheet_of(plan: Plan, outline: Outline, marked: Marks) -> dict:
    """Head, what the paper says before the plan's own text, that text in parts, the foot, the annexes.

    `marked` holds the numbers and keys of the comments by the anchor at which they are shown. Behind a decision and
    in an amendment the plan's own text is an annex; its parts then stand there.
    """
    paper = plan_paper(plan, outline)
    _bases, parts = plan_parts(outline)
    drawn = [_part(part, marks) for part, marks in _with_marks(_closed(parts), marked)]
    inside = _holds_the_plan(paper, plan)
    return {
        **_head(paper),
        "before": [] if inside is None else _blocks(paper.blocks),
        "parts": drawn if inside is None else [],
        "annexes": [
            _annex(paper, number, annex, drawn if number == inside else None)
            for number, annex in enumerate(paper.annexes)
        ],
    }


def _holds_the_plan(paper: Paper, plan: Plan) -> int | None:
    """Which annex holds the plan's own text; None when it is the body."""
    return 0 if plan.paper == Plan.Paper.DECISION or plan.version > 1 else None


def _closed(parts: list[Part]) -> list[Part]:
    """The last words end as they do on paper."""
    last = max((place for place, part in enumerate(parts) if part.blocks), default=None)
    if last is None:
        return parts
    ended = Part(parts[last].anchor, tuple(closed(list(parts[last].blocks))))
    return [*parts[:last], ended, *parts[last + 1 :]]


def _with_marks(parts: list[Part], marked: Marks):
    """Each part with the comments about it, at its first place."""
    waiting = dict(marked)
    for part in parts:
        if part.blocks:
            yield part, waiting.pop(part.anchor, [])


def _part(part: Part, marks: list) -> dict:
    return {"anchor": part.anchor, "blocks": _blocks(part.blocks), "marks": marks}


def _blocks(blocks: tuple[Block, ...]) -> list[dict]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> dict:
    if isinstance(block, Table):
        rows = [[phrases.as_cell(cell) for cell in row] for row in block.rows]
        return {"kind": "Table", "block": block, "rows": rows}
    return {"kind": type(block).__name__, "block": block}


def _annex(paper: Paper, number: int, annex: Annex, parts: list | None) -> dict:
    return {
        "kind": annex.kind,
        "label": phrases.annex_label(paper, number),
        "title": annex.title if annex.kind else annex.title.upper(),
        "reference": _roomy(phrases.annex_reference(paper, annex)),
        "parts": parts,
        "blocks": [] if parts else _blocks(annex.blocks),
    }


def _head(paper: Paper) -> dict:
    """The lines round the text, the same words as on paper."""
    return {
        "superior": paper.letterhead.superior.upper(),
        "body": paper.letterhead.body.upper().split("\n"),
        "number": _roomy(phrases.number_line(paper)),
        "place": _roomy(phrases.place_line(paper)),
        "nation": phrases.NATION,
        "motto": phrases.MOTTO,
        "kind": paper.kind,
        "subject": phrases.subject_line(paper),
        "addressees": phrases.addressee_lines(paper),
        "authority": paper.authority.upper(),
        "resolves": paper.resolves,
        "bases": phrases.base_lines(paper),
        "copies": phrases.copy_lines(paper),
        "signature": phrases.signature_lines(paper),
    }


def _roomy(line: str) -> str:
    """Room left for a number or a day stays open on screen."""
    return line.replace("  ", "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}")
