"""The database refuses to change the log and its seals; PostgreSQL also refuses to delete them.

On SQLite a later migration that rebuilds one of these tables has to lay the triggers again.
"""

from django.db import migrations

TABLES = ("provinces_event", "provinces_seal")

POSTGRESQL = """
CREATE OR REPLACE FUNCTION provinces_log_never_changes() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'log_never_changes' USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql
"""


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        for table in TABLES:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION provinces_log_never_changes()"
            )
        return
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'log_never_changes'); END"
        )


def lift(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_never_changes" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        schema_editor.execute("DROP FUNCTION provinces_log_never_changes()")


class Migration(migrations.Migration):
    dependencies = [("provinces", "0005_seals")]

    operations = [migrations.RunPython(lay, lift)]
