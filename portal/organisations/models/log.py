"""What happened to an organisation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.models.organisations import Organisation
from portal.organisations.querysets import OrganisationEventQuerySet


class OrganisationEvent(models.Model):
    """What happened to an organisation and its people. Rows are only added; texts name nobody."""

    class Kind(models.TextChoices):
        FOUNDED = "founded", _("gemaakt")
        CHANGED = "changed", _("gegevens gewijzigd")
        HOLDING_CHANGED = "holding-changed", _("holding gewijzigd")
        INVITED = "invited", _("uitgenodigd")
        INVITATION_WITHDRAWN = "invitation-withdrawn", _("uitnodiging ingetrokken")
        ASKED = "asked", _("toegang gevraagd")
        DECLINED = "declined", _("aanvraag afgewezen")
        JOINED = "joined", _("erbij gekomen")
        LEFT = "left", _("weggegaan")
        REMOVED = "removed", _("verwijderd")
        ROLE_CHANGED = "role-changed", _("rol gewijzigd")
        CONTACT_CHANGED = "contact-changed", _("contactpersoon gewijzigd")
        HANDED_OVER = "handed-over", _("beheer overgedragen")
        MANAGER_APPOINTED = "manager-appointed", _("beheerder aangewezen")
        VERIFIED = "verified", _("gecontroleerd")
        UNVERIFIED = "unverified", _("controle ingetrokken")
        MERGED = "merged", _("samengevoegd")
        DOMAIN_PROPOSED = "domain-proposed", _("domein voorgesteld")
        DOMAIN_CONFIRMED = "domain-confirmed", _("domein bevestigd")
        DOMAIN_REMOVED = "domain-removed", _("domein weggehaald")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisatie"), on_delete=models.CASCADE, related_name="events"
    )
    kind = models.CharField(_("wat"), max_length=30, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("door"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("over"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    text = models.CharField(_("toelichting"), max_length=500, blank=True)
    at = models.DateTimeField(_("wanneer"), default=timezone.now)

    objects = OrganisationEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("gebeurtenis")
        verbose_name_plural = _("gebeurtenissen")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["organisation", "at"], name="organisations_event_log")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display()}"
