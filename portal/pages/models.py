"""The page that all others build on, and the pages of the portal's own texts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction

from portal.design.shapes import CaseView, Link, SourceView
from portal.evidence.shapes import citation_view
from portal.http.generations import KeptForGeneration
from portal.pages.blocks import BodyBlock, plain_text
from portal.pages.navigation import ADDRESS
from portal.pages.next_steps import next_steps_for
from portal.pages.querysets import (
    UNSERVED,
    UNSHOWN,
    VisiblePageManager,
    is_open,
    page_terms,
    restrictions_for,
)
from portal.pages.references import Reference, references_in
from portal.pages.relations import ImportedFile, PageCitation, RelatedPage
from portal.pages.site_settings import NavigationSettings

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = [
    "BasePage",
    "ContentPage",
    "ImportedFile",
    "KnowledgeIndexPage",
    "KnowledgePage",
    "NavigationSettings",
    "PageCitation",
    "RelatedPage",
    "TextPage",
]

SUMMARY_LENGTH = 260

# Parts of published pages that are the same for every reader, by page; for a text also by the pages shown within it.
_sources: KeptForGeneration[int, list[SourceView]] = KeptForGeneration()
_related: KeptForGeneration[int, list[Page]] = KeptForGeneration()
_bodies: KeptForGeneration[tuple[int, frozenset[int]], str] = KeptForGeneration(most=300)


class BasePage(Page):
    """What every page of the portal has: a summary, an optional image, its review date, where it was imported from."""

    #: The word above a card or hit ("Praktijkvoorbeeld"); also the code of the kind in search.
    kind_label: ClassVar[Any] = _("Pagina")
    #: False for pages that only order others, or that change with every visit.
    in_sitemap: ClassVar[bool] = True
    #: True for pages that show as a chart within another page's text.
    shows_as_chart: ClassVar[bool] = False

    summary = models.TextField(
        _("samenvatting"),
        max_length=SUMMARY_LENGTH,
        blank=True,
        help_text=_("Een of twee zinnen. Staat boven de pagina, op kaartjes en in de zoekresultaten."),
    )
    cover = models.ForeignKey(
        "media.PortalImage",
        verbose_name=_("beeld"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Zonder beeld tekent het portaal zelf een omslag."),
    )
    reviewed_on = models.DateField(_("nagekeken op"), null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(
        _("opnieuw nakijken na (maanden)"),
        default=12,
        help_text=_("Daarna staat de pagina in het rapport 'Na te kijken'."),
    )
    # The hash of what the last import wrote. Where the latest revision differs from it, an editor changed the page and
    # loading again leaves it alone.
    import_hash = models.CharField(max_length=64, blank=True, editable=False)
    import_source = models.CharField(max_length=200, blank=True, editable=False)

    #: Set by routing for a visitor's request: what lies on this page and above it.
    known_restrictions: list[PageViewRestriction] | None = None

    objects = VisiblePageManager()

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("cover")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("reviewed_on"), FieldPanel("review_months")], heading=_("Nakijken")),
    ]

    class Meta:
        abstract = True

    @property
    def is_served(self) -> bool:
        """Whether this is the published page, read for a visitor's request; never a draft, a revision or a preview."""
        return self.known_restrictions is not None

    def get_view_restrictions(self) -> Any:
        """Wagtail asks this once more before it serves the page; routing has read it already."""
        return super().get_view_restrictions() if self.known_restrictions is None else self.known_restrictions

    @property
    def review_due_on(self) -> datetime.date | None:
        """The day on which this page should be looked at again; None where it never was."""
        if self.reviewed_on is None:
            return None
        month = self.reviewed_on.month - 1 + self.review_months
        year, month = self.reviewed_on.year + month // 12, month % 12 + 1
        return datetime.date(year, month, min(self.reviewed_on.day, 28))

    @property
    def is_past_review(self) -> bool:
        due = self.review_due_on
        return due is not None and due < timezone.localdate()

    @classmethod
    def for_route(cls) -> Any:
        """The queryset that a visitor's request loads this kind of page with; joins what its template shows."""
        return cls.objects.defer(*UNSERVED)

    @classmethod
    def charts_for(cls, pks: Sequence[int]) -> dict[int, SafeString]:
        """Pages of this kind as charts within another page, by primary key: none, but for kinds that `shows_as_chart`."""
        return {}

    @property
    def ancestors(self) -> list[Any]:
        """From the front page down to the parent, for the breadcrumb."""
        known: list[Any] | None = getattr(self, "known_ancestors", None)
        return known if known is not None else list(self.get_ancestors().filter(depth__gt=1))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["title"] = self.seo_title or self.title
        context["description"] = self.search_description or self.summary
        context["breadcrumb"] = [
            Link(label=page.title, url=page.get_url(request) or "") for page in self.ancestors
        ]
        context["next_steps"] = next_steps_for(self, request.user)
        return context

    def search_text(self) -> str:
        """The page's whole text as plain text, for the index; pages with fields of their own extend it."""
        return ""

    def as_card(self) -> CaseView:
        """This page as a card in lists and on other pages; for more than one, `cards_for` asks less."""
        return CaseView(
            title=self.title,
            url=self.get_url() or "",
            organisation=str(self.kind_label),
            summary=self.summary,
        )

    @classmethod
    def cards_for(cls, pks: Sequence[int]) -> dict[int, CaseView]:
        """Cards for pages of this kind, by primary key, in a number of queries that doesn't grow with the pages."""
        return {page.pk: page.as_card() for page in cls.objects.filter(pk__in=pks)}

    def source_views(self) -> list[SourceView]:
        if not self.is_served:
            return [citation_view(citation) for citation in self.citations.all()]
        return _sources.get(self.pk, self._read_sources)

    def _read_sources(self) -> list[SourceView]:
        citations = PageCitation.objects.filter(page=self.pk).select_related("source")
        return [citation_view(citation) for citation in citations.order_by("sort_order")]

    def related_for(self, user: Any) -> list[Link]:
        """What a reader may want next, as far as `user` may read it."""
        pages = _related.get(self.pk, self._read_related) if self.is_served else self._read_related()
        restrictions = restrictions_for(user)
        terms = page_terms(user) if restrictions else frozenset()
        return [
            Link(label=page.title, url=page.get_url() or "")
            for page in pages
            if is_open(page, terms, restrictions)
        ]

    def _read_related(self) -> list[Page]:
        pages = Page.objects.live().filter(relatedpage_target__page=self).only(*ADDRESS)
        return list(pages.order_by("relatedpage_target__sort_order"))


