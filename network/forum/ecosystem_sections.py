"""The news of an ecosystem and what is talked about in it, in its home."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from network.conversations.models import Conversation
from network.conversations.shapes import thread_views
from network.ecosystems.models import Ecosystem
from network.ecosystems.sections import Section, register
from network.forum import rules
from network.forum.models import TOPIC, ForumRoom
from network.forum.shapes import for_list, news_of, news_views, still_said
from portal.design.library import render_component

MOST = 5
MOST_NEWS = 3


@register(rank=2)
def news_in(ecosystem: Ecosystem, user: Any) -> Iterable[Section]:
    """Nothing where there is none and this person can't write it."""
    found: list[Any] = list(for_list(still_said(news_of(ecosystem, user)))[:MOST_NEWS])
    may_write = rules.can_write_news(user, ecosystem)
    if not found and not may_write:
        return
    ways = []
    if may_write:
        url = reverse("forum:news-write", args=[ecosystem.slug])
        ways.append(render_component("button", {"label": _("Schrijf nieuws"), "url": url, "kind": "quiet"}))
    if found:
        body = render_component("news_list", {"items": news_views(found, user), "level": 3})
        room = found[0].topic.room
        ways.insert(0, format_html('<a href="{}">{}</a>', room.get_absolute_url(), _("Al het nieuws")))
    else:
        what_for = _(
            "Vertel wat iedereen moet weten: een besluit of een afspraak. Wie meedoet, krijgt een melding."
        )
        body = format_html('<p class="soft">{}</p>', what_for)
    yield Section(_("Nieuws"), format_html('{}<p class="actions">{}</p>', body, _joined(ways)))


def _joined(parts: Iterable[str]) -> str:
    return format_html_join(" ", "{}", ((part,) for part in parts))


@register(rank=20)
def topics_of(ecosystem: Ecosystem, user: Any) -> Iterable[Section]:
    rows = Conversation.objects.visible_to(user).of_kind(TOPIC).filter(ecosystem=ecosystem)
    rows = rows.exclude(topic__room__kind=ForumRoom.Kind.NEWS)
    rows = rows.with_post_count().with_unread(user).select_related("ecosystem")
    views = thread_views(
        list(rows.order_by("-last_post_at", "-pk")[:MOST]), user, nothing_yet=_("nog geen reactie")
    )
    body = ""
    if views:
        body = render_component("thread_list", {"items": views, "level": 3})
    link = format_html(
        '<p><a href="{}">{}</a></p>',
        reverse("forum:ecosystem", args=[ecosystem.slug]),
        _("Naar het forum") if views else _("Begin een gesprek"),
    )
    yield Section(_("Waar we over praten"), mark_safe(body + link))  # noqa: S308 - by a component and escaped
