"""Which addresses elsewhere the portal points to; each room offers its own in an `external_links.py`.

The modules are found like `admin.py`. A provider yields what it shows now, so that nothing has to be kept in step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape

HREF = re.compile(r"""\bhref=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
MAX_URL_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """An address and where it stands: the title of that place, and its edit address in the staff admin."""

    url: str
    place: str
    edit_url: str


Provider = Callable[[], Iterable[ExternalLink]]

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Let `provider` tell which addresses its room points to; usable as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def is_external(url: str) -> bool:
    return url.startswith(("http://", "https://")) and len(url) <= MAX_URL_LENGTH


def all_links() -> Iterator[ExternalLink]:
    for provider in _providers:
        for link in provider():
            if is_external(link.url):
                yield link


def addresses_in(markup: str) -> Iterator[str]:
    """The external addresses that links in `markup` point to."""
    for quoted, apostrophed in HREF.findall(markup):
        url = unescape(quoted or apostrophed).strip()
        if is_external(url):
            yield url
