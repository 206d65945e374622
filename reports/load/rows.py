"""A made-up year of one province: its activities, results, money and partners, the same for the same seed.

The mix follows what the sources show: most of it in communes, two thirds in the second half of the month, one row in
ten estimated, half of the attendances split by sex, a few parts of counted wholes, words instead of numbers and rates.
"""

import dataclasses
import datetime
import random
import zlib
from collections.abc import Iterator
from decimal import Decimal

from campaigns.models import ActivityType, BeneficiaryGroup, Campaign, Measure, MoneySource
from provinces.ids import ALPHABET
from provinces.models import Department, Unit

STATUSES = {"accepted": 94, "sent": 3, "draft": 2, "returned": 1}
CERTAINTIES = {"exact": 88, "about": 6, "over": 2, "nearly": 2, "text": 1, "unknown": 1}
WORDS = ("hàng trăm", "nhiều", "đông đảo", "hàng chục")
PLACES = ("Nhà văn hóa", "Hội trường", "Trường học", "Trạm y tế", "Sân vận động")
LABELS = ("", "", "", "", "mẫu A", "mẫu B", "in thông điệp của năm", "song ngữ")
USUAL = {
    "HD02": 3,
    "HD04": 22,
    "HD10": 14,
    "HD11": 12,
    "HD12": 8,
    "HD13": 12,
    "HD14": 8,
    "HD08": 6,
    "HD26": 6,
    "HD01": 5,
}
LEADS = {"lead": 84, "co": 10, "attendee": 6}
SHARE_OF_MONEY, SHARE_OF_YEAR, SHARE_OUTSIDE, SHARE_OF_PARTS = 0.2, 0.1, 0.03, 0.04


@dataclasses.dataclass(frozen=True)
class Catalogue:
    """What results, money and gifts are counted against, read once."""

    types: list[ActivityType]
    things: list[Measure]
    rates: list[Measure]
    groups: list[BeneficiaryGroup]
    sources: list[MoneySource]

    @classmethod
    def read(cls) -> "Catalogue":
        measures = list(Measure.objects.filter(province=None, source="output").order_by("code"))
        return cls(
            types=list(ActivityType.objects.select_related("count_measure", "attendance_measure").order_by("code")),
            things=[each for each in measures if each.counts in {"things", "money"}],
            rates=[each for each in measures if each.counts == "rate"],
            groups=list(BeneficiaryGroup.objects.order_by("code")),
            sources=list(MoneySource.objects.order_by("code")),
        )


@dataclasses.dataclass(frozen=True)
class Place:
    """A province in a campaign: who records there, on whose seats."""

    province: Unit
    campaign: Campaign
    departments: list[Department]
    seats: dict[int, int]
    at: datetime.datetime


@dataclasses.dataclass
class Made:
    """One activity with its parts, as the columns that `filling` names."""

    activity: tuple
    participants: list[tuple] = dataclasses.field(default_factory=list)
    outputs: list[tuple] = dataclasses.field(default_factory=list)
    money: list[tuple] = dataclasses.field(default_factory=list)


ACTIVITY = (
    "id",
    "public_id",
    "province_id",
    "campaign_id",
    "year",
    "scope",
    "owner_id",
    "type_id",
    "title",
    "starts_on",
    "place",
    "window_reason",
    "status",
    "sent_at",
    "decided_at",
    "comment",
    "created_by_id",
    "created_at",
    "changed_at",
)
PARTICIPANT = ("activity_id", "department_id", "name", "role", "position")
OUTPUT = (
    "id",
    "activity_id",
    "measure_id",
    "quantity",
    "certainty",
    "text",
    "female",
    "male",
    "children",
    "girls",
    "boys",
    "numerator",
    "denominator",
    "rate",
    "label",
    "group_id",
    "part_of_id",
    "position",
)
MONEY = ("activity_id", "amount", "source_id", "form")


