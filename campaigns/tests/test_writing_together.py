"""Several people on one plan: of those who read the same text one wins, the others are told, nothing is lost."""

import threading

import pytest
from django.db import connection

from campaigns.models import PlanSection, Task
from campaigns.operations import sections, tasks
from campaigns.operations.guards import Conflict
from campaigns.operations.sections import save_section
from campaigns.operations.tasks import TaskData, remove_task, save_task
from campaigns.tests import make, make_plans
from campaigns.tests.make_plans import NOW
from provinces.models import Event
from provinces.tests import make as who

WRITERS, ROUNDS = 20, 3


def write_together(people, write) -> list[str]:
    """Twenty people write three marks each; in each round all have read before anybody writes. Returns the marks."""
    seats = [who.seat(people.office) for _n in range(WRITERS)]
    everybody_has_read, faults = threading.Barrier(WRITERS), []

    def person(number: int) -> None:
        try:
            for no in range(ROUNDS):
                write(seats[number], f"[{number}.{no}]", everybody_has_read.wait)
        except BaseException as fault:
            everybody_has_read.abort()
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=person, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert faults == []
    return [f"[{number}.{no}]" for number in range(WRITERS) for no in range(ROUNDS)]


def into_section(plan):
    """How a person adds a mark to a section: whoever is told of a newer text adds the mark to that one."""

    def write(seat, mark, wait) -> None:
        row = PlanSection.objects.select_related("plan__campaign").get(plan=plan, key="muc-dich")
        wait()
        while True:
            try:
                save_section(row, row.text + mark, version=row.version, done=False, by=seat, at=NOW)
                return
            except Conflict as conflict:
                row = conflict.newest

    return write


def into_task(plan, type_):
    """How a person adds a mark to the place of a task."""
    only = plan.tasks.get()

    def write(seat, mark, wait) -> None:
        row = Task.objects.select_related("plan__campaign").get(pk=only.pk)
        wait()
        while True:
            data = TaskData(title=row.title, type=type_, when_text=mark, place="", partners=(*names(row), mark))
            try:
                save_task(row.plan, row, data, version=row.version, by=seat, at=NOW)
                return
            except Conflict as conflict:
                row = conflict.newest

    return write


def names(task) -> list[str]:
    return [partner.name for partner in task.partners.all()]


@pytest.fixture
def unchecked(monkeypatch):
    """The check of versions switched off: whoever writes last wins."""

    def overwrite(rows, version, **changes) -> bool:
        return rows.update(version=version + 1, **changes) == 1

    for module in (sections, tasks):
        monkeypatch.setattr(module, "overwrite", overwrite)


@pytest.fixture
def plan(transactional_db):
    people = make_plans.cast()
    plan = make_plans.started(people)
    make_plans.task(plan, people, lead=None)
    return people, plan


@pytest.mark.postgres
def test_twenty_writers_of_one_section_lose_nothing(plan):
    people, plan = plan

    marks = write_together(people, into_section(plan))

    row = make_plans.section(plan)
    assert [mark for mark in marks if mark not in row.text] == []
    assert row.text.count("[") == len(marks)
    assert row.version == 1 + len(marks)
    assert Event.objects.filter(verb="plan.save_section").count() == len(marks)


@pytest.mark.postgres
def test_twenty_writers_of_one_task_lose_nothing(plan):
    people, plan = plan

    marks = write_together(people, into_task(plan, make.activity_type()))

    task = plan.tasks.get()
    assert sorted(names(task)) == sorted(marks)
    assert task.version == 1 + len(marks)


@pytest.mark.postgres
def test_without_the_check_of_versions_texts_are_lost(plan, unchecked):
    people, plan = plan

    marks = write_together(people, into_section(plan))

    lost = [mark for mark in marks if mark not in make_plans.section(plan).text]
    assert len(lost) >= len(marks) // 2, f"{len(lost)} of {len(marks)} were lost"


@pytest.mark.postgres
def test_without_the_check_of_versions_parts_of_a_task_are_lost(plan, unchecked):
    people, plan = plan

    marks = write_together(people, into_task(plan, make.activity_type()))

    lost = set(marks) - set(names(plan.tasks.get()))
    assert len(lost) >= len(marks) // 2, f"{len(lost)} of {len(marks)} were lost"


def test_what_is_there_already_is_not_written_again(db):
    people = make_plans.cast()
    plan = make_plans.started(people)
    row = make_plans.section(plan)
    save_section(row, "Một", version=1, done=False, by=people.officer, at=NOW)

    again = save_section(row, "Một\n", version=1, done=False, by=people.officer, at=NOW)

    assert again.version == 2
    assert Event.objects.about(plan).filter(verb="plan.save_section").count() == 1


def test_a_task_that_somebody_has_just_saved_is_not_taken_out(db):
    people = make_plans.cast()
    plan = make_plans.started(people)
    task = make_plans.task(plan, people)
    data = TaskData(title="Lễ phát động, đổi nơi", type=make.activity_type(), lead=people.office)
    save_task(plan, task, data, version=1, by=people.head, at=NOW)

    with pytest.raises(Conflict) as refused:
        remove_task(task, version=1, by=people.officer, at=NOW)

    assert refused.value.newest.title == "Lễ phát động, đổi nơi"
    assert plan.tasks.count() == 1
