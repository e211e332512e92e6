"""What ecosystems hand over to search: that they are there, to who may know of it. What is said in them is not here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _

from network.ecosystems.audiences import ecosystem_term
from network.ecosystems.models import Ecosystem
from network.ecosystems.querysets import EcosystemQuerySet
from portal.accounts.audiences import MEMBER, PUBLIC
from portal.organisations.models import Organisation
from portal.text import render_markdown, strip_markup
from search.documents import Reader, SearchDocument, ShownHit, register
from search.rows import in_batches, with_title_words

BATCH = 200
Visibility = Ecosystem.Visibility


def audience_of(ecosystem: Ecosystem) -> frozenset[str]:
    """The terms of who may know of it, as `EcosystemQuerySet.visible_to` says it of rows."""
    own, parent = ecosystem_term(ecosystem.pk), ecosystem.parent
    if parent is None:
        terms = {Visibility.PUBLIC: PUBLIC, Visibility.MEMBERS: MEMBER}
        return frozenset({terms.get(Visibility(ecosystem.visibility), own), own})
    if ecosystem.visibility == Visibility.HIDDEN:
        return frozenset({own})
    is_public = Visibility.PUBLIC == ecosystem.visibility == parent.visibility
    return frozenset({own, ecosystem_term(parent.pk), *([PUBLIC] if is_public else [])})


class EcosystemSource:
    code: ClassVar[str] = "ecosystem"
    label: ClassVar[Any] = _("ecosysteem")
    plural: ClassVar[Any] = _("ecosystemen")
    model: ClassVar[type[Model]] = Ecosystem
    order: ClassVar[int] = 40

    def watches(self) -> Mapping[type[Model], Callable[[Any], Iterable[int]]]:
        """The organisation is named; and who may know of a group depends on its parent."""
        return {Organisation: _ecosystems_of, Ecosystem: _groups_of}

    def documents(self, pks: Collection[int] | None = None) -> Iterator[SearchDocument]:
        for rows in in_batches(Ecosystem.objects.select_related("organisation", "parent"), pks, BATCH):
            for row in rows:
                yield SearchDocument(
                    id=f"{self.code}:{row.pk}",
                    type=self.code,
                    title=row.name,
                    summary=row.summary,
                    body=strip_markup(render_markdown(row.about)),
                    url=row.get_absolute_url(),
                    published_at=row.created_at,
                    audience=audience_of(row),
                    organisation=row.organisation.name,
                )

    def hits(self, reader: Reader, pks: Collection[int]) -> Mapping[int, ShownHit]:
        rows = self.visible(reader).filter(pk__in=pks).select_related("organisation", "parent")
        return {
            row.pk: ShownHit(
                title=row.name,
                url=row.get_absolute_url(),
                kind_label=_kind(row),
                meta=(row.parent.name if row.parent is not None else row.organisation.name,),
                summary=row.summary,
            )
            for row in rows
        }

    def glimpses(self, reader: Reader, pks: Collection[int]) -> Mapping[int, ShownHit]:
        rows = self.visible(reader).filter(pk__in=pks)
        return {
            row.pk: ShownHit(title=row.name, url=row.get_absolute_url(), kind_label=_kind(row))
            for row in rows.only("name", "slug", "parent")
        }

    def titles(self, reader: Reader, words: Sequence[str], limit: int) -> Sequence[int]:
        return with_title_words(
            self.visible(reader), words, limit, newest="created_at", title="name", then=("name",)
        )

    def visible(self, reader: Reader) -> EcosystemQuerySet:
        rows: EcosystemQuerySet = Ecosystem.objects.visible_to(reader.user)
        return rows


def _kind(ecosystem: Ecosystem) -> str:
    return gettext_now("werkgroep") if ecosystem.is_group else gettext_now("ecosysteem")


def _ecosystems_of(organisation: Organisation) -> Iterable[int]:
    return list(Ecosystem.objects.filter(organisation=organisation).order_by().values_list("pk", flat=True))


def _groups_of(ecosystem: Ecosystem) -> Iterable[int]:
    return list(Ecosystem.objects.filter(parent=ecosystem).order_by().values_list("pk", flat=True))


register(EcosystemSource())
