"""The log takes new lines and nothing else, in both databases."""

from typing import Any

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER audit_line_no_update BEFORE UPDATE ON audit_line
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER audit_line_no_delete BEFORE DELETE ON audit_line
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    # INSERT OR REPLACE deletes the older line without asking the trigger above.
    """CREATE TRIGGER audit_line_no_replace BEFORE INSERT ON audit_line
       WHEN EXISTS (SELECT 1 FROM audit_line WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$""",
    """CREATE TRIGGER audit_line_no_change BEFORE UPDATE OR DELETE ON audit_line
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_line_no_truncate BEFORE TRUNCATE ON audit_line
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
]
UNDO = {
    "sqlite": [
        "DROP TRIGGER audit_line_no_update",
        "DROP TRIGGER audit_line_no_delete",
        "DROP TRIGGER audit_line_no_replace",
    ],
    "postgresql": [
        "DROP TRIGGER audit_line_no_change ON audit_line",
        "DROP TRIGGER audit_line_no_truncate ON audit_line",
        "DROP FUNCTION audit_refuse",
    ],
}


def put_up(apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        schema_editor.execute(statement)


def take_down(apps: Any, schema_editor: Any) -> None:
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
