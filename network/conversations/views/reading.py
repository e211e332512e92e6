"""What a reader keeps about a conversation: followed or muted, read, and a draft. All of it by POST."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from network.conversations import services
from network.conversations.forms import words_typed
from network.conversations.models import Reading
from network.conversations.services.posting import draft_place
from network.conversations.views.pages import (
    for_members_of_the_portal,
    person,
    seen_conversation,
)

SAID = {
    Reading.Wants.FOLLOW: _("Je volgt dit gesprek."),
    Reading.Wants.MUTE: _("Je hoort niets meer van dit gesprek, behalve als iemand je noemt."),
    Reading.Wants.NOTHING: _("Je volgt dit gesprek niet meer."),
}


@require_POST
@for_members_of_the_portal
def conversation_wants(request: HttpRequest, pk: int) -> HttpResponse:
    conversation = seen_conversation(request, pk)
    wants = request.POST.get("wil", "")
    services.choose_wants(conversation, by=person(request), wants=wants)
    messages.success(request, str(SAID[Reading.Wants(wants)]))
    return HttpResponseRedirect(conversation.get_absolute_url())


@require_POST
@for_members_of_the_portal
def conversation_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Told by the page itself as somebody reads, or by its button."""
    conversation = seen_conversation(request, pk)
    raw = request.POST.get("tot", "")
    number = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 10 else None
    services.mark_read(conversation, by=person(request), number=number)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return HttpResponseRedirect(conversation.get_absolute_url())


@require_POST
@for_members_of_the_portal
def draft_save(request: HttpRequest) -> HttpResponse:
    """What somebody is typing, now and then, from the page itself. Nothing comes back."""
    place = request.POST.get("plek", "")
    conversation = place.removeprefix("conversation:")
    if place.startswith("conversation:"):
        if not (conversation.isascii() and conversation.isdecimal() and len(conversation) < 10):
            return HttpResponse(status=422)
        place = draft_place(seen_conversation(request, int(conversation)))
    elif not place.isascii() or not 0 < len(place) <= 60:
        return HttpResponse(status=422)
    user = person(request)
    services.save_draft(
        user, place=place, title=request.POST.get("title", ""), text=request.POST.get("text", "")
    )
    services.describe_pictures(user, place=place, words=words_typed(request.POST.items()))
    return HttpResponse(status=204)
