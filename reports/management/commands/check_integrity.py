"""Frozen figures and files against their hashes; after a restore, or any day."""

from django.core.management.base import BaseCommand, CommandError

from provinces.models import File
from reports.models import Snapshot
from reports.queries.integrity import changed_snapshots, damaged_files

WORDS = {"missing": "thiếu", "changed": "đã bị thay đổi"}


class Command(BaseCommand):
    help = "Check all frozen figures and all files against their hashes; exit status 1 when one differs."

    def handle(self, *args, **options):
        faults = 0
        for snapshot in changed_snapshots():
            faults += 1
            self.stdout.write(f"Bản số liệu {snapshot.no} của báo cáo {snapshot.report.public_id}: đã bị thay đổi.")
        for file, word in damaged_files():
            faults += 1
            self.stdout.write(f"Tệp {file.pk} ({file.kind}): {WORDS[word]}.")
        if faults:
            raise CommandError(f"{faults} chỗ không còn như lúc ghi.")
        self.stdout.write(f"{Snapshot.objects.count()} bản số liệu và {File.objects.count()} tệp: như lúc ghi.")
