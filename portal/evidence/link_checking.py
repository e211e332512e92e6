"""Asking whether an address elsewhere still answers: politely, bounded, and never of our own network.

A HEAD request, and a GET of a few bytes where a server refuses that. An editor types these addresses, so an address that
leads to this machine or its neighbours is not asked: the checker would be a way into them.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

TIMEOUT_SECONDS = 10.0
MAX_REDIRECTS = 5
USER_AGENT = "SlimmerWerken-linkcontrole/1.0 (vraagt een adres hoogstens een keer per dag)"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: A server that answers HEAD with one of these may still give the page itself.
TRY_GET = frozenset({400, 403, 404, 405, 406, 501})
#: The server is there and says so; whether the page is, only a person can see.
GUARDED = frozenset({401, 402, 403, 407, 429, 451, 999})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking. `status` is None without an answer; then `error` says why, in Dutch."""

    ok: bool
    status: int | None
    error: str
    final_url: str


class NotAsked(Exception):
    """An address that is not asked at all; the message says why."""


def ask(url: str, *, timeout: float = TIMEOUT_SECONDS, own_network: bool = False) -> Answer:
    """Ask `url`, following up to five redirects. Never raises for what a server does.

    `own_network` allows addresses of this machine and its neighbours (tests have their server there).
    """
    current = url
    try:
        for _hop in range(MAX_REDIRECTS + 1):
            status, location = request(current, "HEAD", timeout, own_network)
            if status in TRY_GET:
                status, location = request(current, "GET", timeout, own_network)
            if status not in REDIRECTS or not location:
                return Answer(status < 400 or status in GUARDED, status, "", current)
            current = urljoin(current, location)
    except NotAsked as reason:
        return Answer(False, None, str(reason), current)
    except TimeoutError:
        return Answer(False, None, "geen antwoord binnen de tijd", current)
    except ssl.SSLError as error:
        return Answer(False, None, f"onveilige verbinding: {error.reason}", current)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(False, None, f"niet bereikbaar: {error}", current)
    return Answer(False, None, "te veel doorverwijzingen", current)


def request(url: str, method: str, timeout: float, own_network: bool) -> tuple[int, str]:
    """One request; returns the status and where it points to. The body is not read."""
    parts = urlsplit(url)
    host = parts.hostname
    if parts.scheme not in ("http", "https") or not host:
        raise NotAsked("geen webadres")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = resolve(host, port, own_network)
    connection = connect(parts, host, port, address, timeout)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Connection": "close"}
        connection.request(method, target.replace(" ", "%20"), headers=headers)
        response = connection.getresponse()
        return response.status, response.headers.get("Location", "")
    finally:
        connection.close()


def resolve(host: str, port: int, own_network: bool) -> str:
    """The address to connect to, looked at before it is used. Raises NotAsked for our own network."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotAsked("deze naam bestaat niet") from None
    addresses = [str(entry[4][0]) for entry in found]
    if not own_network and not all(ipaddress.ip_address(address).is_global for address in addresses):
        raise NotAsked("dit adres ligt in het eigen netwerk")
    return addresses[0]


def connect(
    parts: SplitResult, host: str, port: int, address: str, timeout: float
) -> http.client.HTTPConnection:
    """A connection to `address` itself, so that the name can't point elsewhere a moment later."""
    if parts.scheme == "http":
        connection = http.client.HTTPConnection(host, port, timeout=timeout)
        connection.sock = socket.create_connection((address, port), timeout)
        return connection
    context = ssl.create_default_context()
    secure = http.client.HTTPSConnection(host, port, timeout=timeout, context=context)
    plain = socket.create_connection((address, port), timeout)
    secure.sock = context.wrap_socket(plain, server_hostname=host)
    return secure
