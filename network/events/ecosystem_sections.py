"""What an ecosystem organises, in its home: what is coming."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from network.ecosystems.models import Ecosystem
from network.ecosystems.sections import Section, register
from network.events.models import Event
from network.events.shapes import event_views
from portal.design.library import render_component

MOST = 3


@register(rank=5)
def events_of(ecosystem: Ecosystem, user: Any) -> Iterable[Section]:
    """Nothing where nothing is coming and this person can't organise anything."""
    rows = Event.objects.visible_to(user).filter(ecosystem=ecosystem).upcoming(timezone.now()).with_mine(user)
    found = list(rows.select_related("ecosystem", "organisation")[:MOST])
    may_plan = (
        ecosystem.closed_at is None
        and Ecosystem.objects.managed_by(user, timezone.localdate()).filter(pk=ecosystem.pk).exists()
    )
    if not found and not may_plan:
        return
    body = render_component("event_list", {"items": event_views(found), "level": 3}) if found else ""
    links = []
    if found:
        links.append((f"{reverse('events:list')}?ecosysteem={ecosystem.slug}", _("Alle bijeenkomsten")))
    if may_plan:
        links.append((f"{reverse('events:plan')}?voor={ecosystem.slug}", _("Organiseer een bijeenkomst")))
    anchors = format_html_join(" ", '<a href="{}">{}</a>', links)
    yield Section(_("Bijeenkomsten"), format_html('{}<p class="actions">{}</p>', body, anchors))