class TextPage(BasePage):
    """A page whose text is made of blocks."""

    body: Any

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        references = references_in(self.body, request.user)
        return {**context, "sources": self.source_views(), "body": self.text_with(references)}

    def text_with(self, references: Mapping[int, Reference]) -> str:
        """The text as HTML, with these pages shown in it: those of the text that the reader may see."""

        def make() -> str:
            html: str = self.body.render_as_block({"references": references})
            return html

        return _bodies.get((self.pk, frozenset(references)), make) if self.is_served else make()

    def search_text(self) -> str:
        return plain_text(self.body)


class ContentPage(TextPage):
    """A page of the portal's own: about, privacy, accessibility, how evidence is weighed."""

    kind_label = _("Pagina")

    body = StreamField(BodyBlock(), verbose_name=_("tekst"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        InlinePanel("citations", heading=_("Bronnen"), label=_("bron")),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/content_page.html"

    class Meta:
        verbose_name = _("pagina")
        verbose_name_plural = _("pagina's")


class KnowledgeIndexPage(BasePage):
    """The list of knowledge pages."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["pages.KnowledgePage"]
    template = "pages/knowledge_index_page.html"
    kind_label = _("Kennis")

    class Meta:
        verbose_name = _("overzicht kennis")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = KnowledgePage.objects.visible_to(request.user).child_of(self).order_by("title")
        pages = pages.defer("body", *UNSHOWN)
        return {**context, "cards": [page.as_card() for page in pages]}


class KnowledgePage(TextPage):
    """What is known about a subject of smarter working, with its sources."""

    kind_label = _("Kennis")

    body = StreamField(BodyBlock(), verbose_name=_("tekst"))
    themes = ParentalManyToManyField(
        "taxonomy.Theme", verbose_name=_("thema's"), blank=True, related_name="+"
    )
    goals = ParentalManyToManyField("taxonomy.Goal", verbose_name=_("doelen"), blank=True, related_name="+")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("themes"), FieldPanel("goals")], heading=_("Waar het over gaat")),
        InlinePanel("citations", heading=_("Bronnen"), label=_("bron")),
        InlinePanel("related_links", heading=_("Lees ook"), label=_("pagina")),
    ]
    parent_page_types = ["pages.KnowledgeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/knowledge_page.html"

    class Meta:
        verbose_name = _("kennispagina")
        verbose_name_plural = _("kennispagina's")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "related": self.related_for(request.user)}
