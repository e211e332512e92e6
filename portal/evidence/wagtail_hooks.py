"""The staff admin of sources and indicators, and the report of links that don't work."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.evidence.models import Indicator, Source
from portal.evidence.reports import LinkReportView


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "openquote"
    list_display = ["short_name", "title", "publisher", "year", UpdatedAtColumn()]
    search_fields = ["short_name", "title", "publisher", "author"]
    copy_view_enabled = False
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("publisher"), FieldPanel("author")]),
                FieldRowPanel([FieldPanel("year"), FieldPanel("url")]),
                FieldPanel("description"),
            ],
            heading=_("Het document"),
            help_text=_("Laat leeg wat het document zelf niet zegt."),
        ),
        MultiFieldPanel(
            [FieldPanel("short_name"), FieldPanel("code")],
            heading=_("Hoe het portaal de bron noemt"),
            help_text=_(
                "De code staat in inhoudsbestanden. Verander haar niet meer als de bron in gebruik is."
            ),
        ),
    ]


class IndicatorViewSet(SnippetViewSet):
    model = Indicator
    icon = "order"
    list_display = ["name", "unit", "direction", "family", UpdatedAtColumn()]
    list_filter = ["family", "direction"]
    search_fields = ["name", "code", "explanation"]
    copy_view_enabled = False
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("explanation")], heading=_("Wat er wordt gemeten")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("unit"), FieldPanel("direction")]), FieldPanel("family")],
            heading=_("Hoe het telt"),
            help_text=_(
                "Hieruit volgt of een verandering een verbetering is. Verander dit alleen samen met de expert."
            ),
        ),
        FieldPanel("code"),
    ]


class EvidenceViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Bewijs")
    menu_icon = "clipboard-list"
    menu_order = 320
    items = (SourceViewSet, IndicatorViewSet)


register_snippet(EvidenceViewSetGroup)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def report_urls() -> list[URLPattern]:
    return [
        path("rapporten/dode-links/", LinkReportView.as_view(), name="link_report"),
        path(
            "rapporten/dode-links/resultaten/",
            LinkReportView.as_view(results_only=True),
            name="link_report_results",
        ),
    ]


class LinkReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("evidence.view_linkcheck")


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def link_menu_item() -> MenuItem:
    return LinkReportMenuItem(
        _("Dode links"), reverse("link_report"), name="dode-links", icon_name="link-external", order=110
    )
