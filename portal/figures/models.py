"""Reference figures: a page whose numbers are data, each with the words of its source."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from portal.evidence.models import EstablishmentChoices, Indicator, Source
from portal.pages.models import BasePage
from portal.text import strip_markup


class FigureIndexPage(BasePage):
    """The list of reference figures."""

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["figures.FigurePage"]
    template = "figures/figure_index_page.html"
    kind_label = _("Cijfers")

    class Meta:
        verbose_name = _("overzicht cijfers")


class FigurePage(RoutablePageMixin, BasePage):
    """One set of figures from one source: what was measured, of whom, how, and what it doesn't say."""

    class Chart(models.TextChoices):
        BAR = "bar", _("staven")
        GROUPED_BAR = "grouped-bar", _("staven naast elkaar")
        LINE = "line", _("lijn")
        DOTS = "dots", _("stippen")
        NONE = "none", _("alleen de tabel")

    kind_label = _("Cijfers")

    measure = models.CharField(_("wat is gemeten"), max_length=250)
    unit = models.CharField(_("eenheid"), max_length=40, blank=True)
    direction = models.CharField(
        _("richting"), max_length=4, choices=Indicator.Direction, default=Indicator.Direction.NONE
    )
    population = models.CharField(_("bij wie"), max_length=250, blank=True)
    period_start = models.PositiveSmallIntegerField(_("van jaar"), null=True, blank=True)
    period_end = models.PositiveSmallIntegerField(_("tot en met jaar"), null=True, blank=True)
    period_note = models.CharField(_("periode in woorden"), max_length=120, blank=True)
    established = models.CharField(
        _("hoe vastgesteld"), max_length=15, choices=EstablishmentChoices, default=EstablishmentChoices.NOT_STATED
    )
    significance_note = models.CharField(_("uitleg bij de tekens"), max_length=300, blank=True)
    caveat = models.CharField(_("kanttekening"), max_length=600)
    source = models.ForeignKey(Source, verbose_name=_("bron"), on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("plaats in de bron"), max_length=250)
    chart = models.CharField(_("grafiek"), max_length=12, choices=Chart, default=Chart.BAR)
    themes = ParentalManyToManyField("taxonomy.Theme", verbose_name=_("thema's"), blank=True, related_name="+")
    text = RichTextField(_("uitleg"), features=["h3", "bold", "italic", "ul", "ol", "link"], blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("measure"),
                FieldRowPanel([FieldPanel("unit"), FieldPanel("direction"), FieldPanel("established")]),
                FieldPanel("population"),
                FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end"), FieldPanel("period_note")]),
                FieldPanel("caveat"),
                FieldPanel("significance_note"),
            ],
            heading=_("Wat het cijfer is"),
        ),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("place")], heading=_("Bron")),
        FieldPanel("chart"),
        InlinePanel("values", heading=_("Cijfers"), label=_("cijfer"), min_num=1),
        FieldPanel("text"),
        FieldPanel("themes"),
    ]
    parent_page_types = ["figures.FigureIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "figures/figure_page.html"

    class Meta:
        verbose_name = _("cijferpagina")
        verbose_name_plural = _("cijferpagina's")

    def search_text(self) -> str:
        labels = " ".join(dict.fromkeys(value.row_label for value in self.values.all()))
        return "\n".join([self.measure, self.population, labels, strip_markup(self.text), self.caveat])


class FigureValue(Orderable):
    """One number: its row and series, and the words in which the source writes it. An empty value is "not said"."""

    page = ParentalKey(FigurePage, on_delete=models.CASCADE, related_name="values")
    row_label = models.CharField(_("rij"), max_length=160)
    series_label = models.CharField(_("reeks"), max_length=120, blank=True)
    value = models.DecimalField(_("waarde"), max_digits=16, decimal_places=4, null=True, blank=True)
    significance = models.CharField(_("teken"), max_length=10, blank=True)
    place = models.CharField(_("plaats in de bron"), max_length=250, blank=True)
    quote = models.CharField(_("letterlijk citaat"), max_length=60, blank=True)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("row_label"), FieldPanel("series_label"), FieldPanel("value"), FieldPanel("significance")]),
        FieldRowPanel([FieldPanel("place"), FieldPanel("quote")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("cijfer")
        verbose_name_plural = _("cijfers")
        constraints = [
            models.UniqueConstraint(fields=["page", "row_label", "series_label"], name="figures_figurevalue_once")
        ]

    def __str__(self) -> str:
        return f"{self.row_label} {self.series_label}: {self.value}"
