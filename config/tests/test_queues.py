"""Long work, uploads and letters stand in queues of their own, and no task in a queue that nobody serves."""

from config.celery import app


def queue_of(name: str) -> str:
    return app.amqp.router.route({}, name)["queue"].name


def test_each_kind_of_work_has_its_queue():
    assert queue_of("reports.tasks.compile_job") == "compile"
    assert queue_of("activities.tasks.go_through_sheet") == "import"
    assert queue_of("reports.tasks.mail_reports") == "mail"
    assert queue_of("reports.tasks.sweep_jobs") == "celery"


def test_every_task_stands_where_a_worker_looks():
    app.loader.import_default_modules()
    served = set(app.amqp.queues)

    assert {queue_of(name) for name in app.tasks} <= served
    assert served == {"celery", "compile", "import", "mail"}


def test_routes_name_tasks_that_exist():
    app.loader.import_default_modules()
    exact = {name for name in app.conf.task_routes if "*" not in name}

    assert exact <= set(app.tasks)
