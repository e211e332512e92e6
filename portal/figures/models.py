"""Reference figures: a page whose numbers are data, each with the words of its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, re_path
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from portal.design.charts.shapes import ChartView
from portal.design.shapes import CaseView, TableView
from portal.evidence.models import EstablishmentChoices, Indicator, Source
from portal.figures.querysets import FigureManager
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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.figures.listing import by_source

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        figures = FigurePage.objects.visible_to(request.user).child_of(self).order_by()
        return {**context, "groups": by_source(figures.values_list("pk", flat=True))}


class FigurePage(RoutablePageMixin, BasePage):
    """One set of figures from one source: what was measured, of whom, how, and what it doesn't say."""

    class Chart(models.TextChoices):
        BAR = "bar", _("staven")
        GROUPED_BAR = "grouped-bar", _("staven naast elkaar")
        LINE = "line", _("lijn")
        DOTS = "dots", _("stippen")
        NONE = "none", _("alleen de tabel")

    kind_label = _("Cijfers")
    shows_as_chart = True

    objects = FigureManager()

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
        _("hoe vastgesteld"),
        max_length=15,
        choices=EstablishmentChoices,
        default=EstablishmentChoices.NOT_STATED,
    )
    significance_note = models.CharField(_("uitleg bij de tekens"), max_length=300, blank=True)
    caveat = models.CharField(_("kanttekening"), max_length=600)
    source = models.ForeignKey(Source, verbose_name=_("bron"), on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("plaats in de bron"), max_length=250)
    chart = models.CharField(_("grafiek"), max_length=12, choices=Chart, default=Chart.BAR)
    themes = ParentalManyToManyField(
        "taxonomy.Theme", verbose_name=_("thema's"), blank=True, related_name="+"
    )
    text = RichTextField(_("uitleg"), features=["h3", "bold", "italic", "ul", "ol", "link"], blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("measure"),
                FieldRowPanel([FieldPanel("unit"), FieldPanel("direction"), FieldPanel("established")]),
                FieldPanel("population"),
                FieldRowPanel(
                    [FieldPanel("period_start"), FieldPanel("period_end"), FieldPanel("period_note")]
                ),
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

    @property
    def established_label(self) -> str:
        """How the figure was established, in words; Django's own way to them builds a table of all words each time."""
        return str(EstablishmentChoices(self.established).label)

    @cached_property
    def own_url(self) -> str:
        """The page's path. Kept, since its files stand below it and Wagtail reads its cache for each answer."""
        return self.get_url() or "/"

    @classmethod
    def for_route(cls) -> Any:
        return super().for_route().with_values().prefetch_related("themes")

    @re_path(r"^gegevens\.csv/$", name="csv")
    def csv_file(self, request: HttpRequest) -> HttpResponseBase:
        from portal.figures.downloads import CSV_NAME, file_response

        return file_response(request, self, CSV_NAME)

    @re_path(r"^gegevens\.xlsx/$", name="xlsx")
    def xlsx_file(self, request: HttpRequest) -> HttpResponseBase:
        from portal.figures.downloads import XLSX_NAME, file_response

        return file_response(request, self, XLSX_NAME)

    @re_path(r"^\.metadata\.json/$", name="metadata")
    def metadata_file(self, request: HttpRequest) -> HttpResponseBase:
        from portal.figures.downloads import METADATA_NAME, file_response

        return file_response(request, self, METADATA_NAME)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.figures import shapes

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        text, not_said = shapes.split_text(self.text)
        return {
            **context,
            "chart": None if self.chart == self.Chart.NONE else shapes.chart_of(self, title=self.measure),
            "table": shapes.table_of(self, title=self.measure) if self.chart == self.Chart.NONE else None,
            "words": shapes.words_table(self),
            "facts": shapes.facts(self),
            "source": shapes.source_of(self),
            "text": text,
            "not_said": not_said,
        }

    @classmethod
    def charts_for(cls, pks: Sequence[int], *, heading: bool = True) -> dict[int, SafeString]:
        """The figures with source and caveat, as another page shows them; without `heading` their titles stand there."""
        from portal.figures.listing import charts

        return charts(pks, heading=heading)

    def embedded_chart(self) -> ChartView | None:
        """The chart as another page shows it: under the figure's own title, with source and caveat."""
        from portal.figures.shapes import chart_of, source_of

        if self.chart == self.Chart.NONE:
            return None
        return chart_of(self, title=self.title, source=source_of(self, with_caveat=True))

    def embedded_table(self) -> TableView | None:
        from portal.figures.shapes import table_of

        return table_of(self, title=self.title)

    def embedded_source(self) -> Any:
        from portal.figures.shapes import source_of

        return source_of(self, with_caveat=True)

    def as_card(self) -> CaseView:
        from portal.figures.listing import figure_card

        return figure_card(self)

    @classmethod
    def cards_for(cls, pks: Sequence[int]) -> dict[int, CaseView]:
        from portal.figures.listing import cards

        return cards(pks)

    def structured_data(self) -> list[dict[str, Any]]:
        from portal.figures.structured_data import dataset

        return [dataset(self)]

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
        FieldRowPanel(
            [
                FieldPanel("row_label"),
                FieldPanel("series_label"),
                FieldPanel("value"),
                FieldPanel("significance"),
            ]
        ),
        FieldRowPanel([FieldPanel("place"), FieldPanel("quote")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("cijfer")
        verbose_name_plural = _("cijfers")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "row_label", "series_label"], name="figures_figurevalue_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.row_label} {self.series_label}: {self.value}"
