"""The catalogue and the campaigns, brought into line with the files of campaigns/data."""

import datetime
from collections import defaultdict
from pathlib import Path

import holidays
from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import (
    ActivityType,
    Audience,
    BeneficiaryGroup,
    Campaign,
    Holiday,
    Indicator,
    Measure,
    MediaChannel,
    MoneySource,
    Programme,
    StandardTask,
    StrategyTarget,
    Wording,
)
from provinces.models import Unit, UnitName
from provinces.operations.bulk import Change, bring_into_line, read_day, read_rows
from provinces.workflow import Refused, record_event

DATA = Path(__file__).resolve().parent.parent / "data"
LABOUR, HOME_AFFAIRS = "Bộ Lao động - Thương binh và Xã hội", "Bộ Nội vụ"
LAST_YEAR_OF_LABOUR = 2024  # gender equality went to Bộ Nội vụ on 1/3/2025
# The committee of Quảng Ninh is spelled in two ways by two articles: one is kept, the other is noted.
COMMITTEE_TITLES = {
    (2023, "Quảng Ninh"): (
        "Ban Vì sự tiến bộ của phụ nữ và Bảo vệ chăm sóc trẻ em",
        "S3 viết: Ban Vì sự tiến bộ của phụ nữ, bảo vệ và chăm sóc trẻ em tỉnh",
    )
}
FLAGS = ("role_kept", "sensitive", "by_sex", "by_children", "by_level", "by_source_of_money")


@transaction.atomic
def load_catalogue(*, at: datetime.datetime, data: Path = DATA) -> dict[str, Change]:
    """Indicators, measures, activity types, lists, programmes, campaigns and their wordings; what changed, by heading.

    Running it again changes nothing and deletes nothing; a province's own measures and wordings stay as they are.
    """
    country = Unit.objects.filter(level=Unit.Level.COUNTRY).first()
    if country is None:
        raise Refused(_("Load the units first: manage.py load_units"))
    changes = {**_measures(data), **_lists(data), **_campaigns(data), **_standards(data), **_holidays()}
    if any(changes.values()):
        counts = {name: [c.added, c.changed] for name, c in changes.items() if c}
        record_event("catalogue.load", country, by=None, at=at, details=counts)
    return changes


def _measures(data: Path) -> dict[str, Change]:
    """Headings, then what is counted under them, then the activity types that name their measures."""
    headings = [
        {**_names(row), "position": int(row["order"]), "section": row["section"]}
        for row in read_rows(data / "indicators.csv")
    ]
    indicators, ids = bring_into_line(Indicator.objects.all(), headings, ("code",))
    indicator_ids = {row["code"]: pk for row, pk in zip(headings, ids, strict=True)}
    places: dict[str, int] = defaultdict(int)
    rows = [_measure(row, indicator_ids, places) for row in read_rows(data / "measures.csv")]
    measures, ids = bring_into_line(Measure.objects.filter(province=None), rows, ("code",))
    measure_ids = {row["code"]: pk for row, pk in zip(rows, ids, strict=True)}
    types = [
        {
            **_names(row),
            "count_measure_id": measure_ids.get(row["count_measure"]),
            "attendance_measure_id": measure_ids.get(row["attendance_measure"]),
            "asks": row["asks"].split(),
            "report_section": row["report_section"],
            "plan_heading": row["plan_heading"],
            "example": row["example_vi"],
        }
        for row in read_rows(data / "activity_types.csv")
    ]
    kinds, _ids = bring_into_line(ActivityType.objects.all(), types, ("code",))
    return {"indicators": indicators, "measures": measures, "activity types": kinds}


def _measure(row: dict, indicator_ids: dict, places: dict[str, int]) -> dict:
    places[row["indicator"]] += 1
    return {
        **_names(row),
        **{name: row[name] for name in ("unit_of_measure", "counts", "over_time", "source", "note")},
        **{name: row[name] == "1" for name in FLAGS},
        "indicator_id": indicator_ids[row["indicator"]],
        "position": places[row["indicator"]],
    }


def _lists(data: Path) -> dict[str, Change]:
    """The small lists that forms offer."""
    audiences = [_names(row) for row in read_rows(data / "audiences.csv")]
    channels = [{**_names(row), "group": row["group"]} for row in read_rows(data / "media_channels.csv")]
    groups = [
        {**_names(row), "sex": row["sex"], "child": row["child"] == "1", "sensitive": row["sensitive"] == "1"}
        for row in read_rows(data / "beneficiary_groups.csv")
    ]
    sources = [
        {
            **_names(row),
            "group": row["group"],
            "forms": row["forms"].split(),
            "last_year": int(row["last_year"]) if row["last_year"] else None,
        }
        for row in read_rows(data / "money_sources.csv")
    ]
    return {
        "audiences": bring_into_line(Audience.objects.all(), audiences, ("code",))[0],
        "beneficiary groups": bring_into_line(BeneficiaryGroup.objects.all(), groups, ("code",))[0],
        "money sources": bring_into_line(MoneySource.objects.all(), sources, ("code",))[0],
        "media channels": bring_into_line(MediaChannel.objects.all(), channels, ("code",))[0],
    }


