import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0004_one_name_and_known_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ecosystem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="deel van het adres")),
                ("summary", models.CharField(blank=True, max_length=260, verbose_name="in één zin")),
                ("about", models.TextField(blank=True, max_length=10000, verbose_name="waar het over gaat")),
                ("house_rules", models.TextField(blank=True, max_length=10000, verbose_name="huisregels")),
                (
                    "rules_version",
                    models.PositiveIntegerField(
                        default=1, editable=False, verbose_name="versie van de huisregels"
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "openbaar: iedereen ziet dat het er is"),
                            ("members", "besloten: alleen leden zien dat het er is"),
                            ("hidden", "verborgen: alleen wie meedoet ziet dat het er is"),
                        ],
                        default="members",
                        max_length=10,
                        verbose_name="wie ziet dat het er is",
                    ),
                ),
                (
                    "joining",
                    models.CharField(
                        choices=[
                            ("open", "wie wil kan meedoen"),
                            ("request", "op verzoek"),
                            ("invitation", "alleen op uitnodiging"),
                        ],
                        default="request",
                        max_length=10,
                        verbose_name="hoe je meedoet",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="gemaakt"
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="gesloten")),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="Beheerders van deze organisatie beheren ook het ecosysteem.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ecosystems",
                        to="organisations.organisation",
                        verbose_name="van",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="ecosystems.ecosystem",
                        verbose_name="werkgroep van",
                    ),
                ),
            ],
            options={
                "verbose_name": "ecosysteem",
                "verbose_name_plural": "ecosystemen",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("parent", None)),
                        name="ecosystems_name_once",
                        violation_error_message="Er is al een ecosysteem met deze naam.",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        models.F("parent"),
                        name="ecosystems_group_name_once",
                        violation_error_message="Er is hier al een werkgroep met deze naam.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="ecosystems_not_its_own_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "hidden"), _negated=True),
                            ("joining", "invitation"),
                            _connector="OR",
                        ),
                        name="ecosystems_hidden_by_invitation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompanyMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sinds")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="tot")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ecosystem_memberships",
                        to="organisations.organisation",
                        verbose_name="bedrijf",
                    ),
                ),
                (
                    "ecosystem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="companies",
                        to="ecosystems.ecosystem",
                        verbose_name="ecosysteem",
                    ),
                ),
            ],
            options={
                "verbose_name": "lidmaatschap van een bedrijf",
                "verbose_name_plural": "lidmaatschappen van bedrijven",
                "ordering": ["organisation"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("ecosystem", "organisation"),
                        name="ecosystems_company_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="ecosystems_company_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("guest_until", models.DateField(blank=True, null=True, verbose_name="gast tot en met")),
                (
                    "role",
                    models.CharField(
                        choices=[("member", "deelnemer"), ("manager", "beheerder")],
                        default="member",
                        max_length=10,
                        verbose_name="rol",
                    ),
                ),
                (
                    "rules_version",
                    models.PositiveIntegerField(default=0, verbose_name="huisregels geaccepteerd, versie"),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sinds")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="tot")),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="ecosystems.companymembership",
                        verbose_name="via het bedrijf",
                    ),
                ),
                (
                    "ecosystem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="ecosystems.ecosystem",
                        verbose_name="ecosysteem",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="persoon",
                    ),
                ),
            ],
            options={
                "verbose_name": "deelname",
                "verbose_name_plural": "deelnames",
                "ordering": ["ecosystem", "user"],
                "indexes": [models.Index(fields=["user", "ended_at"], name="ecosystems_who_where")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("ecosystem", "user"),
                        name="ecosystems_person_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("company__isnull", False), ("guest_until__isnull", True)),
                            models.Q(("company__isnull", True), ("guest_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="ecosystems_through_a_company_or_a_guest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="ecosystems_person_ends_after_beginning",
                    ),
                ],
            },
        ),
    ]
