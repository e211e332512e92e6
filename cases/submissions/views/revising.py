"""The author changes the text of the page that was made of their case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.submissions import rules, services
from cases.submissions.forms import PageForm
from cases.submissions.models import CaseSubmission
from cases.submissions.views.pages import (
    FORM_METHODS,
    for_members_of_the_portal,
    go,
    own_submission,
    person,
    trail,
)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def page_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """What was typed comes back, beside the text of whoever saved first."""
    submission = own_submission(request, pk)
    if not rules.can_revise(request.user, submission) or submission.page is None:
        raise Http404
    if request.method != "POST":
        texts, revision = services.texts_of(submission.page)
        return _page(request, submission, PageForm(initial={**texts, "revision": revision}))
    form = PageForm(request.POST)
    if not form.is_valid():
        return _page(request, submission, form)
    given = dict(form.cleaned_data)
    try:
        services.revise_page(submission, by=person(request), texts=given, seen=given.pop("revision"))
    except services.PageChanged as changed:
        data = request.POST.copy()
        data["revision"] = str(changed.revision or "")
        form = PageForm(data)
        form.is_valid()
        form.add_error(None, str(changed))
        return _page(request, submission, form, theirs=_theirs(form, changed.texts))
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, submission, form)
    messages.success(request, _("Bewaard. De redactie leest je wijziging na voordat iedereen haar ziet."))
    return go("detail", pk)


def _theirs(form: PageForm, texts: Any) -> list[tuple[str, str]]:
    """What the page says now, where that differs from what the author typed."""
    return [
        (str(form.fields[name].label), text)
        for name, text in texts.items()
        if text.strip() != str(form.data.get(name, "")).replace("\r\n", "\n").strip()
    ]


def _page(request: HttpRequest, submission: CaseSubmission, form: PageForm, **extra: Any) -> HttpResponse:
    context = {
        "submission": submission,
        "form": form,
        "breadcrumb": trail(submission),
        "has_errors": bool(form.is_bound and form.errors),
        "robots": "noindex",
        **extra,
    }
    return render(request, "submissions/revise.html", context)
