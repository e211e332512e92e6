"""The report "Praktijkvoorbeelden" of the staff admin: all cases with filters, to look at and to take along."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cases.exporting import as_csv, as_workbook, case_table, evidence_word, measurement_table, with_evidence
from cases.models import CasePage
from portal.taxonomy.models import Theme

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def evidence_of(case: CasePage) -> str:
    return evidence_word(case.evidence)


def number_of_figures(case: CasePage) -> int:
    return len(case.measurements.all())


class CaseFilterSet(WagtailFilterSet):
    live = django_filters.BooleanFilter(label=_("Staat online"))
    themes = django_filters.ModelChoiceFilter(label=_("Thema"), queryset=Theme.objects.all())

    class Meta:
        model = CasePage
        fields = ["live", "kind", "themes"]


class CaseReportView(PageReportView):
    model = CasePage
    page_title = _("Praktijkvoorbeelden")
    header_icon = "doc-full"
    index_url_name = "case_report"
    index_results_url_name = "case_report_results"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    no_results_message = _("Er zijn geen praktijkvoorbeelden die hierbij passen.")
    filterset_class = CaseFilterSet
    is_searchable = False
    default_ordering = None
    any_permission_required = ["add", "change", "publish"]
    columns = [
        TitleColumn("title", label=_("Titel"), url_name="wagtailadmin_pages:edit"),
        Column("organisation", label=_("Organisatie")),
        Column("kind", label=_("Soort"), accessor="get_kind_display"),
        Column("evidence", label=_("Bewijs"), accessor=evidence_of),
        Column("figures", label=_("Resultaten"), accessor=number_of_figures),
        DateColumn("reviewed_on", label=_("Nagekeken op")),
        Column("status_string", label=_("Stand")),
    ]
    # Shows the buttons; what is in the files is told in `cases.exporting`.
    list_export = ["title"]
    export_filename = "praktijkvoorbeelden"

    def get_queryset(self) -> QuerySet[CasePage]:
        policy = policy_registry.get_by_type(Page)
        allowed = policy.instances_user_has_any_permission_for(self.request.user, ["change", "publish"])
        cases = CasePage.objects.filter(pk__in=allowed.values("pk")).order_by("title", "pk")
        cases = cases.prefetch_workflow_states().annotate_approved_schedule()
        # An export has the texts too, which a card leaves in the database.
        whole = cases.with_card().defer(None).select_related("size_class")
        return whole.prefetch_related("themes", "goals", "citations__source")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        return with_evidence(list(object_list))

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)
        url = f"{self.get_export_url('csv')}&tabel=resultaten"
        buttons.append(
            Button(_("Download CSV van de resultaten"), url=url, icon_name="download", priority=110)
        )
        return buttons

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str | None) -> HttpResponseBase:
        cases = list(queryset)
        if spreadsheet_format == self.FORMAT_XLSX:
            return self.attached(
                HttpResponse(as_workbook(cases), content_type=XLSX), "praktijkvoorbeelden.xlsx"
            )
        figures = self.request.GET.get("tabel") == "resultaten"
        table = measurement_table(cases) if figures else case_table(cases)
        name = "resultaten.csv" if figures else "praktijkvoorbeelden.csv"
        return self.attached(
            StreamingHttpResponse(as_csv(table), content_type="text/csv; charset=utf-8"), name
        )

    def attached(self, response: HttpResponseBase, name: str) -> HttpResponseBase:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
