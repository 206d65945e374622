"""Ten thousand rows from Excel: our import beside django-import-export with real validation, on the same file.

Both check foreign keys, dates, numbers and choices and validate every activity, and both store the same activities,
participants, results and money. django-import-export is given what its manual recommends for speed: a cached lookup
of foreign keys, no comparison of old and new rows, storing in bulk. Its `clean_model_instances` validates fields and
uniqueness of the activities; of their parts only the fields are validated. The constraints are left to the database on
both sides: Django would ask it once for each constraint and row, which makes theirs ten times slower still.
"""

import os
import random
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO

import openpyxl
import tablib
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import CachedForeignKeyWidget, DateWidget, IntegerWidget

from activities.models import Activity, Money, Output, Participant
from activities.operations.importing import import_rows
from activities.sheets.book import Book
from activities.sheets.columns import BY_KEY, CERTAINTIES
from activities.sheets.reading import read_sheet
from activities.sheets.rows import understand
from activities.sheets.stamp import Stamp
from activities.sheets.template import HEADING, PLACES
from campaigns.models import ActivityType, Campaign, MoneySource
from config.bench.machine import timed
from config.bench.table import Result
from provinces.models import Department, DepartmentName, Seat, Unit, User

ROWS, BATCH = int(os.environ.get("ROWS") or 10_000), 1_000  # ROWS=500 makes a smaller trial
TITLES = {key: column.title for key, column in BY_KEY.items()}


