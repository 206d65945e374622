"""What an archive of a year holds: everything that the administrator's office may see of it, nothing more."""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy

from activities.models import Activity, Evidence, IssuedDocument, Money, Output
from campaigns.models import Campaign, Plan
from provinces.models import Seat, Unit
from provinces.queries import COUNTRY, address_of, administers, keeps_country, with_predecessors
from reports.models import Archive, ProvinceSource, Report, Snapshot, Source
from reports.queries.masking import HIDDEN, SMALL
from reports.queries.nation import country, provinces_of

STEPS = {
    "list": gettext_lazy("Counting what goes in"),
    "plans": gettext_lazy("Plans and their scans"),
    "reports": gettext_lazy("Reports, figures, signed scans"),
    "returns": gettext_lazy("Returns of departments"),
    "activities": gettext_lazy("Activities and results"),
    "evidence": gettext_lazy("Evidence"),
    "index": gettext_lazy("Index and hashes"),
}
KEPT = datetime.timedelta(days=7)
PLANS = ("approved", "issued", "superseded")
REPORTS = ("locked", "issued", "sent", "returned", "accepted", "superseded")
RETURNS = ("sent", "nil", "returned", "accepted", "superseded")
AT_ONCE = 500
COUNTS = ("quantity", "female", "male", "children", "girls", "boys", "numerator", "denominator")


def may_archive(seat: Seat, province: Unit, today: datetime.date) -> bool:
    """True for the administrators of the province of today, and for the ministry's for every province and for all."""
    return keeps_country(seat) if province.level == Unit.Level.COUNTRY else administers(seat, province, today)


def places_to_archive(province: Unit, campaign: Campaign) -> list[Unit]:
    """The province and those it was made from, as far as they were there on the campaign's days; the country alone."""
    if province.level == Unit.Level.COUNTRY:
        return [province]
    return [unit for unit in with_predecessors(province) if unit.in_force(campaign.opens_on)]


def provinces_in(archive: Archive) -> list[Unit]:
    """The provinces whose year goes in; behind all of them the country with its own report."""
    if archive.province.level != Unit.Level.COUNTRY:
        return [archive.province]
    return [*provinces_of(archive.campaign), country()]


def folder_of(unit: Unit, campaign: Campaign) -> str:
    """The folder of a province inside the archive."""
    return COUNTRY if unit.level == Unit.Level.COUNTRY else address_of(unit, campaign.year)


class Content:
    """The rows of one province and year that a seat may see."""

    def __init__(self, seat: Seat, province: Unit, campaign: Campaign):
        self.seat, self.province, self.campaign = seat, province, campaign

    @property
    def plans(self) -> QuerySet[Plan]:
        year = self.campaign.year
        of_year = Q(campaign=self.campaign) | Q(campaign=None, year_from__lte=year, year_to__gte=year)
        rows = Plan.objects.visible_to(self.seat).filter(of_year, province=self.province, status__in=PLANS)
        return rows.order_by("id")

    def _reports(self) -> QuerySet[Report]:
        rows = Report.objects.visible_to(self.seat).filter(province=self.province, campaign=self.campaign)
        return rows.select_related("campaign", "province", "department", "issuer", "request", "scan").order_by("id")

    @property
    def reports(self) -> QuerySet[Report]:
        rows = self._reports().exclude(kind=Report.Kind.RETURN)
        return rows.filter(status__in=REPORTS, snapshot__isnull=False)

    @property
    def returns(self) -> QuerySet[Report]:
        return self._reports().filter(kind=Report.Kind.RETURN, status__in=RETURNS)

    @property
    def activities(self) -> QuerySet[Activity]:
        own = Q(campaign=self.campaign) | Q(campaign=None, year=self.campaign.year)
        rows = Activity.objects.visible_to(self.seat).filter(own, province=self.province)
        return rows.exclude(status=Activity.Status.DRAFT).order_by("id").distinct()

    def behind(self, rows: type[Model]) -> QuerySet:
        """Outputs, money, documents or evidence of the activities."""
        return rows.objects.filter(activity__in=self.activities.order_by().values("pk")).order_by("id")

    @property
    def evidence(self) -> QuerySet[Evidence]:
        return self.behind(Evidence).select_related("file", "activity")

    def count(self) -> int:
        """How many plans, reports, returns and pieces of evidence there are, and four tables."""
        return sum(rows.count() for rows in (self.plans, self.reports, self.returns, self.evidence)) + len(TABLES)


def activity_rows(content: Content) -> Iterator[tuple]:
    day = content.campaign.closes_on
    rows = content.activities.select_related("owner", "type").prefetch_related("owner__names")
    for each in rows.iterator(chunk_size=AT_ONCE):
        yield (
            each.public_id,
            str(each.owner.name_on(each.starts_on or day) or each.owner),
            each.type.code,
            each.type.name,
            each.title,
            each.scope,
            each.get_status_display(),
            each.version,
            _iso(each.starts_on),
            _iso(each.ends_on),
            each.precision,
            each.place,
            each.description,
            each.window_reason,
        )


