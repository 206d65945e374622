"""The queue is a bell: who does not hear it finds the rows at the next round."""

import contextlib

from kombu.exceptions import OperationalError


def ring(task, **named) -> None:
    """Ring for a task once the rows are written; a queue that is away loses nothing and spoils no page."""
    with contextlib.suppress(OperationalError):
        task.delay_on_commit(**named)
