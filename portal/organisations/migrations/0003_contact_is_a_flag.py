"""Contact person was a role and becomes a mark beside one; names get what they are compared by."""

from django.db import migrations

from portal.organisations.fields import FoldedNameField


def contacts_become_marked_members(apps, schema_editor):
    Membership = apps.get_model("organisations", "Membership")
    Membership.objects.filter(role="contact").update(role="member", is_contact=True)


def marked_members_become_contacts(apps, schema_editor):
    Membership = apps.get_model("organisations", "Membership")
    Membership.objects.filter(role="member", is_contact=True).update(role="contact")


def fill_keys(apps, schema_editor):
    """The oldest keeps the name; another one of the same name stays findable for staff, who merge the two."""
    Organisation = apps.get_model("organisations", "Organisation")
    taken = set()
    for organisation in Organisation.objects.order_by("pk").only("pk", "name").iterator():
        key = FoldedNameField().key_of(organisation.name)
        if key in taken:
            key = f"{key[:380]} #{organisation.pk}"
        taken.add(key)
        Organisation.objects.filter(pk=organisation.pk).update(name_key=key)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_joining_roles_and_verification")]

    operations = [
        migrations.RunPython(contacts_become_marked_members, marked_members_become_contacts),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
    ]
