"""Closing a conversation and opening it again, for who runs it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.conversations import services
from network.conversations.views.pages import for_members_of_the_portal, person, seen_conversation


@require_POST
@for_members_of_the_portal
def conversation_lock(request: HttpRequest, pk: int) -> HttpResponse:
    conversation = seen_conversation(request, pk)
    if request.POST.get("slot") == "open":
        services.unlock_conversation(conversation, by=person(request))
        messages.success(request, _("Het gesprek is weer open."))
    else:
        services.lock_conversation(conversation, by=person(request))
        messages.success(request, _("Het gesprek is gesloten. Wat er staat, blijft te lezen."))
    return HttpResponseRedirect(conversation.get_absolute_url())
