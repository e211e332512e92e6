import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="soort")),
                ("key", models.CharField(blank=True, max_length=120, verbose_name="sleutel")),
                ("to", models.EmailField(max_length=254, verbose_name="aan")),
                ("subject", models.CharField(max_length=255, verbose_name="onderwerp")),
                ("text", models.TextField(blank=True, verbose_name="tekst")),
                ("headers", models.JSONField(blank=True, default=dict, verbose_name="koppen")),
                ("is_secret", models.BooleanField(default=False, verbose_name="bevat een geheim")),
                ("message_id", models.CharField(max_length=255, unique=True, verbose_name="Message-ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wacht"),
                            ("sending", "wordt verstuurd"),
                            ("sent", "verstuurd"),
                            ("refused", "geweigerd"),
                            ("uncertain", "onzeker"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="stand",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="klaargelegd"),
                ),
                (
                    "due_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="op zijn vroegst"),
                ),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="pogingen")),
                (
                    "sending_since",
                    models.DateTimeField(blank=True, null=True, verbose_name="in verzending sinds"),
                ),
                ("sending_by", models.CharField(blank=True, max_length=40, verbose_name="in verzending bij")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="verstuurd")),
                ("last_error", models.CharField(blank=True, max_length=500, verbose_name="laatste fout")),
                ("handled_at", models.DateTimeField(blank=True, null=True, verbose_name="afgehandeld")),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["state", "due_at"], name="mail_state_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("key",),
                        name="mail_key_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sending_since__isnull", False), ("state", "sending")),
                            models.Q(
                                models.Q(("state", "sending"), _negated=True), ("sending_since__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="mail_sending_has_a_beginning",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True),
                            ("sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="mail_sent_has_a_time",
                    ),
                ],
            },
        ),
    ]
