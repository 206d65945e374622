"""How a compile run stands: steps, progress, silence, and why it failed."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provinces.vietnamese import format_moment
from reports.models import Job, Report, Snapshot
from reports.queries.nation import is_national

STEPS = {
    "list": gettext_lazy("Fixing the list of verified activities"),
    "duplicates": gettext_lazy("Leaving out duplicates"),
    "sum": gettext_lazy("Adding up"),
    "compare": gettext_lazy("Comparing with plan and last year"),
    "print": gettext_lazy("Making the print"),
}
NATIONAL_STEPS = {
    "list": gettext_lazy("Finding the latest issued report of each province"),
    "sum": gettext_lazy("Adding up the provinces"),
    "compare": gettext_lazy("Comparing with last year"),
    "print": STEPS["print"],
}
SILENT = datetime.timedelta(seconds=60)


@dataclass(frozen=True)
class Step:
    """One line of the progress page: state is done, running or waiting."""

    key: str
    name: str
    state: str
    at: str = ""
    detail: str = ""


@dataclass(frozen=True)
class JobView:
    """What the progress page shows of a job."""

    steps: tuple[Step, ...]
    sentence: str
    elapsed: int
    silent: bool
    done: int
    total: int


def steps_of(job: Job, at: datetime.datetime) -> JobView:
    """The job's steps with their times, and whether the worker has been silent for a minute."""
    begun = {line["step"]: line for line in job.timeline}
    names = NATIONAL_STEPS if is_national(job.report) else STEPS
    steps = tuple(_step(key, name, job, begun) for key, name in names.items())
    heard = job.heartbeat_at or job.queued_at
    return JobView(
        steps=steps,
        sentence=sentence_of(job),
        elapsed=int(((job.finished_at or at) - (job.started_at or job.queued_at)).total_seconds()),
        silent=job.is_open and at - heard > SILENT,
        done=job.done,
        total=job.total,
    )


def _step(key: str, name, job: Job, begun: dict) -> Step:
    line = begun.get(key)
    if line is None:
        return Step(key, str(name), "waiting")
    running = job.step == key and job.is_open
    return Step(key, str(name), "running" if running else "done", line["at"], line.get("detail", ""))


def sentence_of(job: Job) -> str:
    """One sentence on where the run stands."""
    if job.status == Job.Status.QUEUED:
        return _("Queued at %(time)s; it starts by itself. This page can be left") % {
            "time": format_moment(job.queued_at)
        }
    if job.status == Job.Status.RETRYING:
        return _("The server is trying again (%(n)s of %(max)s). No need to press again") % {
            "n": job.attempts + 1,
            "max": Job.MAX_ATTEMPTS,
        }
    if job.status == Job.Status.FAILED:
        return fault_sentence(job)
    if job.status == Job.Status.DONE:
        return _("Done at %(time)s") % {"time": format_moment(job.finished_at)}
    if is_national(job.report):
        done = {"done": job.done, "total": job.total}
        summing = job.step == "sum" and job.total
        return _("Adding up: %(done)s/%(total)s provinces") % done if summing else _named(job)
    if job.step == "sum" and job.total:
        return _("Adding up: %(done)s/%(total)s units") % {"done": job.done, "total": job.total}
    return str(STEPS.get(job.step, ""))


def _named(job: Job) -> str:
    return str(NATIONAL_STEPS.get(job.step, ""))


def fault_sentence(job: Job) -> str:
    """Why there are no new figures, and that the last good ones stand."""
    slots = {"phone": settings.SUPPORT_PHONE or "…", "code": job.public_id}
    last = Snapshot.objects.filter(report__lineage=job.report.lineage).order_by("-no").first()
    if last is None:
        return (
            _(
                "Compiling did not finish. What was entered is safe, there are no figures yet. "
                "Compile again or call %(phone)s, code %(code)s"
            )
            % slots
        )
    return _(
        "Compiling did not finish. Figures no. %(last)s can still be used, nothing is lost. "
        "Compile again or call %(phone)s, code %(code)s"
    ) % {**slots, "last": last.no}


def open_job(report: Report) -> Job | None:
    """The run that is under way, if any."""
    return report.jobs.filter(status__in=Job.OPEN).first()
