"""What conversations hand over to search, for a room above to register: one document a conversation, for its readers.

A document holds the opening and what was answered, as far as everybody who may read it sees it. What is held, hidden or
taken back is in no document.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Model, Prefetch

from network.conversations.mentions import nameless
from network.conversations.models import Conversation, Post
from network.conversations.querysets import ConversationQuerySet
from network.ecosystems.audiences import ecosystem_term
from portal.accounts.audiences import PUBLIC
from portal.text import strip_markup
from search.documents import Reader, SearchDocument, ShownHit
from search.rows import in_batches, with_title_words

BATCH = 100
MOST_BODY = 20_000  # characters: enough to be found by, and bounded
SUMMARY = 200


class ConversationSource:
    """A source of one kind of conversation. A room gives `code`, `label`, `plural`, `order` and what hangs under it."""

    code: ClassVar[str]
    label: ClassVar[Any]
    plural: ClassVar[Any]
    order: ClassVar[int]
    model: ClassVar[type[Model]]
    #: The kind of conversation; each row of `model` has its conversation as primary key.
    kind: ClassVar[str]

    def watches(self) -> Mapping[type[Model], Callable[[Any], Iterable[int]]]:
        return {Conversation: self._of_conversation, Post: self._of_post}

    def documents(self, pks: Collection[int] | None = None) -> Iterator[SearchDocument]:
        for rows in self._batches(pks):
            for row in rows:
                texts = [_words(post) for post in row.shown_posts]  # type: ignore[attr-defined] # prefetched so
                first, rest = _parted(texts[0] if texts else "")
                yield SearchDocument(
                    id=f"{self.code}:{row.pk}",
                    type=self.code,
                    title=row.title,
                    summary=first,
                    body=" ".join(filter(None, [rest, *texts[1:]]))[:MOST_BODY],
                    url=row.get_absolute_url(),
                    published_at=row.created_at,
                    audience=audience_of(row),
                    **self.more_of(row),
                )

    def more_of(self, conversation: Conversation) -> dict[str, Any]:
        """Further fields of the document."""
        return {}

    def rows(self) -> ConversationQuerySet:
        """All that can be found, with what `more_of` needs."""
        found: ConversationQuerySet = Conversation.objects.of_kind(self.kind).filter(state="visible")
        return found

    def hits(self, reader: Reader, pks: Collection[int]) -> Mapping[int, ShownHit]:
        rows = self.visible(reader).filter(pk__in=pks).select_related("ecosystem").with_post_count()
        opening = Post.objects.shown().filter(number=1)
        return {
            row.pk: ShownHit(
                title=row.title,
                url=row.get_absolute_url(),
                kind_label=self.label_of(row),
                meta=self.meta_of(row),
                summary=_beginning("".join(map(_words, row.opening))),
            )
            for row in rows.prefetch_related(Prefetch("posts", opening, to_attr="opening"))
        }

    def label_of(self, conversation: Conversation) -> str:
        """What a hit is called."""
        return str(self.label)

    def meta_of(self, conversation: Conversation) -> tuple[str, ...]:
        """The words under the title of a hit; `post_count` and `ecosystem` are there."""
        return (conversation.ecosystem.name,) if conversation.ecosystem is not None else ()

    def glimpses(self, reader: Reader, pks: Collection[int]) -> Mapping[int, ShownHit]:
        rows = self.visible(reader).filter(pk__in=pks)
        return {
            row.pk: ShownHit(title=row.title, url=row.get_absolute_url(), kind_label=self.label_of(row))
            for row in rows.only("title", "kind")
        }

    def titles(self, reader: Reader, words: Sequence[str], limit: int) -> Sequence[int]:
        return with_title_words(
            self.visible(reader), words, limit, newest="created_at", then=("-last_post_at",)
        )

    def visible(self, reader: Reader) -> ConversationQuerySet:
        """As the reader sees them; one's own that is held back is read where it stands, not found."""
        return Conversation.objects.visible_to(reader.user).of_kind(self.kind).filter(state="visible")

    def _of_conversation(self, conversation: Conversation) -> Iterable[int]:
        return [conversation.pk] if conversation.kind == self.kind else []

    def _of_post(self, post: Post) -> Iterable[int]:
        rows = Conversation.objects.of_kind(self.kind).filter(pk=post.conversation_id)
        return list(rows.order_by().values_list("pk", flat=True))

    def _batches(self, pks: Collection[int] | None) -> Iterator[list[Conversation]]:
        posts = Post.objects.shown().order_by("number")
        rows = self.rows().prefetch_related(Prefetch("posts", posts, to_attr="shown_posts"))
        return in_batches(rows, pks, BATCH)


def audience_of(conversation: Conversation) -> frozenset[str]:
    """The terms of who may read it, as `ConversationQuerySet.visible_to` says it of rows."""
    if conversation.ecosystem_id is None:
        return frozenset({PUBLIC})
    return frozenset({ecosystem_term(conversation.ecosystem_id)})


def _words(post: Post) -> str:
    """Without names: who is mentioned is nobody's search word."""
    return strip_markup(nameless(post.html))


def _parted(text: str) -> tuple[str, str]:
    """Its first words and the rest, for an excerpt that runs from the one into the other."""
    if len(text) <= SUMMARY:
        return text, ""
    space = text.rfind(" ", 0, SUMMARY + 1)
    end = space if space > 0 else SUMMARY
    return text[:end], text[end:].lstrip()


def _beginning(text: str) -> str:
    first, rest = _parted(text)
    return f"{first}…" if rest else first
