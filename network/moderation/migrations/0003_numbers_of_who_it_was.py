"""Decisions and lines of access get the number by which logs know a person; the link to the account may go, it stays.

The guard of migration 0002 is made anew, so that no number is ever written over.
"""

from django.conf import settings
from django.db import migrations, models

KEPT = {
    "moderation_decision": (
        "id key case_id audience action measure blocked_until ground rule template was_reported was_detected at "
        "undoes_id person_number by_number",
        "person_id by_id",
        "facts reason",
    ),
    "moderation_access": ("id code object_id audience at by_number", "by_id", "reason"),
}
SAID = "rows of {table} are kept as they were"
NUMBERS = {"Decision": (("person", "person_number"), ("by", "by_number")), "Access": (("by", "by_number"),)}


def conditions(columns, differs):
    same, unlinked, emptied = (names.split() for names in columns)
    return " OR ".join(
        [
            *(f'NEW."{name}" {differs} OLD."{name}"' for name in same),
            *(f'(NEW."{name}" {differs} OLD."{name}" AND NEW."{name}" IS NOT NULL)' for name in unlinked),
            *(f'(NEW."{name}" {differs} OLD."{name}" AND NEW."{name}" <> \'\')' for name in emptied),
        ]
    )


def number(apps, schema_editor):
    actors = apps.get_model("privacy", "Actor").objects
    for name, fields in NUMBERS.items():
        rows = apps.get_model("moderation", name).objects
        for link, column in fields:
            people = rows.exclude(**{link: None}).order_by().values_list(f"{link}_id", flat=True).distinct()
            for pk in list(people):
                actor, _new = actors.get_or_create(user_id=pk)
                rows.filter(**{f"{link}_id": pk}).update(**{column: actor.number})


def keep(apps, schema_editor):
    for table, columns in KEPT.items():
        said = SAID.format(table=table)
        if schema_editor.connection.vendor == "sqlite":
            when = conditions(columns, "IS NOT")
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_kept")
            schema_editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        elif schema_editor.connection.vendor == "postgresql":
            when = conditions(columns, "IS DISTINCT FROM")
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_kept ON {table}")
            schema_editor.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) "
                f"EXECUTE FUNCTION {table}_kept()"
            )


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0002_kept_as_they_were"),
        ("privacy", "0002_consents_are_only_added"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "access", "by_number", models.UUIDField(editable=False, null=True, verbose_name="nummer")
        ),
        migrations.AddField(
            "decision",
            "by_number",
            models.UUIDField(editable=False, null=True, verbose_name="nummer van wie besloot"),
        ),
        migrations.AddField(
            "decision",
            "person_number",
            models.UUIDField(editable=False, null=True, verbose_name="nummer van de persoon"),
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
