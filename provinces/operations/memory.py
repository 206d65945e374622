"""What is remembered for a person: drafts word for word, and keys so that a second press does nothing twice."""

import datetime
import hashlib
import json
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from provinces.models import Draft, Heartbeat, IdempotencyKey, Seat
from provinces.workflow import Refused

NOT_CONTENT = {"csrfmiddlewaretoken", "idempotency_key", "draft_form", "draft_object"}
LONGEST_DRAFT = 200_000  # characters of JSON


def save_draft(form_name: str, object_key: str, raw: dict, *, by: Seat, at: datetime.datetime) -> Draft:
    """Keep what is typed, {field: [texts]}, as it is typed. No event: a keystroke is not an act."""
    if len(json.dumps(raw)) > LONGEST_DRAFT:
        raise Refused(_("The draft is too long to be kept. Save the form"))
    draft, _made = Draft.objects.update_or_create(
        seat=by, form=form_name, object_key=object_key, defaults={"raw": raw, "saved_at": at}
    )
    return draft


def forget_draft(form_name: str, object_key: str, *, by: Seat) -> int:
    """Drop a draft, because its form was saved or because the person says so; returns how many there were."""
    return Draft.objects.filter(seat=by, form=form_name, object_key=object_key).delete()[0]


@transaction.atomic
def once(work: Callable[[], str], *, key: str, body: dict, by: Seat, at: datetime.datetime) -> str:
    """Do `work` once per key and give its answer (the address to go on to) to every later press.

    The key's row and the work share one transaction: work that is refused leaves no key behind, and of two
    presses at once the second waits for the first and finds its answer. Without a key the work is just done.
    Raises Refused when the key comes back with other content.
    """
    if not key:
        return work()
    digest = _digest(body)
    row, new = IdempotencyKey.objects.get_or_create(seat=by, key=key[:80], defaults={"body_sha256": digest, "at": at})
    if not new:
        return _first_answer(row, digest)
    row.answer = work()
    row.save(update_fields=["answer"])
    return row.answer


def _first_answer(row: IdempotencyKey, digest: str) -> str:
    if row.body_sha256 != digest:
        raise Refused(
            _("This form was already received at %(time)s. Open what it made and change it there")
            % {"time": f"{timezone.localtime(row.at):%H:%M}"}
        )
    return row.answer


def _digest(body: dict) -> str:
    content = {name: value for name, value in dict(body).items() if name not in NOT_CONTENT}
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def forget_keys(*, before: datetime.datetime) -> int:
    """Delete keys against double submission older than `before`; returns how many."""
    return IdempotencyKey.objects.filter(at__lt=before).delete()[0]


def note_life(name: str, *, at: datetime.datetime) -> None:
    """`name` was at work at `at`. No event: twice a minute it would bury what people did."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at})
