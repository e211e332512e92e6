"""Knowledge and content pages from files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.models import Page, Site

from portal.pages.importing.importers import Draft, PageImporter, Vocabulary, body_blocks, read_body, register
from portal.pages.models import ContentPage, KnowledgeIndexPage, KnowledgePage
from portal.taxonomy.models import Goal, Theme


@register
class ContentPageImporter(PageImporter):
    type = "page"
    model = ContentPage

    def parent(self) -> Page:
        return Site.objects.get(is_default_site=True).root_page

    def read(self, draft: Draft, vocabulary: Vocabulary) -> None:
        read_body(draft)

    def fill(self, page: Any, draft: Draft, pages: Mapping[str, Page]) -> None:
        page.body = body_blocks(draft, pages)


@register
class KnowledgePageImporter(PageImporter):
    type = "knowledge"
    model = KnowledgePage

    def parent(self) -> Page:
        return KnowledgeIndexPage.objects.get()

    def read(self, draft: Draft, vocabulary: Vocabulary) -> None:
        head = draft.file.head
        draft.values["themes"] = head.many("themes", vocabulary.of(Theme, "slug"))
        draft.values["goals"] = head.many("goals", vocabulary.of(Goal, "slug"))
        if not draft.citations:
            head.problem("sources", "ontbreekt: elke kennispagina noemt haar bronnen.")
        read_body(draft)

    def fill(self, page: Any, draft: Draft, pages: Mapping[str, Page]) -> None:
        page.body = body_blocks(draft, pages)
        page.themes = draft.values["themes"]
        page.goals = draft.values["goals"]
