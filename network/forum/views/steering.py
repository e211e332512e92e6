"""What managers and moderators do with a topic: on top, to another room, in two."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from network.conversations.models import Post
from network.conversations.shapes import FORMER, typed_text
from network.conversations.views.pages import (
    FORM_METHODS,
    for_members_of_the_portal,
    form_page,
    person,
    posted,
    to_conversation,
)
from network.forum import rules, services
from network.forum.forms import MoveForm, SplitForm
from network.forum.models import ForumRoom, Topic
from network.forum.views.topics import seen_topic
from portal.people.shapes import shown_people

MOST_TO_CHOOSE = 100  # of the newest posts


def _own_topic(request: HttpRequest, pk: int) -> Topic:
    """One that the reader runs; else a 404."""
    topic = seen_topic(request, pk)
    if not rules.can_steer_topic(request.user, topic):
        raise Http404
    return topic


@require_POST
@for_members_of_the_portal
def topic_pin(request: HttpRequest, pk: int) -> HttpResponse:
    topic = _own_topic(request, pk)
    is_pinned = request.POST.get("bovenaan") != "nee"
    services.pin_topic(topic, by=person(request), is_pinned=is_pinned)
    messages.success(
        request,
        _("Het onderwerp staat bovenaan.") if is_pinned else _("Het onderwerp staat niet meer bovenaan."),
    )
    return HttpResponseRedirect(topic.conversation.get_absolute_url())


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def topic_move(request: HttpRequest, pk: int) -> HttpResponse:
    topic = _own_topic(request, pk)
    rooms = ForumRoom.objects.visible_to(request.user).open().filter(ecosystem=topic.room.ecosystem)
    may_write_news = rules.can_write_news(request.user, topic.room.ecosystem)
    if topic.room.is_news and not may_write_news:
        raise Http404
    form = MoveForm(
        posted(request), rooms=(rooms if may_write_news else rooms.for_talk()).exclude(pk=topic.room_id)
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.move_topic(topic, to=form.cleaned_data["room"], by=person(request))
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Het onderwerp is verplaatst."))
            return HttpResponseRedirect(topic.conversation.get_absolute_url())
    return form_page(
        request,
        form,
        heading=_("Verplaats “%(title)s”") % {"title": topic.conversation.title},
        lead=_(
            "Je kunt kiezen uit ruimtes met dezelfde lezers. Over wat je verplaatst, krijgt niemand een melding."
        ),
        button=_("Verplaats"),
        trail=to_conversation(topic.conversation),
    )


@require_http_methods(FORM_METHODS)
@for_members_of_the_portal
def topic_split(request: HttpRequest, pk: int) -> HttpResponse:
    topic = _own_topic(request, pk)
    rows = Post.objects.visible_to(request.user).shown().filter(conversation=topic.pk, number__gt=1)
    posts = {str(post.pk): post for post in reversed(rows.order_by("-number")[:MOST_TO_CHOOSE])}
    form = SplitForm(posted(request), choices=_choices(request, posts))
    if request.method == "POST" and form.is_valid():
        chosen = [posts[key] for key in form.cleaned_data["posts"]]
        try:
            new = services.split_topic(
                topic, posts=chosen, title=form.cleaned_data["title"], by=person(request)
            )
        except services.NotAllowed:
            raise
        except services.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Dit is nu een onderwerp van zichzelf."))
            return HttpResponseRedirect(new.conversation.get_absolute_url())
    return form_page(
        request,
        form,
        heading=_("Splits “%(title)s”") % {"title": topic.conversation.title},
        lead=_("De berichten die je kiest, worden een onderwerp van zichzelf. Links ernaar blijven werken.")
        if not topic.room.is_news
        else _("De berichten die je kiest, worden een onderwerp in het forum. Links ernaar blijven werken."),
        button=_("Splits"),
        trail=to_conversation(topic.conversation),
    )


def _choices(request: HttpRequest, posts: dict[str, Post]) -> list[tuple[str, str]]:
    people = shown_people({post.author_id for post in posts.values() if post.author_id}, request.user)
    return [
        (
            key,
            _("%(who)s, %(when)s: %(begin)s")
            % {
                "who": people[post.author_id].name if post.author_id else FORMER,
                "when": date_format(timezone.localtime(post.created_at), "j F, H:i"),
                "begin": Truncator(typed_text(post.text, request.user)).chars(80),
            },
        )
        for key, post in posts.items()
    ]
