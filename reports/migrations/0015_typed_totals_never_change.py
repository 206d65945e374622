"""The database refuses to change a total typed from a paper; it can end once, and PostgreSQL keeps it for good."""

from django.db import migrations

TABLE = "reports_pasttotal"
KEPT = ("province_id", "year", "measure_id", "scope", "quantity", "certainty", "source", "typed_by_id", "typed_at")
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {TABLE}_ends_once() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL
        OR to_jsonb(OLD) - 'ended_at' - 'ended_by_id' IS DISTINCT FROM to_jsonb(NEW) - 'ended_at' - 'ended_by_id'
    THEN
        RAISE EXCEPTION 'past_total_never_changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_never_changes BEFORE UPDATE OR DELETE ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_ends_once()"
        )
        return
    moved = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in KEPT)
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_never_changes BEFORE UPDATE ON {TABLE} "
        f"WHEN OLD.ended_at IS NOT NULL OR {moved} "
        "BEGIN SELECT RAISE(ABORT, 'past_total_never_changes'); END"
    )


def lift(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(f"DROP TRIGGER {TABLE}_never_changes{f' ON {TABLE}' if postgresql else ''}")
    if postgresql:
        schema_editor.execute(f"DROP FUNCTION {TABLE}_ends_once()")


class Migration(migrations.Migration):
    dependencies = [("reports", "0014_public_pages")]

    operations = [migrations.RunPython(lay, lift)]