def _holidays() -> dict[str, Change]:
    """Days off and working Saturdays of every campaign's year and the next; what people corrected since is kept."""
    years = set(Campaign.objects.values_list("year", flat=True))
    known = holidays.country_holidays("VN", years={*years, *(year + 1 for year in years)}, language="vi")
    rows = [{"day": day, "name": known[day], "working": False} for day in sorted(known)]
    swapped = sorted(day for day in known.weekend_workdays if day.year in known.years)
    rows += [{"day": day, "name": "Ngày làm việc bù", "working": True} for day in swapped]
    return {"holidays": bring_into_line(Holiday.objects.all(), rows, ("day",), correct=False)[0]}


def _campaigns(data: Path) -> dict[str, Change]:
    """Campaigns with their letters and wordings; what people typed since is kept, what is empty is filled."""
    files = read_rows(data / "campaigns.csv")
    rows = [
        {
            "series": row["series"],
            "year": int(row["year"]),
            "name": row["name_vi"],
            "opens_on": read_day(row["opens_on"]),
            "closes_on": read_day(row["closes_on"]),
            "guidance_number": row["guidance_document"],
            "guidance_date": read_day(row["guidance_date"]),
            "guidance_issuer": _issuer(row),
            "theme_certainty": row["theme_source_certainty"],
        }
        for row in files
    ]
    campaigns, ids = bring_into_line(Campaign.objects.all(), rows, ("series", "year"), correct=False)
    years = {row["year"]: pk for row, pk in zip(rows, ids, strict=True)}
    defaults = [_wording(years[int(row["year"])], row["theme"]) for row in files]
    others = []
    for row in read_rows(data / "wording_variants.csv"):
        (defaults if row["province"] else others).append(_variant(row, years))
    chosen, _ids = bring_into_line(
        Wording.objects.filter(is_default=True), defaults, ("campaign_id", "province_id"), correct=False
    )
    seen, _ids = bring_into_line(
        Wording.objects.filter(is_default=False), others, ("campaign_id", "province_id", "theme"), correct=False
    )
    return {"campaigns": campaigns, "wordings": chosen + seen}


def _issuer(row: dict) -> str:
    """The ministry that wrote the letter, under its name of that year; empty while no letter is known."""
    if not row["guidance_document"]:
        return ""
    return LABOUR if int(row["year"]) <= LAST_YEAR_OF_LABOUR else HOME_AFFAIRS


def _variant(row: dict, years: dict[int, int]) -> dict:
    """A province's wording, which is its default; or one heard at a national launch, kept beside the default."""
    year, province = int(row["year"]), row["province"]
    title, remark = COMMITTEE_TITLES.get((year, province), ("", ""))
    return _wording(
        years[year],
        row["theme_vi"],
        province_id=_province(province, year) if province else None,
        committee_title=title,
        seen_in="; ".join(filter(None, (row["seen_in"], remark))),
        is_default=bool(province),
    )


def _wording(campaign: int, theme: str, *, province_id=None, committee_title="", seen_in="", is_default=True) -> dict:
    return {
        "campaign_id": campaign,
        "province_id": province_id,
        "theme": theme,
        "committee_title": committee_title,
        "seen_in": seen_in,
        "is_default": is_default,
    }


def _province(short_name: str, year: int) -> int:
    """The province of that name in force when the campaign of `year` opens."""
    units = Unit.objects.provinces().on(datetime.date(year, 11, 15))
    return UnitName.objects.get(unit__in=units, short_name=short_name).unit_id


def _standards(data: Path) -> dict[str, Change]:
    """Programmes, the usual split of tasks, the targets of Nghị quyết 28."""
    programmes = [
        {
            **_names(row),
            "decision": row["decision"],
            "decision_date": read_day(row["decision_date"]),
            "year_from": _year(row["year_from"]),
            "year_to": _year(row["year_to"]),
            "verified": row["verified"] == "1",
            "note": row["note"],
        }
        for row in read_rows(data / "programmes.csv")
    ]
    types = dict(ActivityType.objects.values_list("code", "id"))
    tasks = [
        {
            "era": row["era"],
            "department_name": row["department_name"],
            "heading": row["heading"],
            "text": row["task_vi"],
            "type_id": types[row["activity_type"]],
        }
        for row in read_rows(data / "task_split.csv")
    ]
    targets = [
        {
            **{name: row[name] for name in ("code", "objective", "unit", "target_2025", "target_2030", "direction")},
            "text": row["text_vi"],
            "text_en": row["text_en"],
            "verified": row["verified"] == "1",
        }
        for row in read_rows(data / "targets_nq28.csv")
    ]
    return {
        "programmes": bring_into_line(Programme.objects.all(), programmes, ("code",))[0],
        "standard tasks": bring_into_line(
            StandardTask.objects.all(), tasks, ("era", "department_name", "text"), ("era", "department_name", "heading")
        )[0],
        "strategy targets": bring_into_line(StrategyTarget.objects.all(), targets, ("code",))[0],
    }


def _names(row: dict) -> dict:
    return {"code": row["code"], "name": row["name_vi"], "name_en": row["name_en"]}


def _year(text: str) -> int | None:
    return int(text) if text else None
