"""The database refuses to change what an issued report or supplement says; only its way up goes on.

A department's return may be taken back unopened and is no part of this. On SQLite a later migration that rebuilds
reports_report has to lay its trigger again; a test sees when it is gone. Sections are guarded on PostgreSQL only,
because a trigger there that reads another table stands in the way of every rebuild of that table.
"""

from django.db import migrations

GONE = "('issued', 'sent', 'returned', 'accepted', 'superseded')"
COLUMNS = (
    "public_id",
    "lineage",
    "version",
    "supersedes_id",
    "kind",
    "request_id",
    "campaign_id",
    "province_id",
    "department_id",
    "issuer_id",
    "number",
    "symbol",
    "number_unknown",
    "dated",
    "signer_lines",
    "signer",
    "scan_id",
    "supplement_no",
    "supplement_reason",
    "locked_at",
    "snapshot_id",
)

REPORT = f"""
CREATE OR REPLACE FUNCTION reports_issued_report() RETURNS trigger AS $$
BEGIN
    IF OLD.kind <> 'return' AND OLD.status IN {GONE} AND (
        TG_OP = 'DELETE'
        OR NEW.status NOT IN {GONE}
        OR to_jsonb(OLD) - 'status' IS DISTINCT FROM to_jsonb(NEW) - 'status'
    ) THEN
        RAISE EXCEPTION 'issued_report_never_changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""
SECTION = """
CREATE OR REPLACE FUNCTION reports_section_of_issued_report() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM reports_report WHERE id = OLD.report_id AND kind <> 'return'
        AND status IN ('issued', 'sent', 'returned', 'accepted', 'superseded')
    ) THEN
        RAISE EXCEPTION 'issued_report_never_changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""


def lay(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REPORT)
        schema_editor.execute(SECTION)
        schema_editor.execute(
            "CREATE TRIGGER reports_report_issued BEFORE UPDATE OR DELETE ON reports_report "
            "FOR EACH ROW EXECUTE FUNCTION reports_issued_report()"
        )
        schema_editor.execute(
            "CREATE TRIGGER reports_reportsection_issued BEFORE UPDATE OR DELETE ON reports_reportsection "
            "FOR EACH ROW EXECUTE FUNCTION reports_section_of_issued_report()"
        )
        return
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in COLUMNS)
    schema_editor.execute(
        "CREATE TRIGGER reports_report_issued BEFORE UPDATE ON reports_report "
        f"WHEN OLD.kind <> 'return' AND OLD.status IN {GONE} AND (NEW.status NOT IN {GONE} OR {differs}) "
        "BEGIN SELECT RAISE(ABORT, 'issued_report_never_changes'); END"
    )


def lift(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute("DROP TRIGGER reports_report_issued")
        return
    schema_editor.execute("DROP TRIGGER reports_report_issued ON reports_report")
    schema_editor.execute("DROP TRIGGER reports_reportsection_issued ON reports_reportsection")
    schema_editor.execute("DROP FUNCTION reports_issued_report()")
    schema_editor.execute("DROP FUNCTION reports_section_of_issued_report()")


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_supplements_and_mailings")]

    operations = [migrations.RunPython(lay, lift)]
