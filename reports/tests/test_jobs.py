"""Compile runs: one at a time, one snapshot each, whatever happens to the worker."""

import datetime
import itertools

import pytest
from django.db import IntegrityError, OperationalError, transaction

from activities.models import Activity
from campaigns.tests import make as campaigns
from provinces.models import Event
from provinces.tests import make as who
from provinces.tests.make import NOW
from provinces.workflow import Refused
from reports.models import Job, Report, ReportSection, Snapshot, Source
from reports.operations import jobs
from reports.operations.jobs import ask_compile, run_job, sweep_jobs
from reports.operations.reports import open_report
from reports.queries.jobs import steps_of
from reports.queries.picture import frozen
from reports.queries.sources import changed_since, sources_of
from reports.tests import make

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def so():
    return who.office(who.province())


@pytest.fixture
def officer(so):
    return who.seat(so)


@pytest.fixture
def report(so, officer):
    launch = make.activity(so)
    make.result(launch, "CT04.1", 1)
    make.result(launch, "CT05.1", 550, "about")
    return open_report(campaigns.campaign(), so.unit, department=so, issuer=so, by=officer, at=NOW)


def now():
    return NOW


def ticking(step=1):
    """A clock that moves on at every look."""
    seconds = itertools.count(step=step)
    return lambda: NOW + datetime.timedelta(seconds=next(seconds))


def compiled(report, officer):
    return run_job(ask_compile(report, by=officer, at=NOW).pk, clock=ticking())


def test_a_run_freezes_figures_sources_and_drafts(report, officer):
    job = compiled(report, officer)
    assert job.status == "done"
    report.refresh_from_db()
    snapshot = Snapshot.objects.get()
    assert report.snapshot == snapshot
    assert snapshot.no == 1
    assert frozen(snapshot).sha256 == snapshot.sha256
    assert frozen(snapshot).cell("CT05.1").printed == "khoảng 550"
    assert [(each.quantity, each.printed) for each in sources_of(snapshot, "CT05.1:month")] == [(550, "khoảng 550")]
    assert "«khoảng 550 [CT05.1]» lượt người" in report.sections.get(key="II.1").text


def test_progress_is_told_by_department_and_step(report, officer):
    job = compiled(report, officer)
    assert (job.done, job.total) == (1, 1)
    assert [line["step"] for line in job.timeline] == ["list", "duplicates", "sum", "compare", "print"]
    view = steps_of(job, NOW)
    assert {step.state for step in view.steps} == {"done"}


def test_a_second_press_finds_the_run_that_is_under_way(report, officer):
    first = ask_compile(report, by=officer, at=NOW)
    second = ask_compile(report, by=who.seat(report.department), at=NOW + MINUTE)
    assert first == second
    assert Job.objects.count() == 1


def test_the_database_holds_one_open_run_per_report(report):
    Job.objects.create(report=report, queued_at=NOW)
    with pytest.raises(IntegrityError, match="job_open_once_per_report|UNIQUE"), transaction.atomic():
        Job.objects.create(report=report, queued_at=NOW)


def test_a_stranger_and_a_viewer_cannot_compile(report):
    elsewhere = who.office(who.province("Kiên Giang", "91", "kien-giang"))
    for seat in (who.seat(elsewhere), who.seat(report.department, "viewer")):
        with pytest.raises(Refused):
            ask_compile(report, by=seat, at=NOW)


def test_a_locked_report_is_not_compiled_again(report, officer):
    compiled(report, officer)
    Report.objects.filter(pk=report.pk).update(status="locked", locked_at=NOW)
    report.refresh_from_db()
    with pytest.raises(Refused):
        ask_compile(report, by=officer, at=NOW)


def test_running_a_job_twice_changes_nothing(report, officer):
    job = compiled(report, officer)
    assert run_job(job.pk, clock=now) is None
    assert Snapshot.objects.count() == 1


def test_two_workers_at_once_make_one_snapshot(report, officer, monkeypatch):
    job = ask_compile(report, by=officer, at=NOW)
    seen = []

    def nosy(*args, **more):
        seen.append(run_job(job.pk, clock=now))
        return real(*args, **more)

    real = jobs.sums
    monkeypatch.setattr(jobs, "sums", nosy)
    assert run_job(job.pk, clock=now).status == "done"
    assert seen == [None]
    assert Snapshot.objects.count() == 1


class Killed(BaseException):
    """What no handler catches, as when the process is gone."""


@pytest.mark.parametrize(
    "where", ["count_of_activities", "sums", "with_lists", "bound_drafts", "compose", "put_drafts"]
)
def test_a_worker_killed_at_any_step_leaves_exactly_one_snapshot_in_the_end(report, officer, monkeypatch, where):
    job = ask_compile(report, by=officer, at=NOW)

    def kill(*args, **more):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed), transaction.atomic():
        patch.setattr(jobs, where, kill)
        run_job_outside(job)
    assert Snapshot.objects.count() == 0
    Job.objects.filter(pk=job.pk).update(status="running", attempts=1, fence=1, lease_until=NOW - MINUTE)
    assert sweep_jobs(at=NOW) == [job.pk]
    assert run_job(job.pk, clock=now).status == "done"
    assert Snapshot.objects.count() == 1
    assert Source.objects.count() == Snapshot.objects.get().sources.count() > 0


def run_job_outside(job):
    run_job(job.pk, clock=now)


