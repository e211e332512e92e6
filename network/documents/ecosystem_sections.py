"""The newest documents of an ecosystem, in its home."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from network.documents import rules
from network.documents.models import EcosystemDocument
from network.documents.shapes import document_hits
from network.ecosystems.models import Ecosystem
from network.ecosystems.sections import Section, register
from portal.design.library import render_component

MOST = 3


@register(rank=30)
def documents_of(ecosystem: Ecosystem, user: Any) -> Iterable[Section]:
    """Nothing where there is none and this person can't put one there."""
    rows = EcosystemDocument.objects.visible_to(user).filter(ecosystem=ecosystem)
    found = list(rows.select_related("ecosystem", "file")[:MOST])
    may_add = rules.can_add(user, ecosystem)
    if not found and not may_add:
        return
    to_all = _("Naar de documenten")
    if len(found) == MOST and (number := rows.count()) > MOST:
        to_all = _("Alle %(number)s documenten") % {"number": number}
    links = []
    if found:
        links.append((reverse("documents:list", args=[ecosystem.slug]), to_all))
    if may_add:
        links.append((reverse("documents:add", args=[ecosystem.slug]), _("Zet er een document bij")))
    body = "".join(render_component("hit", {"hit": view}) for view in document_hits(found))
    anchors = format_html_join(" ", '<a href="{}">{}</a>', links)
    yield Section(
        _("Documenten"),
        format_html('{}<p class="actions">{}</p>', mark_safe(body), anchors),  # noqa: S308 - by a component
    )