class Scene:
    """A department that has recorded nothing yet, its seat and its partners."""

    def __init__(self):
        self.campaign = Campaign.objects.get(series="bdg", year=2026)
        self.province = Unit.objects.provinces().on(self.campaign.opens_on).order_by("-code").first()
        bodies = Department.objects.on(self.campaign.opens_on).filter(unit=self.province, kind="so_ban_nganh")
        self.department, *others = bodies.order_by("pk")[:3]
        self.partners = [each.name_on(self.campaign.opens_on).name for each in others]
        user, _made = User.objects.get_or_create(username="do.nhap-tep", defaults={"full_name": "Đo tốc độ"})
        self.seat, _made = Seat.objects.get_or_create(user=user, department=self.department, role="editor")
        self.at = user.date_joined

    def file(self) -> bytes:
        """The department's template, filled."""
        book, draw = Book(), random.Random(15)  # noqa: S311  (made-up rows, the same every time)
        book.lay_out(PLACES, HEADING, {})
        book.write(1, 1, str(Stamp("do-toc-do", self.department.pk, self.campaign.year, "month")))
        types = list(ActivityType.objects.filter(count_measure__isnull=False, attendance_measure__isnull=False))
        source = MoneySource.objects.get(code="NG01").name
        usual = [each.name for each in types if each.code in {"HD02", "HD04", "HD08", "HD26"}]
        for row in range(1, ROWS + 1):
            people = draw.randint(20, 900)
            texts = {
                "type": draw.choice(usual),
                "title": f"Truyền thông về phòng, chống bạo lực trên cơ sở giới tại thôn {row}",
                "starts": f"{draw.randint(15, 30)}/11/{self.campaign.year}",
                "place": f"Nhà văn hóa thôn {row}",
                "count": "1",
                "people": str(people),
                "certainty": draw.choice(("chính xác", "khoảng")),
                "female": str(draw.randint(1, people // 2)),
                "role": "chủ trì",
                "partners": "; ".join(self.partners),
                "money": str(draw.randint(1, 80) * 1_000_000),
                "source": source,
                "note": "Lồng ghép với sinh hoạt chi bộ, phát tờ rơi cho người dự",
                "row_key": f"n:{row}",
            }
            for key, text in texts.items():
                book.write(HEADING + row, PLACES[key], text)
        return book.bytes()


def measure() -> Iterator[Result]:
    """Ours, theirs, ours: the best of ours and the one of theirs, which takes long enough for noise to even out."""
    scene = Scene()
    file = scene.file()
    mine, its = partial(_ours, scene, file), partial(_theirs, scene, file)
    first, (reading, storing, stored), second = mine(), its(), mine()
    if not first[2] == second[2] == stored:
        fault = f"lưu khác nhau: {first[2]} – {stored}"
        yield from (Result(name, fault=fault) for name in ("import-rows", "import-file"))
        return
    note = "" if ROWS == 10_000 else f"chỉ {ROWS} dòng"
    yield Result("import-rows", min(first[1], second[1]), storing, note)
    yield Result("import-file", min(sum(first[:2]), sum(second[:2])), reading + storing, note)


def _ours(scene: Scene, file: bytes) -> tuple[float, float, tuple]:
    """Seconds for reading and for the rest, and what is stored afterwards."""
    where = {"campaign": scene.campaign, "year": scene.campaign.year}

    def store(sheet) -> None:
        understood = understand(sheet, department=scene.department, **where)
        import_rows(understood, owner=scene.department, province=scene.province, by=scene.seat, at=scene.at, **where)

    reading, sheet = timed(partial(read_sheet, file, "hoat-dong.xlsx"))
    return reading, *_stored(scene, partial(store, sheet))


def _theirs(scene: Scene, file: bytes) -> tuple[float, float, tuple]:
    reading, dataset = timed(partial(_dataset, file))
    resource = ActivityResource(scene)

    def store() -> None:
        result = resource.import_data(dataset, raise_errors=True, use_transactions=False)
        if result.has_validation_errors():
            raise ValueError(result.invalid_rows[0].error)

    return reading, *_stored(scene, store)


def _stored(scene: Scene, store: Callable[[], None]) -> tuple[float, tuple]:
    """Seconds, deferred checks of the database included, and what was stored; then it is taken back."""

    def work() -> None:
        store()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with transaction.atomic():
        seconds, _none = timed(work)
        own = Activity.objects.filter(owner=scene.department, year=scene.campaign.year)
        parts = (model.objects.filter(activity__in=own).count() for model in (Participant, Output, Money))
        found = (own.count(), *parts)
        transaction.set_rollback(True)
    return seconds, found


def _dataset(file: bytes) -> tablib.Dataset:
    """As django-import-export reads .xlsx, from the heading row on."""
    book = openpyxl.load_workbook(BytesIO(file), read_only=True, data_only=True)
    rows = book.active.iter_rows(min_row=HEADING, values_only=True)
    dataset = tablib.Dataset()
    dataset.headers = list(next(rows))
    for row in rows:
        dataset.append(row)
    return dataset


class ActivityResource(ModelResource):
    """The sheet's columns as fields of an activity; what belongs to it is collected and stored at the end."""

    public_id = Field("public_id", TITLES["row_key"])
    type = Field("type", TITLES["type"], CachedForeignKeyWidget(ActivityType, "name"))
    title = Field("title", TITLES["title"])
    starts_on = Field("starts_on", TITLES["starts"], DateWidget("%d/%m/%Y"))
    place = Field("place", TITLES["place"])
    description = Field("description", TITLES["note"])

    class Meta:
        model = Activity
        fields = ("public_id", "type", "title", "starts_on", "place", "description")
        import_id_fields = ("public_id",)
        clean_model_instances = True
        skip_diff = True
        use_bulk = True
        batch_size = BATCH

    def __init__(self, scene: Scene):
        super().__init__()
        self.scene, self.parts = scene, {Participant: [], Output: [], Money: []}
        self.numbers = IntegerWidget()
        self.sources = CachedForeignKeyWidget(MoneySource, "name")
        names = DepartmentName.objects.filter(department__unit=scene.province)
        self.bodies = {each.name: each.department for each in names.select_related("department")}
        self.measures = {
            each.pk: (each.count_measure, each.attendance_measure)
            for each in ActivityType.objects.select_related("count_measure", "attendance_measure")
        }

    def init_instance(self, row=None):
        scene = self.scene
        owned = {"owner": scene.department, "province": scene.province, "created_by": scene.seat}
        when = {"created_at": scene.at, "changed_at": scene.at, "year": scene.campaign.year}
        return Activity(campaign=scene.campaign, scope="month", **owned, **when)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        errors = dict(import_validation_errors or {})
        try:
            instance.full_clean(exclude=errors.keys(), validate_unique=validate_unique, validate_constraints=False)
        except ValidationError as found:
            errors = found.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def after_save_instance(self, instance, row, **kwargs):
        number = partial(self._number, row)
        certainty = CERTAINTIES[row[TITLES["certainty"]]]
        count, attendance = self.measures[instance.type_id]
        self._keep(Output(activity=instance, measure=count, quantity=number("count")))
        people = {"quantity": number("people"), "female": number("female"), "certainty": certainty}
        self._keep(Output(activity=instance, measure=attendance, position=1, **people))
        source = self.sources.clean(row[TITLES["source"]])
        self._keep(Money(activity=instance, amount=number("money"), source=source))
        self._keep(Participant(activity=instance, department=instance.owner, role="lead"))
        for position, name in enumerate(row[TITLES["partners"]].split("; "), start=1):
            body = self.bodies[name]
            self._keep(Participant(activity=instance, department=body, role="co", position=position))

    def _number(self, row, key: str) -> int | None:
        return self.numbers.clean(row[TITLES[key]])

    def _keep(self, part) -> None:
        part.clean_fields(exclude=["activity"])
        self.parts[type(part)].append(part)

    def after_import(self, dataset, result, **kwargs):
        for model, rows in self.parts.items():
            model.objects.bulk_create(rows, batch_size=BATCH)
