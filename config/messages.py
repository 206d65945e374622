"""The Vietnamese catalogue of messages, read, merged, checked and compiled without system gettext."""

import contextlib
import io
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages import extract, mofile, pofile
from babel.messages.catalog import Catalog, Message
from django.utils.translation.template import templatize

from config.env import BASE_DIR

try:
    import fcntl
except ImportError:  # Windows: one person merges at a time
    fcntl = None

PO = BASE_DIR / "locale" / "vi" / "LC_MESSAGES" / "django.po"
APPS = ("config", "provinces", "campaigns", "activities", "reports")
UNREAD = {"tests", "migrations", "__pycache__"}
KEYWORDS = {
    **extract.DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLURAL = "|||"
SLOT = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: thang-hanh-dong\\n"
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def merge(translations: dict[str, str]) -> tuple[int, int]:
    """Add or change translations; answers (added, changed). A plural key is "singular|||plural"."""
    added = changed = 0
    with _locked():
        catalogue = read()
        for key, text in translations.items():
            singular, *plural = key.split(PLURAL)
            known = catalogue.get(singular)
            _put(catalogue, (singular, *plural) if plural else singular, text)
            added += known is None
            changed += known is not None and text not in _strings(known)
        write(catalogue)
    return added, changed


def update(prune: bool = False) -> tuple[list[str], list[str]]:
    """Take new msgids from code and templates; answers (added, unused). Unused ones go only when pruned."""
    with _locked():
        catalogue = read()
        used = extracted()
        added = [key for key in used if _get(catalogue, key) is None]
        for key in added:
            context, singular, plural = key
            _put(catalogue, (singular, plural) if plural else singular, "", context)
        for key, plural in ((k, k[2]) for k in used if k[2]):
            message = _get(catalogue, key)
            if not message.pluralizable:
                _put(catalogue, (key[1], plural), message.string or "", key[0])
        unused = _unused(catalogue, used)
        if prune:
            for message in unused:
                catalogue.delete(message.id, message.context)
        write(catalogue)
    return [key[1] for key in added], [_first(message) for message in unused]


def faults() -> list[str]:
    """One sentence for every message that is missing, untranslated, fuzzy, or lost a slot."""
    catalogue = read()
    found = []
    for key, place in extracted().items():
        message = _get(catalogue, key)
        if message is None:
            found.append(f"not in the catalogue: {key[1]!r} ({place})")
        elif key[2] and not message.pluralizable:
            found.append(f"not in the catalogue as a plural: {key[1]!r} ({place})")
    for message in catalogue:
        if message.id:
            found += _faults_of(message)
    return found


def compile_catalogue() -> bool:
    """Write the .mo beside the .po when it is older or absent; True when it was written."""
    target = PO.with_suffix(".mo")
    if not PO.exists() or (target.exists() and target.stat().st_mtime_ns >= PO.stat().st_mtime_ns):
        return False
    stamp = PO.stat()
    _replace(target, lambda file: mofile.write_mo(file, read()))
    os.utime(target, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    return True


def read() -> Catalog:
    """The catalogue as it lies in locale/vi."""
    if not PO.exists():
        return Catalog(locale="vi")
    with PO.open("rb") as file:
        return pofile.read_po(file, locale="vi")


def write(catalogue: Catalog) -> None:
    """Write the .po sorted by msgid, the same bytes for the same messages, then compile it."""

    body = io.BytesIO()
    pofile.write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    _replace(PO, lambda file: file.write(HEADER.encode() + body.getvalue().rstrip() + b"\n"))
    compile_catalogue()


def extracted() -> dict[tuple, str]:
    """Every message of code and templates: (context, singular, plural) → the file it stands in."""
    found = {}
    for path in sources():
        place = path.relative_to(BASE_DIR).as_posix()
        for context, singular, plural in _messages_of(path):
            found.setdefault((context, singular, plural), place)
    return found


def sources() -> list[Path]:
    """The files whose messages reach a person: code and templates, without tests and migrations."""
    files = []
    for name in (*APPS, "templates"):
        for path in (BASE_DIR / name).rglob("*"):
            if path.suffix in {".py", ".html", ".txt"} and not UNREAD & set(path.parts):
                files.append(path)
    return sorted(files)


def load(path: Path) -> dict[str, str]:
    """The translations of a JSON file, keys and texts checked to be strings."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or not all(isinstance(text, str) for text in content.values()):
        raise ValueError(f'{path} must hold one object: {{"msgid": "text", …}}')
    return content


def _messages_of(path: Path) -> Iterator[tuple]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Page text keeps its indentation, which the tokenizer would take for Python's.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    content = io.BytesIO(text.encode())
    found = extract.extract("python", content, keywords=KEYWORDS, options={"encoding": "utf-8"})
    for _line, message, _comments, context in found:
        singular, *plural = message if isinstance(message, tuple) else (message,)
        if singular:
            yield context, singular, plural[0] if plural else None


def _unused(catalogue: Catalog, used: dict) -> list[Message]:
    """Messages nobody asks for; Django's own that we say in our voice are asked for by Django."""
    names = {(context, singular) for context, singular, _plural in used}
    theirs = _django_msgids()
    return [m for m in catalogue if m.id and (m.context, _first(m)) not in names and _first(m) not in theirs]


def _django_msgids() -> set[str]:
    folder = Path(django.__file__).parent
    names = set()
    for path in (folder / "conf" / "locale" / "en", *folder.glob("contrib/*/locale/en")):
        with (path / "LC_MESSAGES" / "django.po").open("rb") as file:
            names |= {_first(message) for message in pofile.read_po(file) if message.id}
    return names


def _faults_of(message: Message) -> list[str]:
    name = repr(_first(message))
    texts = _strings(message)
    if not all(texts):
        return [f"untranslated: {name}"]
    found = [f"fuzzy: {name}"] if message.fuzzy else []
    singular, plural = message.id if message.pluralizable else (message.id, message.id)
    wanted, allowed = _slots(plural), _slots(singular) | _slots(plural)
    for text in texts:
        if not wanted <= _slots(text) <= allowed:
            found.append(f"slots differ: {name} has {sorted(wanted)}, its translation {sorted(_slots(text))}")
        elif wanted and not _fills(text):
            found.append(f"a stray % sign: the translation of {name}")
    return found


def _slots(text: str) -> set[str]:
    return {match.group(0) for match in SLOT.finditer(text)}


def _fills(text: str) -> bool:
    try:
        return bool(text % defaultdict(int))
    except (TypeError, ValueError):
        return False


def _get(catalogue: Catalog, key: tuple) -> Message | None:
    context, singular, _plural = key
    return catalogue.get(singular, context)


def _put(catalogue: Catalog, msgid, text: str, context: str | None = None) -> None:
    first = msgid if isinstance(msgid, str) else msgid[0]
    if context is None and "\x04" in first:
        context, first = first.split("\x04", 1)
        msgid = first if isinstance(msgid, str) else (first, msgid[1])
    catalogue.delete(first, context)
    texts = text if isinstance(text, str) else text[0]
    catalogue.add(msgid, texts if isinstance(msgid, str) else (texts,), context=context)


def _first(message: Message) -> str:
    return message.id[0] if message.pluralizable else message.id


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _replace(target: Path, content) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f"{target.suffix}.{os.getpid()}")
    with draft.open("wb") as file:
        content(file)
    draft.replace(target)


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    """One writer of the catalogue at a time; the folder itself is the lock, so no file is left behind."""
    if fcntl is None:
        yield
        return
    PO.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(PO.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
