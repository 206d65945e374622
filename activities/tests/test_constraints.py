"""What the database refuses by itself, whoever writes: each row below breaks exactly one sentence."""

import datetime
import decimal

import pytest
from django.db import IntegrityError, transaction

from activities.models import (
    Activity,
    ActivityVersion,
    Adjustment,
    DuplicatePair,
    Evidence,
    Inspected,
    Inspection,
    Intake,
    IssuedDocument,
    Money,
    Output,
    Participant,
)
from activities.tests import make
from campaigns.tests import make as campaigns
from provinces.tests import make as who

NOW = who.NOW
DAY = datetime.date(2023, 11, 20)


def names(model) -> set[str]:
    return {constraint.name for constraint in model._meta.constraints}


def refuses(constraint, write):
    """The database says no by that sentence; SQLite names checks, and for unique rows their columns."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    said = str(error.value)
    assert constraint in said or "UNIQUE constraint failed" in said, said


BROKEN_ACTIVITIES = {
    "activity_of_the_month_has_a_campaign": {"scope": "month", "campaign": None},
    "activity_date_fits_its_precision": {"precision": "year"},
    "activity_ends_after_it_starts": {"ends_on": datetime.date(2023, 11, 19)},
    "activity_has_a_title": {"title": ""},
    "activity_returned_has_comment": {"status": "returned"},
    "activity_cancelled_has_reason": {"status": "cancelled"},
    "activity_merged_names_the_other": {"status": "merged"},
    "activity_sent_has_time": {"status": "sent", "sent_at": None},
    "activity_is_answered_by_its_owner_when_typed_for_it": {"owner_answer": "confirmed", "owner_answered_at": NOW},
}


@pytest.mark.parametrize("constraint", BROKEN_ACTIVITIES)
def test_a_broken_activity(scene, constraint):
    fields = {"created_by": scene.editor, "status": "draft", **BROKEN_ACTIVITIES[constraint]}

    refuses(constraint, lambda: make.activity(scene.department, **fields))


def test_an_activity_that_is_its_own_parent(scene):
    row = make.activity(scene.department)

    refuses("activity_is_not_its_own_parent", lambda: Activity.objects.filter(pk=row.pk).update(parent=row.pk))


def test_a_dispute_of_what_was_typed_for_a_department_without_a_reason(scene):
    scan = make.file(scene.office, "cong-van.pdf")
    said = {"on_behalf_scan": scan, "owner_answer": "disputed", "owner_answered_at": NOW}

    refuses(
        "activity_disputed_by_its_owner_says_why",
        lambda: make.activity(scene.department, created_by=scene.officer, **said),
    )


def test_every_constraint_of_the_activity_is_tried():
    others = {"activity_is_not_its_own_parent", "activity_disputed_by_its_owner_says_why"}
    assert names(Activity) == {*BROKEN_ACTIVITIES, *others}


def test_two_leads_twice_in_one_role_and_nobody_at_all(scene):
    row = make.activity(scene.department)
    make.participant(row, scene.department, "lead")
    write = Participant.objects.create

    refuses("participant_leads_alone", lambda: write(activity=row, name="Công ty A", role="lead"))
    make.participant(row, scene.office, "co")
    refuses("participant_once_per_role", lambda: write(activity=row, department=scene.office, role="co"))
    refuses("participant_is_listed_or_named", lambda: write(activity=row, role="co"))
    refuses(
        "participant_disputing_says_why", lambda: write(activity=row, name="Công ty A", role="co", answer="disputed")
    )
    assert names(Participant) == {
        "participant_disputing_says_why",
        "participant_leads_alone",
        "participant_once_per_role",
        "participant_is_listed_or_named",
    }


BROKEN_OUTPUTS = {
    "output_has_quantity_unless_text_unknown_or_rate": [
        {"quantity": None},
        {"quantity": -1},
        {"quantity": 5, "certainty": "unknown"},
    ],
    "output_awaits_only_when_a_participant_added_it": [
        {"quantity": 5, "awaiting": True},
        {"quantity": 5, "declined": "Đã tính"},
    ],
    "output_text_says_something": [{"certainty": "text"}],
    "output_split_needs_a_number": [{"certainty": "unknown", "children": 0}],
    "output_sexes_are_within_the_total": [
        {"quantity": 5, "female": 6},
        {"quantity": 5, "male": -1},
        {"quantity": 5, "female": 3, "male": 3},
    ],
    "output_children_are_within_the_total": [{"quantity": 5, "children": 6}],
    "output_girls_and_boys_are_within_the_children": [
        {"quantity": 5, "girls": 1},
        {"quantity": 5, "children": 2, "boys": 3},
        {"quantity": 5, "children": 2, "girls": 2, "boys": 1},
    ],
    "output_girls_are_among_the_female": [{"quantity": 5, "children": 3, "female": 1, "girls": 2}],
    "output_boys_are_among_the_male": [{"quantity": 5, "children": 3, "male": 1, "boys": 2}],
    "output_rate_has_counts_or_a_share": [
        {"certainty": "rate"},
        {"quantity": 5, "rate": decimal.Decimal(100)},
    ],
    "output_numerator_is_within_denominator": [
        {"certainty": "rate", "numerator": 5, "denominator": 4},
        {"certainty": "rate", "numerator": 0, "denominator": 0},
        {"certainty": "rate", "rate": decimal.Decimal(50), "numerator": 1},
    ],
}


@pytest.mark.parametrize(
    ("constraint", "said"),
    [(name, said) for name, rows in BROKEN_OUTPUTS.items() for said in rows],
)
def test_a_broken_output(scene, constraint, said):
    row = make.activity(scene.department)

    refuses(constraint, lambda: make.output(row, **said))


def test_an_output_that_is_part_of_itself(scene):
    row = make.output(make.activity(scene.department), quantity=5)

    refuses("output_is_not_part_of_itself", lambda: Output.objects.filter(pk=row.pk).update(part_of=row.pk))
    assert names(Output) == {*BROKEN_OUTPUTS, "output_is_not_part_of_itself"}


@pytest.mark.parametrize("said", [{"delta": 0, "reason": "vì"}, {"delta": 5, "reason": ""}])
def test_an_adjustment_of_nothing_or_without_a_reason(scene, said):
    row = make.output(make.activity(scene.department), quantity=5)

    refuses(
        "adjustment_moves_something_and_says_why",
        lambda: Adjustment.objects.create(output=row, by=scene.officer, at=NOW, **said),
    )
    assert names(Adjustment) == {"adjustment_moves_something_and_says_why"}


@pytest.mark.parametrize("amount", [0, -5])
def test_money_of_nothing(scene, amount):
    row = make.activity(scene.department)

    refuses(
        "money_is_positive",
        lambda: Money.objects.create(activity=row, amount=amount, source=campaigns.money_source()),
    )
    assert names(Money) == {"money_is_positive"}


def test_an_inspected_body_without_a_name_and_a_paper_without_a_title(scene):
    row = make.activity(scene.department)
    inspection = Inspection.objects.create(activity=row)

    refuses("inspected_body_is_listed_or_named", lambda: Inspected.objects.create(inspection=inspection))
    refuses("issued_document_has_a_title", lambda: IssuedDocument.objects.create(activity=row, title=""))
    assert names(Inspected) | names(IssuedDocument) == {
        "inspected_body_is_listed_or_named",
        "issued_document_has_a_title",
    }


def test_evidence_without_the_tick_or_twice(scene):
    row = make.activity(scene.department)
    first = make.evidence(row)
    said = {"activity": row, "by": scene.editor, "at": NOW}

    refuses(
        "evidence_carries_the_tick",
        lambda: Evidence.objects.create(file=make.file(scene.department, "b.jpg"), consent=False, **said),
    )
    refuses("evidence_file_once", lambda: Evidence.objects.create(file=first.file, consent=True, **said))
    assert names(Evidence) == {"evidence_carries_the_tick", "evidence_file_once"}


def test_a_version_twice(scene):
    row = make.activity(scene.department)
    said = {"activity": row, "no": 1, "content": {}, "by": scene.editor, "at": NOW}
    ActivityVersion.objects.create(**said)

    refuses("activity_version_once", lambda: ActivityVersion.objects.create(**said))


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        ("duplicate_pair_in_order", {"turned": True}),
        ("duplicate_pair_merged_names_the_kept", {"status": "merged", "settled_at": NOW}),
        ("duplicate_pair_settled_by_somebody", {"status": "apart", "settled_by": None}),
    ],
)
def test_a_broken_pair(scene, constraint, said):
    first, second = make.activity(scene.department), make.activity(scene.office)
    said = {"settled_by": scene.officer, **said}
    if said.pop("turned", False):
        first, second = second, first

    refuses(constraint, lambda: DuplicatePair.objects.create(first=first, second=second, found_at=NOW, **said))


def test_a_pair_twice(scene):
    said = {"first": make.activity(scene.department), "second": make.activity(scene.office), "found_at": NOW}
    DuplicatePair.objects.create(**said)

    refuses("duplicate_pair_once", lambda: DuplicatePair.objects.create(**said))
    assert len(names(DuplicatePair)) == 4


@pytest.mark.parametrize(
    ("constraint", "said"),
    [
        ("intake_running_has_a_lease", {"status": "running"}),
        ("intake_finished_has_time", {"status": "done"}),
        ("intake_refused_says_why", {"status": "refused", "finished_at": NOW}),
    ],
)
def test_a_broken_large_sheet(scene, constraint, said):
    where = {"seat": scene.editor, "owner": scene.department, "province": scene.province, "year": 2023}

    refuses(constraint, lambda: Intake.objects.create(token="a", queued_at=NOW, **where, **said))
    assert len(names(Intake)) == 3
