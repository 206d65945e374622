"""What the database refuses by itself, whoever writes; `activities` has its own table of the same kind.

Each line breaks one sentence: AGAIN stores a second row like the first, otherwise one sound row is changed. A new
constraint without a line fails the first test.
"""

import datetime
import uuid
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from campaigns import models as asked
from campaigns.tests import make as campaigns
from provinces import models as who
from provinces.ids import new_id
from provinces.tests import make
from provinces.tests.make import NOW
from reports import models as told
from reports.tests import make as reports

pytestmark = pytest.mark.django_db
D, DAY, HOUR = datetime.date(2023, 11, 20), datetime.timedelta(days=1), datetime.timedelta(hours=1)
BACKWARDS = {"valid_from": D, "valid_to": D - DAY}


def provinces_rows(s) -> None:
    s.province = make.province()
    s.other = make.province("Hà Tĩnh", "42", "ha-tinh", valid_from=D)
    s.unit = make.commune(s.province, valid_from=D)
    s.unit_name = s.unit.names.get()
    s.unit_passed = who.UnitSuccession.objects.create(predecessor=s.province, successor=s.other, on=D, whole=True)
    s.department, s.heir = make.department(s.province), make.department(s.province, "Sở Nội vụ")
    s.department_name = s.department.names.get()
    s.passed = who.DepartmentSuccession.objects.create(predecessor=s.department, successor=s.heir, on=D)
    duty = {"department": s.department, "kind": "committee", "for_unit": s.province}
    s.duty, s.old_duty = who.Duty.objects.create(**duty, valid_from=D), who.Duty.objects.create(**duty)
    s.old_seat = make.seat(s.department)
    s.seat = who.Seat.objects.create(user=s.old_seat.user, department=s.heir, role="editor", valid_from=D)
    s.draft = who.Draft.objects.create(seat=s.seat, form="x", raw={}, saved_at=NOW)
    s.notice = who.Notice.objects.create(department=s.department, key="k", sentence="s", at=NOW)
    s.file = who.File.objects.create(sha256="0", kind="pdf", name="a", size=1, owner=s.department, token="t", at=NOW)
    s.key = who.IdempotencyKey.objects.create(seat=s.seat, key="k", body_sha256="0", at=NOW)
    s.presence = who.Presence.objects.create(
        seat=s.seat, object_type="campaigns.plan", object_id="1", since=NOW, seen_at=NOW
    )


def campaigns_rows(s) -> None:
    s.campaign = campaigns.campaign()
    s.wording = asked.Wording.objects.create(campaign=s.campaign, province=s.province)
    s.national = s.campaign.wordings.get(province=None)
    s.measure = campaigns.measure()
    s.own_measure = campaigns.measure("CT04.1-22-1", province=s.province, rolls_up_to=s.measure)
    kind = campaigns.activity_type()
    s.standard = asked.StandardTask.objects.create(
        era="2025-03", department_name="Sở Nội vụ", heading="III.1", text="x", type=kind
    )
    s.month_plan = campaigns.plan(s.department)
    s.plan = campaigns.plan(s.department, kind="year")
    s.section = asked.PlanSection.objects.create(plan=s.plan, key="can-cu")
    s.target = asked.PlanTarget.objects.create(plan=s.plan, measure=s.measure, quantity=1)
    said = {"text": "x", "by": s.seat, "at": NOW}
    s.comment = asked.PlanComment.objects.create(plan=s.plan, anchor="a", kind="must", **said)
    s.submission = asked.PlanSubmission.objects.create(plan=s.plan, no=1, content={}, by=s.seat, at=NOW)
    settled = {"anchor": "a", "kind": "year", "found": "2022", "by": s.seat, "at": NOW}
    s.left = asked.Leftover.objects.create(plan=s.plan, **settled)
    s.left_of_year = asked.Leftover.objects.create(campaign=s.campaign, province=s.province, **settled)
    s.request = reports.request(s.department, [s.heir])
    s.step = asked.RequestStep.objects.create(request=s.request, kind="compile", at=NOW)
    s.recipient = s.request.recipients.get()
    s.task = asked.Task.objects.create(plan=s.plan, heading="III.2", type=kind, title="Việc")
    s.partner = asked.TaskPartner.objects.create(task=s.task, department=s.heir)
    s.task_target = asked.TaskTarget.objects.create(task=s.task, measure=s.measure, quantity=1)
    s.money = asked.TaskMoney.objects.create(task=s.task, amount=1, source=campaigns.money_source())
    s.serves = asked.TaskProgramme.objects.create(task=s.task, programme=campaigns.programme())
    s.assignee = asked.TaskAssignee.objects.create(task=s.task, department=s.heir)
    s.done = asked.TaskDone.objects.create(lineage=s.task.lineage, department=s.heir, by=s.seat, at=NOW)
    s.question = asked.TaskQuestion.objects.create(task=s.task, department=s.heir, **said)


