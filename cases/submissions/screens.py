"""What staff do with one submission, and with one answer, in the staff admin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.submissions import rules, services
from cases.submissions.models import CaseSubmission
from cases.submissions.querysets import DECIDE, SEE
from cases.submissions.shapes import differences, unapproved
from cases.submissions.staff_forms import AskForm, ProposeForm, RefuseForm
from network.conversations.models import Post


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(SEE, raise_exception=True)
def submission_handle(request: HttpRequest, submission_id: int) -> HttpResponse:
    """All that was sent in, what was said about it, and what can be done."""
    rows = CaseSubmission.objects.visible_to(request.user).in_queue()
    related = rows.select_related(
        "organisation", "theme", "page", "answer__conversation", "author", "unapproved"
    )
    submission = get_object_or_404(related, pk=submission_id)
    forms: dict[str, Any] = {"ask": AskForm(prefix="ask"), "refuse": RefuseForm(prefix="refuse")}
    if request.method == "POST":
        action = request.POST.get("actie", "")
        if action == "take-up":
            return _take_up(request, submission)
        if action not in forms:
            raise Http404
        form = type(forms[action])(request.POST, prefix=action)
        if form.is_valid() and _done(request, submission, action, form):
            return HttpResponseRedirect(request.path)
        forms[action] = form
    return TemplateResponse(request, "submissions/admin/handle.html", _context(request, submission, forms))


def _take_up(request: HttpRequest, submission: CaseSubmission) -> HttpResponse:
    user: Any = request.user
    try:
        page = services.take_up(submission, by=user)
    except services.NotAllowed:
        raise Http404 from None
    except services.Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(request.path)
    messages.success(request, _("De pagina staat klaar en is op weg naar een redacteur."))
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def _done(request: HttpRequest, submission: CaseSubmission, action: str, form: Any) -> bool:
    user: Any = request.user
    given = form.cleaned_data
    try:
        if action == "ask":
            services.ask_author(submission, by=user, text=given["text"], token=given["token"])
        else:
            services.refuse_submission(submission, by=user, reason=given["reason"])
    except services.NotAllowed:
        raise Http404 from None
    except services.Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("De inzender krijgt een melding."))
    return True


def _context(request: HttpRequest, submission: CaseSubmission, forms: dict[str, Any]) -> dict[str, Any]:
    user = request.user
    return {
        "submission": submission,
        "figures": list(submission.measurements.select_related("indicator", "proof")),
        "proofs": list(submission.proofs.all()),
        "pictures": list(services.pictures_of(submission)),
        "events": list(submission.events.all()),
        "forms": forms,
        "differences": differences(unapproved(submission)),
        "may_ask": rules.can_ask_author(user, submission),
        "may_refuse": rules.can_refuse(user, submission),
        "may_take_up": rules.can_take_up(user, submission),
        "page_title": submission.shown_title,
        "header_title": submission.shown_title,
        "header_icon": "mail",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(DECIDE, raise_exception=True)
def submission_propose(request: HttpRequest, post_id: int) -> HttpResponse:
    """Make a case of an answer: who wrote it is asked first."""
    user: Any = request.user
    answer = get_object_or_404(
        services.proposable().select_related("post__author", "question__conversation", "question__theme"),
        post=post_id,
    )
    post: Post = answer.post
    initial = {
        "title": answer.question.conversation.title,
        "theme": answer.question.theme_id,
        "approach": post.text,
    }
    form = ProposeForm(request.POST or None, post=post, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.propose_case(post, by=user, **form.cleaned_data)
        except services.NotAllowed:
            raise Http404 from None
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Wie het antwoord schreef, krijgt een melding en zegt ja of nee."))
            return HttpResponseRedirect(reverse("submission_report"))
    context = {
        "form": form,
        "post": post,
        "question": answer.question.conversation,
        "page_title": _("Maak een praktijkvoorbeeld van dit antwoord"),
        "header_title": _("Maak een praktijkvoorbeeld van dit antwoord"),
        "header_icon": "help",
    }
    return TemplateResponse(request, "submissions/admin/propose.html", context)
