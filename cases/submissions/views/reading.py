"""Readers' questions to the maker of a case."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.models import CasePage
from cases.submissions import rules, services
from cases.submissions.forms import ReaderAnswerForm, ReaderQuestionForm
from cases.submissions.models import CaseSubmission, ReaderQuestion
from cases.submissions.views.pages import (
    FORM_METHODS,
    address_of_client,
    for_members_of_the_portal,
    go,
    person,
    trail,
)
from portal.people.shapes import shown_people


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def maker_ask(request: HttpRequest, page: int) -> HttpResponse:
    """From a case that the reader sees, whose maker can be asked something."""
    seen = CasePage.objects.visible_to(request.user).filter(pk=page)
    rows = CaseSubmission.objects.taking_questions().filter(page__in=seen.values("pk"))
    submission = rows.select_related("page", "organisation").first()
    if submission is None or submission.page is None or not rules.can_ask_maker(request.user, submission):
        raise Http404
    form = ReaderQuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            question = services.ask_maker(
                submission, by=person(request), text=given["text"], token=given["token"],
                address=address_of_client(request),
            )  # fmt: skip
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            if question.state == ReaderQuestion.State.HELD:
                messages.info(request, _("Je vraag staat klaar. Een moderator kijkt er binnen een dag naar."))
            else:
                messages.success(
                    request, _("Je vraag is verstuurd. Je krijgt een melding als er een antwoord is.")
                )
            return go("reader-question", question.pk)
    form.renew_token() if form.is_bound else None
    context = {
        "form": form,
        "case": submission.page,
        "breadcrumb": trail()[:1],
        "has_errors": bool(form.is_bound and form.errors),
        "robots": "noindex",
    }
    return render(request, "submissions/ask.html", context)


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def reader_question(request: HttpRequest, pk: int) -> HttpResponse:
    """For who asked and who made the case; the maker answers here."""
    rows = ReaderQuestion.objects.visible_to(request.user).select_related("submission__page")
    question = rows.filter(pk=pk).first()
    if question is None:
        raise Http404
    is_maker = question.submission.author_id == request.user.pk
    form = ReaderAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not is_maker:
            raise Http404
        if form.is_valid():
            try:
                services.answer_reader(question, by=person(request), text=form.cleaned_data["text"])
            except services.NotAllowed:
                raise
            except services.Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Je antwoord is verstuurd."))
                return go("reader-question", pk)
    people = shown_people(
        [pk for pk in (question.asker_id, question.submission.author_id) if pk], request.user
    )
    page = question.submission.page
    context = {
        "question": question,
        "form": form,
        "is_maker": is_maker,
        "asker": people[question.asker_id].name if question.asker_id else _("Oud-lid"),
        "maker": people[question.submission.author_id].name
        if question.submission.author_id
        else _("Oud-lid"),
        "case": page,
        "case_url": page.get_url() if page is not None and page.live else "",
        "breadcrumb": trail(),
        "has_errors": bool(form.is_bound and form.errors),
        "robots": "noindex",
    }
    return render(request, "submissions/reader_question.html", context)