def reports_rows(s) -> None:
    s.asked_report = reports.report(s.heir, request=s.request)
    s.report = reports.report(s.department)
    s.job = told.Job.objects.create(report=s.report, queued_at=NOW)
    s.other_job = told.Job.objects.create(report=s.report, queued_at=NOW, status="done", finished_at=NOW)
    s.snapshot = told.Snapshot.objects.create(
        report=s.report, job=s.job, no=1, schema=1, figures={}, sha256="0", taken_at=NOW
    )
    s.given = told.ProvinceSource.objects.create(
        snapshot=s.snapshot, cell="month:CT04.1", province=s.province, given=s.snapshot, quantity=1, certainty="exact"
    )
    s.archive = told.Archive.objects.create(
        office=s.department, province=s.province, campaign=s.campaign, asked_by=s.seat, queued_at=NOW
    )
    s.text = told.ReportSection.objects.create(report=s.report, key="I")
    s.quote = told.Quote.objects.create(
        section=s.text, source=s.report, department=s.heir, key="I", text="x", sha256="0", at=NOW
    )
    s.delivery = told.Delivery.objects.create(report=s.report, to=s.heir, sent_at=NOW, sent_by=s.seat)
    s.past_total = told.PastTotal.objects.create(
        province=s.province, year=2022, measure=s.measure, scope="month", quantity=4, source="x", typed_by=s.seat,
        typed_at=NOW,
    )  # fmt: skip
    s.mailing = told.Mailing.objects.create(delivery=s.delivery, address="ban@example.vn", at=NOW, by=s.seat)
    s.remark = told.ReportComment.objects.create(report=s.report, kind="must", text="x", by=s.seat, at=NOW)
    laid = {"file": s.file, "by": s.seat, "at": NOW}
    s.template = told.WordTemplate.objects.create(province=s.province, no=1, previewed_at=NOW, used_from=NOW, **laid)
    s.form = told.ExcelForm.objects.create(name="Biểu", sheets=[], **laid)
    s.cell = told.FormCell.objects.create(form=s.form, sheet=0, row=1, column=1, fact="year")
    s.photo = told.ReportPhoto.objects.create(report=s.report, activity=reports.activity(s.department), file=s.file)
    s.reminder = told.Reminder.objects.create(recipient=s.recipient, step="soon", day=D, subject="x", text="x", at=NOW)


@pytest.fixture
def scene():
    """One sound row of every table."""
    found = SimpleNamespace()
    for rows in (provinces_rows, campaigns_rows, reports_rows):
        rows(found)
    return found


