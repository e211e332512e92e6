"""The front page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable, Page

from portal.pages.models import BasePage


class HomePage(BasePage):
    """Search first, then proof, then the ways in."""

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"
    kind_label = _("Voorpagina")

    heading = models.CharField(
        _("kop"), max_length=120, default="Slimmer werken, gemeten in bedrijven als dat van jou"
    )
    lead = models.TextField(
        _("inleiding"),
        max_length=300,
        default=(
            "Zoek wat je wilt verbeteren. Je vindt wat andere ondernemers deden, wat het opleverde "
            "en hoe je morgen begint."
        ),
    )
    figure = models.ForeignKey(
        "figures.FigurePage", verbose_name=_("cijfer op de voorpagina"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    content_panels = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("lead"),
        FieldPanel("summary"),
        InlinePanel(
            "proofs", heading=_("Drie resultaten"), label=_("praktijkvoorbeeld"), max_num=3,
            help_text=_("Van elk voorbeeld staat het eerste gemeten resultaat op de voorpagina."),
        ),
        FieldPanel("figure"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("voorpagina")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.home.front import front_page

        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "title": self.seo_title or self.heading,
            "breadcrumb": [],
            **front_page(self, request),
        }


class FrontPageProof(Orderable):
    """A case whose first measured result stands on the front page."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="proofs")
    case = models.ForeignKey(
        "cases.CasePage",
        verbose_name=_("praktijkvoorbeeld"),
        on_delete=models.CASCADE,
        related_name="front_page_proofs",
    )

    panels: ClassVar[list[PageChooserPanel]] = [PageChooserPanel("case")]
