"""The journal in the staff admin: two reports."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search.journal.reports import PhraseReportView, VerdictReportView
from search.steering.viewsets import MENU_HOOK


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def report_urls() -> list[URLPattern]:
    phrases, verdicts = "rapporten/zoekvragen/", "rapporten/oordelen-over-zoeken/"
    return [
        path(phrases, PhraseReportView.as_view(), name="search_journal_report"),
        path(
            f"{phrases}resultaten/",
            PhraseReportView.as_view(results_only=True),
            name="search_journal_report_results",
        ),
        path(verdicts, VerdictReportView.as_view(), name="search_verdict_report"),
        path(
            f"{verdicts}resultaten/",
            VerdictReportView.as_view(results_only=True),
            name="search_verdict_report_results",
        ),
    ]


class JournalMenuItem(MenuItem):
    """Shown to whoever may read the journal."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("search_journal.view_phrase"))


@hooks.register(MENU_HOOK)  # type: ignore[untyped-decorator]
def phrases_menu_item() -> MenuItem:
    url = reverse("search_journal_report")
    return JournalMenuItem(_("Zoekvragen"), url, name="zoekvragen", icon_name="search", order=30)


@hooks.register(MENU_HOOK)  # type: ignore[untyped-decorator]
def verdicts_menu_item() -> MenuItem:
    url = reverse("search_verdict_report")
    return JournalMenuItem(_("Oordelen over zoeken"), url, name="zoekoordelen", icon_name="comment", order=40)