AGAIN = "again"
# constraint: the row, and what is changed in it or, with AGAIN, in its copy
BROKEN = {
    "unit_ends_after_it_starts": ("unit", BACKWARDS),
    "unit_code_once_per_start": ("unit", AGAIN),
    "unit_code_once_when_start_unknown": ("province", AGAIN, {"slug": "khac"}),
    "unit_slug_once_per_start": ("other", AGAIN, {"code": "98"}),
    "unit_slug_once_when_start_unknown": ("province", AGAIN, {"code": "98"}),
    "unit_unknown_end_has_no_end_day": ("unit", {"end_unknown": True, "valid_to": D}),
    "unit_below_country_has_parent": ("unit", {"parent": None}),
    "unit_below_province_names_its_province": ("unit", {"province": None}),
    "unit_province_has_slug": ("province", {"slug": ""}),
    "unit_name_ends_after_it_starts": ("unit_name", BACKWARDS),
    "unit_name_once_per_kind": ("unit_name", AGAIN),
    "unit_name_unknown_start_has_no_day": ("unit_name", {"start_known": False, "valid_from": D}),
    "unit_succession_once": ("unit_passed", AGAIN),
    "unit_does_not_succeed_itself": ("unit_passed", {"successor": models.F("predecessor")}),
    "department_ends_after_it_starts": ("department", BACKWARDS),
    "department_name_ends_after_it_starts": ("department_name", BACKWARDS),
    "department_name_once": ("department_name", AGAIN),
    "department_succession_once": ("passed", AGAIN),
    "department_does_not_succeed_itself": ("passed", {"successor": models.F("predecessor")}),
    "duty_ends_after_it_starts": ("duty", BACKWARDS),
    "duty_given_once": ("duty", AGAIN),
    "duty_given_once_when_start_unknown": ("old_duty", AGAIN),
    "seat_ends_after_it_starts": ("seat", BACKWARDS),
    "seat_given_once": ("seat", AGAIN),
    "seat_given_once_when_start_unknown": ("old_seat", AGAIN),
    "draft_once_per_seat_and_form": ("draft", AGAIN),
    "notice_once_per_step": ("notice", AGAIN),
    "file_is_not_empty": ("file", {"size": 0}),
    "idempotency_key_once_per_seat": ("key", AGAIN),
    "presence_once_per_part": ("presence", AGAIN),
    "campaign_once_a_year": ("campaign", AGAIN),
    "campaign_closes_after_it_opens": ("campaign", {"closes_on": datetime.date(2023, 11, 14)}),
    "wording_default_once_per_province": ("wording", AGAIN),
    "wording_default_once_nationally": ("national", AGAIN),
    "measure_of_a_province_rolls_up": ("own_measure", {"rolls_up_to": None}),
    "measure_does_not_roll_up_to_itself": ("own_measure", {"rolls_up_to": models.F("id")}),
    "standard_task_once": ("standard", AGAIN),
    "plan_version_once": ("plan", AGAIN),
    "plan_of_the_month_has_a_campaign": ("month_plan", {"campaign": None}),
    "plan_years_are_in_order": ("plan", {"year_to": 2022}),
    "plan_submitted_has_time": ("plan", {"status": "submitted"}),
    "plan_issued_has_number_or_says_unknown": ("plan", {"status": "issued"}),
    "plan_amendment_has_a_reason": ("plan", {"version": 2}),
    "plan_budget_is_not_negative": ("plan", {"budget": -1}),
    "plan_of_the_month_open_once_per_office": ("month_plan", AGAIN, {"lineage": uuid.UUID(int=1)}),
    "plan_section_once": ("section", AGAIN),
    "plan_target_once_per_measure": ("target", AGAIN),
    "plan_target_is_positive": ("target", {"quantity": 0}),
    "plan_comment_says_something": ("comment", {"text": ""}),
    "plan_comment_explained_has_words": ("comment", {"answer": "explained"}),
    "plan_submission_once": ("submission", AGAIN),
    "task_done_once": ("done", AGAIN),
    "leftover_of_a_plan_settled_once": ("left", AGAIN),
    "leftover_of_a_campaign_settled_once": ("left_of_year", AGAIN),
    "leftover_is_of_a_plan_or_a_campaign": ("left_of_year", {"campaign": None}),
    "request_period_is_in_order": ("request", {"period_to": datetime.date(2022, 12, 31)}),
    "request_of_the_month_has_a_campaign": ("request", {"campaign": None}),
    "request_is_due_after_cut_off": ("request", {"due": models.F("cut_off") - HOUR}),
    "request_closed_has_a_reason": ("request", {"closed_at": NOW, "closing_reason": ""}),
    "request_step_once": ("step", AGAIN),
    "recipient_asked_once": ("recipient", AGAIN),
    "task_once_per_plan": ("task", AGAIN),
    "task_ends_after_it_starts": ("task", {"starts_on": D, "ends_on": D - DAY}),
    "task_has_at_most_one_kind_of_lead": ("task", {"lead_group": "offices", "lead_text": "x"}),
    "task_has_a_title": ("task", {"title": ""}),
    "task_partner_is_listed_or_named": ("partner", {"name": "x"}),
    "task_partner_once": ("partner", AGAIN),
    "task_target_once_per_measure": ("task_target", AGAIN),
    "task_target_has_quantity_unless_text_or_unknown": ("task_target", {"quantity": None}),
    "task_money_is_positive": ("money", {"amount": 0}),
    "task_programme_once": ("serves", AGAIN),
    "task_assignee_once": ("assignee", AGAIN),
    "task_question_says_something": ("question", {"text": ""}),
    "task_question_answered_has_time": ("question", {"answer": "x"}),
    "report_version_once": ("report", AGAIN, {"kind": "return"}),
    "report_open_once_per_request": ("asked_report", AGAIN, {"lineage": uuid.UUID(int=1)}),
    "report_open_once_per_campaign": ("report", AGAIN, {"lineage": uuid.UUID(int=1)}),
    "report_locked_has_figures": ("report", {"status": "locked"}),
    "report_issued_has_number_or_says_unknown": ("report", {"status": "issued", "locked_at": NOW, "snapshot": 1}),
    "report_nil_has_a_reason": ("report", {"kind": "return", "status": "nil"}),
    "report_supplement_names_the_old": ("report", {"kind": "supplement"}),
    "report_section_once": ("text", AGAIN),
    "quote_once_per_section": ("quote", AGAIN),
    "quote_says_something": ("quote", {"text": ""}),
    "delivery_open_once": ("delivery", AGAIN),
    "delivery_decided_has_time": ("delivery", {"status": "accepted"}),
    "mailing_open_once": ("mailing", AGAIN),
    "mailing_has_an_address": ("mailing", {"address": ""}),
    "mailing_begun_has_time": ("mailing", {"status": "sent"}),
    "past_total_once_per_cell": ("past_total", AGAIN),
    "past_total_is_no_debt": ("past_total", AGAIN, {"quantity": -1, "year": 2021}),
    "past_total_names_its_paper": ("past_total", AGAIN, {"source": "", "year": 2021}),
    "past_total_ended_by_somebody": ("past_total", {"ended_at": NOW}),
    "report_comment_says_something": ("remark", {"text": ""}),
    "job_open_once_per_report": ("job", AGAIN),
    "job_running_has_a_lease": ("job", {"status": "running"}),
    "job_finished_has_time": ("job", {"status": "done"}),
    "archive_open_once_per_year": ("archive", AGAIN),
    "archive_running_has_a_lease": ("archive", {"status": "running"}),
    "archive_done_has_a_hash": ("archive", {"status": "done", "finished_at": NOW}),
    "province_gives_once_to_a_cell": ("given", AGAIN),
    "word_template_number_once": ("template", AGAIN, {"used_from": None}),
    "word_template_in_use_once_per_province": ("template", AGAIN, {"no": 2}),
    "word_template_was_previewed_before_use": ("template", {"previewed_at": None}),
    "excel_form_has_a_name": ("form", {"name": ""}),
    "form_cell_once": ("cell", AGAIN),
    "form_cell_holds_a_measure_or_a_fact": ("cell", {"fact": ""}),
    "report_photo_once": ("photo", AGAIN),
    "reminder_once_a_day": ("reminder", AGAIN, {"step": "eve"}),
    "reminder_once_per_step": ("reminder", AGAIN, {"day": D + DAY}),
    "reminder_says_something": ("reminder", {"text": ""}),
    "snapshot_number_once": ("snapshot", AGAIN, {"job": "other_job"}),
    "snapshot_has_a_hash": ("snapshot", AGAIN, {"job": "other_job", "no": 2, "sha256": ""}),
}


