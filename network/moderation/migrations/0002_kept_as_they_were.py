"""Decisions and lines of access are only added: the database refuses to change what they say.

Two things remain possible, since the law asks for them: a person is unlinked, and free text is emptied.
"""

from django.db import migrations

# By table: what never changes; who may be unlinked; what may be emptied.
KEPT = {
    "moderation_decision": (
        "id key case_id audience action measure blocked_until ground rule template was_reported was_detected at undoes_id",
        "person_id by_id",
        "facts reason",
    ),
    "moderation_access": ("id code object_id audience at", "by_id", "reason"),
}
SAID = "rows of {table} are kept as they were"


def conditions(columns, differs):
    same, unlinked, emptied = (names.split() for names in columns)
    return " OR ".join(
        [
            *(f'NEW."{name}" {differs} OLD."{name}"' for name in same),
            *(f'(NEW."{name}" {differs} OLD."{name}" AND NEW."{name}" IS NOT NULL)' for name in unlinked),
            *(f'(NEW."{name}" {differs} OLD."{name}" AND NEW."{name}" <> \'\')' for name in emptied),
        ]
    )


def keep(apps, schema_editor):
    for table, columns in KEPT.items():
        said = SAID.format(table=table)
        if schema_editor.connection.vendor == "sqlite":
            when = conditions(columns, "IS NOT")
            schema_editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        elif schema_editor.connection.vendor == "postgresql":
            when = conditions(columns, "IS DISTINCT FROM")
            schema_editor.execute(
                f"CREATE FUNCTION {table}_kept() RETURNS trigger AS $$ BEGIN "
                f"RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) "
                f"EXECUTE FUNCTION {table}_kept()"
            )


def let_go(apps, schema_editor):
    for table in KEPT:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_kept{on}")
        if on:
            schema_editor.execute(f"DROP FUNCTION {table}_kept()")


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_cases_and_decisions")]

    operations = [migrations.RunPython(keep, let_go)]
