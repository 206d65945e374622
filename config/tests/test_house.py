"""Rules of the house that no linter knows."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.urls import get_resolver
from rest_framework.views import APIView

FLOORS = ("provinces", "campaigns", "activities", "reports")
ROOT = settings.BASE_DIR
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

WRITERS = {"operations", "workflow"}  # the rooms that write; everything else asks them
WRITING = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "_raw_delete"}
# Writes outside the writing rooms that are right, with their reason.
MAY_WRITE = {}
# Rooms that know neither requests nor the clock.
DEAF = {"models", "workflow", "queries", "operations", "documents"}
CLOCKS = {"timezone.now", "timezone.localdate", "timezone.localtime", "datetime.now", "date.today"}
# Pages that a person may open before signing in.
PUBLIC = {"sign_in", "language", "alive", "ready", "metrics", "public_page"}
BANNED_ROOMS = {"utils", "helpers", "common", "services", "signals", "constants"}
STOCK_FIELDS = {
    forms.IntegerField,
    forms.DecimalField,
    forms.FloatField,
    forms.DateField,
    forms.DateTimeField,
    forms.TimeField,
    forms.SplitDateTimeField,
    forms.DurationField,
}
MARKUP = {
    "an inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "an event attribute": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "a stock number or date input": re.compile(r"type=[\"'](number|date|datetime-local)[\"']", re.IGNORECASE),
    "a file of another host": re.compile(r"<(?:script|link|img)[^>]*(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE),
}
UNESCAPED = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off")
# Where text is marked as safe markup, with the reason why nothing typed can reach it unescaped.
MAY_MARK_SAFE = {}


def modules(*rooms):
    """Source files of the floors, without tests and migrations; only those rooms when some are named."""
    for path in sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if {"tests", "migrations"} & set(parts):
            continue
        if not rooms or set(rooms) & set(parts):
            yield path


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def writes(tree):
    """Lines that write rows: save() and delete() without arguments, update() by keywords, create() and its kin.

    `image.save(path)`, `form.data.update(other)` and `digest.update(bytes)` take arguments and are no writes.
    """
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        verb = node.func.attr
        bare = verb in {"save", "delete"} and not node.args
        keyword = verb == "update" and not node.args and node.keywords
        if verb in WRITING or bare or keyword:
            yield f"line {node.lineno}: {ast.unparse(node.func)}()"


def clocks(tree):
    """Lines that read the clock; `timezone.localtime(at)` only turns a given time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            spelled = ".".join(ast.unparse(node.func).split(".")[-2:])
            turns = spelled.startswith("timezone.local") and node.args
            if spelled in CLOCKS and not turns:
                yield f"line {node.lineno}: {spelled}()"


def imports(tree):
    """Names of imported modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def unscoped(tree):
    """Lines of a page that read rows somebody may not see: Model.objects.x or get_object_or_404(Model, …)."""
    scoped = {m.__name__ for m in own_models() if hasattr(m._default_manager.all(), "visible_to")}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            model = ast.unparse(node.value.value).split(".")[-1]
            if node.value.attr == "objects" and model in scoped and node.attr != "visible_to":
                yield f"line {node.lineno}: {model}.objects.{node.attr}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"get_object_or_404", "get_list_or_404"}:
            if node.args and ast.unparse(node.args[0]) in scoped:
                yield f"line {node.lineno}: {ast.unparse(node.args[0])} without visible_to"


def own_models():
    return [model for floor in FLOORS for model in apps.get_app_config(floor).get_models()]


def patterns(resolver=None, prefix=""):
    """Every address of ours as (route, name, view); Django's own admin keeps its own rules."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if getattr(pattern, "app_name", None) == "admin":
            continue
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern, route)
        else:
            yield route, pattern.name, pattern


def faults(scan, *rooms, allowed=()):
    """What a scan finds in the files, each with its place."""
    paths = (path for path in modules(*rooms) if name_of(path) not in allowed)
    return [f"{name_of(path)} {line}" for path in paths for line in scan(tree_of(path))]


def test_only_operations_and_workflow_write():
    outside = [path for path in modules() if not WRITERS & set(path.relative_to(ROOT).with_suffix("").parts)]

    found = [f"{name_of(p)} {line}" for p in outside if name_of(p) not in MAY_WRITE for line in writes(tree_of(p))]

    assert found == []


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("plan.save()", 1),
        ("plan.save(update_fields=['status'])", 1),
        ("Plan.objects.filter(pk=1).update(status='sent')", 1),
        ("Plan.objects.create(year=2023)", 1),
        ("plan.sections.all().delete()", 1),
        ("image.save(path, format='JPEG')", 0),
        ("digest.update(data)", 0),
        ("context.update({'a': 1})", 0),
    ],
)
def test_a_write_is_told_from_a_word_that_looks_like_one(line, count):
    assert len(list(writes(ast.parse(line)))) == count


def test_rooms_below_the_pages_know_no_request():
    def scan(tree):
        return [m for m in imports(tree) if m.startswith(("django.http", "django.shortcuts", "django.views"))]

    assert faults(scan, *DEAF) == []


def test_time_is_given_and_not_taken():
    assert faults(clocks, *DEAF) == []


def test_pages_start_from_what_the_seat_may_see():
    assert faults(unscoped, "views", "api") == []


