"""Rule 14: another province's row answers 404 on every page, file and API call.

Walks every address of the project that names a place or a row. A new address walks along by itself; when it names a
row by a word that nobody has met, its value has to be added to `rows` below.
"""

import contextlib

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from activities.models import DuplicatePair, Evidence, Inspected, Inspection
from activities.tests import make as activities
from campaigns.models import PlanComment, PlanSection, Task, TaskProgramme, TaskQuestion
from campaigns.tests import make as campaigns
from config.tests.test_house import patterns
from provinces.operations.files import store_file
from provinces.tests import make
from provinces.tests.make import NOW
from provinces.workflow import record_event
from reports.models import Archive, ExcelForm, Job, PastTotal, WordTemplate
from reports.tests import make as rows_of
from reports.tests import pages

pytestmark = pytest.mark.django_db
SHARED = {"t", "y", "p", "no", "kind", "key", "code"}  # words of an address that name no row of a province's own
SHEETS = [
    {"name": "Biểu", "part": "x", "rows": [], "formulas": [], "held": [], "merged": [], "last": [2, 2]},
]
HERE, THERE = "quang-ninh", "hai-phong"
# Steps that want more than an empty form or another state of the rows; a stranger's 404 is asked all the same.
OTHER_STATE = {
    "activity_answer",
    "inspection_done",
    "paste_kept",
    "plan_changes",
    "return_receipt",
    "return_text",
    "return_withdraw",
    "sheet",
    "sheet_faults",
    "sheet_template",
    "administration_opening",
    "administration_settle",
    "plan_presence",
    "plan_target_remove",
    "report_provinces",
    "report_reason",
    "report_by_template",
    "nation_watch",
    "public_page",
}
ROUTES = sorted((name, route, tuple(pattern.pattern.converters)) for route, name, pattern in patterns() if "<" in route)


def of_plan(plan, task, department, seat) -> dict:
    """Values of the words by which addresses name parts of a plan and of a task."""
    comment = PlanComment.objects.create(
        plan=plan, anchor="section:muc-dich", kind="must", text="Sửa.", by=seat, at=NOW, sent=plan.status != "submitted"
    )
    question = TaskQuestion.objects.create(task=task, department=department, text="Hỏi?", by=seat, at=NOW)
    return {"task": task.public_id, "comment": comment.pk, "question": question.pk, "key": "muc-dich"}


