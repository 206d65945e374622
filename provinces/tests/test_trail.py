"""The log cannot be changed, and who changes it as the owner of the database is found out."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction

from provinces.models import Event, Seal
from provinces.operations.trail import seal_events
from provinces.tasks import anchor, seal
from provinces.tests import make
from provinces.trail import Anchor, first_break, head
from provinces.workflow import record_event

pytestmark = pytest.mark.django_db
LATER = make.NOW + datetime.timedelta(hours=1)


@pytest.fixture
def log():
    """Five sealed lines about one province."""
    province = make.province()
    for verb in ("file.store", "plan.submit", "plan.approve", "plan.issue", "file.store"):
        record_event(verb, province, by=None, at=make.NOW, province=province, details={"số": 1, "a": None})
    seal_events()
    return list(Event.objects.order_by("pk"))


def as_owner(*statements):
    """Done with the triggers away, as the owner of the database can."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction bars the way
            for table in ("provinces_event", "provinces_seal"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            for table in ("provinces_event", "provinces_seal"):
                cursor.execute(f"DROP TRIGGER {table}_never_changes")
        for statement in statements:
            cursor.execute(statement)


def test_lines_are_sealed_once_in_their_order(log):
    assert list(Seal.objects.order_by("no").values_list("no", "event_id")) == [
        (no, event.pk) for no, event in enumerate(log, 1)
    ]
    assert seal_events() == 0
    assert first_break(at=LATER) is None


def test_new_lines_go_on_with_the_chain(log):
    record_event("plan.submit", make.province("Hải Phòng", "31", "hai-phong"), by=None, at=make.NOW)

    assert seal() == 1
    assert head().no == 6
    assert first_break(at=LATER) is None


def test_two_sealers_at_once_write_each_number_once(log):
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(no=5, event=record_event("plan.submit", make.country(), by=None, at=make.NOW), sha256="x")


@pytest.mark.parametrize("table", ["provinces_event", "provinces_seal"])
def test_the_database_refuses_to_change_the_log(log, table):
    column = "verb" if table == "provinces_event" else "sha256"
    with pytest.raises(IntegrityError, match="log_never_changes"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = 'x'")


def test_the_first_changed_line_is_named(log):
    as_owner(f"UPDATE provinces_event SET verb = 'plan.return' WHERE id = {log[2].pk}")

    found = first_break(at=LATER)
    assert (found.no, found.event, found.word) == (3, log[2].pk, "changed")


def test_a_line_taken_out_is_named(log):
    as_owner(
        f"DELETE FROM provinces_seal WHERE event_id = {log[1].pk}",
        f"DELETE FROM provinces_event WHERE id = {log[1].pk}",
    )

    assert (first_break(at=LATER).no, first_break(at=LATER).word) == (2, "missing")


def test_two_lines_that_changed_places_are_named(log):
    as_owner(
        f"UPDATE provinces_seal SET no = 99 WHERE event_id = {log[1].pk}",
        f"UPDATE provinces_seal SET no = 2 WHERE event_id = {log[2].pk}",
        f"UPDATE provinces_seal SET no = 3 WHERE event_id = {log[1].pk}",
    )

    assert (first_break(at=LATER).no, first_break(at=LATER).word) == (2, "changed")


def test_a_cut_tail_and_a_chain_made_anew_are_known_by_the_anchor(log):
    end = head()
    as_owner(
        f"DELETE FROM provinces_seal WHERE event_id = {log[4].pk}",
        f"DELETE FROM provinces_event WHERE id = {log[4].pk}",
    )

    assert first_break(at=LATER) is None  # nothing in the database itself can know
    assert (first_break(at=LATER, anchors=(end,)).no, first_break(at=LATER, anchors=(end,)).word) == (5, "cut")
    other = Anchor(4, "0" * 64)
    assert (first_break(at=LATER, anchors=(other,)).no, first_break(at=LATER, anchors=(other,)).word) == (4, "other")


def test_a_line_put_in_past_the_sealer_is_named(log):
    Event.objects.create(at=make.NOW, verb="plan.issue", object_type="campaigns.plan", object_id="1")

    assert first_break(at=make.NOW) is None  # it is young: the sealer has not come by yet
    assert first_break(at=LATER).word == "unsealed"


def test_the_command_says_it_in_a_sentence_and_keeps_a_daily_anchor(log, settings, tmp_path):
    settings.ANCHOR_DIR = tmp_path / "moc"
    anchor()
    said = io.StringIO()

    call_command("verify_trail", anchors=settings.ANCHOR_DIR, stdout=said)
    assert said.getvalue() == "5 dòng, 1 mốc: nguyên vẹn.\n"

    as_owner(f"UPDATE provinces_event SET object_id = '0' WHERE id = {log[0].pk}")
    with pytest.raises(CommandError, match=rf"Dòng 1 \(sự kiện {log[0].pk}\) đã bị sửa"):
        call_command("verify_trail", anchors=settings.ANCHOR_DIR)
