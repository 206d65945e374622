"""Is the log as it was sealed?"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from provinces.trail import Anchor, first_break, head

WORDS = {
    "changed": "đã bị sửa sau khi niêm phong",
    "missing": "đã bị lấy mất",
    "cut": "và các dòng sau đã bị cắt mất",
    "other": "khác với mốc đã lưu",
    "unsealed": "không được niêm phong",
}


class Command(BaseCommand):
    help = "Verify the log against its chain and the daily anchors; names the first bad line, exit status 1."

    def add_arguments(self, parser):
        parser.add_argument("--anchors", type=Path, default=settings.ANCHOR_DIR, help="folder of anchors, *.txt")

    def handle(self, *args, **options):
        files = sorted(options["anchors"].glob("*.txt"))
        try:
            anchors = tuple(Anchor.read(path.read_text("utf-8")) for path in files)
        except ValueError as error:
            raise CommandError(f"{options['anchors']}: có tệp không phải mốc của nhật ký.") from error
        found = first_break(at=timezone.now(), anchors=anchors)
        if found:
            event = f" (sự kiện {found.event})" if found.event else ""
            raise CommandError(f"Dòng {found.no}{event} {WORDS[found.word]}.")
        self.stdout.write(f"{head().no} dòng, {len(anchors)} mốc: nguyên vẹn.")
