"""The catalogue of messages keeps every word: merge, update, check."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from config import messages


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """An empty catalogue and one source folder of its own."""
    (tmp_path / "templates").mkdir()
    monkeypatch.setattr(messages, "BASE_DIR", tmp_path)
    monkeypatch.setattr(messages, "PO", tmp_path / "locale/vi/LC_MESSAGES/django.po")
    return tmp_path


def write(catalogue, template):
    (catalogue / "templates" / "page.html").write_text("{% load i18n %}\n  " + template, encoding="utf-8")


def test_a_merged_translation_is_written_once_and_compiled(catalogue):
    assert messages.merge({"Save": "Lưu", "Send": "Gửi"}) == (2, 0)
    before = messages.PO.read_bytes()

    assert messages.merge({"Save": "Lưu"}) == (0, 0)

    assert messages.PO.read_bytes() == before
    assert messages.PO.with_suffix(".mo").exists()


def test_a_changed_translation_replaces_the_old_one(catalogue):
    messages.merge({"Save": "Ghi"})

    assert messages.merge({"Save": "Lưu"}) == (0, 1)

    assert messages.read().get("Save").string == "Lưu"


def test_a_plural_has_one_vietnamese_form(catalogue):
    messages.merge({"%(n)s day|||%(n)s days": "%(n)s ngày"})

    message = messages.read().get("%(n)s day")

    assert (message.id, message.string) == (("%(n)s day", "%(n)s days"), ("%(n)s ngày",))


@pytest.mark.parametrize(
    ("template", "singular", "plural"),
    [
        ('{% translate "Plan" %}', "Plan", None),
        ('"( don\'t {{ _("Plan") }}', "Plan", None),
        ("{% blocktranslate %}Plan {{ x }}{% endblocktranslate %}", "Plan %(x)s", None),
        (
            "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            "%(n)s day",
            "%(n)s days",
        ),
    ],
)
def test_the_messages_of_templates_are_found(catalogue, template, singular, plural):
    write(catalogue, template)

    assert list(messages.extracted()) == [(None, singular, plural)]


def test_the_messages_of_code_are_found(catalogue):
    (catalogue / "config").mkdir()
    (catalogue / "config" / "x.py").write_text('a = _("One " "two")\nb = ngettext_lazy("a", "b", 2)\n')

    assert set(messages.extracted()) == {(None, "One two", None), (None, "a", "b")}


def test_update_adds_the_new_and_drops_the_unused_only_when_pruned(catalogue):
    write(catalogue, '{% translate "Plan" %}')
    messages.merge({"Gone": "Đã bỏ", "This field is required.": "Hãy điền ô này."})

    assert messages.update() == (["Plan"], ["Gone"])
    assert messages.read().get("Gone")
    messages.update(prune=True)

    assert not messages.read().get("Gone")
    assert messages.read().get("This field is required.").string == "Hãy điền ô này."


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "untranslated"),
        ("Chào", "slots differ"),
        ("Chào %(ten)s", "slots differ"),
        ("Chào %(name)s 100% ", "a stray % sign"),
    ],
)
def test_check_names_an_unfinished_message(catalogue, text, fault):
    messages.merge({"Hello %(name)s": text})

    assert [line.split(":")[0] for line in messages.faults()] == [fault]


def test_check_names_a_message_outside_the_catalogue_and_fails(catalogue, capsys):
    write(catalogue, '{% translate "Plan" %}')

    with pytest.raises(CommandError):
        call_command("messages", "--check")

    assert "not in the catalogue: 'Plan' (templates/page.html)" in capsys.readouterr().err


def test_a_file_that_is_no_dictionary_is_refused_in_a_sentence(catalogue):
    (catalogue / "x.json").write_text(json.dumps({"a": 1}))

    with pytest.raises(CommandError, match="must hold one object"):
        call_command("messages", "--merge", str(catalogue / "x.json"))


def test_tests_see_vietnamese():
    with translation.override("vi"):
        assert translation.gettext("Vietnamese") == "Tiếng Việt"
