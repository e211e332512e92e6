"""Changing and taking back what one wrote."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.conversations import rules
from network.conversations.models import Draft, Post, PostVersion
from network.conversations.pictures import of_draft, of_post, told
from network.conversations.services.intake import hold_back, judge_change
from network.conversations.services.pictures import (
    forget_drafts,
    forget_pictures,
    publish_pictures,
    put_aside,
    redescribe,
    too_many,
)
from network.conversations.services.refusals import ChangedMeanwhile, NotAllowed, Refused
from network.conversations.services.standing import locked_post
from network.conversations.services.states import set_post_state
from network.conversations.services.telling import tell_of_mentions
from network.conversations.services.writing import keep_mentions, write_text
from portal.accounts.models import User


@transaction.atomic
def edit_post(
    post: Post,
    *,
    by: User,
    text: str,
    version: int,
    without: Collection[UUID] = (),
    words: Mapping[UUID, str] | None = None,
    address: str = "",
    at: datetime.datetime | None = None,
) -> Post:
    """Change one's own post; how it was before is kept, with the pictures that stood below it, for who can read it.

    `version`: of the post as the form showed it. `without`: pictures that no longer stand below it; those with the draft
    of the change (`change_place`) come below it. `words`: what is said of those that stay. What is changed is judged
    like a new text. Raises NotAllowed, Refused, ChangedMeanwhile with the post as it stands now.
    """
    at = at or timezone.now()
    row = locked_post(post)
    if not rules.can_edit(by, row, at):
        if row.author_id == by.pk and at >= row.created_at + rules.EDIT_WINDOW:
            raise Refused(_("Je kunt een bericht een dag lang wijzigen. Schrijf een nieuw bericht eronder."))
        raise NotAllowed
    if row.version != version:
        raise ChangedMeanwhile(row)
    conversation = row.conversation
    written = write_text(text, author=by, ecosystem=conversation.ecosystem, conversation=conversation)
    before, new_images = list(of_post(row.pk)), list(of_draft(by, change_place(row)))
    gone = [image for image in before if image.uuid in set(without)]
    stood = {str(image.uuid): image.alt for image in before}
    changed = redescribe([image for image in before if image not in gone], words or {})
    if written.text == row.text and not gone and not new_images and not changed:
        return row
    if len(before) - len(gone) + len(new_images) > rules.MOST_PICTURES:
        raise too_many()
    new_words = told([*changed, *new_images])
    said = f"{text}\n{new_words}" if new_words else text
    judged = judge_change(by, said, ecosystem=conversation.ecosystem, address=address, at=at)
    PostVersion.objects.create(
        post=row,
        version=row.version,
        text=row.text,
        pictures=list(stood),
        picture_words=stood,
        replaced_at=at,
    )
    put_aside(gone, post=row)
    publish_pictures(new_images, post=row)
    forget_drafts(Draft.objects.filter(user=by, place=change_place(row)))
    row.text, row.html, row.edited_at = written.text, written.html, at
    row.version += 1
    row.save(update_fields=["text", "html", "edited_at", "version"])
    new = keep_mentions(row, written.mentioned)
    if judged.holds and row.state == Post.State.VISIBLE:
        set_post_state(row.pk, Post.State.HELD)
        row.state = Post.State.HELD
        hold_back(row, judged, at=at)
    elif row.state == Post.State.VISIBLE:
        tell_of_mentions(row, new)
    return row


@transaction.atomic
def withdraw_post(post: Post, *, by: User) -> None:
    """Take back one's own post: the place stays, the words and pictures go, also the earlier ones. Raises NotAllowed."""
    row = locked_post(post)
    if row.state == Post.State.WITHDRAWN and row.author_id == by.pk:
        return
    if not rules.can_withdraw(by, row):
        raise NotAllowed
    empty_post(row)
    set_post_state(row.pk, Post.State.WITHDRAWN)


def change_place(post: Post) -> str:
    """Where the draft of a change to it is kept: of its pictures, since the text stays in the form."""
    return f"{rules.CHANGING}{post.pk}"


def empty_post(post: Post) -> None:
    """Forget its words and pictures, earlier ones and mentions too."""
    forget_pictures([post.pk])
    post.versions.all().delete()
    post.mentions.all().delete()
    post.text = post.html = ""
    post.save(update_fields=["text", "html"])
