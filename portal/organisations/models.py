"""Organisations and their members. Roles belong to the organisation and survive people who leave."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.querysets import MembershipQuerySet, OrganisationQuerySet

KVK_NUMBER = r"^\d{8}$"


class Organisation(models.Model):
    class Kind(models.TextChoices):
        COMPANY = "company", _("bedrijf")
        BRANCH_ORGANISATION = "branch-organisation", _("brancheorganisatie")
        ADVISORY_FIRM = "advisory-firm", _("adviesbureau")
        PROGRAMME_OFFICE = "programme-office", _("programmabureau")
        KNOWLEDGE_INSTITUTE = "knowledge-institute", _("kennisinstelling")
        NETWORK = "network", _("samenwerkingsverband")

    name = models.CharField(_("naam"), max_length=200, unique=True)
    slug = models.SlugField(_("deel van het adres"), max_length=200, unique=True)
    kind = models.CharField(_("soort"), max_length=30, choices=Kind, default=Kind.COMPANY)
    kvk_number = models.CharField(
        _("KvK-nummer"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(KVK_NUMBER, _("Een KvK-nummer heeft acht cijfers."))],
    )
    website = models.URLField(_("website"), blank=True)
    description = models.TextField(_("omschrijving"), blank=True, max_length=1000)
    sector = models.ForeignKey(
        "taxonomy.Sector",
        verbose_name=_("sector"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    size_class = models.ForeignKey(
        "taxonomy.SizeClass",
        verbose_name=_("grootte"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    region = models.ForeignKey(
        "taxonomy.Region",
        verbose_name=_("regio"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kvk_number="") | models.Q(kvk_number__regex=KVK_NUMBER),
                name="organisations_organisation_kvk_number_eight_digits",
            ),
            models.UniqueConstraint(
                fields=["kvk_number"],
                condition=~models.Q(kvk_number=""),
                name="organisations_organisation_kvk_number_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's place in an organisation, with one role; a person may belong to more than one organisation."""

    class Role(models.TextChoices):
        MANAGER = "manager", _("beheerder")
        EDITOR = "editor", _("redacteur")
        CONTACT = "contact", _("contactpersoon")
        MEMBER = "member", _("lid")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisatie"), on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persoon"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(_("rol"), max_length=20, choices=Role, default=Role.MEMBER)
    started_at = models.DateTimeField(_("sinds"), default=timezone.now)
    ends_on = models.DateField(_("tot en met"), null=True, blank=True, help_text=_("Leeg: zonder einddatum."))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        ordering = ["organisation", "user"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="organisations_membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"
