"""The page of the staff admin where editors make cases from files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cases.forms import CaseImportForm
from cases.models import CaseIndexPage
from portal.pages.importing.problems import ImportFailed, Problem
from portal.pages.importing.services import ImportReport, decoded, import_files


def can_import(user: Any) -> bool:
    """Whoever may add cases and change those that are there."""
    index = CaseIndexPage.objects.first()
    if index is None:
        return False
    permissions = index.permissions_for_user(user)
    return bool(permissions.can_add_subpage() and permissions.can_edit())


def can_publish(user: Any) -> bool:
    index = CaseIndexPage.objects.first()
    return index is not None and bool(index.permissions_for_user(user).can_publish_subpage())


@require_http_methods(["GET", "HEAD", "POST"])
def case_import(request: HttpRequest) -> HttpResponse:
    """Upload files; either every one of them becomes a case, or nothing changes and the mistakes are told."""
    if not can_import(request.user):
        raise PermissionDenied
    publish, problems = can_publish(request.user), list[Problem]()
    form = CaseImportForm(request.POST, request.FILES) if request.method == "POST" else CaseImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            files = [(file.name, decoded(file.name, file.read())) for file in form.cleaned_data["uploads"]]
            report = import_files(files, only_types={"case"}, by=request.user, publish=publish)
        except ImportFailed as failed:
            problems = failed.problems
        else:
            _tell(request, report, publish=publish)
            return redirect("case_import")
    context = {
        "form": form,
        "problems": problems,
        "publish": publish,
        "page_title": _("Praktijkvoorbeelden importeren"),
        "header_title": _("Praktijkvoorbeelden importeren"),
        "header_icon": "upload",
    }
    status = 422 if problems or form.errors else 200
    return TemplateResponse(request, "cases/admin/import.html", context, status=status)


def _tell(request: HttpRequest, report: ImportReport, *, publish: bool) -> None:
    written = len(report.created) + len(report.updated)
    if written and not publish:
        text = ngettext(
            "%(report)s. Er staat %(number)d concept klaar om in te dienen.",
            "%(report)s. Er staan %(number)d concepten klaar om in te dienen.",
            written,
        )
        messages.success(request, text % {"report": report, "number": written})
    else:
        messages.success(request, f"{report}.")
    if report.kept:
        text = _("Zo gelaten, want iemand wijzigde of vergrendelde het in het portaal: %(names)s.")
        messages.warning(request, text % {"names": ", ".join(report.kept)})
