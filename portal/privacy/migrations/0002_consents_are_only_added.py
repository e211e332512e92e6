"""What somebody agreed to is never written over: the database refuses it, whoever asks."""

from django.db import migrations

TABLE = "privacy_consent"
SAID = f"rows of {TABLE} are kept as they were"


def keep(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_kept BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        )
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION {TABLE}_kept() RETURNS trigger AS $$ BEGIN "
            f"RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_kept BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_kept()"
        )


def let_go(apps, schema_editor):
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {TABLE}_kept{on}")
    if on:
        schema_editor.execute(f"DROP FUNCTION {TABLE}_kept()")


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_what_people_may_ask")]

    operations = [migrations.RunPython(keep, let_go)]
