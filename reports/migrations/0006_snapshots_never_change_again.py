"""The triggers of 0002 once more: on SQLite the rebuilt table of sources in 0004 had lost its own."""

from django.db import migrations

TABLES = ("reports_snapshot", "reports_source")


def lay(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER IF NOT EXISTS {table}_never_changes BEFORE UPDATE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'snapshot_never_changes'); END"
        )


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_reminders_and_due_times")]

    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
