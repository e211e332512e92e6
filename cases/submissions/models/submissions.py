"""A case as a member tells it. Once staff made a page of it, the page is the text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import CasePage
from cases.submissions.querysets import SubmissionQuerySet
from network.conversations.models import MOST_TITLE, Post
from portal.organisations.models import Organisation
from portal.taxonomy.models import Theme

MOST_TEXT = 8_000


class State(models.TextChoices):
    """Proposed: staff would like to make a case of somebody's answer, who hasn't said yet whether that is all right."""

    PROPOSED = "proposed", _("gevraagd aan de schrijver")
    DRAFT = "draft", _("concept")
    WITH_MANAGER = "with-manager", _("bij de beheerder van het bedrijf")
    SENT_IN = "sent-in", _("ingestuurd")
    QUESTIONS = "questions", _("de redactie heeft een vraag")
    TAKEN_UP = "taken-up", _("opgepakt")
    REFUSED = "refused", _("niet overgenomen")
    WITHDRAWN = "withdrawn", _("ingetrokken")


class CaseSubmission(models.Model):
    """Integrity: what left its author's hands has a title, a theme, a company and the text that a page can't do without.

    `version` counts the changes of the text. The company's approval holds for one version (`approved_version`), so what
    was changed afterwards is asked again. `typed` is what the author typed and the portal couldn't keep as it should be,
    by step; `step_versions` guards each step against a second window.
    """

    State = State

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("van"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="case_submissions",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("bedrijf"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="case_submissions",
    )  # fmt: skip
    state = models.CharField(_("stand"), max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(_("versie"), default=1)
    approved_version = models.PositiveIntegerField(_("versie met akkoord"), null=True, blank=True)
    step_versions = models.JSONField(_("versie per stap"), default=dict, blank=True)
    typed = models.JSONField(_("getypt"), default=dict, blank=True)
    last_step = models.CharField(_("gebleven bij"), max_length=20, blank=True)

    title = models.CharField(_("titel"), max_length=MOST_TITLE, blank=True)
    theme = models.ForeignKey(
        Theme, verbose_name=_("thema"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    situation = models.TextField(_("situatie"), max_length=MOST_TEXT, blank=True)
    approach = models.TextField(_("aanpak"), max_length=MOST_TEXT, blank=True)
    personnel_involved = models.CharField(
        _("personeel betrokken"), max_length=12, choices=CasePage.Involvement,
        default=CasePage.Involvement.NOT_STATED,
    )  # fmt: skip
    effort = models.CharField(_("inspanning"), max_length=250, blank=True)
    cost = models.CharField(_("kosten"), max_length=250, blank=True)
    payback = models.CharField(_("terugverdientijd"), max_length=250, blank=True)
    result = models.TextField(_("resultaat"), max_length=MOST_TEXT, blank=True)
    lessons = models.TextField(_("lessen"), max_length=MOST_TEXT, blank=True)
    tomorrow = models.TextField(_("wat kun je morgen doen?"), max_length=MOST_TEXT, blank=True)
    names_author = models.BooleanField(_("met mijn naam"), default=False)
    takes_questions = models.BooleanField(_("lezers mogen mij vragen stellen"), default=True)

    # Set where staff propose a case made of somebody's answer.
    answer = models.ForeignKey(
        Post, verbose_name=_("antwoord"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    page = models.OneToOneField(
        CasePage, verbose_name=_("pagina"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="submission",
    )  # fmt: skip
    created_at = models.DateTimeField(_("begonnen"), default=timezone.now)
    changed_at = models.DateTimeField(_("laatst gewijzigd"), default=timezone.now)
    # When its author heard that the page can be read.
    published_told_at = models.DateTimeField(_("gemeld dat het online staat"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("ingestuurd praktijkvoorbeeld")
        verbose_name_plural = _("ingestuurde praktijkvoorbeelden")
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["state", "-changed_at"], name="submissions_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="submissions_known_state"),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN])
                | (
                    ~Q(title="") & ~Q(situation="") & ~Q(approach="")
                    & Q(theme__isnull=False, organisation__isnull=False)
                ),
                name="submissions_sent_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.SENT_IN, State.TAKEN_UP]) | Q(approved_version=models.F("version")),
                name="submissions_sent_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(page=None) | Q(state=State.TAKEN_UP), name="submissions_page_is_taken_up"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title or str(_("zonder titel"))

    def get_absolute_url(self) -> str:
        return reverse("submissions:detail", args=[self.pk])

    @property
    def shown_title(self) -> str:
        return self.title or str(_("Praktijkvoorbeeld zonder titel"))

    def step_version(self, step: str) -> int:
        return int(self.step_versions.get(step, 0))
