from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_profiles")]

    operations = [
        migrations.AddField(
            model_name="profile",
            name="shown",
            field=models.CharField(
                choices=[
                    ("visible", "te zien"),
                    ("held", "vastgehouden"),
                    ("hidden", "verborgen"),
                    ("removed", "verwijderd"),
                ],
                default="visible",
                editable=False,
                max_length=10,
                verbose_name="te zien",
            ),
        ),
        migrations.AddConstraint(
            model_name="profile",
            constraint=models.CheckConstraint(
                condition=models.Q(("shown__in", ["visible", "held", "hidden", "removed"])),
                name="people_profile_shown_known",
            ),
        ),
    ]
