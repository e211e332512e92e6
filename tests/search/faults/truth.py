"""What the index should hold, and what a reader could see of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from portal.accounts.audiences import terms_for
from portal.pages.models import KnowledgePage
from search.documents import SearchDocument, sources
from search.engine import engine
from search.indexing.outbox import record_documents
from search.results import Query
from tests.factories.pages import Portal, make_case, make_knowledge, restrict

EVERYTHING = 1_000


def truth() -> dict[str, str]:
    """The digest of everything that somebody may find, by id."""
    return {document.id: document.digest() for document in documents()}


def documents() -> Iterator[SearchDocument]:
    for source in sources().values():
        yield from source.documents(None)


def held() -> dict[str, str]:
    """What the index holds, by id."""
    return {found.id: found.digest for found in engine().contents()}


def seen_by_anybody() -> set[str]:
    """The ids that the engine itself gives an anonymous visitor, before any check in the database."""
    query = Query(audience=terms_for(AnonymousUser()), page_size=EVERYTHING, facets=())
    return {hit.id for hit in engine().search(query).hits}


def public() -> set[str]:
    """The ids that an anonymous visitor may see."""
    mine = terms_for(AnonymousUser())
    return {document.id for document in documents() if document.audience & mine}


class Regretted(Exception):
    """Ends a transaction that is taken back."""


class Editors:
    """What people do to a portal, by chance but the same for the same seed. Each event is one transaction, or more."""

    def __init__(self, portal: Portal, seed: int, pages: int = 20) -> None:
        self.portal = portal
        self.chance = random.Random(seed)
        self.number = 0
        self.folders = [make_knowledge(portal, f"Map {each}") for each in range(3)]
        for _ in range(pages):
            self.create()

    def event(self) -> str:
        """Do one thing, and say what."""
        deeds: list[tuple[int, Callable[[], object]]] = [
            (10, self.create),
            (24, self.change),
            (12, self.publish_or_not),
            (6, self.move),
            (8, self.rename_address),
            (8, self.hide_or_show_ancestor),
            (8, self.delete),
            (8, self.change_many),
            (8, self.take_back),
            (4, self.hide_and_take_back),
            (4, self.change_and_delete),
        ]
        deed = self.chance.choices([each for _, each in deeds], [weight for weight, _ in deeds])[0]
        deed()
        return deed.__name__

    def any_page(self) -> KnowledgePage:
        pages = KnowledgePage.objects.exclude(pk__in=[folder.pk for folder in self.folders]).order_by("pk")
        count = pages.count()
        return pages[self.chance.randrange(count)] if count else self.create()

    def title(self) -> str:
        self.number += 1
        return f"Bladzijde {self.number}"

    def create(self) -> KnowledgePage:
        if self.chance.random() < 0.2:
            make_case(self.portal, self.title())
        return make_knowledge(self.portal, self.title(), "Over voorraad en planning.")

    def change(self) -> None:
        page = self.any_page()
        page.title = self.title()
        page.save()

    def publish_or_not(self) -> None:
        page = self.any_page()
        if page.live:
            page.unpublish()
        else:
            page.save_revision().publish()

    def move(self) -> None:
        page = self.any_page()
        folder = self.chance.choice([*self.folders, self.portal.knowledge])
        if page.get_parent().pk != folder.pk:
            page.move(Page.objects.get(pk=folder.pk), pos="last-child")

    def rename_address(self) -> None:
        folder = KnowledgePage.objects.get(pk=self.chance.choice(self.folders).pk)
        page = folder if self.chance.random() < 0.5 else self.any_page()
        self.number += 1
        page.slug = f"adres-{self.number}"
        page.save()

    def hide_or_show_ancestor(self) -> None:
        page = Page.objects.get(pk=self.chance.choice([*self.folders, self.portal.cases]).pk)
        restriction = PageViewRestriction.objects.filter(page=page).first()
        if restriction is None:
            restrict(page)
        else:
            restriction.delete()

    def delete(self) -> None:
        self.any_page().delete()

    def change_many(self) -> None:
        """As a service that changes rows in bulk, and says so."""
        pks = [self.any_page().pk for _ in range(5)]
        with transaction.atomic():
            KnowledgePage.objects.filter(pk__in=pks).update(title=self.title())
            record_documents("knowledge", pks)

    def take_back(self) -> None:
        try:
            with transaction.atomic():
                self.change()
                self.delete()
                raise Regretted
        except Regretted:
            pass

    def hide_and_take_back(self) -> None:
        """The hiding itself stays; only what came after it within a savepoint is taken back."""
        page = self.any_page()
        with transaction.atomic():
            page.unpublish()
            try:
                with transaction.atomic():
                    page.save_revision().publish()
                    raise Regretted
            except Regretted:
                pass

    def change_and_delete(self) -> None:
        with transaction.atomic():
            page = self.any_page()
            page.title = self.title()
            page.save()
            page.delete()
