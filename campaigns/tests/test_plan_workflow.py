"""The life of a plan: each move by each power, once."""

import datetime

import pytest

from campaigns.models import Plan
from campaigns.operations.plans import IssueFacts, issue_plan, start_plan, submit_plan, withdraw_plan
from campaigns.operations.requests import RequestFacts, create_request
from campaigns.operations.reviews import (
    answer_comment,
    approve_plan,
    comment_on_plan,
    open_plan_for_review,
    remove_comment,
    return_plan,
)
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.models import Event
from provinces.tests import make as who
from provinces.workflow import Refused

pytestmark = pytest.mark.django_db
DAY = datetime.date(2023, 11, 1)


@pytest.fixture
def people():
    return make_plans.cast()


def comment(plan, people, kind="must", anchor="section:muc-dich"):
    return comment_on_plan(plan, anchor, kind, "Ghi rõ chỉ tiêu.", by=people.reviewer, at=NOW)


def test_a_plan_goes_from_draft_to_issued(people):
    plan = make_plans.issued(people)

    assert plan.status == Plan.Status.ISSUED
    assert (plan.number, plan.symbol, plan.dated) == ("3608", "QĐ-BPN&TE", DAY)
    verbs = list(Event.objects.about(plan).values_list("verb", flat=True))
    assert verbs[-3:] == ["plan.submit", "plan.approve", "plan.issue"]


MOVES = {
    "submit": ("complete", submit_plan, {"officer", "head"}),
    "withdraw": ("submitted", withdraw_plan, {"officer", "head"}),
    "approve": ("submitted", approve_plan, {"reviewer"}),
    "issue": ("approved", lambda plan, **who: issue_plan(plan, IssueFacts("5", "KH-UBND", DAY), **who), {"head"}),
}


@pytest.mark.parametrize("seat", ["officer", "head", "reviewer", "lawyer", "stranger"])
@pytest.mark.parametrize("name", MOVES)
def test_each_move_takes_its_own_power(people, name, seat):
    state, act, allowed = MOVES[name]
    plan = getattr(make_plans, state)(people)
    people.stranger = who.seat(who.office(who.province("Hà Tĩnh", "42", "ha-tinh")), "approver")

    if seat in allowed:
        act(plan, by=getattr(people, seat), at=NOW)
        assert Plan.objects.get(pk=plan.pk).status != state
    else:
        before = Plan.objects.get(pk=plan.pk).status
        with pytest.raises(Refused):
            act(plan, by=getattr(people, seat), at=NOW)
        assert Plan.objects.get(pk=plan.pk).status == before


def test_two_people_submitting_at_once_only_one_wins(people):
    plan = make_plans.complete(people)
    same = Plan.objects.get(pk=plan.pk)

    submit_plan(plan, by=people.officer, at=NOW)
    with pytest.raises(Refused, match=str(people.officer.user)):
        submit_plan(same, by=people.head, at=NOW)

    assert Event.objects.about(plan).filter(verb="plan.submit").count() == 1


def test_an_incomplete_plan_is_not_submitted(people):
    plan = make_plans.started(people)

    with pytest.raises(Refused, match="Mục đích"):
        submit_plan(plan, by=people.officer, at=NOW)
    assert Plan.objects.get().status == Plan.Status.DRAFT


def test_a_task_without_a_lead_stops_the_submission(people):
    plan = make_plans.complete(people)
    make_plans.task(plan, people, title="Chưa giao ai", lead=None)

    with pytest.raises(Refused, match="Chưa giao ai"):
        submit_plan(plan, by=people.officer, at=NOW)


def test_a_plan_the_committee_has_opened_is_not_withdrawn(people):
    plan = make_plans.submitted(people)
    open_plan_for_review(Plan.objects.get(), by=people.reviewer, at=NOW)

    with pytest.raises(Refused):
        withdraw_plan(plan, by=people.officer, at=NOW)
    assert Plan.objects.get().status == Plan.Status.SUBMITTED


def test_opening_twice_is_one_opening(people):
    plan = make_plans.submitted(people)

    open_plan_for_review(plan, by=people.reviewer, at=NOW)
    open_plan_for_review(plan, by=people.reviewer, at=NOW + datetime.timedelta(hours=1))

    assert plan.opened_at == NOW
    assert Event.objects.about(plan).filter(verb="plan.open").count() == 1


def test_only_the_committee_opens_and_comments(people):
    plan = make_plans.submitted(people)

    with pytest.raises(Refused):
        open_plan_for_review(plan, by=people.head, at=NOW)
    with pytest.raises(Refused):
        comment_on_plan(plan, "section:muc-dich", "must", "Tự khen.", by=people.head, at=NOW)


