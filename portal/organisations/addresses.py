"""What the domain of an e-mail address says about where somebody works."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator

# Addresses here say nothing about where somebody works.
FREEMAIL = (
    "aol.com", "caiway.nl", "chello.nl", "fastmail.com", "freedom.nl", "gmail.com", "gmx.com", "gmx.net",
    "googlemail.com", "hetnet.nl", "home.nl", "hotmail.com", "hotmail.nl", "icloud.com", "kpnmail.nl",
    "kpnplanet.nl", "live.com", "live.nl", "mac.com", "mail.com", "me.com", "msn.com", "online.nl",
    "outlook.com", "outlook.nl", "planet.nl", "proton.me", "protonmail.com", "quicknet.nl", "solcon.nl",
    "tele2.nl", "telfort.nl", "upcmail.nl", "versatel.nl", "xs4all.nl", "yahoo.com", "yahoo.nl",
    "zeelandnet.nl", "ziggo.nl", "zonnet.nl",
)  # fmt: skip
_domain = DomainNameValidator(accept_idna=False)


def is_domain(text: str) -> bool:
    """A name such as bedrijf.nl, in lower case."""
    try:
        _domain(text)
    except ValidationError:
        return False
    return "." in text and text == text.lower()


def is_freemail(domain: str) -> bool:
    return domain in FREEMAIL or domain.endswith(tuple(f".{each}" for each in FREEMAIL))


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


def domains_of(addresses: Iterable[str]) -> frozenset[str]:
    return frozenset(domain for address in addresses if not is_freemail(domain := domain_of(address)))
