"""The queue carries work to a real worker, on files as on Redis."""

import datetime
import time

from config.celery import app
from provinces.models import IdempotencyKey
from provinces.tests import make


def test_a_task_rung_here_is_done_by_the_worker(worker):
    seat = make.seat(of=make.department(make.province()))
    old = make.NOW - datetime.timedelta(days=365)
    IdempotencyKey.objects.create(seat=seat, key="k", at=old)

    app.send_task("provinces.tasks.forget_old_keys")

    deadline = time.monotonic() + 60
    while IdempotencyKey.objects.exists():
        assert time.monotonic() < deadline and worker.poll() is None
        time.sleep(0.05)


def test_every_schedule_names_a_task_that_exists():
    app.loader.import_default_modules()

    assert {line["task"] for line in app.conf.beat_schedule.values()} <= set(app.tasks)
