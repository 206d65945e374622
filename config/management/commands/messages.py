"""The message catalogue: merge translations, take new messages, check, compile."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from config import messages


class Command(BaseCommand):
    """`messages --merge FILE.json`, `--update`, `--compile`, `--check`; may be combined."""

    help = "Vietnamese messages: --merge FILE.json, --update [--prune], --compile, --check"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--merge", metavar="FILE", action="append", default=[], type=Path)
        parser.add_argument("--update", action="store_true", help="add the messages of code and templates")
        parser.add_argument("--prune", action="store_true", help="with --update: drop what nobody uses")
        parser.add_argument("--compile", action="store_true", help="write the .mo")
        parser.add_argument("--check", action="store_true", help="fail, naming every unfinished message")

    def handle(self, *args, **options):
        for path in options["merge"]:
            self._merge(path)
        if options["update"]:
            self._update(options["prune"])
        if options["compile"]:
            messages.compile_catalogue()
        if options["check"]:
            self._check()

    def _merge(self, path):
        try:
            translations = messages.load(path)
        except (OSError, ValueError, json.JSONDecodeError) as error:
            raise CommandError(f"{path}: {error}") from error
        added, changed = messages.merge(translations)
        self.stdout.write(f"{path.name}: {added} added, {changed} changed")

    def _update(self, prune):
        added, unused = messages.update(prune=prune)
        for text in added:
            self.stdout.write(f"new: {text!r}")
        for text in unused:
            self.stdout.write(f"{'dropped' if prune else 'unused'}: {text!r}")

    def _check(self):
        found = messages.faults()
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} messages are unfinished")
        self.stdout.write("every message is translated")