def test_a_comment_names_something_of_this_plan_and_says_something(people):
    plan = make_plans.submitted(people)

    with pytest.raises(Refused):
        comment(plan, people, anchor="section:khac")
    with pytest.raises(Refused):
        comment_on_plan(plan, "section:muc-dich", "must", "  ", by=people.reviewer, at=NOW)


def test_a_plan_that_is_not_under_review_takes_no_comment(people):
    plan = make_plans.complete(people)

    with pytest.raises(Refused):
        comment(plan, people)


def test_a_return_needs_a_comment_that_must_be_fixed(people):
    plan = make_plans.submitted(people)
    comment(plan, people, "advice")

    with pytest.raises(Refused):
        return_plan(plan, by=people.reviewer, at=NOW)
    assert Plan.objects.get().status == Plan.Status.SUBMITTED


def test_an_approval_does_not_pass_over_a_comment_that_must_be_fixed(people):
    plan = make_plans.submitted(people)
    said = comment(plan, people)

    with pytest.raises(Refused):
        approve_plan(plan, by=people.reviewer, at=NOW)
    remove_comment(said, by=people.reviewer, at=NOW)
    assert approve_plan(plan, by=people.reviewer, at=NOW).status == Plan.Status.APPROVED


def test_somebody_elses_comment_is_not_taken_back(people):
    plan = make_plans.submitted(people)
    said = comment(plan, people)

    with pytest.raises(Refused):
        remove_comment(said, by=who.seat(people.committee, "approver"), at=NOW)
    assert plan.comments.count() == 1


def test_a_returned_plan_is_written_again_and_answers_before_it_is_submitted(people):
    plan = make_plans.returned(people)
    said = plan.comments.get()
    assert (plan.status, said.sent, plan.opened_at) == (Plan.Status.RETURNED, True, None)

    with pytest.raises(Refused):
        submit_plan(plan, by=people.officer, at=NOW)
    with pytest.raises(Refused):
        answer_comment(said, "explained", "", by=people.officer, at=NOW)
    answer_comment(said, "fixed", by=people.officer, at=NOW)

    assert submit_plan(plan, by=people.officer, at=NOW).status == Plan.Status.SUBMITTED


def test_an_answer_is_fixed_or_explained_and_to_a_comment_that_was_sent(people):
    plan = make_plans.returned(people)
    said = plan.comments.get()
    unsent = plan.comments.create(anchor=said.anchor, kind="must", text="Chưa gửi", by=people.reviewer, at=NOW)

    with pytest.raises(Refused):
        answer_comment(said, "ignored", by=people.officer, at=NOW)
    with pytest.raises(Refused):
        answer_comment(unsent, "fixed", by=people.officer, at=NOW)


def test_only_the_author_answers(people):
    said = make_plans.returned(people).comments.get()

    with pytest.raises(Refused):
        answer_comment(said, "fixed", by=people.lawyer, at=NOW)


@pytest.mark.parametrize("facts", [IssueFacts(symbol="KH-UBND", dated=DAY), IssueFacts("573", "KH-UBND")])
def test_issuing_needs_number_and_date(people, facts):
    plan = make_plans.approved(people)

    with pytest.raises(Refused):
        issue_plan(plan, facts, by=people.head, at=NOW)
    assert Plan.objects.get().status == Plan.Status.APPROVED


def test_a_number_may_be_unknown_when_somebody_says_so(people):
    plan = issue_plan(make_plans.approved(people), IssueFacts(number_unknown=True), by=people.head, at=NOW)

    assert (plan.number, plan.dated, plan.number_unknown) == ("", None, True)


