"""A case: what a company did to work smarter, what it gave, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from cases.querysets import CaseManager
from portal.design.shapes import CaseView
from portal.evidence.ladder import EvidenceLevel
from portal.evidence.models import Measurement
from portal.pages.blocks import SHORT_FEATURES, ApproachBlock, PointsBlock, plain_text
from portal.pages.models import BasePage, PageCitation
from portal.pages.navigation import address_of
from portal.pages.publishing import PublishingTester
from portal.text import strip_markup
from portal.visitors.kept import kept_pages

LONG_FEATURES = [*SHORT_FEATURES, "ul", "ol"]


class CaseIndexPage(RoutablePageMixin, BasePage):
    """All cases, and their overviews by theme, goal, sector and region."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["cases.CasePage"]
    template = "cases/case_index_page.html"
    kind_label = _("Praktijk")

    class Meta:
        verbose_name = _("overzicht praktijkvoorbeelden")

    @re_path(r"^$", name="all")
    def show_all(self, request: HttpRequest) -> HttpResponse:
        from cases.listing import case_list

        return case_list(request, self)

    @re_path(r"^(thema|doel|sector|regio)/$", name="overview")
    def show_overview(self, request: HttpRequest, key: str) -> HttpResponse:
        from cases.listing import case_overview

        return case_overview(request, self, key)

    @re_path(r"^(thema|doel|sector|regio)/([a-z0-9-]+)/$", name="term")
    def show_term(self, request: HttpRequest, key: str, slug: str) -> HttpResponse:
        from cases.listing import case_list

        return case_list(request, self, key, slug)


