"""What is written at a desk of the forum becomes a topic."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from network.conversations.models import Conversation
from network.conversations.services import drop_draft
from network.conversations.views.pages import address_of_client, person
from network.forum.forms import TopicForm
from network.forum.models import Topic


def begin_at(
    request: HttpRequest,
    form: TopicForm,
    *,
    begin: Callable[..., Topic],
    place: str,
    held: str,
    done: str = "",
) -> HttpResponse:
    """`begin` is the service, `place` where the draft was; `held` is said of what a moderator sees first, `done` of
    what can be read at once. Raises NotAllowed, Refused."""
    given, user = form.cleaned_data, person(request)
    topic = begin(
        by=user,
        title=given["title"],
        text=given["text"],
        token=given["token"],
        address=address_of_client(request),
        draft=place,
    )
    drop_draft(user, place=place)
    if topic.conversation.state == Conversation.State.HELD:
        messages.info(request, held)
    elif done:
        messages.success(request, done)
    return HttpResponseRedirect(topic.conversation.get_absolute_url())
