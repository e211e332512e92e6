"""E-mail addresses: whose they are, what they stand for, and how they are read from what somebody typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator, validate_email

from portal.accounts.models import User

# Addresses here say nothing about where somebody works.
FREEMAIL = (
    "aol.com", "caiway.nl", "chello.nl", "fastmail.com", "freedom.nl", "gmail.com", "gmx.com", "gmx.net",
    "googlemail.com", "hetnet.nl", "home.nl", "hotmail.com", "hotmail.nl", "icloud.com", "kpnmail.nl",
    "kpnplanet.nl", "live.com", "live.nl", "mac.com", "mail.com", "me.com", "msn.com", "online.nl",
    "outlook.com", "outlook.nl", "planet.nl", "proton.me", "protonmail.com", "quicknet.nl", "solcon.nl",
    "tele2.nl", "telfort.nl", "upcmail.nl", "versatel.nl", "xs4all.nl", "yahoo.com", "yahoo.nl",
    "zeelandnet.nl", "ziggo.nl", "zonnet.nl",
)  # fmt: skip
_BETWEEN = re.compile(r"[\s,;]+")
_NAMED = re.compile(r"[^<>\n,;]*<([^<>\n]*)>")
_domain = DomainNameValidator(accept_idna=False)


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


def is_domain(text: str) -> bool:
    """A name such as bedrijf.nl, in lower case."""
    try:
        _domain(text)
    except ValidationError:
        return False
    return "." in text and text == text.lower()


def is_freemail(domain: str) -> bool:
    return domain in FREEMAIL or domain.endswith(tuple(f".{each}" for each in FREEMAIL))


def mask(address: str) -> str:
    """Enough for its owner to know which one is meant: j…@bedrijf.nl"""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def verified_addresses(user: User) -> frozenset[str]:
    """The addresses that `user` proved to be theirs, in lower case."""
    rows = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return frozenset(address.lower() for address in rows)


def domains_of(addresses: Iterable[str]) -> frozenset[str]:
    return frozenset(domain for address in addresses if not is_freemail(domain := domain_of(address)))
