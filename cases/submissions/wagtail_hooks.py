"""Members' own cases in the staff admin: what was sent in, and answers that a case could be made of."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from cases.submissions import screens
from cases.submissions.models import UnapprovedChange
from cases.submissions.querysets import sees_queue
from cases.submissions.reports import AnswerReportView, SubmissionReportView


@hooks.register("register_admin_urls")
def submission_urls() -> list[URLPattern]:
    return [
        path("inzendingen/", SubmissionReportView.as_view(), name="submission_report"),
        path(
            "inzendingen/resultaten/",
            SubmissionReportView.as_view(results_only=True),
            name="submission_report_results",
        ),
        path("inzendingen/<int:submission_id>/", screens.submission_handle, name="submission_handle"),
        path("inzendingen/antwoorden/", AnswerReportView.as_view(), name="answer_report"),
        path(
            "inzendingen/antwoorden/resultaten/",
            AnswerReportView.as_view(results_only=True),
            name="answer_report_results",
        ),
        path("inzendingen/antwoorden/<int:post_id>/", screens.submission_propose, name="submission_propose"),
    ]


class SubmissionMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sees_queue(request.user)


@hooks.register("register_admin_menu_item")
def submission_menu_item() -> MenuItem:
    return SubmissionMenuItem(
        _("Inzendingen"), reverse("submission_report"), name="inzendingen", icon_name="mail", order=330
    )


@hooks.register("register_reports_menu_item")
def answer_menu_item() -> MenuItem:
    return SubmissionMenuItem(
        _("Antwoorden voor een voorbeeld"),
        reverse("answer_report"),
        name="antwoorden-voor-een-voorbeeld",
        icon_name="help",
        order=130,
    )


@hooks.register("before_edit_page")
def tell_unapproved(request: HttpRequest, page: Page) -> None:
    """Who edits or approves the page reads that the company hasn't said yes to its author's last change; what that keeps
    them from is in `publishing_refusals`."""
    if request.method == "GET" and UnapprovedChange.objects.filter(submission__page=page.pk).exists():
        messages.warning(
            request,
            _(
                "De laatste wijziging van de inzender is nog niet goedgekeurd door het bedrijf. "
                "Tot dan kun je die tekst niet publiceren."
            ),
        )


@hooks.register("register_permissions")
def submission_permissions() -> QuerySet[Permission]:
    wanted = ("view_casesubmission", "change_casesubmission")
    return Permission.objects.filter(content_type__app_label="submissions", codename__in=wanted)