class CasePage(BasePage):
    class Kind(models.TextChoices):
        PRACTICE = "practice", _("praktijk")
        FAILURE = "failure", _("wat niet werkte")
        ECOSYSTEM = "ecosystem", _("ecosysteem")
        PROGRAMME = "programme", _("programma")
        HUB = "hub", _("hub")

    class Involvement(models.TextChoices):
        FROM_START = "from-start", _("vanaf de start")
        LATER = "later", _("later")
        PARTLY = "partly", _("voor een deel")
        NO = "no", _("nee")
        NOT_STATED = "not-stated", _("de bron noemt het niet")

    kind_label = _("Praktijkvoorbeeld")

    objects = CaseManager()

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisatie"),
        on_delete=models.PROTECT,
        related_name="cases",
    )
    kind = models.CharField(_("soort"), max_length=12, choices=Kind, default=Kind.PRACTICE)
    sectors = ParentalManyToManyField(
        "taxonomy.Sector", verbose_name=_("sectoren"), blank=True, related_name="+"
    )
    size_class = models.ForeignKey(
        "taxonomy.SizeClass",
        verbose_name=_("grootte"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    regions = ParentalManyToManyField(
        "taxonomy.Region", verbose_name=_("regio's"), blank=True, related_name="+"
    )
    main_theme = models.ForeignKey(
        "taxonomy.Theme", verbose_name=_("belangrijkste thema"), on_delete=models.PROTECT, related_name="+"
    )
    themes = ParentalManyToManyField("taxonomy.Theme", verbose_name=_("thema's"), related_name="+")
    goals = ParentalManyToManyField("taxonomy.Goal", verbose_name=_("doelen"), blank=True, related_name="+")
    period_start = models.PositiveSmallIntegerField(_("van jaar"), null=True, blank=True)
    period_end = models.PositiveSmallIntegerField(_("tot en met jaar"), null=True, blank=True)
    period_note = models.CharField(_("periode in woorden"), max_length=120, blank=True)
    effort = models.CharField(_("inspanning"), max_length=250, blank=True)
    cost = models.CharField(_("kosten"), max_length=250, blank=True)
    payback = models.CharField(_("terugverdientijd"), max_length=250, blank=True)
    personnel_involved = models.CharField(
        _("personeel betrokken"), max_length=12, choices=Involvement, default=Involvement.NOT_STATED
    )

    reason = RichTextField(_("aanleiding"), features=LONG_FEATURES)
    approach = StreamField(ApproachBlock(), verbose_name=_("aanpak in stappen"))
    result = RichTextField(_("resultaat"), features=LONG_FEATURES, blank=True)
    lessons = StreamField(PointsBlock(), verbose_name=_("lessen"), blank=True)
    tomorrow = StreamField(PointsBlock(), verbose_name=_("wat kun je morgen doen?"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("kind"),
                FieldPanel("sectors"),
                FieldPanel("size_class"),
                FieldPanel("regions"),
            ],
            heading=_("Wie"),
        ),
        MultiFieldPanel(
            [FieldPanel("main_theme"), FieldPanel("themes"), FieldPanel("goals")],
            heading=_("Waar het over gaat"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("period_start"), FieldPanel("period_end"), FieldPanel("period_note")]
                ),
                FieldPanel("effort"),
                FieldPanel("cost"),
                FieldPanel("payback"),
                FieldPanel("personnel_involved"),
            ],
            heading=_("Wanneer en hoeveel"),
            help_text=_("Laat leeg wat de bron niet noemt; de pagina zegt dan dat de bron het niet noemt."),
        ),
        InlinePanel("measurements", heading=_("Gemeten resultaten"), label=_("resultaat")),
        FieldPanel("reason"),
        FieldPanel("approach"),
        FieldPanel("result"),
        FieldPanel("lessons"),
        FieldPanel("tomorrow"),
        InlinePanel("citations", heading=_("Bronnen"), label=_("bron"), min_num=1),
        InlinePanel("related_links", heading=_("Lees ook"), label=_("pagina")),
    ]
    parent_page_types = ["cases.CaseIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cases/case_page.html"

    class Meta:
        verbose_name = _("praktijkvoorbeeld")
        verbose_name_plural = _("praktijkvoorbeelden")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_start=None)
                | models.Q(period_end=None)
                | models.Q(period_end__gte=models.F("period_start")),
                name="cases_casepage_period_in_order",
                violation_error_message=_("De periode eindigt voordat zij begint."),
            )
        ]

    @cached_property
    def evidence(self) -> EvidenceLevel:
        """The step of the evidence ladder, derived from the sources and figures of this case and of others."""
        from cases.evidence import level_of

        return level_of(self)

    def permissions_for_user(self, user: Any) -> PublishingTester:
        """With what rooms refuse to have published, as a member's case without its company's yes."""
        return PublishingTester(user, self)

    @classmethod
    def for_route(cls) -> Any:
        return super().for_route().select_related("organisation", "main_theme")

    def read_figures(self) -> None:
        """Read the published figures and sources with what belongs to them, in two queries."""
        measurements = CaseMeasurement.objects.select_related("indicator", "source")
        citations = PageCitation.objects.select_related("source")
        models.prefetch_related_objects(
            [self], models.Prefetch("measurements", measurements), models.Prefetch("citations", citations)
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cases.shapes import parts

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        around = parts(self, self.ancestors[-1].get_url(request) or "/")
        return {
            **context,
            "level": around.level,
            "evidence_url": address_of("hoe-wij-bewijs-wegen"),
            "sector_code": around.sector_code,
            "figures": around.figures,
            "facts": around.facts,
            "credits": around.credits,
            "organisation_url": around.organisation_url,
            "sources": self.source_views(),
            "related": self.related_for(request.user),
            "keep_url": reverse("kept:change", args=[self.pk]),
            "kept": self.pk in kept_pages(request),
        }

    def as_card(self) -> CaseView:
        from cases.shapes import case_view

        return case_view(self, self.evidence)

    @classmethod
    def cards_for(cls, pks: Sequence[int]) -> dict[int, CaseView]:
        from cases.shapes import short_cards

        return short_cards(pks)

    def search_text(self) -> str:
        parts = [strip_markup(self.reason), plain_text(self.approach), strip_markup(self.result)]
        return "\n".join([*parts, plain_text(self.lessons), plain_text(self.tomorrow)])


class CaseMeasurement(Orderable, Measurement):
    """A measured result of a case."""

    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="measurements")

    class Meta(Orderable.Meta, Measurement.Meta):
        verbose_name = _("gemeten resultaat")
        verbose_name_plural = _("gemeten resultaten")


class CaseCredit(models.Model):
    """Somebody who is named on a case and said yes to that; gone with the person.

    No part of the page's revisions: a name stays in none of them, and putting back an older text brings none back.
    """

    class Role(models.TextChoices):
        AUTHOR = "author", _("schreef dit voorbeeld")
        CONTRIBUTOR = "contributor", _("werkte eraan mee")
        ANSWER = "answer", _("gaf het antwoord waar dit uit komt")

    page = models.ForeignKey(
        CasePage, verbose_name=_("praktijkvoorbeeld"), on_delete=models.CASCADE, related_name="credits"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("wie"), on_delete=models.CASCADE, related_name="case_credits"
    )
    name = models.CharField(_("naam"), max_length=150)  # as it was when they agreed
    role = models.CharField(_("rol"), max_length=12, choices=Role)
    agreed_at = models.DateTimeField(_("akkoord"))

    class Meta:
        verbose_name = _("naam bij een praktijkvoorbeeld")
        verbose_name_plural = _("namen bij praktijkvoorbeelden")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "user"], name="cases_credit_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="cases_credit_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
