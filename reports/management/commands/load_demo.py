"""Loads the demonstration once, through the operations that a person would use."""

import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from provinces.models import User
from reports.demo import kien_giang, ky_anh, quang_ninh, returns, two_provinces
from reports.demo.people import ACCOUNTS, PASSWORD, accounts_there, open_accounts
from reports.demo.sources import HERE

OPENED = datetime.datetime(2023, 1, 2, 8, tzinfo=HERE)


class Command(BaseCommand):
    help = "Loads the demonstration: Quảng Ninh, Kiên Giang, An Giang, huyện Kỳ Anh 2023, Kiên Giang 2024."

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="only print the accounts that are there")

    def handle(self, *args, **options):
        if options["accounts"]:
            self._print()
            return
        if not settings.DEMO:
            raise CommandError(_("A real database gets no demonstration. Set DEMO=1 to load it all the same"))
        if User.objects.filter(username=ACCOUNTS[0].username).exists():
            self.stdout.write(_("The demonstration is there already"))
            return
        with transaction.atomic():
            seats = open_accounts(at=OPENED)
            quang_ninh.load(seats)
            returns.load(seats)
            kien_giang.load(seats)
            ky_anh.load(seats)
            two_provinces.load(seats)
        self.stdout.write(_("The demonstration is loaded"))

    def _print(self):
        rows = accounts_there()
        if rows:
            self.stdout.write(f"Mật khẩu chung: {PASSWORD}")
        for username, does in rows:
            self.stdout.write(f"  {username:<15} {does}")
