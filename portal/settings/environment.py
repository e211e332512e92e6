"""Settings read from the environment: declared once, read once, loud on a strange value.

Every variable is declared with `declare()`; the table in docs/instellingen.md is made from these declarations, and a
test holds the two together. A name that starts with `PORTAL_` but isn't declared is an error too: a typing mistake
in a deployment should not silently mean "default".
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

TRUE_WORDS = {"1", "true", "yes", "on", "ja"}
FALSE_WORDS = {"0", "false", "no", "off", "nee"}


@dataclass(frozen=True, slots=True)
class Variable:
    """One declared environment variable; `default` as a person would write it, None where it is required."""

    name: str
    kind: str
    default: str | None
    explanation: str


DECLARED: dict[str, Variable] = {}


def as_text(value: str) -> str:
    return value


def as_bool(value: str) -> bool:
    word = value.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ValueError("schrijf ja of nee (1/0, true/false)")


def as_int(value: str) -> int:
    return int(value.strip())


def as_list(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def as_networks(value: str) -> list[str]:
    """Addresses with a length, such as 10.0.0.0/8."""
    return [str(ip_network(part)) for part in as_list(value)]


def as_contact(value: str) -> str:
    """An e-mail address or a https address, as an URI; empty stays empty."""
    value = value.strip()
    is_address = value.startswith(("https://", "mailto:"))
    if any(letter.isspace() for letter in value) or (value and not is_address and "@" not in value):
        raise ValueError("schrijf een e-mailadres, of een adres dat met https:// begint")
    return value if is_address or not value else f"mailto:{value}"


def as_choice(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError(f"kies uit {', '.join(choices)}")
        return value

    read.__name__ = "keuze: " + ", ".join(choices)
    return read


KIND_NAMES: Mapping[str, str] = {
    "as_text": "tekst",
    "as_bool": "ja/nee",
    "as_int": "geheel getal",
    "as_list": "lijst met komma's",
    "as_networks": "netwerken met komma's",
    "as_contact": "e-mailadres of https-adres",
}


def declare(
    name: str,
    read: Callable[[str], T],
    *,
    default: str | None,
    explanation: str,
    environ: Mapping[str, str] | None = None,
) -> T:
    """Read `name` from the environment (`default` where it is absent; required where `default` is None).

    Raises ImproperlyConfigured, naming the variable and what is expected, for a missing or strange value.
    """
    read_name = getattr(read, "__name__", "tekst")
    DECLARED[name] = Variable(name, KIND_NAMES.get(read_name, read_name), default, explanation)
    value = (os.environ if environ is None else environ).get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"De omgevingsvariabele {name} ontbreekt. {explanation}")
    try:
        return read(value)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"De omgevingsvariabele {name} heeft een vreemde waarde: {error}."
        ) from error


def refuse_unknown(environ: Mapping[str, str] | None = None) -> None:
    """Raise ImproperlyConfigured where a `PORTAL_` variable is set that nothing declares."""
    names = os.environ if environ is None else environ
    unknown = sorted(name for name in names if name.startswith("PORTAL_") and name not in DECLARED)
    if unknown:
        raise ImproperlyConfigured(
            f"Onbekende omgevingsvariabele: {', '.join(unknown)}. Zie docs/instellingen.md."
        )
