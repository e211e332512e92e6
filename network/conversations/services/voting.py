"""Votes: one a member, none within one company."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from network.conversations import rules
from network.conversations.models import Post, Vote
from network.conversations.services.refusals import NotAllowed, Refused
from portal.accounts.models import User


@transaction.atomic
def cast_vote(post: Post, *, by: User) -> None:
    """Twice is once. Raises NotAllowed for what this person doesn't see, Refused for one's own and a colleague's."""
    _require_seen(post, by)
    if post.author_id == by.pk:
        raise Refused(_("Je kunt niet op je eigen bericht stemmen."))
    if not rules.can_vote(by, post):
        raise Refused(_("Je werkt bij hetzelfde bedrijf. Stemmen van collega's tellen niet mee."))
    Vote.objects.bulk_create([Vote(post=post, user=by)], ignore_conflicts=True)


@transaction.atomic
def withdraw_vote(post: Post, *, by: User) -> None:
    _require_seen(post, by)
    Vote.objects.filter(post=post, user=by).delete()


def _require_seen(post: Post, by: User) -> None:
    if not Post.objects.visible_to(by).shown().filter(pk=post.pk).exists():
        raise NotAllowed
