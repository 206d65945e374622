"""Text typed with the old fonts TCVN3 (ABC) and VNI: readable only in them, so it is sent back, not stored."""

import re
from collections.abc import Iterable

# Letters and signs by which the two encodings write Vietnamese, and which no Vietnamese word in Unicode has.
_TELLTALE = "¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ"
_OLD_WORD = re.compile(rf"[A-Za-z{_TELLTALE}]*(?:[A-Za-z][{_TELLTALE}]|[{_TELLTALE}][A-Za-z])[^\s.,;:()/]*")
_UNICODE_WORD = re.compile(r"\w*[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0323]\w*")
ENOUGH = 3  # words; one foreign name (Malmö, Müller) is no font
LOOKED_AT = 2_000_000  # characters


def is_legacy(texts: Iterable[str]) -> bool:
    """True when several words only make sense in an old font; a cell with a Vietnamese word in Unicode has none."""
    old = seen = 0
    for text in texts:
        seen += len(text)
        if old >= ENOUGH or seen > LOOKED_AT:
            break
        if not text.isascii() and not _UNICODE_WORD.search(text):
            old += len(_OLD_WORD.findall(text))
    return old >= ENOUGH
