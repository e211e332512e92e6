"""The organisation itself, where it works and what stands behind the @ of its people."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.fields import FoldedNameField
from portal.organisations.names import KEY_LENGTH, fold_name
from portal.organisations.querysets import OrganisationQuerySet

KVK_NUMBER = r"^[0-9]{8}$"
# Parts of an address that are pages of their own.
RESERVED_SLUGS = ("nieuw",)


class Organisation(models.Model):
    """Integrity: one name whatever its capitals and accents, one KvK number, never its own holding or successor."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("bedrijf")
        BRANCH_ORGANISATION = "branch-organisation", _("brancheorganisatie")
        ADVISORY_FIRM = "advisory-firm", _("adviesbureau")
        PROGRAMME_OFFICE = "programme-office", _("programmabureau")
        KNOWLEDGE_INSTITUTE = "knowledge-institute", _("kennisinstelling")
        NETWORK = "network", _("samenwerkingsverband")

    class Origin(models.TextChoices):
        STAFF = "staff", _("de redactie")
        MEMBER = "member", _("een lid")

    name = models.CharField(_("naam"), max_length=200, unique=True)
    # Empty only in rows of an older version of the portal, which knew no such column.
    name_key = FoldedNameField(_("naam om te vergelijken"), max_length=KEY_LENGTH, null=True)
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
    parent = models.ForeignKey(
        "self",
        verbose_name=_("holding"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subsidiaries",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("opgegaan in"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged_from",
    )
    origin = models.CharField(
        _("gemaakt door"),
        max_length=10,
        choices=Origin,
        default=Origin.STAFF,
        db_default="staff",
        editable=False,
    )
    verified_at = models.DateTimeField(_("gecontroleerd"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gecontroleerd door"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
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
                condition=Q(kvk_number="") | Q(kvk_number__regex=KVK_NUMBER),
                name="organisations_organisation_kvk_number_eight_digits",
            ),
            models.UniqueConstraint(
                fields=["kvk_number"],
                condition=~Q(kvk_number=""),
                name="organisations_organisation_kvk_number_unique",
            ),
            models.UniqueConstraint(fields=["name_key"], name="organisations_organisation_name_key_unique"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="organisations_organisation_not_its_own_holding",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="organisations_organisation_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["staff", "member"]), name="organisations_organisation_origin_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisations:page", args=[self.slug])

    def clean(self) -> None:
        same = Organisation.objects.named(self.name).exclude(pk=self.pk).first() if self.name else None
        if same is not None:
            raise ValidationError(
                _("Er is al een organisatie die '%(name)s' heet.") % {"name": same.name}, code="name-taken"
            )
        if self.name and not any(sign.isalnum() for sign in fold_name(self.name)):
            raise ValidationError(_("In de naam staat geen letter of cijfer."))
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(_("Dit adres is al van een andere pagina."))

    @property
    def is_trusted(self) -> bool:
        """Made by staff or verified by them; whether everybody sees it says `OrganisationQuerySet.public`."""
        return self.origin == self.Origin.STAFF or self.verified_at is not None


class Establishment(models.Model):
    """A place where an organisation works (vestiging)."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisatie"), on_delete=models.CASCADE, related_name="establishments"
    )
    name = models.CharField(_("naam"), max_length=120)
    place = models.CharField(_("plaats"), max_length=80)
    region = models.ForeignKey(
        "taxonomy.Region",
        verbose_name=_("regio"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": "corop"},
    )
    is_main = models.BooleanField(_("hoofdvestiging"), default=False)

    class Meta:
        verbose_name = _("vestiging")
        verbose_name_plural = _("vestigingen")
        ordering = ["organisation", "-is_main", "place", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(is_main=True),
                name="organisations_establishment_one_main",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}"


class EmailDomain(models.Model):
    """What stands behind the @ in addresses of an organisation's people. Integrity: confirmed for one organisation."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisatie"), on_delete=models.CASCADE, related_name="domains"
    )
    domain = models.CharField(_("domein"), max_length=190)
    created_at = models.DateTimeField(_("voorgesteld"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("bevestigd"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bevestigd door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("e-maildomein")
        verbose_name_plural = _("e-maildomeinen")
        ordering = ["organisation", "domain"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "domain"], name="organisations_emaildomain_once_an_organisation"
            ),
            models.UniqueConstraint(
                fields=["domain"],
                condition=Q(confirmed_at__isnull=False),
                name="organisations_emaildomain_confirmed_once",
            ),
        ]

    def __str__(self) -> str:
        return self.domain
