"""The report "Dode links" of the staff admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from portal.evidence.links import ExternalLink, all_links
from portal.evidence.models import LinkCheck


class PlacesColumn(Column):
    """Where an address stands, each place with a link to its form."""

    cell_template_name = "evidence/admin/places_cell.html"


class LinkFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(label=_("Stand"), choices=LinkCheck.Status.choices)

    class Meta:
        model = LinkCheck
        fields = ["status"]


class LinkReportView(ReportView):
    """Addresses elsewhere that failed, longest first; the filter shows the others too."""

    model = LinkCheck
    page_title = _("Dode links")
    header_icon = "link-external"
    index_url_name = "link_report"
    index_results_url_name = "link_report_results"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    no_results_message = _("Er zijn geen links die niet werken.")
    filterset_class = LinkFilterSet
    is_searchable = False
    default_ordering = None
    any_permission_required = ["view", "change"]
    columns = [
        Column("url", label=_("Adres")),
        Column("status", label=_("Stand"), accessor="get_status_display"),
        Column("outcome", label=_("Antwoord")),
        DateColumn("failing_since", label=_("Sinds")),
        DateColumn("checked_at", label=_("Laatst gevraagd")),
        PlacesColumn("places", label=_("Staat op")),
    ]
    list_export = ["url", "get_status_display", "code", "error", "failing_since", "checked_at", "place_names"]
    export_headings = {
        "get_status_display": _("Stand"),
        "code": _("Antwoord"),
        "error": _("Wat er misging"),
        "place_names": _("Staat op"),
    }
    export_filename = "dode-links"

    def get_queryset(self) -> QuerySet[LinkCheck]:
        links = LinkCheck.objects.order_by("failing_since", "url")
        if not self.request.GET.getlist("status"):
            links = links.filter(status__in=[LinkCheck.Status.BROKEN, LinkCheck.Status.DOUBTFUL])
        return links

    def decorate_paginated_queryset(self, object_list: Any) -> list[LinkCheck]:
        checks = list(object_list)
        places: dict[str, list[ExternalLink]] = {check.url: [] for check in checks}
        for link in all_links():
            if link.url in places:
                places[link.url].append(link)
        for check in checks:
            check.places = places[check.url]
            check.place_names = [link.place for link in check.places]
            check.outcome = check.error or str(check.code or "")
        return checks