def output_rows(content: Content) -> Iterator[tuple]:
    """Results; small counts of sensitive measures stay hidden above the unit they come from."""
    rows = content.behind(Output).select_related("activity__owner", "measure", "group")
    for each in rows.iterator(chunk_size=AT_ONCE):
        hides = each.measure.sensitive and each.activity.owner.unit_id != content.seat.department.unit_id
        yield (
            each.activity.public_id,
            each.pk,
            each.measure.code,
            each.measure.name,
            each.measure.unit_of_measure,
            each.certainty,
            *(_shown(getattr(each, name), hides) for name in COUNTS),
            "" if each.rate is None else str(each.rate),
            each.text,
            each.label,
            each.group.name if each.group else "",
            each.part_of_id or "",
        )


def _shown(value: int | None, hides: bool) -> str | int:
    if value is None:
        return ""
    return HIDDEN if hides and value in SMALL else value


def money_rows(content: Content) -> Iterator[tuple]:
    rows = content.behind(Money).select_related("activity", "source")
    for each in rows.iterator(chunk_size=AT_ONCE):
        yield each.activity.public_id, each.amount, each.source.code, each.source.name, each.form


def document_rows(content: Content) -> Iterator[tuple]:
    rows = content.behind(IssuedDocument).select_related("activity", "issuer")
    for each in rows.prefetch_related("issuer__names").iterator(chunk_size=AT_ONCE):
        issuer = each.issuer_name or (str(each.issuer) if each.issuer else "")
        yield each.activity.public_id, each.number, _iso(each.dated), each.kind, each.title, issuer


def source_rows(snapshot: Snapshot, seat: Seat) -> Iterator[tuple]:
    """The activities behind each figure, as they were frozen."""
    hidden = {f"{cell['code']}:{cell['scope']}" for cell in snapshot.figures["cells"] if cell["sensitive"]}
    rows = Source.objects.filter(snapshot=snapshot).select_related("activity__owner").order_by("id")
    for each in rows.iterator(chunk_size=AT_ONCE):
        hides = each.cell in hidden and each.activity.owner.unit_id != seat.department.unit_id
        small = hides and each.quantity in SMALL
        quantity = HIDDEN if small else "" if each.quantity is None else each.quantity
        printed = HIDDEN if small else each.printed
        yield each.cell, each.activity.public_id, each.activity_version, quantity, printed, each.left_out


def figure_rows(cells: Iterable[dict]) -> Iterator[tuple]:
    """Every figure of a snapshot as one line."""
    for cell in cells:
        counts = ("total", "female", "male", "children", "girls", "boys", "not_split", "numerator", "denominator")
        values = tuple("" if cell.get(name) is None else cell[name] for name in counts)
        yield (
            cell["code"],
            cell["scope"],
            cell["name"],
            cell["unit_of_measure"],
            cell["certainty"],
            *values,
            cell["rule"],
        )


def province_rows(snapshot: Snapshot) -> Iterator[tuple]:
    """What each province gave to each figure of the country, and from which of its own figures."""
    rows = ProvinceSource.objects.filter(snapshot=snapshot).select_related("province", "given").order_by("id")
    for each in rows.defer("given__figures").iterator(chunk_size=AT_ONCE):
        quantity = "" if each.quantity is None else each.quantity
        yield each.cell, each.province.code, quantity, each.printed, each.given.no, each.given.sha256


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


FIGURES = (
    *("ma", "pham_vi", "chi_tieu", "don_vi_tinh", "do_chac_chan"),
    *("tong", "nu", "nam", "tre_em", "tre_em_gai", "tre_em_trai", "chua_tach", "tu_so", "mau_so", "cach_tinh"),
)
SOURCES = ("o_so_lieu", "hoat_dong", "ban_hoat_dong", "so_luong", "ghi_la", "khong_cong_vi")
PROVINCES = ("o_so_lieu", "ma_tinh", "so_luong", "ghi_la", "ban_so_lieu", "sha256_ban_so_lieu")
TABLES = {
    "hoat-dong.csv": (
        "Hoạt động",
        (
            *("ma", "co_quan", "ma_loai", "loai", "ten", "pham_vi", "trang_thai", "ban", "tu_ngay", "den_ngay"),
            *("ngay_biet_den", "noi", "mo_ta", "ly_do_ngoai_thang"),
        ),
        activity_rows,
    ),
    "ket-qua.csv": (
        "Kết quả đầu ra của hoạt động",
        (
            *("hoat_dong", "ma", "ma_chi_tieu", "chi_tieu", "don_vi_tinh", "do_chac_chan"),
            *("so_luong", "nu", "nam", "tre_em", "tre_em_gai", "tre_em_trai", "tu_so", "mau_so", "ty_le"),
            *("bang_loi", "nhan", "nhom_nguoi", "la_phan_cua"),
        ),
        output_rows,
    ),
    "kinh-phi.csv": ("Kinh phí", ("hoat_dong", "so_tien", "ma_nguon", "nguon", "hinh_thuc"), money_rows),
    "van-ban.csv": (
        "Văn bản do các hoạt động ban hành",
        ("hoat_dong", "so_ky_hieu", "ngay", "loai", "trich_yeu", "noi_ban_hanh"),
        document_rows,
    ),
}
