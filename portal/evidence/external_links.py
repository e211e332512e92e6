"""The addresses of the sources."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from portal.evidence.links import ExternalLink, register
from portal.evidence.models import Source


@register
def source_links() -> Iterator[ExternalLink]:
    for source in Source.objects.exclude(url=""):
        edit_url = reverse("wagtailsnippets_evidence_source:edit", args=[source.pk])
        yield ExternalLink(url=source.url, place=str(source), edit_url=edit_url)
