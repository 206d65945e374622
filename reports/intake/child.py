"""Starting the child that looks over a file, and what is said when the file is not taken."""

import json
import math
import tempfile

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.sheets.child import ask
from activities.sheets.reading import address
from activities.sheets.workbook import limits
from provinces.vietnamese import format_number
from provinces.workflow import Refused
from reports.intake import excel

PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from reports.intake.program import main; main(*sys.argv[2:])"
LARGEST = 10 * limits.MEGABYTE
ENDINGS = {"word": ".docx", "excel": ".xlsx"}
SENTENCES = {
    "bomb": gettext_lazy("%(file)s unpacks to far more than its size; it is not taken"),
    "broken": gettext_lazy("%(file)s is damaged or incomplete. What was typed is kept; choose the file again"),
    "code": gettext_lazy("“%(text)s” is no slot: write {{ name }} with a name of the list; no conditions, no loops"),
    "content": gettext_lazy("%(file)s holds something that Word and Excel do not write; it is not taken"),
    "encrypted": gettext_lazy("%(file)s has a password and cannot be read. Remove it and upload again"),
    "field": gettext_lazy("The field %(field)s is not allowed in a template; only page numbers are"),
    "formula": gettext_lazy("The formula in cell %(cell)s reaches outside the file; it is not taken"),
    "large": gettext_lazy("A sheet of the form has more than %(rows)s rows or %(columns)s columns"),
    "macro": gettext_lazy("%(file)s contains code that runs by itself. Save it without macros and upload again"),
    "old": gettext_lazy("An old file kind. Save it as %(ending)s and upload again"),
    "other": gettext_lazy("%(file)s is not a file %(ending)s. Save it as one and upload again"),
    "outside": gettext_lazy("%(file)s refers to something outside itself (%(what)s: %(target)s). Remove it"),
    "part": gettext_lazy("%(file)s holds a part that is not allowed: %(part)s. Remove it and upload again"),
    "path": gettext_lazy("%(file)s holds a part with the path %(part)s, which leads out of the file; it is not taken"),
    "place": gettext_lazy("The slot {{ %(slot)s }} stands outside the text, the headers and the footers"),
    "sheets": gettext_lazy("The form has %(n)s sheets; up to %(max)s are taken"),
    "slot": gettext_lazy("There is no slot {{ %(slot)s }}. The list of slots is on this page"),
    "size": gettext_lazy("%(file)s has %(size)s; the limit is %(max)s"),
}


def looked_over(content: bytes, name: str, kind: str, known: dict | None = None) -> dict:
    """What the child found in the file; raises Refused with the sentence that says why it is not taken."""
    if len(content) > LARGEST:
        size = f"{format_number(math.ceil(len(content) / limits.MEGABYTE))} MB"
        refuse("size", name, kind, size=size, max=f"{LARGEST // limits.MEGABYTE} MB")
    if not name.lower().endswith(ENDINGS[kind]):
        refuse("macro" if name.lower().endswith(("m", "dotm")) else "other", name, kind)
    answer = _asked(content, kind, known or {})
    if "stop" in answer:
        why = answer.pop("stop")
        if why == "formula":
            answer["cell"] = address(answer["row"], answer["column"])
        if why in {"limit", "columns"}:
            why, answer = "large", {"rows": excel.ROWS, "columns": excel.COLUMNS}
        refuse(why if why in SENTENCES else "broken", name, kind, **answer)
    return answer


def refuse(why: str, name: str, kind: str, **slots) -> None:
    """Refuse in the words of the copy."""
    raise Refused(_(SENTENCES[why]) % {"file": name, "ending": ENDINGS[kind], "max": "", **slots}, field="file")


def _asked(content: bytes, kind: str, known: dict) -> dict:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return ask(PROGRAM, str(settings.BASE_DIR), kind, json.dumps(known), file=file)