def test_no_room_is_called_after_nothing():
    assert [name_of(path) for path in modules(*BANNED_ROOMS)] == []


def test_no_file_is_too_long_to_read():
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}

    assert {name: length for name, length in lengths.items() if length > 450} == {}


def test_every_status_is_reached_and_named_by_a_move():
    moving = [model for model in own_models() if hasattr(model, "MOVES")]

    for model in moving:
        known = set(model.Status.values)
        used = {status for move in model.MOVES for status in (move.source, move.to)}
        reached = {move.to for move in model.MOVES} | {model._meta.get_field("status").default}
        assert used == known, model
        assert reached == known, f"{model}: no move leads to {known - reached}"
        assert len({(move.source, move.to) for move in model.MOVES}) == len(model.MOVES), model
    assert {model.__name__ for model in moving} >= {"Plan", "Activity", "Report"}


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_template_compiles(path):
    engines["django"].get_template(path.relative_to(ROOT / "templates").as_posix())


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_keep_the_policy(path):
    text = path.read_text(encoding="utf-8")
    markup = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "x", text, flags=re.DOTALL)

    assert [what for what, pattern in MARKUP.items() if pattern.search(markup)] == []
    assert not UNESCAPED.search(text)


def test_a_name_set_in_one_block_of_a_template_is_not_asked_for_in_another():
    """A block keeps what `as` sets in it to itself: elsewhere the name is empty, and a link leads nowhere."""
    found = []
    for path in TEMPLATES:
        blocks = re.findall(
            r"{% block (\w+) %}(.*?)(?={% block |{% endblock)", path.read_text(encoding="utf-8"), re.DOTALL
        )
        given = {name: set(re.findall(r"\bas (\w+) %}|\basvar (\w+)", text)) for name, text in blocks}
        set_in = {name: {one or other for one, other in pairs} for name, pairs in given.items()}
        for name, text in blocks:
            elsewhere = set().union(*(names for other, names in set_in.items() if other != name), set())
            asked = set(re.findall(r"{{ *(\w+)", text))
            found += [f"{name_of(path)}: {each} in block {name}" for each in (elsewhere & asked) - set_in[name]]

    assert found == []


def test_text_is_marked_safe_only_where_nothing_typed_reaches_it():
    def scan(tree):
        names = {getattr(node, "id", getattr(node, "attr", "")) for node in ast.walk(tree)}
        return sorted(names & {"mark_safe", "SafeString", "SafeText"})

    assert faults(scan, allowed=MAY_MARK_SAFE) == []


def test_every_address_named_in_a_template_or_in_code_is_known():
    known = set(get_resolver().reverse_dict) | {"admin:index"}
    named = {}
    for path in TEMPLATES:
        for name in re.findall(r"{%\s*url\s+[\"']([\w:-]+)[\"']", path.read_text(encoding="utf-8")):
            named.setdefault(name, name_of(path))
    for path in modules():
        for name in re.findall(r"\b(?:reverse|reverse_lazy|redirect)\(\s*[\"']([\w:-]+)[\"']", path.read_text()):
            named.setdefault(name, name_of(path))

    assert {name: place for name, place in named.items() if name not in known and not name.startswith("admin:")} == {}


def is_endpoint(pattern):
    return issubclass(getattr(pattern.callback, "cls", object), APIView)


def test_every_page_asks_for_a_sign_in_but_the_public_ones():
    pages = [(name, pattern.callback) for _, name, pattern in patterns() if not is_endpoint(pattern)]

    assert {name for name, view in pages if not getattr(view, "login_required", True)} <= PUBLIC


def test_every_endpoint_refuses_the_anonymous():
    for route, _name, pattern in patterns():
        if not is_endpoint(pattern):
            continue
        request = RequestFactory().get("/" + route)
        request.user, request.seat = AnonymousUser(), None
        answer = pattern.callback(request, **dict.fromkeys(pattern.pattern.converters, "1"))
        assert answer.status_code in {401, 403}, route


def test_forms_read_numbers_and_dates_the_vietnamese_way():
    for path in modules("forms"):
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    stack, found = [forms.BaseForm], []
    while stack:
        form = stack.pop()
        stack += form.__subclasses__()
        if form.__module__.split(".")[0] in FLOORS:
            for name, field in form.base_fields.items():
                if type(field) in STOCK_FIELDS:
                    found.append(f"{form.__module__}.{form.__name__}.{name}")

    assert found == []


def test_every_migration_has_a_name():
    files = [path for floor in FLOORS for path in (ROOT / floor / "migrations").glob("[0-9]*.py")]

    assert files
    assert [name_of(path) for path in files if "_auto_" in path.name or re.fullmatch(r"\d+", path.stem)] == []


def test_no_path_of_a_machine_is_in_the_project():
    tracked = [path for path in ROOT.glob("*") if path.suffix in {".md", ".toml", ".txt", ".ini", ".py"}]
    files = [*tracked, *modules(), *TEMPLATES, ROOT / "Makefile"]

    assert [name_of(p) for p in files if re.search(r"/(work|home/\w+|root)/", p.read_text(encoding="utf-8"))] == []


def test_the_top_of_the_project_is_as_agreed():
    assert {"manage.py", "requirements.txt", "pytest.ini", "templates", "static", *FLOORS} <= {
        path.name for path in Path(ROOT).iterdir()
    }
