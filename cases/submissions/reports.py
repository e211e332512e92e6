"""What members sent in, as staff see it: a list with filters, and the same as a file."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from cases.submissions.models import CaseSubmission, State
from cases.submissions.querysets import FOR_STAFF, sees_queue
from network.questions.models import AcceptedAnswer
from portal.taxonomy.models import Theme
from portal.text import cell_text


class SubmissionFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("Stand"), choices=[(value, label) for value, label in State.choices if value in FOR_STAFF]
    )
    theme = django_filters.ModelChoiceFilter(label=_("Thema"), queryset=Theme.objects.all())

    class Meta:
        model = CaseSubmission
        fields = ["state", "theme"]


def handle_url(submission: CaseSubmission) -> str:
    return reverse("submission_handle", args=[submission.pk])


class SubmissionReportView(ReportView):
    model = CaseSubmission
    page_title = _("Ingestuurde praktijkvoorbeelden")
    header_icon = "mail"
    index_url_name = "submission_report"
    index_results_url_name = "submission_report_results"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    no_results_message = _("Er is niets ingestuurd dat hierbij past.")
    filterset_class = SubmissionFilterSet
    is_searchable = False
    default_ordering = "-changed_at"
    any_permission_required = ["view"]
    columns = [
        TitleColumn("title", label=_("Titel"), get_url=handle_url),
        Column("organisation", label=_("Bedrijf")),
        Column("theme", label=_("Thema")),
        Column("state", label=_("Stand"), accessor="get_state_display"),
        DateColumn("changed_at", label=_("Laatst gewijzigd")),
    ]
    list_export = [
        "title",
        "organisation",
        "theme",
        "get_state_display",
        "created_at",
        "changed_at",
        "version",
    ]
    export_headings = {
        "title": _("Titel"),
        "organisation": _("Bedrijf"),
        "theme": _("Thema"),
        "get_state_display": _("Stand"),
        "created_at": _("Begonnen"),
        "changed_at": _("Laatst gewijzigd"),
        "version": _("Versie"),
    }
    export_filename = "ingestuurde-praktijkvoorbeelden"
    # Members name their cases themselves: no cell is a formula.
    custom_value_preprocess = {
        **ReportView.custom_value_preprocess,
        str: {"csv": cell_text, "xlsx": cell_text},
    }

    def get_queryset(self) -> QuerySet[Any]:
        rows = CaseSubmission.objects.visible_to(self.request.user).in_queue()
        return rows.select_related("organisation", "theme").order_by("-changed_at", "-pk")


def answer_url(answer: AcceptedAnswer) -> str:
    return reverse("submission_propose", args=[answer.post_id])


def question_of(answer: AcceptedAnswer) -> str:
    return answer.question.conversation.title


def writer_of(answer: AcceptedAnswer) -> str:
    return answer.post.author.name if answer.post.author is not None else ""


class AnswerReportView(ReportView):
    """Accepted answers that everybody may read, and that no case was made of yet."""

    model = AcceptedAnswer
    page_title = _("Antwoorden die een praktijkvoorbeeld kunnen worden")
    header_icon = "help"
    index_url_name = "answer_report"
    index_results_url_name = "answer_report_results"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    no_results_message = _("Er is geen gekozen antwoord dat hierbij past.")
    is_searchable = False
    default_ordering = "-at"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sees_queue(request.user):
            raise PermissionDenied
        found: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return found

    columns = [
        TitleColumn("question", label=_("Vraag"), accessor=question_of, get_url=answer_url),
        Column("writer", label=_("Antwoord van"), accessor=writer_of),
        DateColumn("at", label=_("Gekozen op")),
    ]

    def get_queryset(self) -> QuerySet[Any]:
        from cases.submissions.services import proposable

        rows = proposable().select_related("question__conversation", "post__author")
        return rows.order_by("-at", "-pk")
