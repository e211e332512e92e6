"""The tree of ecosystems and working groups. What the database holds to: what is hidden is joined by invitation alone."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.ecosystems.querysets import EcosystemQuerySet

# Parts of an address that are pages of their own.
RESERVED_SLUGS = ("uitnodiging",)


class Ecosystem(models.Model):
    class Visibility(models.TextChoices):
        PUBLIC = "public", _("openbaar: iedereen ziet dat het er is")
        MEMBERS = "members", _("besloten: alleen leden zien dat het er is")
        HIDDEN = "hidden", _("verborgen: alleen wie meedoet ziet dat het er is")

    class Joining(models.TextChoices):
        OPEN = "open", _("wie wil kan meedoen")
        REQUEST = "request", _("op verzoek")
        INVITATION = "invitation", _("alleen op uitnodiging")

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("van"),
        on_delete=models.PROTECT,
        related_name="ecosystems",
        help_text=_("Beheerders van deze organisatie beheren ook het ecosysteem."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("werkgroep van"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="groups",
    )
    name = models.CharField(_("naam"), max_length=120)
    slug = models.SlugField(_("deel van het adres"), max_length=120, unique=True)
    summary = models.CharField(_("in één zin"), max_length=260, blank=True)
    about = models.TextField(_("waar het over gaat"), blank=True, max_length=10_000)
    house_rules = models.TextField(_("huisregels"), blank=True, max_length=10_000)
    # Who accepted an earlier version is asked again.
    rules_version = models.PositiveIntegerField(_("versie van de huisregels"), default=1, editable=False)
    visibility = models.CharField(
        _("wie ziet dat het er is"), max_length=10, choices=Visibility, default=Visibility.MEMBERS
    )
    joining = models.CharField(_("hoe je meedoet"), max_length=10, choices=Joining, default=Joining.REQUEST)
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("gesloten"), null=True, blank=True)

    objects = EcosystemQuerySet.as_manager()

    class Meta:
        verbose_name = _("ecosysteem")
        verbose_name_plural = _("ecosystemen")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(parent=None),
                name="ecosystems_name_once",
                violation_error_message=_("Er is al een ecosysteem met deze naam."),
            ),
            models.UniqueConstraint(
                Lower("name"),
                F("parent"),
                name="ecosystems_group_name_once",
                violation_error_message=_("Er is hier al een werkgroep met deze naam."),
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="ecosystems_not_its_own_parent"),
            models.CheckConstraint(
                condition=~Q(visibility="hidden") | Q(joining="invitation"),
                name="ecosystems_hidden_by_invitation",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("ecosystems:home", args=[self.slug])

    @property
    def is_group(self) -> bool:
        return self.parent_id is not None