@pytest.fixture
def scene(settings, tmp_path):
    """A province with a row of every kind, and the seats that may see them."""
    settings.FILES_DIR = tmp_path
    people = pages.people()
    office = people.editor.department
    report = pages.sent(people)
    programme = campaigns.programme()
    report.snapshot.sources.first().activity.programmes.add(programme)
    draft = rows_of.report(office, kind="return", snapshot=report.snapshot)
    job = Job.objects.create(report=report, status="done", queued_at=NOW, finished_at=NOW)
    activity = activities.activity(office, status="sent")
    record_event("activity.send", activity, by=people.editor, at=NOW)
    photo = store_file(b"JPEG", "anh.jpg", "jpeg", owner=office, by=people.editor, at=NOW)
    piece = Evidence.objects.create(activity=activity, file=photo, consent=True, by=people.editor, at=NOW)
    rows = {"bao-cao": [], "ke-hoach": [], "nhiem-vu": [], "hoat-dong": [], "quan-tri": [], "tep": []}
    for one in (report, draft):
        rows["bao-cao"].append({"id": one.public_id, "job": job.public_id, "code": "CT05.1", "key": "II.1", "no": 1})
    rows["bao-cao"].append({"id": report.public_id, "code": programme.code})
    for status, more in (
        ("draft", {}),
        ("submitted", {"submitted_at": NOW}),
        ("returned", {}),
        ("issued", {"number_unknown": True}),
    ):
        plan = campaigns.plan(office, kind="year", campaign=campaigns.campaign())
        PlanSection.objects.create(plan=plan, key="muc-dich")
        task = Task.objects.create(plan=plan, heading="III.2", type=campaigns.activity_type(), title="Tư vấn")
        task.lead = people.other.department
        task.save()
        parts = of_plan(plan, task, people.other.department, people.committee)
        rows["ke-hoach"].append({"id": plan.public_id, "no": 1, "code": programme.code, **parts})
        TaskProgramme.objects.create(task=task, programme=programme)
        rows["nhiem-vu"].append({"id": task.public_id, **parts})
        type(plan).objects.filter(pk=plan.pk).update(status=status, **more)
    for one in (activity, activities.activity(office, "Tọa đàm", status="draft")):
        rows["hoat-dong"].append({"id": one.public_id, "piece": piece.pk})
    output = activities.output(activity, quantity=50)
    pair = DuplicatePair.objects.create(
        first=activity, second=activities.activity(people.other.department, status="sent"), found_at=NOW
    )
    inspected = Inspected.objects.create(inspection=Inspection.objects.create(activity=activity), name="Công ty")
    asked = rows_of.request(office, [people.other.department])
    own_return = rows_of.report(people.other.department, kind="return", request=asked)
    rows["hoat-dong"].append({"id": activity.public_id, "output": output.pk, "token": "mot-tep"})
    rows["activities"] = rows["hoat-dong"]
    rows["xac-minh"] = [*rows["hoat-dong"], {"pair": pair.public_id}]
    rows["kiem-tra"] = [{"body": inspected.pk}]
    rows["yeu-cau"] = [{"id": asked.public_id, "recipient": asked.recipients.get().pk}]
    rows["bao-cao-don-vi"] = [
        {"id": one.public_id, "key": "II.1", "code": "CT05.1", "no": 1} for one in (own_return, draft)
    ]
    rows["quan-tri"] += [
        {"pk": pk, "kind": "committee", "code": "CT04.1", "p": HERE}
        for pk in (people.other.department_id, people.other.user_id, people.other.pk)
    ]
    laid = {"province": office.unit, "file": piece.file, "by": people.editor, "at": NOW}
    own_form = ExcelForm.objects.create(name="Biểu", sheets=SHEETS, **laid)
    template = WordTemplate.objects.create(no=1, **laid)
    rows["quan-tri"].append({"form": own_form.public_id, "template": template.public_id, "no": 1, "row": 1})
    rows["reports"] = [{"id": report.public_id}]
    typed = PastTotal.objects.create(
        province=office.unit, year=2022, measure=output.measure, scope="month", quantity=4, source="Báo cáo",
        typed_by=people.editor, typed_at=NOW,
    )  # fmt: skip
    rows["bao-cao"].append({"no": typed.pk})
    for row in rows["bao-cao"]:
        row["form"] = own_form.public_id
    rows["theo-doi"] = [{"code": "CT05.1"}]
    rows["tep"].append({"token": piece.file.token})
    admin = make.seat(office, "admin")
    kept = {"office": office, "province": office.unit, "campaign": report.campaign}
    rows["quan-tri"].append({"id": Archive.objects.create(**kept, asked_by=admin, queued_at=NOW).public_id})
    seats = [people.editor, people.head, people.committee, people.other, admin]
    return rows, seats, [people.stranger, make.seat(people.stranger.department, "admin")]


def addresses(scene_rows, name, route, words, place):
    """The address filled in with each row of its kind; nothing at all when a word of it has no value."""
    leaf = next((part for part in route.split("/") if part in scene_rows), "")
    kinds = scene_rows.get(leaf) or [{}]
    found = set()
    for values in kinds:
        if set(words) <= {"t", "y", *values}:
            with contextlib.suppress(NoReverseMatch):  # a value of another shape: the code of a measure, of a programme
                found.add(reverse(name, kwargs={word: {"t": place, "y": 2023, **values}[word] for word in words}))
    return sorted(found)


def answers(seat, address) -> set[int]:
    """What GET and POST say to the seat; nothing that they write stays."""
    client = Client()
    client.force_login(seat.user)
    found = set()
    for method in (client.get, client.post):
        with transaction.atomic():
            found.add(method(address).status_code)
            transaction.set_rollback(True)
    return found - {405}


def test_every_address_that_names_a_place_or_a_row_is_walked(scene):
    rows, _seats, _strangers = scene

    assert [name for name, route, words in ROUTES if not addresses(rows, name, route, words, HERE)] == []


def test_another_provinces_place_and_rows_answer_404_to_every_call(scene):
    rows, _seats, strangers = scene

    told = {
        address: found
        for name, route, words in ROUTES
        for address in addresses(rows, name, route, words, HERE)
        for seat in strangers
        if (found := answers(seat, address)) != {404}
    }

    assert told == {}


def test_another_provinces_rows_answer_404_under_ones_own_place_too(scene):
    rows, _seats, strangers = scene
    named = [(name, route, words) for name, route, words in ROUTES if "t" in words and set(words) - SHARED]

    told = {
        address: found
        for name, route, words in named
        for address in addresses(rows, name, route, words, THERE)
        for seat in strangers
        if (found := answers(seat, address)) != {404}
    }

    assert len(named) > 40
    assert told == {}


def test_the_same_addresses_are_there_for_the_province_itself(scene):
    """Without this a 404 above would prove nothing."""
    rows, seats, _strangers = scene
    shut = [
        name
        for name, route, words in ROUTES
        if not any(
            answers(seat, address) - {404} for address in addresses(rows, name, route, words, HERE) for seat in seats
        )
    ]

    assert set(shut) <= OTHER_STATE
