"""What a person tells of themself, and to whom."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.querysets import ProfileQuerySet


class Audience(models.TextChoices):
    NOBODY = "nobody", _("alleen ik")
    CIRCLE = "circle", _("mensen met wie ik in een organisatie of ecosysteem zit")
    MEMBERS = "members", _("iedereen met een account")
    EVERYONE = "everyone", _("iedereen, ook zonder account")


class Shown(models.TextChoices):
    """What moderators decided. Whatever isn't visible is seen by its owner alone."""

    VISIBLE = "visible", _("te zien")
    HELD = "held", _("vastgehouden")
    HIDDEN = "hidden", _("verborgen")
    REMOVED = "removed", _("verwijderd")


def _known(*fields: str) -> Q:
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__in": Audience.values})
    return condition


class Profile(models.Model):
    """Made when somebody first fills it in; who never did, is shown as by the defaults here.

    Who may not see the name sees nothing else of it either, whatever the other choices say. The address holds a number
    that nobody can count up to.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persoon"),
        on_delete=models.CASCADE,
        related_name="profile",
    )
    public_id = models.UUIDField(_("kenmerk"), default=uuid.uuid4, unique=True, editable=False)
    role_at_work = models.CharField(_("rol op het werk"), max_length=80, blank=True)
    about = models.TextField(_("over mij"), max_length=1000, blank=True)  # Markdown
    photo = models.OneToOneField(
        "media.MemberImage",
        verbose_name=_("foto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    open_to_questions = models.BooleanField(_("wil vragen beantwoorden"), default=False)
    # Of name, role at work and company together.
    show_name = models.CharField(
        _("wie ziet de naam"), max_length=10, choices=Audience, default=Audience.MEMBERS
    )
    show_photo = models.CharField(
        _("wie ziet de foto"), max_length=10, choices=Audience, default=Audience.CIRCLE
    )
    show_about = models.CharField(
        _("wie ziet de tekst"), max_length=10, choices=Audience, default=Audience.CIRCLE
    )
    # Of the themes, and of being open to questions about them.
    show_expertise = models.CharField(
        _("wie ziet de thema's"), max_length=10, choices=Audience, default=Audience.CIRCLE
    )
    shown = models.CharField(
        _("te zien"), max_length=10, choices=Shown, default=Shown.VISIBLE, editable=False
    )
    changed_at = models.DateTimeField(_("gewijzigd"), default=timezone.now)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profiel")
        verbose_name_plural = _("profielen")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=_known("show_name", "show_photo", "show_about", "show_expertise"),
                name="people_profile_audiences_known",
            ),
            models.CheckConstraint(condition=Q(shown__in=Shown.values), name="people_profile_shown_known"),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.public_id])


class Expertise(models.Model):
    """A theme that a person knows something of."""

    profile = models.ForeignKey(
        Profile, verbose_name=_("profiel"), on_delete=models.CASCADE, related_name="expertise"
    )
    theme = models.ForeignKey(
        "taxonomy.Theme", verbose_name=_("thema"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("thema van een persoon")
        verbose_name_plural = _("thema's van mensen")
        ordering = ["theme__sort_order", "theme__name"]
        constraints = [models.UniqueConstraint(fields=["profile", "theme"], name="people_expertise_once")]

    def __str__(self) -> str:
        return f"{self.profile_id}: {self.theme}"
