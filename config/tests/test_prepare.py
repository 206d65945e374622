"""Preparing: everything the first time, nothing the second, the demonstration only where it is wanted."""

import pytest
from django.core.management import call_command

from config.management.commands import prepare


@pytest.fixture
def called(db, settings, tmp_path, monkeypatch):
    """The commands that preparing calls, in order, in a data folder of its own."""
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    for name in ("DATABASE_URL", "DEMO"):
        monkeypatch.delenv(name, raising=False)
    names = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_: names.append(name))
    return names


def test_the_first_time_loads_and_the_second_does_nothing(called):
    call_command("prepare")
    assert called == ["load_units", "load_catalogue", "load_demo"]
    called.clear()

    call_command("prepare")

    assert called == []


def test_changed_data_are_loaded_again(called, monkeypatch, tmp_path):
    call_command("prepare")
    called.clear()
    monkeypatch.setattr(prepare, "SOURCES", ("config/*.py",))

    call_command("prepare")

    assert called == ["load_units", "load_catalogue", "load_demo"]


@pytest.mark.parametrize(
    ("url", "demo", "loaded"),
    [
        ("", None, True),
        ("", "0", False),
        ("postgresql://a/b", None, False),
        ("postgresql://a/b", "1", True),
    ],
)
def test_the_demonstration_is_loaded_only_where_it_is_wanted(called, monkeypatch, url, demo, loaded):
    monkeypatch.setenv("DATABASE_URL", url)
    if demo is not None:
        monkeypatch.setenv("DEMO", demo)

    call_command("prepare", "--accounts")

    assert ("load_demo" in called, "demo_accounts" in called) == (loaded, loaded)
