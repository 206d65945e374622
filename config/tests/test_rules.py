"""The list of rules names only what exists: operations, constraints, tests."""

import re
from importlib import import_module

from django.apps import apps
from django.conf import settings

RULES = (settings.BASE_DIR / "docs" / "rules.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in RULES.splitlines() if line.startswith("| ") and "| Tests" not in line]


def known_tests() -> set[str]:
    files = settings.BASE_DIR.glob("*/tests/test_*.py")
    return {name for path in files for name in re.findall(r"def (test_\w+)\(", path.read_text(encoding="utf-8"))}


def exists(dotted: str) -> bool:
    """A module's name, a class's or a method's: the longest importable part, then attributes."""
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for name in parts[cut:]:
            found = getattr(found, name, None)
        return found is not None
    return False


def test_all_fifteen_rules_have_a_line():
    numbers = [int(found.group(1)) for row in ROWS if (found := re.match(r"\| (\d+)\. ", row[0]))]

    assert numbers == list(range(1, 16))


def test_every_line_names_a_place_and_a_test():
    assert [row[0] for row in ROWS if "`" not in row[1] or "`test_" not in row[2]] == []


def test_the_tests_that_are_named_exist():
    named = set(re.findall(r"`(test_\w+)`", RULES))

    assert named - known_tests() == set()


def test_the_constraints_that_are_named_exist():
    known = {
        constraint.name
        for floor in ("provinces", "campaigns", "activities", "reports")
        for model in apps.get_app_config(floor).get_models()
        for constraint in model._meta.constraints
    }

    assert set(re.findall(r"constraint `(\w+)`", RULES)) - known == set()


def test_the_places_that_are_named_exist():
    named = set(re.findall(r"`((?:provinces|campaigns|activities|reports)\.[\w.]+)`", RULES))

    assert [place for place in sorted(named) if not exists(place)] == []
