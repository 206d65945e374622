"""Fills a database with made-up years of whole provinces, for measuring; the same rows for the same seed."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from campaigns.models import Campaign
from provinces.models import Unit
from provinces.vietnamese import format_number
from reports.load.filling import AlreadyFull, Amount, fill

# A year of the country: 250,000 activities and 1.25 million results over 34 provinces.
ACTIVITIES, OUTPUTS, PROVINCES, YEAR, SEED = 7_353, 36_765, 34, 2025, 15


class Command(BaseCommand):
    help = "Fills the database with made-up activities for measuring: provinces × activities × outputs, by seed"

    def add_arguments(self, parser):
        parser.add_argument("--provinces", type=int, default=PROVINCES, help="how many, in the order of their codes")
        parser.add_argument("--activities", type=int, default=ACTIVITIES, help="activities of each province and year")
        parser.add_argument("--outputs", type=int, default=OUTPUTS, help="results of each province and year")
        parser.add_argument("--year", type=int, default=YEAR, help="the last year to fill")
        parser.add_argument("--years", type=int, default=1, help="how many years, up to --year")
        parser.add_argument("--seed", type=int, default=SEED, help="another number gives other rows")
        parser.add_argument("--password", default="", help="lets the made-up accounts sign in, all with this")

    def handle(self, *args, **options):
        amount = Amount(options["activities"], options["outputs"])
        if amount.activities < 1 or amount.outputs < 0 or options["provinces"] < 1 or options["years"] < 1:
            raise CommandError("Số tỉnh, số năm, số hoạt động phải từ 1; số kết quả phải từ 0.")
        start = time.monotonic()
        for year in range(options["year"] - options["years"] + 1, options["year"] + 1):
            campaign = Campaign.objects.filter(series="bdg", year=year).first()
            if campaign is None:
                raise CommandError(f"Không có tháng hành động năm {year}. Chạy load_catalogue trước.")
            self._fill(campaign, amount, options)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write(f"Xong sau {time.monotonic() - start:.0f} giây.")

    def _fill(self, campaign: Campaign, amount: Amount, options: dict) -> None:
        rows = Unit.objects.provinces().on(campaign.opens_on).order_by("code").prefetch_related("names")
        provinces = list(rows[: options["provinces"]])
        if len(provinces) < options["provinces"]:
            raise CommandError(f"Năm {campaign.year} chỉ có {len(provinces)} tỉnh, thành phố trong danh mục.")
        numbers = f"{format_number(amount.activities)} hoạt động, {format_number(amount.outputs)} kết quả"

        def told(province: Unit) -> None:
            self.stdout.write(f"{campaign.year} {province.name_on(campaign.opens_on)}: {numbers}")

        try:
            fill(provinces, campaign, amount, seed=options["seed"], password=options["password"], told=told)
        except AlreadyFull as full:
            name = full.args[0].name_on(campaign.opens_on)
            raise CommandError(
                f"{name} đã có hoạt động năm {campaign.year}. Số liệu dựng không trộn với số liệu có sẵn; "
                "dùng cơ sở dữ liệu khác."
            ) from None
