"""What ecosystems hand over to search: that they are there, to who may know of it. What is said in them is not here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, ClassVar

from django.db.models import Case, IntegerField, Model, Q, Value, When
from django.utils.translation import gettext as gettext_now
from django.utils.translation import gettext_lazy as _

from network.ecosystems.audiences import ecosystem_term
from network.ecosystems.models import Ecosystem
from network.ecosystems.querysets import EcosystemQuerySet
from portal.accounts.audiences import MEMBER, PUBLIC
from portal.organisations.models import Organisation
from portal.text import render_markdown, strip_markup
from search.documents import Reader, SearchDocument, ShownHit, register

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
        for rows in _batches(pks):
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
        rows = self.visible(reader)
        if not words:
            return list(rows.order_by("-created_at", "-pk").values_list("pk", flat=True)[:limit])
        found = Q()
        matched: Any = Value(0)
        for word in words:
            found |= Q(name__icontains=word)
            matched += Case(
                When(name__icontains=word, then=Value(1)), default=Value(0), output_field=IntegerField()
            )
        ranked = rows.filter(found).annotate(matched=matched).order_by("-matched", "name")
        return list(ranked.values_list("pk", flat=True)[:limit])

    def visible(self, reader: Reader) -> EcosystemQuerySet:
        rows: EcosystemQuerySet = Ecosystem.objects.visible_to(reader.user)
        return rows


def _kind(ecosystem: Ecosystem) -> str:
    return gettext_now("werkgroep") if ecosystem.is_group else gettext_now("ecosysteem")


def _ecosystems_of(organisation: Organisation) -> Iterable[int]:
    return list(Ecosystem.objects.filter(organisation=organisation).order_by().values_list("pk", flat=True))


def _groups_of(ecosystem: Ecosystem) -> Iterable[int]:
    return list(Ecosystem.objects.filter(parent=ecosystem).order_by().values_list("pk", flat=True))


def _batches(pks: Collection[int] | None) -> Iterator[list[Ecosystem]]:
    """Short queries one after another: a long open cursor would hold up the database's housekeeping."""
    rows = Ecosystem.objects.select_related("organisation", "parent").order_by("pk")
    if pks is not None:
        waiting = iter(sorted(pks))
        while chosen := list(islice(waiting, BATCH)):
            yield list(rows.filter(pk__in=chosen))
        return
    last = 0
    while found := list(rows.filter(pk__gt=last)[:BATCH]):
        yield found
        last = found[-1].pk


register(EcosystemSource())
