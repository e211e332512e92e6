import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_contact_is_a_flag")]

    operations = [
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["manager", "editor", "member"])),
                name="organisations_membership_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                fields=("name_key",), name="organisations_organisation_name_key_unique"
            ),
        ),
        migrations.RemoveConstraint(
            model_name="organisation",
            name="organisations_organisation_kvk_number_eight_digits",
        ),
        migrations.AlterField(
            model_name="organisation",
            name="kvk_number",
            field=models.CharField(
                blank=True,
                max_length=8,
                validators=[
                    django.core.validators.RegexValidator("^[0-9]{8}$", "Een KvK-nummer heeft acht cijfers.")
                ],
                verbose_name="KvK-nummer",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("kvk_number", ""), ("kvk_number__regex", "^[0-9]{8}$"), _connector="OR"),
                name="organisations_organisation_kvk_number_eight_digits",
            ),
        ),
    ]
