"""Who moderates the portal: the people of one group. What they may do is in `rules`."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet

from portal.accounts.models import User

MODERATORS = "Moderatoren"
PERMISSION = "moderate"
KNOWN = "_moderates_portal"


def is_person(user: Any) -> bool:
    return isinstance(user, User) and user.is_active


def groups_that_moderate() -> QuerySet[Group]:
    return Group.objects.filter(
        permissions__codename=PERMISSION, permissions__content_type__app_label="moderation"
    )


def moderates_portal(user: Any) -> bool:
    """An administrator isn't a moderator by being one. One look in the database for each object of a user.

    Kept on the object as Django keeps permissions there: every request reads its user anew.
    """
    if not is_person(user):
        return False
    known: bool | None = user.__dict__.get(KNOWN)
    if known is None:
        known = user.__dict__[KNOWN] = groups_that_moderate().filter(user=user).exists()
    return known


def portal_moderators() -> QuerySet[User]:
    return User.objects.filter(is_active=True, groups__in=groups_that_moderate()).distinct()


def others_decide(user: Any) -> bool:
    """Is there anybody else who sees the whole portal's cases?"""
    whole = Q(is_superuser=True) | Q(groups__in=groups_that_moderate())
    return User.objects.filter(whole, is_active=True).exclude(pk=user.pk).exists()


@transaction.atomic
def setup_moderators() -> Group:
    """Make the group where it isn't there yet; who is in it, an administrator decides."""
    group, new = Group.objects.get_or_create(name=MODERATORS)
    if new:
        group.permissions.add(
            Permission.objects.get(content_type__app_label="moderation", codename=PERMISSION)
        )
    return group
