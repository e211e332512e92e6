"""The staff admin of cases: the report with its export, importing from files, and the panel on evidence."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cases.dashboard import EvidencePanel
from cases.models import CasePage
from cases.reports import CaseReportView
from cases.uploading import can_import, case_import
from portal.pages.staff_views import RefusingViewSet
from portal.pages.wagtail_hooks import PageReportMenuItem


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [
        path("rapporten/praktijkvoorbeelden/", CaseReportView.as_view(), name="case_report"),
        path(
            "rapporten/praktijkvoorbeelden/resultaten/",
            CaseReportView.as_view(results_only=True),
            name="case_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def case_menu_item() -> MenuItem:
    return PageReportMenuItem(
        _("Praktijkvoorbeelden"),
        reverse("case_report"),
        name="praktijkvoorbeelden",
        icon_name="doc-full",
        order=90,
    )


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern]:
    return [path("praktijkvoorbeelden/importeren/", case_import, name="case_import")]


class CaseImportMenuItem(MenuItem):
    """Shown to whoever may add cases."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_import(request.user)


@hooks.register("register_admin_menu_item")
def case_import_menu_item() -> MenuItem:
    return CaseImportMenuItem(
        _("Importeren"),
        reverse("case_import"),
        name="praktijkvoorbeelden-importeren",
        icon_name="upload",
        order=450,
    )


@hooks.register("construct_homepage_panels")
def evidence_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(EvidencePanel())


class CaseViewSet(RefusingViewSet):
    """Members' cases wait for their company's yes (`cases.submissions`)."""

    model = CasePage


@hooks.register("register_admin_viewset")
def case_viewset() -> CaseViewSet:
    return CaseViewSet()
