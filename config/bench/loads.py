"""The made-up years that are measured, made when they are not there yet."""

import io
import os

from django.core.management import call_command

from activities.models import Activity
from campaigns.models import Campaign
from provinces.models import Unit

ONE = {"year": 2026, "provinces": 1, "activities": 5_000, "outputs": 25_000}
ALL = {"year": 2025, "provinces": 34, "activities": 7_353, "outputs": 36_765}


def one_province() -> tuple[Unit, Campaign]:
    """5,000 activities and 25,000 outputs."""
    [province], campaign = _load(ONE)
    return province, campaign


def all_provinces() -> tuple[list[Unit], Campaign]:
    """A quarter of a million activities, 1.25 million outputs; PROVINCES=4 makes a smaller trial of it."""
    return _load(ALL | {"provinces": int(os.environ.get("PROVINCES") or ALL["provinces"])})


def fewer() -> str:
    """What the line has to say when the trial was smaller."""
    number = int(os.environ.get("PROVINCES") or ALL["provinces"])
    return "" if number == ALL["provinces"] else f"chỉ {number} tỉnh"


def _load(amount: dict) -> tuple[list[Unit], Campaign]:
    campaign = Campaign.objects.get(series="bdg", year=amount["year"])
    provinces = list(Unit.objects.provinces().on(campaign.opens_on).order_by("code").prefetch_related("names"))
    wanted = provinces[: amount["provinces"]]
    if not Activity.objects.filter(year=amount["year"]).exists():
        call_command("generate_load", **amount, stdout=io.StringIO())
    return wanted, campaign
