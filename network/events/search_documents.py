"""Events, as search finds them: what is said of them to everybody who may see them, never address or link."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from network.ecosystems.audiences import ecosystem_term
from network.ecosystems.models import Ecosystem
from network.events.clock import local
from network.events.models import EVENT, Event
from network.events.querysets import EventQuerySet
from portal.accounts.audiences import MEMBER, PUBLIC
from portal.organisations.models import Organisation
from portal.taxonomy.models import Region, Sector, Theme
from portal.text import render_markdown, strip_markup
from search.documents import Reader, SearchDocument, ShownHit, register
from search.rows import in_batches, with_title_words

BATCH = 100
MOST_BODY = 20_000
ALONG = ("ecosystem__parent", "organisation", "region__parent")


def audience_of(event: Event) -> frozenset[str]:
    """The terms of who may see it, as `EventQuerySet.visible_to` says it of rows."""
    if event.stays_inside and event.ecosystem_id is not None:
        return frozenset({ecosystem_term(event.ecosystem_id)})
    return frozenset({PUBLIC if event.audience == Event.Audience.PUBLIC else MEMBER})


class EventSource:
    code: ClassVar[str] = EVENT
    label: ClassVar[Any] = _("bijeenkomst")
    plural: ClassVar[Any] = _("bijeenkomsten")
    model: ClassVar[type[Model]] = Event
    order: ClassVar[int] = 55

    def watches(self) -> Mapping[type[Model], Callable[[Any], Iterable[int]]]:
        return {
            Ecosystem: _of_ecosystem,
            Organisation: _with("organisation"),
            Region: _with("region"),
            Theme: _with("themes"),
            Sector: _with("sectors"),
            Event.themes.through: _of_event,
            Event.sectors.through: _of_event,
        }

    def documents(self, pks: Collection[int] | None = None) -> Iterator[SearchDocument]:
        found = Event.objects.shown().select_related(*ALONG).prefetch_related("themes", "sectors__parent")
        for rows in in_batches(found, pks, BATCH):
            for row in rows:
                yield _document(row)

    def hits(self, reader: Reader, pks: Collection[int]) -> Mapping[int, ShownHit]:
        return {
            row.pk: ShownHit(
                title=row.title,
                url=row.get_absolute_url(),
                kind_label=str(self.label),
                meta=(
                    str(row.get_kind_display()),
                    date_format(local(row.starts_at), "j F Y"),
                    *([row.ecosystem.name] if row.ecosystem is not None else []),
                ),
                summary=row.summary,
            )
            for row in self.visible(reader).filter(pk__in=pks).select_related("ecosystem")
        }

    def glimpses(self, reader: Reader, pks: Collection[int]) -> Mapping[int, ShownHit]:
        return {
            row.pk: ShownHit(title=row.title, url=row.get_absolute_url(), kind_label=str(self.label))
            for row in self.visible(reader).filter(pk__in=pks).only("title")
        }

    def titles(self, reader: Reader, words: Sequence[str], limit: int) -> Sequence[int]:
        return with_title_words(self.visible(reader), words, limit, newest="starts_at")

    def visible(self, reader: Reader) -> EventQuerySet:
        """As the reader sees them; one's own draft is read where it stands, not found."""
        rows: EventQuerySet = Event.objects.visible_to(reader.user).shown()
        return rows


def _document(event: Event) -> SearchDocument:
    themes, sectors = list(event.themes.all()), list(event.sectors.all())
    names = [each.name for each in themes] + [each.name for each in sectors]
    body = strip_markup(render_markdown(event.text))
    return SearchDocument(
        id=f"{EVENT}:{event.pk}",
        type=EVENT,
        title=event.title,
        summary=event.summary,
        body=f"{body} {event.place}".strip()[:MOST_BODY],
        url=event.get_absolute_url(),
        published_at=event.created_at,
        # Who takes part sees what is for everybody too; so it is found where one searches within the ecosystem.
        audience=audience_of(event) | _of_its_ecosystem(event),
        facets={
            "theme": tuple(each.slug for each in themes),
            "sector": tuple(code for each in sectors for code in _codes(each)),
            "region": tuple(_codes(event.region)) if event.region is not None else (),
        },
        organisation=organiser_of(event),
        keywords=(str(event.get_kind_display()), *names),
    )


def _of_its_ecosystem(event: Event) -> frozenset[str]:
    return frozenset() if event.ecosystem_id is None else frozenset({ecosystem_term(event.ecosystem_id)})


def organiser_of(event: Event) -> str:
    if event.ecosystem is not None:
        return event.ecosystem.name
    return event.organisation.name if event.organisation is not None else ""


def _codes(term: Any) -> list[str]:
    """Of a sector or region, and of what it lies in."""
    return [term.code, *([term.parent.code] if term.parent is not None else [])]


def _with(name: str) -> Callable[[Any], Iterable[int]]:
    def find(term: Any) -> Iterable[int]:
        return list(Event.objects.filter(**{name: term}).order_by().values_list("pk", flat=True))

    return find


def _of_ecosystem(ecosystem: Any) -> Iterable[int]:
    """Of its working groups too: whether those are hidden depends on it."""
    here = Q(ecosystem=ecosystem) | Q(ecosystem__parent=ecosystem)
    return list(Event.objects.filter(here).order_by().values_list("pk", flat=True))


def _of_event(row: Any) -> Iterable[int]:
    return [row.event_id]


register(EventSource())