class Year:
    """The year of one province, activity by activity."""

    def __init__(self, place: Place, catalogue: Catalogue, seed: int):
        self.place, self.catalogue = place, catalogue
        name = f"{seed} {place.province.code} {place.campaign.year}"
        self.random = random.Random(zlib.crc32(name.encode()))  # noqa: S311  (made-up figures, the same every time)
        self.kinds = {each.pk: each for each in catalogue.types}
        self.weights = [USUAL.get(kind.code, 1) for kind in catalogue.types]
        self.window = (place.campaign.closes_on - place.campaign.opens_on).days

    def activities(self, count: int, outputs: int, first: int, first_output: int) -> Iterator[Made]:
        """`count` activities with `outputs` results in all, numbered from `first` and `first_output` on."""
        for index in range(count):
            share = outputs * (index + 1) // count - outputs * index // count
            made = self._activity(first + index, index)
            self._give(made, share, first_output + outputs * index // count)
            yield made

    def _activity(self, pk: int, index: int) -> Made:
        draw, campaign = self.random, self.place.campaign
        owner = draw.choice(self.place.departments)
        kind = draw.choices(self.catalogue.types, self.weights)[0]
        scope = "year" if draw.random() < SHARE_OF_YEAR else "month"
        day, reason = self._day(scope)
        status = _one(draw, STATUSES)
        at = self.place.at
        gone_out = at if status != "draft" else None
        row = (
            pk,
            "".join(draw.choices(ALPHABET, k=12)),
            self.place.province.pk,
            campaign.pk if scope == "month" else None,
            campaign.year,
            scope,
            owner.pk,
            kind.pk,
            f"{kind.name} ({index + 1})",
            day,
            f"{draw.choice(PLACES)} {draw.randint(1, 40)}",
            reason,
            status,
            gone_out,
            at if status in {"accepted", "returned"} else None,
            "Bổ sung số liệu" if status == "returned" else "",
            self.place.seats[owner.pk],
            at,
            at,
        )
        return Made(row, self._bodies(pk, owner))

    def _day(self, scope: str) -> tuple[datetime.date, str]:
        """Most days lie late in the month; the year's work before it; a few of the month outside, with a reason."""
        draw, campaign = self.random, self.place.campaign
        if scope == "year":
            start = datetime.date(campaign.year, 1, 1)
            return start + datetime.timedelta(days=draw.randrange((campaign.opens_on - start).days)), ""
        if draw.random() < SHARE_OUTSIDE:
            days = draw.choice((-draw.randint(1, 10), self.window + draw.randint(1, 10)))
            return campaign.opens_on + datetime.timedelta(days=days), "Kết hợp với kế hoạch của địa phương"
        late = max(draw.random(), draw.random())
        return campaign.opens_on + datetime.timedelta(days=int(late * (self.window + 1))), ""

    def _bodies(self, pk: int, owner: Department) -> list[tuple]:
        draw = self.random
        own = _one(draw, LEADS)
        rows = [(pk, owner.pk, "", own, 0)]
        others = {draw.choice(self.place.departments).pk for _ in range(draw.choice((0, 0, 1, 2)))} - {owner.pk}
        for position, other in enumerate(sorted(others), start=1):
            rows.append((pk, other, "", "lead" if own != "lead" and position == 1 else "co", position))
        if draw.random() < 0.1:
            rows.append((pk, None, "Doanh nghiệp trên địa bàn", "co", len(rows)))
        return rows

    def _give(self, made: Made, count: int, first: int) -> None:
        draw, activity = self.random, made.activity[0]
        kind = self.kinds[made.activity[7]]
        wanted = [each for each in (kind.count_measure, kind.attendance_measure) if each][:count]
        while len(wanted) < count:
            rate = self.catalogue.rates and draw.random() < 0.005
            wanted.append(draw.choice(self.catalogue.rates if rate else self.catalogue.things))
        wholes: dict[int, int] = {}
        for position, measure in enumerate(wanted):
            pk = first + position
            part_of = wholes.get(measure.pk)
            made.outputs.append((pk, activity, measure.pk, *self._counted(measure), part_of, position))
            if part_of is None and draw.random() < SHARE_OF_PARTS and position + 1 < len(wanted):
                wanted[position + 1] = measure
                wholes[measure.pk] = pk
        if draw.random() < SHARE_OF_MONEY:
            source = draw.choice(self.catalogue.sources)
            made.money.append(
                (activity, draw.randint(1, 160) * 500_000, source.pk, draw.choice(source.forms or ["cash"]))
            )

    def _counted(self, measure: Measure) -> tuple:
        """quantity, certainty, text, the split, numerator, denominator, rate, label, group."""
        draw = self.random
        if measure.counts == "rate":
            whole = draw.randint(1, 40)
            share = Decimal(draw.randint(0, 1000)) / 10 if draw.random() < 0.3 else None
            counts = (None, None) if share is not None else (draw.randint(0, whole), whole)
            return (None, "rate", "", *[None] * 5, *counts, share, "", None)
        certainty = _one(draw, CERTAINTIES)
        if certainty in {"text", "unknown"}:
            return (None, certainty, draw.choice(WORDS) if certainty == "text" else "", *[None] * 8, "", None)
        people = measure.counts in {"people", "attendances"}
        quantity = self._quantity(measure)
        split = self._split(quantity, measure) if people and measure.by_sex else (None,) * 5
        group = draw.choice(self.catalogue.groups).pk if measure.counts == "people" and self.catalogue.groups else None
        label = "" if people else draw.choice(LABELS)
        return (quantity, certainty, "", *split, None, None, None, label, group)

    def _quantity(self, measure: Measure) -> int:
        draw = self.random
        if measure.counts == "money":
            return draw.randint(1, 200) * 100_000
        if measure.counts in {"people", "attendances"}:
            return int(draw.lognormvariate(4, 0.9)) + 5
        return 1 if measure.role_kept else int(draw.lognormvariate(2, 1)) + 1

    def _split(self, quantity: int, measure: Measure) -> tuple:
        draw = self.random
        if draw.random() < 0.5:
            return (None,) * 5
        female = draw.randint(quantity // 3, quantity)
        male = quantity - female if draw.random() < 0.8 else None
        if not measure.by_children or draw.random() < 0.6:
            return female, male, None, None, None
        girls = draw.randint(0, female // 3)
        boys = draw.randint(0, (male or 0) // 3)
        return female, male, girls + boys, girls, boys if male is not None else None


def _one(draw: random.Random, shares: dict[str, int]) -> str:
    return draw.choices(tuple(shares), tuple(shares.values()))[0]
