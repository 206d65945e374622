"""The child process: looks over the Word or Excel file on standard input, answers one JSON object."""

import json

from activities.sheets.workbook.program import answer, package_in
from reports.intake import excel, word

KINDS = {"word": word.look, "excel": excel.look}


def main(kind: str, known: str) -> None:
    """Answer for the file on standard input; `known` are the slots that a template may have, as JSON."""

    def look(raw: bytes) -> dict:
        with package_in(raw) as package:
            return KINDS[kind](package, len(raw), json.loads(known))

    answer(look)
