from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_one_name_and_known_roles")]

    operations = [
        migrations.RemoveConstraint("invitation", "organisations_invitation_one_open"),
        migrations.AddConstraint(
            "invitation",
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None) & ~Q(email=""),
                name="organisations_invitation_one_open",
            ),
        ),
    ]
