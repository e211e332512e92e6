"""What people agreed to, by the number that is theirs in logs alone."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.accounts.models import User
from portal.privacy.models import Actor, Consent


class Agreed:
    """What one may agree to; rooms may add codes of their own ("house-rules:12")."""

    TERMS: Final = "terms"  # the rules of the portal, at sign-up; `version` is settings.TERMS_VERSION
    HOUSE_RULES: Final = "house-rules"  # with ":" and the number of the ecosystem
    NEWSLETTER: Final = "newsletter"
    PROFILE: Final = "profile"  # with ":" and the group of fields; `version` is who sees it


@transaction.atomic
def actor_number(user: User) -> uuid.UUID:
    """The number of `user` in logs that are only added to; the same one until the account is erased."""
    return Actor.objects.get_or_create(user=user)[0].number


@transaction.atomic
def record_consent(
    user: User, *, about: str, given: bool, version: str = "", at: datetime | None = None
) -> None:
    """Write down that `user` agreed to `about` (`given=True`), or takes it back (`given=False`).

    record_consent(user, about=Agreed.NEWSLETTER, given=True, version="2026-01")

    `version`: of the text that was shown, or what was chosen. Saying the same twice is one row. In the caller's
    transaction; raises ValueError where `about` is empty or longer than 60 signs.
    """
    if not about or len(about) > 60:
        raise ValueError(f"a consent is about something of at most 60 signs, not {about!r}")
    number = actor_number(user)
    last = Consent.objects.filter(actor=number, about=about).order_by("-at", "-pk").first()
    if last is None or (last.given, last.version) != (given, version[:60]):
        Consent.objects.create(
            actor=number, about=about, given=given, version=version[:60], at=at or timezone.now()
        )


def has_consent(user: User, *, about: str) -> bool:
    """Does what `user` said last about this say yes?"""
    last = _last(user, about)
    return last is not None and last.given


def accept_terms(user: User, *, at: datetime | None = None) -> None:
    """`user` agrees to the rules of the portal as they are now."""
    record_consent(user, about=Agreed.TERMS, given=True, version=settings.TERMS_VERSION, at=at)


def withdraw_terms(user: User) -> None:
    """It wasn't `user` who agreed."""
    if has_consent(user, about=Agreed.TERMS):
        record_consent(user, about=Agreed.TERMS, given=False)


def terms_are_due(user: User) -> bool:
    """Has `user` never agreed to the rules, or to others than those of now? It stops nobody from reading or writing."""
    last = _last(user, Agreed.TERMS)
    return last is None or not last.given or last.version != settings.TERMS_VERSION[:60]


def _last(user: User, about: str) -> Consent | None:
    return consents_of(user).filter(about=about).order_by("-at", "-pk").first()


def consents_of(user: User) -> QuerySet[Consent]:
    return Consent.objects.filter(actor__in=Actor.objects.filter(user=user).values("number"))