def store_again(row, changes: dict) -> None:
    row.pk = None
    if hasattr(row, "public_id"):
        row.public_id = new_id()
    for field, value in changes.items():
        setattr(row, field, value)
    row.save(force_insert=True)


def change(scene, row, changes: dict) -> None:
    values = {name: scene.snapshot if name == "snapshot" else value for name, value in changes.items()}
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def test_every_constraint_has_its_line():
    named = {
        constraint.name
        for floor in ("provinces", "campaigns", "reports")
        for model in apps.get_app_config(floor).get_models()
        for constraint in model._meta.constraints
    }

    assert named == set(BROKEN)


@pytest.mark.parametrize("constraint", BROKEN)
def test_the_database_refuses(scene, constraint):
    name, what, *more = BROKEN[constraint]
    row = getattr(scene, name)
    stated = next(each for each in row._meta.constraints if each.name == constraint)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        if what == AGAIN:
            given = {field: getattr(scene, str(value), value) for field, value in (more[0] if more else {}).items()}
            store_again(row, given)
        else:
            change(scene, row, what)

    assert said(stated, row) in str(refused.value)


def said(constraint, row) -> str:
    """SQLite names the columns of a unique constraint without a condition, otherwise databases name the constraint."""
    if connection.vendor != "sqlite" or isinstance(constraint, models.CheckConstraint):
        return constraint.name
    columns = [row._meta.get_field(field).column for field in constraint.fields]
    return ", ".join(f"{row._meta.db_table}.{column}" for column in columns)
