from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search_journal", "0001_journal")]

    operations = [
        migrations.RemoveConstraint(model_name="placeclicks", name="search_journal_place_from_one"),
        migrations.AddConstraint(
            model_name="placeclicks",
            constraint=models.CheckConstraint(
                condition=models.Q(("place__gte", 0)), name="search_journal_place_from_none"
            ),
        ),
    ]
