"""The database refuses to change an issued plan; PostgreSQL also refuses to change, add or take out its parts.

On SQLite a later migration that rebuilds campaigns_plan has to lay its trigger again; a test sees when it is gone.
Its parts have no trigger there: a trigger that reads another table stands in the way of every rebuild of that table.
"""

from django.db import migrations

PLAN_COLUMNS = (
    "public_id",
    "lineage",
    "version",
    "kind",
    "province_id",
    "owner_id",
    "issuer_id",
    "parent_id",
    "campaign_id",
    "year_from",
    "year_to",
    "subject",
    "submitted_at",
    "opened_at",
    "paper",
    "number",
    "symbol",
    "number_unknown",
    "dated",
    "signer_lines",
    "signer",
    "addressees",
    "recipients",
    "scan_id",
    "budget",
    "copied_from_id",
    "amendment_reason",
    "created_at",
)
OF_PLAN = ("campaigns_plansection", "campaigns_plantarget", "campaigns_task", "campaigns_plan_programmes")
OF_TASK = ("campaigns_taskpartner", "campaigns_tasktarget", "campaigns_taskmoney", "campaigns_taskprogramme")

PLAN = """
CREATE OR REPLACE FUNCTION campaigns_issued_plan() RETURNS trigger AS $$
BEGIN
    IF OLD.status IN ('issued', 'superseded') AND (
        TG_OP = 'DELETE'
        OR NEW.status NOT IN ('issued', 'superseded')
        OR (OLD.status = 'superseded' AND NEW.status = 'issued')
        OR to_jsonb(OLD) - 'status' IS DISTINCT FROM to_jsonb(NEW) - 'status'
    ) THEN
        RAISE EXCEPTION 'issued_plan_never_changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""

PART = """
CREATE OR REPLACE FUNCTION campaigns_part_of_issued_plan() RETURNS trigger AS $$
DECLARE
    part jsonb;
BEGIN
    FOR part IN
        SELECT x FROM unnest(ARRAY[
            CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END,
            CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END
        ]) AS x WHERE x IS NOT NULL
    LOOP
        IF EXISTS (
            SELECT 1 FROM campaigns_plan
            WHERE status IN ('issued', 'superseded') AND id = COALESCE(
                (part ->> 'plan_id')::bigint,
                (SELECT plan_id FROM campaigns_task WHERE id = (part ->> 'task_id')::bigint)
            )
        ) THEN
            RAISE EXCEPTION 'issued_plan_never_changes' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(PLAN)
        schema_editor.execute(PART)
        schema_editor.execute(
            "CREATE TRIGGER campaigns_plan_issued BEFORE UPDATE OR DELETE ON campaigns_plan "
            "FOR EACH ROW EXECUTE FUNCTION campaigns_issued_plan()"
        )
        for table in (*OF_PLAN, *OF_TASK):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_issued BEFORE INSERT OR UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION campaigns_part_of_issued_plan()"
            )
        return
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in PLAN_COLUMNS)
    schema_editor.execute(
        "CREATE TRIGGER campaigns_plan_issued BEFORE UPDATE ON campaigns_plan "
        "WHEN OLD.status IN ('issued', 'superseded') AND (NEW.status NOT IN ('issued', 'superseded') "
        f"OR (OLD.status = 'superseded' AND NEW.status = 'issued') OR {differs}) "
        "BEGIN SELECT RAISE(ABORT, 'issued_plan_never_changes'); END"
    )


def lift(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("DROP TRIGGER campaigns_plan_issued")
        return
    for table in ("campaigns_plan", *OF_PLAN, *OF_TASK):
        schema_editor.execute(f"DROP TRIGGER {table}_issued ON {table}")
    schema_editor.execute("DROP FUNCTION campaigns_part_of_issued_plan()")
    schema_editor.execute("DROP FUNCTION campaigns_issued_plan()")


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0005_requests_steps_and_holidays")]

    operations = [migrations.RunPython(lay, lift)]