def test_a_worker_back_from_the_dead_writes_nothing(report, officer, monkeypatch):
    """The first worker sleeps in the middle of its sums; meanwhile another one has taken the job and finished it."""
    job = ask_compile(report, by=officer, at=NOW)
    real = jobs.sums

    def asleep(*args, **more):
        monkeypatch.setattr(jobs, "sums", real)
        later = NOW + 2 * MINUTE
        assert sweep_jobs(at=later) == [job.pk]
        assert run_job(job.pk, clock=lambda: later).status == "done"
        return real(*args, **more)

    monkeypatch.setattr(jobs, "sums", asleep)
    assert run_job(job.pk, clock=now) is None
    assert Snapshot.objects.count() == 1
    assert Snapshot.objects.get().taken_at == NOW + 2 * MINUTE
    job.refresh_from_db()
    assert (job.status, job.fence) == ("done", 2)


def test_without_the_fence_the_dead_worker_would_write(report, officer, monkeypatch):
    """The control: with the guard off, the same story ends in a second attempt to write."""
    monkeypatch.setattr(
        jobs.Run, "update", lambda self, **changes: Job.objects.filter(pk=self.job.pk).update(**changes)
    )
    with pytest.raises(AssertionError):
        test_a_worker_back_from_the_dead_writes_nothing(report, officer, monkeypatch)


def test_a_failure_keeps_the_last_good_figures_and_says_so(report, officer, monkeypatch):
    compiled(report, officer)

    def broken(*args, **more):
        raise ValueError("no such thing")

    monkeypatch.setattr(jobs, "with_lists", broken)
    job = compiled(report, officer)
    assert job.status == "failed"
    assert "no such thing" in job.fault
    report.refresh_from_db()
    assert report.snapshot.no == 1
    assert job.public_id in steps_of(job, NOW).sentence
    assert Event.objects.filter(verb="report.compile_failed").count() == 1


def test_a_database_that_falters_is_tried_again_three_times_at_most(report, officer, monkeypatch):
    def away(*args, **more):
        raise OperationalError("gone")

    monkeypatch.setattr(jobs, "sums", away)
    job = ask_compile(report, by=officer, at=NOW)
    statuses = []
    for _attempt in range(3):
        statuses.append(run_job(job.pk, clock=now).status)
    assert statuses == ["retrying", "retrying", "failed"]
    assert run_job(job.pk, clock=now) is None


def test_the_sweep_rings_for_bells_nobody_heard_and_for_lost_workers(report, officer):
    job = ask_compile(report, by=officer, at=NOW)
    assert sweep_jobs(at=NOW) == []
    assert sweep_jobs(at=NOW + MINUTE) == [job.pk]
    Job.objects.filter(pk=job.pk).update(status="running", attempts=1, lease_until=NOW + MINUTE)
    assert sweep_jobs(at=NOW) == []
    assert sweep_jobs(at=NOW + 2 * MINUTE) == [job.pk]


def test_a_third_lost_worker_was_the_last(report, officer):
    job = ask_compile(report, by=officer, at=NOW)
    Job.objects.filter(pk=job.pk).update(status="running", attempts=3, fence=3, lease_until=NOW - MINUTE)
    assert sweep_jobs(at=NOW) == []
    job.refresh_from_db()
    assert job.status == "failed"
    assert ask_compile(report, by=officer, at=NOW) != job


def test_a_report_locked_meanwhile_gets_no_new_figures(report, officer, monkeypatch):
    compiled(report, officer)
    real = jobs.with_lists

    def locking(row, taken):
        Report.objects.filter(pk=report.pk).update(status="locked", locked_at=NOW)
        return real(row, taken)

    monkeypatch.setattr(jobs, "with_lists", locking)
    job = compiled(report, officer)
    assert job.status == "stopped"
    assert Snapshot.objects.count() == 1


def test_figures_are_numbered_on_and_a_persons_text_is_not_overwritten(report, officer):
    compiled(report, officer)
    ReportSection.objects.filter(report=report, key="II.1").update(text="Của người viết.", drafted=False)
    make.result(make.activity(report.department), "CT04.1", 1)
    compiled(report, officer)
    report.refresh_from_db()
    assert report.snapshot.no == 2
    section = report.sections.get(key="II.1")
    assert section.text == "Của người viết."
    assert "«2 [CT04.1]» cuộc" in section.drafted_text
    assert Snapshot.objects.count() == 2


def test_activities_that_moved_since_are_named(report, officer):
    compiled(report, officer)
    report.refresh_from_db()
    assert changed_since(report.snapshot) == []
    launch = Activity.objects.get()
    Activity.objects.filter(pk=launch.pk).update(version=2, changed_at=NOW + 5 * MINUTE)
    new = make.activity(report.department)
    make.result(new, "CT04.1", 1)
    assert [(each.activity.pk, each.kind) for each in changed_since(report.snapshot)] == [
        (launch.pk, "edited"),
        (new.pk, "new"),
    ]


def test_the_database_refuses_to_change_a_snapshot(report, officer):
    compiled(report, officer)
    for rows in (Snapshot.objects, Source.objects):
        name = "no" if rows is Snapshot.objects else "activity_version"
        with pytest.raises(IntegrityError, match="snapshot_never_changes"), transaction.atomic():
            rows.update(**{name: 99})


def test_one_event_a_press_and_one_a_run(report, officer):
    compiled(report, officer)
    verbs = list(Event.objects.about(report).values_list("verb", flat=True))
    assert verbs == ["report.open", "report.ask_compile", "report.compiled"]
