"""Check an archive on the command line: every file against the list of hashes inside, the zip against its own."""

import zipfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reports.documents.zipped import SUMS, pieces_of, sha256_of, verify


class Command(BaseCommand):
    help = "Verify an archive made under Quản trị, Lưu trữ; needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the zip")
        parser.add_argument("--sha256", default="", help="the SHA-256 of the zip as the page of the archive shows it")

    def handle(self, *args, file, sha256, **options):
        if not file.is_file():
            raise CommandError(f"{file}: there is no such file")
        whole = sha256_of(pieces_of(file))
        self.stdout.write(f"{whole}  {file.name}")
        if sha256 and sha256.lower() != whole:
            raise CommandError(f"The zip is not the one that was made: its SHA-256 should be {sha256}")
        try:
            found = verify(file)
        except (zipfile.BadZipFile, KeyError) as fault:
            raise CommandError(f"{file.name} is not a whole archive: {fault}") from fault
        faults = (("changed", found.changed), ("missing", found.missing), (f"not in {SUMS}", found.unlisted))
        for word, names in faults:
            for name in names:
                self.stdout.write(f"{word}: {name}")
        if not found.sound:
            raise CommandError("The archive is not as it was made")
        self.stdout.write(f"{found.files} files and their list, all as they were made")
