"""What is talked about in an ecosystem, in its home."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from network.conversations.models import Conversation
from network.conversations.shapes import thread_views
from network.ecosystems.models import Ecosystem
from network.ecosystems.sections import Section, register
from network.forum.models import TOPIC
from portal.design.library import render_component

MOST = 5


@register(rank=20)
def topics_of(ecosystem: Ecosystem, user: Any) -> Iterable[Section]:
    rows = Conversation.objects.visible_to(user).of_kind(TOPIC).filter(ecosystem=ecosystem)
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
