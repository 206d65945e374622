"""The database refuses to change which province gave what to the country's figures; PostgreSQL also to delete it."""

from django.db import migrations

TABLE = "reports_provincesource"


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_never_changes BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION reports_never_changes()"
        )
        return
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_never_changes BEFORE UPDATE ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'snapshot_never_changes'); END"
    )


def lift(apps, schema_editor):
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {TABLE}_never_changes{on}")


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_archives_and_provinces_behind_national_figures")]

    operations = [migrations.RunPython(lay, lift)]
