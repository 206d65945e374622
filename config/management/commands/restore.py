"""From a backup back to a running program."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import backup


class Command(BaseCommand):
    """Bring a backup into an empty database and files folder, then prove that all of it is there."""

    help = "restore a backup into an empty database, then compare rows and hashes; --check only looks at the backup"
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="the backup: a folder with SHA256SUMS")
        parser.add_argument("--check", action="store_true", help="only verify the backup; nothing is restored")

    def handle(self, *args, **options):
        folder = options["folder"]
        if options["check"]:
            faults = backup.faults_of(folder)
            if faults:
                raise CommandError("\n".join(faults))
            self.stdout.write(f"{folder}: nguyên vẹn.")
            return
        try:
            manifest = backup.restore(folder)
        except backup.Failed as error:
            raise CommandError(str(error)) from error
        found = backup.differences(manifest)
        if found:
            raise CommandError("\n".join(found))
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"Đã khôi phục {rows} dòng, {manifest['files']} tệp, như lúc {manifest['taken_at']}.")
        call_command("check_integrity", stdout=self.stdout)
