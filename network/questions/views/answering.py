"""What people do with a question and its answers. All of it by POST, but for the form of an invitation."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from network.conversations.models import Post
from network.conversations.shapes import page_of
from network.conversations.views.pages import (
    FORM_METHODS,
    for_members_of_the_portal,
    form_page,
    person,
    posted,
    rules_before,
    to_conversation,
)
from network.questions import rules, services
from network.questions.forms import InviteForm
from network.questions.models import Question
from network.questions.views.reading import seen_question
from portal.accounts.models import User
from portal.people.shapes import shown_people


def _back(question: Question, anchor: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{question.conversation.get_absolute_url()}{anchor}")


@require_POST
@for_members_of_the_portal
def answer_choose(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    """Put an answer on top, or no longer."""
    question = seen_question(request, pk)
    if (first := rules_before(request, question.conversation)) is not None:
        return first
    chosen = get_object_or_404(Post.objects.on_page(request.user), pk=post, conversation=question.pk)
    if request.POST.get("keuze") == "weg":
        services.unaccept_answer(question, post=chosen, by=person(request))
        messages.success(request, _("Dit antwoord staat niet meer bovenaan."))
        number = page_of(chosen, request.user)
        query = f"?pagina={number}" if number > 1 else ""
        return _back(question, f"{query}#bericht-{chosen.pk}")
    try:
        services.accept_answer(question, post=chosen, by=person(request))
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Dit antwoord staat nu bovenaan. Wie het schreef, hoort het."))
    return _back(question, f"#bericht-{chosen.pk}")


@require_POST
@for_members_of_the_portal
def question_stand(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it, or open it again."""
    question = seen_question(request, pk)
    if (first := rules_before(request, question.conversation)) is not None:
        return first
    try:
        if request.POST.get("stand") == "open":
            services.reopen_question(question, by=person(request))
            messages.success(request, _("Je vraag is weer open."))
        else:
            services.close_question(question, by=person(request))
            messages.success(request, _("Je vraag is gesloten. Wat er staat, blijft te lezen."))
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        messages.error(request, str(refused))
    return _back(question)


@require_POST
@for_members_of_the_portal
def same_here(request: HttpRequest, pk: int) -> HttpResponse:
    question = seen_question(request, pk)
    if (first := rules_before(request, question.conversation)) is not None:
        return first
    if request.POST.get("ook") == "nee":
        services.leave_same_here(question, by=person(request))
        messages.success(request, _("Je telt niet meer mee."))
    else:
        services.join_same_here(question, by=person(request))
        messages.success(request, _("Je telt mee, en je hoort van nieuwe antwoorden."))
    return _back(question)


@require_POST
@for_members_of_the_portal
def answer_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one is writing an answer, or let that go."""
    question = seen_question(request, pk)
    if (first := rules_before(request, question.conversation)) is not None:
        return first
    if request.POST.get("schrijf") == "nee":
        services.release_claim(question, by=person(request))
        messages.success(request, _("Je liet het los. Een ander kan nu antwoorden."))
        return _back(question)
    try:
        services.claim_question(question, by=person(request))
    except services.NotAllowed:
        raise
    except services.Refused as refused:
        messages.error(request, str(refused))
        return _back(question)
    messages.success(request, _("Anderen zien een dag lang dat jij een antwoord schrijft."))
    return _back(question, "#reageer")


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def expert_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one person who knows the theme."""
    question, user = seen_question(request, pk), person(request)
    if (first := rules_before(request, question.conversation)) is not None:
        return first
    if not rules.can_invite(user, question):
        raise Http404
    known = services.experts_for(question, by=user)
    people = shown_people(known, user)
    form = InviteForm(posted(request), people=[people[pk] for pk in known])
    if request.method == "POST" and form.is_valid():
        try:
            expert = User.objects.get(pk=int(form.cleaned_data["expert"]))
            services.invite_expert(question, expert=expert, by=user)
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error("expert", str(refused))
        else:
            messages.success(request, _("%(name)s hoort van je vraag.") % {"name": people[expert.pk].name})
            return _back(question)
    if not known:
        messages.info(
            request,
            _("Niemand met dit thema staat nu open voor vragen. Je vraag blijft staan voor iedereen."),
        )
        return _back(question)
    return form_page(
        request,
        form,
        heading=_("Nodig iemand uit die dit weet"),
        lead=_("Je kunt voor een vraag één persoon uitnodigen, en hoogstens drie op een dag."),
        button=_("Nodig uit"),
        trail=to_conversation(question.conversation),
    )
