"""A large sheet gone through by a worker: what was understood is kept beside the upload, or the rows are stored."""

import dataclasses
import json
import logging

from django.db import OperationalError
from django.utils import translation
from django.utils.translation import gettext as _

from activities.models import Intake
from activities.operations.importing import Understood
from activities.operations.intakes import (
    Clock,
    Run,
    Stale,
    claim_intake,
    fail_intake,
    finish_look,
    finish_store,
    give_intake_back,
    refuse_intake,
)
from activities.operations.uploads import Upload, find_beside, find_upload, forget_upload, keep_beside
from activities.sheets.faulty import with_faults
from activities.sheets.looking import Opened, open_upload, understand_upload
from activities.sheets.preview import preview_of
from activities.sheets.rows import summary
from provinces.models import Seat
from provinces.workflow import Refused

SHOWN, FAULTY = "look", "faulty"  # what lies beside the upload: the preview as JSON, the file with the column “Lỗi”

log = logging.getLogger(__name__)


def run_intake(intake_id: int, *, clock: Clock) -> Intake | None:
    """Do what was asked of a large sheet; None when there is nothing to do for this worker.

    Running it twice changes nothing: who comes second finds it taken or done.
    """
    run = claim_intake(intake_id, clock=clock)
    if run is None:
        return None
    try:
        _end(run, clock)
    except Stale:
        return None
    run.intake.refresh_from_db()
    return run.intake


def _end(run: Run, clock: Clock) -> None:
    """Bring the run to an end of one kind or another."""
    try:
        _go_through(run, clock)
    except Refused as refused:
        refuse_intake(run, refused.sentence)
    except OperationalError as fault:
        log.exception("The database was not there for sheet %s", run.intake.token)
        give_intake_back(run, str(fault))
    except Stale:
        raise
    except Exception as fault:
        log.exception("Sheet %s failed", run.intake.token)
        fail_intake(run, f"{type(fault).__name__}: {fault}")


def _go_through(run: Run, clock: Clock) -> None:
    intake = run.intake
    upload = find_upload(intake.token, by=intake.seat, at=clock())
    if upload is None:
        raise Refused(_("What was uploaded is kept for one day and then forgotten. Upload it again"))
    with translation.override(upload.said.get("language", "vi")):
        opened = open_upload(upload, intake.owner, intake.campaign, intake.year)
        understood = understand_upload(opened, run.progress)
        if intake.stage == Intake.Stage.LOOK:
            _keep_look(opened, understood, intake.seat)
            finish_look(run)
            return
        names = bool(upload.said.get("names"))
        finish_store(run, understood, confirmed_names=names)
    forget_upload(intake.token, by=intake.seat)


def _keep_look(opened: Opened, understood: Understood, by: Seat) -> None:
    upload, counts = opened.upload, summary(understood)
    shown = {"preview": dataclasses.asdict(preview_of(understood, counts)), "any": bool(understood.rows)}
    if upload.said["kind"] == "file" and not understood.good:
        keep_beside(upload.token, FAULTY, with_faults(upload.content, understood), by=by)
    keep_beside(upload.token, SHOWN, json.dumps(shown, default=str).encode(), by=by)


def look_of(upload: Upload, by: Seat) -> dict | None:
    """The preview that a worker made of an upload, as plain values; None when there is none."""
    found = find_beside(upload.token, SHOWN, by=by)
    return json.loads(found) if found else None


def faulty_file_of(token: str, by: Seat) -> bytes | None:
    """The file with the column “Lỗi” that a worker made."""
    return find_beside(token, FAULTY, by=by)
