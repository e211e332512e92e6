"""The report "Na te kijken" of the staff admin."""

from __future__ import annotations

import datetime
from typing import Any

import django_filters
from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.coreutils import get_content_type_label
from wagtail.models import Page, get_page_content_types

from portal.pages.reviews import Review, past_review


def kind_of(page: Page) -> str:
    return str(get_content_type_label(page.content_type))


class ReviewFilterSet(WagtailFilterSet):
    #: Read by the view, which knows the days; the database doesn't.
    until = django_filters.DateFilter(
        label=_("Na te kijken vóór"), method="unchanged", widget=AdminDateInput, help_text=_("Leeg: vandaag.")
    )
    content_type = ContentTypeFilter(
        label=_("Soort pagina"), queryset=lambda request: get_page_content_types(include_base_page_type=False)
    )

    class Meta:
        model = Page
        fields = ["until", "content_type"]

    def unchanged(self, queryset: QuerySet[Page], name: str, value: datetime.date) -> QuerySet[Page]:
        return queryset


class ReviewReportView(PageReportView):
    """Live pages past their review date, longest overdue first, as a list, CSV and XLSX."""

    page_title = _("Na te kijken")
    header_icon = "calendar-check"
    index_url_name = "review_report"
    index_results_url_name = "review_report_results"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    no_results_message = _("Alles is op tijd nagekeken.")
    filterset_class = ReviewFilterSet
    is_searchable = False
    default_ordering = None
    any_permission_required = ["add", "change", "publish"]
    columns = [
        TitleColumn("title", label=_("Pagina"), url_name="wagtailadmin_pages:edit"),
        Column("kind", label=_("Soort"), accessor=kind_of),
        DateColumn("reviewed_on", label=_("Nagekeken op")),
        DateColumn("due_on", label=_("Had gemoeten op")),
    ]
    list_export = ["title", "kind", "reviewed_on", "due_on", "full_url"]
    export_headings = {
        "title": _("Pagina"),
        "kind": _("Soort"),
        "reviewed_on": _("Nagekeken op"),
        "due_on": _("Had gemoeten op"),
        "full_url": _("Adres"),
    }
    export_filename = "na-te-kijken"

    def get_queryset(self) -> QuerySet[Page]:
        self.reviews = {review.page_id: review for review in past_review(self.until())}
        order = Case(
            *(When(pk=pk, then=Value(place)) for place, pk in enumerate(self.reviews)), default=Value(0)
        )
        allowed = self.permission_policy.instances_user_has_any_permission_for(
            self.request.user, ["change", "publish"]
        )
        return allowed.filter(pk__in=self.reviews).select_related("content_type").order_by(order)

    def until(self) -> datetime.date:
        try:
            return datetime.date.fromisoformat(self.request.GET.get("until", ""))
        except ValueError:
            return timezone.localdate()

    def decorate_paginated_queryset(self, object_list: Any) -> list[Page]:
        pages = list(object_list)
        for page in pages:
            review: Review = self.reviews[page.pk]
            page.reviewed_on, page.due_on, page.kind = review.reviewed_on, review.due_on, kind_of(page)
        return pages
