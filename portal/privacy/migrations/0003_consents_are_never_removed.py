"""What somebody agreed to is never taken away either: the database refuses it, whoever asks.

Erasing an account removes whose number it was, not the line. Emptying whole tables, which moving to another database
does before it fills them, is another deed (TRUNCATE) and stays possible for who owns the database.
"""

from django.db import migrations

TABLE = "privacy_consent"
SAID = f"rows of {TABLE} are never removed"


def keep(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_stays BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        )
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION {TABLE}_stays() RETURNS trigger AS $$ BEGIN "
            f"RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_stays BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_stays()"
        )


def let_go(apps, schema_editor):
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {TABLE}_stays{on}")
    if on:
        schema_editor.execute(f"DROP FUNCTION {TABLE}_stays()")


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_consents_are_only_added")]

    operations = [migrations.RunPython(keep, let_go)]
