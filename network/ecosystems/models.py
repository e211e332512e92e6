"""Ecosystems, the companies that belong to them and the people who take part.

What the database holds to: a company belongs once and a person takes part once at a time; a guest has an end date, and
everybody else comes through a company; what is hidden is joined by invitation alone.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.ecosystems.querysets import CompanyMembershipQuerySet, EcosystemQuerySet, ParticipationQuerySet


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

    @property
    def is_group(self) -> bool:
        return self.parent_id is not None


class CompanyMembership(models.Model):
    """That a company belongs to an ecosystem (never to a working group: that is for people)."""

    ecosystem = models.ForeignKey(
        Ecosystem, verbose_name=_("ecosysteem"), on_delete=models.CASCADE, related_name="companies"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("bedrijf"),
        on_delete=models.CASCADE,
        related_name="ecosystem_memberships",
    )
    started_at = models.DateTimeField(_("sinds"), default=timezone.now)
    ended_at = models.DateTimeField(_("tot"), null=True, blank=True)

    objects = CompanyMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("lidmaatschap van een bedrijf")
        verbose_name_plural = _("lidmaatschappen van bedrijven")
        ordering = ["organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["ecosystem", "organisation"],
                condition=Q(ended_at=None),
                name="ecosystems_company_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="ecosystems_company_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.ecosystem}"


class Participation(models.Model):
    """That a person takes part: through a company that belongs, or as a guest until a day."""

    class Role(models.TextChoices):
        MEMBER = "member", _("deelnemer")
        MANAGER = "manager", _("beheerder")

    ecosystem = models.ForeignKey(
        Ecosystem, verbose_name=_("ecosysteem"), on_delete=models.CASCADE, related_name="participations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persoon"),
        on_delete=models.CASCADE,
        related_name="participations",
    )
    # Of a working group: that of its parent through which the person takes part there.
    company = models.ForeignKey(
        CompanyMembership,
        verbose_name=_("via het bedrijf"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="participations",
    )
    guest_until = models.DateField(_("gast tot en met"), null=True, blank=True)
    role = models.CharField(_("rol"), max_length=10, choices=Role, default=Role.MEMBER)
    rules_version = models.PositiveIntegerField(_("huisregels geaccepteerd, versie"), default=0)
    started_at = models.DateTimeField(_("sinds"), default=timezone.now)
    ended_at = models.DateTimeField(_("tot"), null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("deelname")
        verbose_name_plural = _("deelnames")
        ordering = ["ecosystem", "user"]
        indexes = [models.Index(fields=["user", "ended_at"], name="ecosystems_who_where")]
        constraints = [
            models.UniqueConstraint(
                fields=["ecosystem", "user"],
                condition=Q(ended_at=None),
                name="ecosystems_person_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(company__isnull=False, guest_until__isnull=True)
                | Q(company__isnull=True, guest_until__isnull=False),
                name="ecosystems_through_a_company_or_a_guest",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="ecosystems_person_ends_after_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.ecosystem}"
