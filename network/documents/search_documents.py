"""Documents of ecosystems, as search finds them: by what is said of them, for who is inside. Files aren't read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from network.documents.models import DOCUMENT, EcosystemDocument
from network.documents.querysets import DocumentQuerySet
from network.ecosystems.audiences import ecosystem_term
from network.ecosystems.models import Ecosystem
from portal.media.models import MemberFile
from search.documents import Reader, SearchDocument, ShownHit, register
from search.rows import in_batches, with_title_words

BATCH = 200


class DocumentSource:
    code: ClassVar[str] = DOCUMENT
    label: ClassVar[Any] = _("document")
    plural: ClassVar[Any] = _("documenten")
    model: ClassVar[type[Model]] = EcosystemDocument
    order: ClassVar[int] = 70

    def watches(self) -> Mapping[type[Model], Callable[[Any], Iterable[int]]]:
        return {Ecosystem: _documents_of, MemberFile: _documents_with}

    def documents(self, pks: Collection[int] | None = None) -> Iterator[SearchDocument]:
        found = EcosystemDocument.objects.shown().select_related("ecosystem", "file")
        for rows in in_batches(found, pks, BATCH):
            for row in rows:
                yield SearchDocument(
                    id=f"{DOCUMENT}:{row.pk}",
                    type=DOCUMENT,
                    title=row.title,
                    summary=row.summary,
                    body=_named(row),
                    url=row.get_absolute_url(),
                    published_at=row.changed_at,
                    audience=frozenset({ecosystem_term(row.ecosystem_id)}),
                    organisation=row.ecosystem.name,
                )

    def hits(self, reader: Reader, pks: Collection[int]) -> Mapping[int, ShownHit]:
        return {
            row.pk: ShownHit(
                title=row.title,
                url=row.get_absolute_url(),
                kind_label=str(self.label),
                meta=(row.ecosystem.name,),
                summary=row.summary,
            )
            for row in self.visible(reader).filter(pk__in=pks)
        }

    def glimpses(self, reader: Reader, pks: Collection[int]) -> Mapping[int, ShownHit]:
        return {
            row.pk: ShownHit(title=row.title, url=row.get_absolute_url(), kind_label=str(self.label))
            for row in self.visible(reader).filter(pk__in=pks)
        }

    def titles(self, reader: Reader, words: Sequence[str], limit: int) -> Sequence[int]:
        return with_title_words(self.visible(reader), words, limit, newest="changed_at")

    def visible(self, reader: Reader) -> DocumentQuerySet:
        """As the reader sees them; one's own that is held is read where it stands, not found."""
        rows: DocumentQuerySet = EcosystemDocument.objects.visible_to(reader.user).shown()
        return rows.select_related("ecosystem")


def _named(document: EcosystemDocument) -> str:
    """The words in the name of its file."""
    if document.file is None:
        return ""
    return document.file.name.rpartition(".")[0].replace("_", " ").replace("-", " ")


def _documents_of(ecosystem: Ecosystem) -> Iterable[int]:
    return list(EcosystemDocument.objects.filter(ecosystem=ecosystem).order_by().values_list("pk", flat=True))


def _documents_with(file: MemberFile) -> Iterable[int]:
    return list(EcosystemDocument.objects.filter(file=file).order_by().values_list("pk", flat=True))


register(DocumentSource())
