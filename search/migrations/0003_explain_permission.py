from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0002_kept_engines")]

    operations = [
        migrations.AlterModelOptions(
            name="searchevent",
            options={
                "ordering": ["id"],
                "permissions": [("explain_hit", "Kan zien waarom een zoekresultaat op zijn plaats staat")],
                "verbose_name": "wijziging voor de zoekindex",
                "verbose_name_plural": "wijzigingen voor de zoekindex",
            },
        ),
    ]
