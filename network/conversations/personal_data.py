"""What people wrote, what they read and follow, and where others name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from network.conversations.models import Post, PostVersion
from network.conversations.pictures import on_posts
from network.conversations.services.leaving import forget_mentions, part_from_texts
from network.conversations.services.retention import KEEP_DRAFTS
from network.conversations.shapes import typed_text
from portal.accounts.models import User
from portal.privacy.registry import (
    DELETE,
    UNLINK,
    AsLong,
    Departure,
    Ground,
    Own,
    PersonalData,
    Purpose,
    Term,
    register,
)
from portal.privacy.rows import columns, plain

_STANDS = AsLong(_("zolang het gesprek er staat"))
_LEFT = Own(
    _(
        "Je kiest zelf: je berichten blijven staan als “Oud-lid”, of de tekst gaat weg. "
        "De beelden erbij gaan altijd weg: daar is vaak op te zien van wie ze zijn."
    ),
    lambda departure: part_from_texts(departure.user, texts_go=departure.texts_go),
)


def _here(**said: Any) -> PersonalData:
    return PersonalData(**{"purpose": Purpose.COMMUNITY, "ground": Ground.AGREEMENT, **said})


def posts(user: User) -> Iterator[Mapping[str, object]]:
    """As their author reads them: whom they name by the name that the author sees. The pictures are files beside it."""
    rows = list(Post.objects.filter(author=user).select_related("conversation").order_by("pk"))
    below = on_posts(post.pk for post in rows)
    for post in rows:
        yield {
            _now("gesprek"): post.conversation.title,
            _now("bericht"): typed_text(post.text, user),
            _now("geplaatst"): plain(post.created_at),
            _now("gewijzigd"): plain(post.edited_at),
            _now("beelden"): "; ".join(f"{each.uuid}: {each.alt}" for each in below.get(post.pk, [])),
            _now("stand"): post.get_state_display(),
        }


def earlier_versions(user: User) -> Iterator[Mapping[str, object]]:
    rows = PostVersion.objects.filter(post__author=user).select_related("post__conversation")
    for row in rows.order_by("pk"):
        yield {
            _now("gesprek"): row.post.conversation.title,
            _now("bericht"): typed_text(row.text, user),
            _now("beelden"): "; ".join(f"{key}: {alt}" for key, alt in row.picture_words.items()),
            _now("vervangen"): plain(row.replaced_at),
        }


def forget_in_texts(departure: Departure) -> None:
    forget_mentions(departure.user)


register(
    _here(
        field="conversations.Conversation.started_by",
        name=_("Gesprekken die je begon"),
        why=_("Zodat je je eigen vraag of onderwerp kunt beheren."),
        term=_STANDS,
        export=columns("kind", "title", "created_at", "state"),
        erasure=UNLINK,
    ),
    _here(
        field="conversations.Post.author",
        name=_("Berichten die je schreef"),
        why=_("Zodat anderen lezen wat je vraagt en antwoordt."),
        term=_STANDS,
        export=posts,
        erasure=_LEFT,
    ),
    _here(
        field="conversations.PostVersion.text",
        name=_("Hoe een bericht was voor je het wijzigde"),
        why=_("Zodat anderen zien waar eerder op gereageerd is."),
        ground=Ground.INTEREST,
        term=_STANDS,
        export=earlier_versions,
        erasure=Own(_("Eerdere versies van je berichten wissen we, met de beelden."), lambda departure: None),
        person="post__author",
    ),
    _here(
        field="conversations.Mention.user",
        name=_("Waar iemand je noemt"),
        why=_("Zodat je hoort dat iemand je iets vraagt."),
        term=_STANDS,
        export=columns("post__created_at"),
        erasure=Own(
            _("In berichten van anderen staat dan “Oud-lid” in plaats van je naam."), forget_in_texts
        ),
    ),
    _here(
        field="conversations.Vote.user",
        name=_("Berichten die je nuttig vond"),
        why=_("Zodat iedereen één keer stemt."),
        term=_STANDS,
        export=columns("post__conversation__title", "created_at"),
        erasure=DELETE,
    ),
    _here(
        field="conversations.Reading.user",
        name=_("Wat je las, en welke gesprekken je volgt"),
        why=_("Zodat je ziet wat nieuw is, en hoort wat je volgt."),
        term=_STANDS,
        export=columns("conversation__title", "read_number", "wants"),
        erasure=DELETE,
    ),
    _here(
        field="conversations.Draft.user",
        name=_("Wat je nog aan het schrijven bent"),
        why=_("Zodat je tekst en je beelden niet weg zijn als je browser sluit."),
        term=Term(KEEP_DRAFTS, since="saved_at", job="conversations.forget-old-drafts"),
        export=columns("place", "title", "text", "rest", "saved_at"),
        erasure=DELETE,
    ),
)
