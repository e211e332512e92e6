"""Questions in the staff admin: what asking spares."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from network.questions.reports import AskingReportView

SEE = "questions.view_askingday"


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [
        path("rapporten/vragen-stellen/", AskingReportView.as_view(), name="asking_report"),
        path(
            "rapporten/vragen-stellen/resultaten/",
            AskingReportView.as_view(results_only=True),
            name="asking_report_results",
        ),
    ]


class AskingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(SEE))


@hooks.register("register_reports_menu_item")
def asking_menu_item() -> MenuItem:
    return AskingMenuItem(
        _("Wat vragen stellen bespaart"),
        reverse("asking_report"),
        name="vragen-stellen",
        icon_name="help",
        order=120,
    )


@hooks.register("register_permissions")
def asking_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="questions", codename="view_askingday")
