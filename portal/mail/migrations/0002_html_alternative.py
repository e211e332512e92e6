from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_outbox")]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="html",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="opmaak"),
        ),
    ]
