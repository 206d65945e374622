"""Typed text as blocks of a paper: numbered titles become headings, dashes items, the rest paragraphs."""

import re

from reports.documents.paper import Block, Heading, Item, Para

TITLE = 120  # letters; a longer numbered line is a paragraph
_CLAUSE = re.compile(r"\d+(?:\.\d+)*[.)] ")
_POINT = re.compile(r"[a-zđ]\) ")


def lines_of(text: str) -> list[str]:
    """The lines that say something, without the space around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def numbered(text: str) -> bool:
    """True when the writer gave the lines numbers of their own."""
    return any(_CLAUSE.match(line) for line in lines_of(text))


def blocks_of(text: str) -> list[Block]:
    """One block a line; a short numbered line without a closing sign is the title of what follows."""
    return [_block(line) for line in lines_of(text)]


def _block(line: str) -> Block:
    if line[:2] in {"- ", "+ ", "– ", "• "}:
        return Item(line[2:].strip())
    title = len(line) <= TITLE and line[-1] not in ".;:,!?…"
    if title and _CLAUSE.match(line):
        return Heading(line, 2)
    if title and _POINT.match(line):
        return Heading(line, 3)
    return Para(line)


def closed(blocks: list[Block]) -> list[Block]:
    """The blocks with “./.” after the last words, as ô 6 asks."""
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if isinstance(block, Para | Item):
            text = block.text.removesuffix("./.").rstrip(" .;") + "./."
            return [*blocks[:place], type(block)(text), *blocks[place + 1 :]]
    return blocks
