"""Preparing: everything the first time, nothing the second, the demonstration only where it is wanted."""

import pytest
from django.core.management import call_command

from config.management.commands import prepare


def spelled(name, options):
    return f"{name} --accounts" if options.get("accounts") else name


@pytest.fixture
def called(db, settings, tmp_path, monkeypatch):
    """The commands that preparing calls, in order, in a data folder of its own."""
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.DEMO = True
    names = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: names.append(spelled(name, options)))
    return names


def test_the_first_time_loads_and_the_second_does_nothing(called):
    call_command("prepare")
    assert called == ["load_units", "load_catalogue", "load_demo"]
    called.clear()

    call_command("prepare")

    assert called == []


def test_changed_data_are_loaded_again(called, monkeypatch):
    call_command("prepare")
    called.clear()
    monkeypatch.setattr(prepare, "SOURCES", ("config/*.py",))

    call_command("prepare")

    assert called == ["load_units", "load_catalogue", "load_demo"]


def test_a_province_without_the_demonstration_gets_the_reference_data_only(called, settings):
    settings.DEMO = False

    call_command("prepare", "--accounts")

    assert called == ["load_units", "load_catalogue"]


def test_the_accounts_of_the_demonstration_are_named_each_time(called):
    call_command("prepare")
    called.clear()

    call_command("prepare", "--accounts")

    assert called == ["load_demo --accounts"]