def test_numbers_are_kept_as_typed_whatever_their_series(people):
    facts = IssueFacts("0217/2023", "QĐ-BPN&TE", DAY, signer_lines="TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n")

    plan = issue_plan(make_plans.approved(people), facts, by=people.head, at=NOW)

    assert (plan.number, plan.signer_lines) == ("0217/2023", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH")


def test_an_issuer_is_in_force_on_the_day_it_signs(people):
    people.ubnd.valid_to = datetime.date(2025, 6, 30)
    people.ubnd.save()
    plan = make_plans.approved(people)

    with pytest.raises(Refused):
        issue_plan(plan, IssueFacts("1", "KH", datetime.date(2026, 1, 1)), by=people.head, at=NOW)


def test_the_successors_committee_reviews_an_old_plan(people):
    heir = who.committee(who.province("An Giang", "91", "an-giang"))
    people.committee.successions.create(successor=heir, on=datetime.date(2025, 7, 1))

    plan = approve_plan(make_plans.submitted(people), by=who.seat(heir, "approver"), at=NOW)

    assert plan.status == Plan.Status.APPROVED


def test_a_districts_own_plan_is_approved_by_its_own_approver(people):
    district = who.commune(people.province, "Huyện Kỳ Anh", "447", level="district")
    body = who.department(district, "Ủy ban nhân dân huyện Kỳ Anh", "UBND", kind="ubnd_huyen")
    clerk, chair = who.seat(body), who.seat(body, "approver")
    plan = start_plan(
        None, owner=body, kind="programme", issuer=body, subject="Chương trình", years=(2023, 2030), by=clerk, at=NOW
    )
    make_plans.save_section(make_plans.section(plan), make_plans.PURPOSE, version=1, done=True, by=clerk, at=NOW)
    make_plans.save_task(
        plan,
        None,
        make_plans.TaskData(title="Truyền thông", type=make.activity_type(), lead=body),
        by=clerk,
        at=NOW,
    )
    submit_plan(plan, by=clerk, at=NOW)

    with pytest.raises(Refused):
        approve_plan(plan, by=people.reviewer, at=NOW)
    approve_plan(plan, by=chair, at=NOW)
    issue_plan(plan, IssueFacts("573", "KH-UBND", datetime.date(2023, 4, 18)), by=chair, at=NOW)

    assert plan.status == Plan.Status.ISSUED


def test_a_department_sees_the_plan_of_its_province_once_it_is_settled(people):
    plan = make_plans.submitted(people)
    other = who.seat(who.department(who.province("Hà Tĩnh", "42", "ha-tinh"), "Sở Y tế"))
    ministry = who.department(who.country(), "Bộ Nội vụ", kind="bo")
    ministry.duties.create(kind="ministry", for_unit=who.country())

    def sees(seat):
        return Plan.objects.visible_to(type(seat).objects.get(pk=seat.pk)).filter(pk=plan.pk).exists()

    desk = who.seat(ministry)
    assert [sees(seat) for seat in (people.officer, people.reviewer)] == [True, True]
    assert [sees(seat) for seat in (people.lawyer, other, desk)] == [False, False, False]
    approve_plan(plan, by=people.reviewer, at=NOW)
    assert [sees(seat) for seat in (people.lawyer, other, desk)] == [True, False, False]
    issue_plan(plan, IssueFacts("5", "KH-UBND", DAY), by=people.head, at=NOW)
    assert [sees(seat) for seat in (people.lawyer, other, desk)] == [True, False, True]


FACTS = {
    "kind": "month",
    "scope": "month",
    "year": 2023,
    "period_from": datetime.date(2023, 11, 15),
    "period_to": datetime.date(2023, 12, 15),
    "cut_off": datetime.datetime(2023, 12, 15, 17, tzinfo=NOW.tzinfo),
    "due": datetime.datetime(2023, 12, 18, 17, tzinfo=NOW.tzinfo),
}


def ask(people, by=None, recipients=None, **more):
    return create_request(
        make.campaign(),
        RequestFacts(**{**FACTS, **more}),
        asker=people.office,
        recipients=[people.justice] if recipients is None else recipients,
        by=by or people.officer,
        at=NOW,
    )


def test_a_request_names_whom_it_asks(people):
    request = ask(people, recipients=[people.justice, people.justice, people.office])

    assert {r.department for r in request.recipients.all()} == {people.justice, people.office}
    assert Event.objects.about(request).filter(verb="request.create").count() == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"recipients": []},
        {"period_to": datetime.date(2023, 11, 1)},
        {"due": datetime.datetime(2023, 12, 1, tzinfo=NOW.tzinfo)},
    ],
)
def test_a_request_that_cannot_be_is_refused(people, fault):
    with pytest.raises(Refused):
        ask(people, **fault)


def test_a_report_of_the_month_needs_its_campaign(people):
    with pytest.raises(Refused) as refused:
        create_request(
            None, RequestFacts(**FACTS), asker=people.office, recipients=[people.justice], by=people.officer, at=NOW
        )

    assert refused.value.field == "kind"


def test_a_request_asks_nobody_who_has_ended(people):
    people.justice.valid_to = datetime.date(2023, 12, 1)

    with pytest.raises(Refused):
        ask(people)


def test_a_request_is_made_by_the_department_that_asks(people):
    with pytest.raises(Refused):
        ask(people, by=people.lawyer)


def test_the_committee_does_not_look_over_the_shoulder_of_who_writes():
    office = who.office(who.province())
    reader = who.seat(who.committee(office.unit), role="approver")
    draft = make.plan(office)

    assert not Plan.objects.visible_to(reader).exists()
    Plan.objects.filter(pk=draft.pk).update(status="submitted", submitted_at=NOW)
    assert Plan.objects.visible_to(reader).get() == draft
