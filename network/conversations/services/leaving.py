"""What becomes of somebody's words when they leave, and of their name in those of others."""

from __future__ import annotations

import re

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from network.conversations.models import Conversation, Draft, Post, PostVersion
from network.conversations.services.editing import empty_post
from network.conversations.services.pictures import forget_drafts, forget_pictures
from network.conversations.services.states import set_post_state
from portal.accounts.models import User
from portal.text import render_markdown

BATCH = 200


@transaction.atomic
def part_from_texts(user: User, *, texts_go: bool) -> None:
    """Before an account goes: its posts stay without a name, or lose their words.

    How they read before goes anyhow, and so do pictures and drafts: a face, a nameplate or a workshop says who wrote it
    however well the name is gone.
    """
    forget_drafts(Draft.objects.filter(user=user))
    forget_pictures(Post.objects.filter(author=user).order_by().values_list("pk", flat=True))
    PostVersion.objects.filter(post__author=user).delete()
    if texts_go:
        for post in Post.objects.filter(author=user).select_related("conversation").order_by("pk"):
            _take_back(post)
        for conversation in Conversation.objects.filter(started_by=user):
            conversation.title = _("Onderwerp van een oud-lid")
            conversation.save(update_fields=["title"])  # one by one, so that search hears of it
    Post.objects.filter(author=user).update(author=None)


def _take_back(post: Post) -> None:
    empty_post(post)
    if post.state != Post.State.REMOVED:
        set_post_state(post.pk, Post.State.WITHDRAWN)


@transaction.atomic
def forget_mentions(user: User) -> None:
    """In texts of others: "@Anna" and "Anna schreef:" become somebody who was here."""
    names, former = _names(user), _("Oud-lid")
    token = f"@{{{user.pk}}}"
    found = Q(text__contains=token)
    if user.name.strip():
        found |= Q(text__icontains=user.name.strip())

    def plain(text: str) -> str:
        return names.sub(lambda match: match[1] + former, text.replace(token, f"@{former}"))

    for post in Post.objects.filter(found).order_by("pk").iterator(chunk_size=BATCH):
        text = plain(post.text)
        if text != post.text:
            post.text, post.html = text, render_markdown(text)
            post.save(update_fields=["text", "html"])
    for model in (PostVersion, Draft):
        for row in model.objects.filter(found).order_by("pk").iterator(chunk_size=BATCH):
            model.objects.filter(pk=row.pk).update(text=plain(row.text))


def _names(user: User) -> re.Pattern[str]:
    """The name behind an @, and at the head of a quote; nowhere else, since others may bear it too."""
    name = r"\s+".join(re.escape(part) for part in user.name.split())
    if not name:
        return re.compile(r"(?!)()")
    # An @ before it, or the line "> Anna schreef:" of a quote.
    return re.compile(rf"(@|^\s*(?:>\s*)+)(?:{name})(?!\w)", re.IGNORECASE | re.MULTILINE)
