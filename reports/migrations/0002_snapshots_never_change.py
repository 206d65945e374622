"""The database refuses to change a snapshot or its sources; PostgreSQL also refuses to delete them.

On SQLite a later migration that rebuilds one of these tables has to lay the triggers again.
"""

from django.db import migrations

TABLES = ("reports_snapshot", "reports_source")

POSTGRESQL = """
CREATE OR REPLACE FUNCTION reports_never_changes() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'snapshot_never_changes' USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql
"""


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        for table in TABLES:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION reports_never_changes()"
            )
        return
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'snapshot_never_changes'); END"
        )


def lift(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_never_changes" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        schema_editor.execute("DROP FUNCTION reports_never_changes()")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_first")]

    operations = [migrations.RunPython(lay, lift)]
