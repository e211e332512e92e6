"""E-mail addresses: how they are read from what somebody typed, and whose they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portal.accounts.models import User

_BETWEEN = re.compile(r"[\s,;]+")
_NAMED = re.compile(r"[^<>\n,;]*<([^<>\n]*)>")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a list of addresses holds: each once and in lower case, and what is no address, as it was typed."""

    addresses: tuple[str, ...]
    wrong: tuple[str, ...]


def read_addresses(text: str) -> Typed:
    """Addresses from lines, commas or semicolons; "Jo Smit <jo@bedrijf.nl>" is one too."""
    parts = [part for part in _BETWEEN.split(_NAMED.sub(r" \1 ", text)) if part]
    found: dict[str, None] = {}
    wrong: dict[str, None] = {}
    for part in parts:
        (found if is_address(part) else wrong).setdefault(part.lower() if is_address(part) else part)
    return Typed(tuple(found), tuple(wrong))


def is_address(text: str) -> bool:
    if len(text) > 254:
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def mask(address: str) -> str:
    """Enough for its owner to know which one is meant: j…@bedrijf.nl"""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


def verified_addresses(user: User) -> frozenset[str]:
    """The addresses that `user` proved to be theirs, in lower case."""
    rows = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return frozenset(address.lower() for address in rows)
