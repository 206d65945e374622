"""A whole backup: database, files, list of hashes."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import backup


class Command(BaseCommand):
    """Write a backup into a new folder; any time, while people work."""

    help = "back up database and files into a new folder of --to, and remove all but the newest --keep"

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, default=settings.DATA_DIR / "backups", help="folder of backups")
        parser.add_argument("--keep", type=int, help="how many backups stay; all when not given")

    def handle(self, *args, **options):
        now = timezone.now()
        folder = options["to"] / f"{timezone.localtime(now):%Y-%m-%d-%H%M%S}"
        try:
            manifest = backup.back_up(folder, at=now)
        except backup.Failed as error:
            raise CommandError(str(error)) from error
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"{folder}: {rows} dòng, {manifest['files']} tệp.")
        for old in backup.forget_old(options["to"], keep=options["keep"]) if options["keep"] else []:
            self.stdout.write(f"Đã bỏ bản cũ {old}.")
