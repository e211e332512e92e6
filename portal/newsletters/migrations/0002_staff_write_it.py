"""Staff of a portal that stood before there was a newsletter may write and send it, as in a new one.

Only where nobody may yet: what an administrator chose stays. A new portal has no groups at this point; those get all of
theirs when they are made.
"""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("Redactie", "Experts")
ACTIONS = ("view_edition", "add_edition", "change_edition", "delete_edition", "send_edition")


def grant(apps, schema_editor):
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    alias = schema_editor.connection.alias
    groups = list(group_model.objects.using(alias).filter(name__in=GROUPS))
    if not groups:
        return
    # Django makes permissions after all migrations, so they may not be there yet.
    create_permissions(installed.get_app_config("newsletters"), verbosity=0, using=alias, apps=apps)
    ours = permission_model.objects.using(alias).filter(
        content_type__app_label="newsletters", content_type__model="edition", codename__in=ACTIONS
    )
    if not group_model.objects.using(alias).filter(permissions__in=ours).exists():
        for group in groups:
            group.permissions.add(*ours)


class Migration(migrations.Migration):
    dependencies = [
        ("newsletters", "0001_editions_and_subscriptions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
