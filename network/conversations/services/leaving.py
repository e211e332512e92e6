"""What becomes of somebody's words when they leave, and of their name in those of others."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from network.conversations.models import MOST_TITLE, Conversation, Draft, Post, PostVersion
from network.conversations.services.editing import empty_post
from network.conversations.services.pictures import forget_drafts, forget_pictures
from network.conversations.services.states import set_post_state
from portal.accounts.models import User
from portal.privacy.holding import held
from portal.privacy.names import plain_parts
from portal.text import render_markdown


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

    def plain(text: str) -> str:
        return names.sub(lambda match: match[1] + former, text.replace(token, f"@{former}"))

    for post in held(Post.objects.filter(_names_maybe(user, token, "text"))):
        text = plain(post.text)
        if text != post.text:
            post.text, post.html = text, render_markdown(text)
            post.save(update_fields=["text", "html"])
    for version in held(PostVersion.objects.filter(_names_maybe(user, token, "text"))):
        PostVersion.objects.filter(pk=version.pk).update(text=plain(version.text))
    drafts = Draft.objects.annotate(others=Cast("rest", TextField()))
    for draft in held(drafts.filter(_names_maybe(user, token, "title", "text", "others"))):
        rest = {name: _plain_in(value, plain) for name, value in draft.rest.items()}
        typed = {"title": plain(draft.title)[:MOST_TITLE], "text": plain(draft.text), "rest": rest}
        Draft.objects.filter(pk=draft.pk).update(**typed)  # when it was kept last, stays


def _names_maybe(user: User, token: str, *fields: str) -> Q:
    """What the database can tell of it."""
    # Who has no name is named nowhere; looked for, it would stand in every text there is.
    parts = plain_parts(user.name) if user.name.strip() else []
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__contains": token})
        if parts:
            by_name = Q()
            for part in parts:
                by_name &= Q(**{f"{field}__icontains": part})
            found |= by_name
    return found


def _plain_in(value: str | list[str], plain: Callable[[str], str]) -> str | list[str]:
    return plain(value) if isinstance(value, str) else [plain(each) for each in value]


def _names(user: User) -> re.Pattern[str]:
    """The name behind an @, and at the head of a quote; nowhere else, since others may bear it too."""
    name = r"\s+".join(re.escape(part) for part in user.name.split())
    if not name:
        return re.compile(r"(?!)()")
    # An @ before it, or the line "> Anna schreef:" of a quote.
    return re.compile(rf"(@|^\s*(?:>\s*)+)(?:{name})(?!\w)", re.IGNORECASE | re.MULTILINE)
