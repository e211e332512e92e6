"""Whether the portal can search on this server, asked before it starts: one sentence for each thing that is wrong.

With the standard library and not with the client, which refuses some of these servers in words of its own.
"""

from __future__ import annotations

import base64
import http.client
import json
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from search.engines.elasticsearch.connection import Address
from search.engines.elasticsearch.deadline import ResponseInTime

TIMEOUT = 1.5  # seconds for one server
OLDEST, NEWEST = 8, 9  # major versions that our client speaks to
MOST_BYTES = 100_000  # of an answer; a server's greeting has some five hundred
EXAMPLE = "https://zoek.voorbeeld.nl:9200"


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` is short and stays the same. `is_certain` False: it may pass by itself, as a server that is down."""

    code: str
    sentence: str
    is_certain: bool = True


def problems(address: Address, timeout: float = TIMEOUT) -> list[Problem]:
    """What is wrong with the settings; with the servers too when nothing is wrong with the settings."""
    if found := list(_of_settings(address)):
        return found
    return [problem for url in address.urls for problem in _of_server(url, address, timeout)]


# --- the settings alone


def _of_settings(address: Address) -> Iterator[Problem]:
    if not address.urls:
        yield Problem(
            "no-url", f"ELASTICSEARCH_URL ontbreekt: zet het adres van de zoekserver, zoals {EXAMPLE}."
        )
    for url in address.urls:
        yield from _of_url(url, address)
    if bool(address.user) != bool(address.password):
        yield Problem(
            "half-name", "ELASTICSEARCH_USER en ELASTICSEARCH_PASSWORD horen bij elkaar: zet beide of geen."
        )
    if address.user and address.api_key:
        yield Problem("two-names", "Zet ELASTICSEARCH_API_KEY of ELASTICSEARCH_USER, niet allebei.")
    if address.ca and (reason := _why_no_ca(Path(address.ca))):
        yield Problem(
            "ca", f"ELASTICSEARCH_CA wijst niet naar een bestand met certificaten: {address.ca} {reason}."
        )


def _of_url(url: str, address: Address) -> Iterator[Problem]:
    shown = without_secret(url)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        yield Problem("url", f"ELASTICSEARCH_URL is geen adres: {shown}. Schrijf het zoals {EXAMPLE}.")
        return
    if parts.scheme not in ("http", "https") or not parts.hostname:
        yield Problem(
            "scheme",
            f"ELASTICSEARCH_URL moet met https:// of http:// beginnen, zoals {EXAMPLE}; er staat: {shown}.",
        )
        return
    if not port:
        yield Problem(
            "port", f"ELASTICSEARCH_URL noemt geen poort; meestal is dat :9200, zoals in {EXAMPLE}."
        )
    if parts.query or parts.fragment or any(step.startswith("_") for step in parts.path.split("/")):
        yield Problem(
            "path",
            f"ELASTICSEARCH_URL is het adres van de server zelf, zonder index of vraag erachter: {shown}.",
        )
    if parts.username or parts.password:
        yield Problem(
            "secret-in-url",
            "Zet naam en wachtwoord in ELASTICSEARCH_USER en ELASTICSEARCH_PASSWORD, niet in ELASTICSEARCH_URL.",
        )
    if parts.scheme == "http" and address.ca:
        yield Problem("ca-without-tls", "ELASTICSEARCH_CA hoort bij een adres dat met https:// begint.")
    if parts.scheme == "http" and (address.user or address.api_key) and not _is_this_machine(parts.hostname):
        yield Problem(
            "no-tls",
            f"Naam en wachtwoord gaan onversleuteld naar {parts.hostname}: begin ELASTICSEARCH_URL met https://.",
            is_certain=False,
        )


def _why_no_ca(path: Path) -> str:
    try:
        ssl.create_default_context(cafile=str(path))
    except FileNotFoundError:
        return "bestaat niet"
    except (OSError, ssl.SSLError):
        return "is niet te lezen als PEM"
    return ""


def _is_this_machine(host: str) -> bool:
    return host == "localhost" or host.startswith("127.") or host == "::1"


def without_secret(url: str) -> str:
    """The address as it may be shown: without what stands before an @."""
    head, mark, tail = url.rpartition("@")
    return f"{head.partition('//')[0]}//…@{tail}" if mark and "//" in head else tail


# --- the server


def _of_server(url: str, address: Address, timeout: float) -> Iterator[Problem]:
    parts = urlsplit(url)
    try:
        status, headers, body = _greeting(parts, address, timeout)
    except ssl.SSLCertVerificationError as error:
        yield Problem(
            "certificate",
            f"Het certificaat van de zoekserver {url} wordt niet vertrouwd ({error.verify_message}): "
            "zet in ELASTICSEARCH_CA het bestand van de CA die het ondertekende.",
        )
    except ssl.SSLError as error:
        yield _no_tls(url, str(error.reason or error))
    except HandshakeCutError as error:
        yield _no_tls(url, type(error.__cause__).__name__)
    except socket.gaierror:
        yield Problem(
            "host",
            f"De naam {parts.hostname} uit ELASTICSEARCH_URL is niet bekend bij DNS.",
            is_certain=False,
        )
    except (OSError, http.client.HTTPException) as error:
        yield Problem(
            "unreachable",
            f"De zoekserver {url} antwoordt nu niet ({type(error).__name__}); zoeken kijkt zolang in de titels.",
            is_certain=False,
        )
    else:
        yield from _of_greeting(url, status, headers, body)


def _no_tls(url: str, reason: str) -> Problem:
    return Problem(
        "tls", f"De zoekserver {url} spreekt geen TLS ({reason}): klopt https:// in ELASTICSEARCH_URL?"
    )


class HandshakeCutError(Exception):
    """The server took the connection, and cut it off when it was greeted in TLS; its cause is how."""


def _greeting(parts: SplitResult, address: Address, timeout: float) -> tuple[int, Any, bytes]:
    host = parts.hostname or ""
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context(cafile=address.ca or None)
        connection = http.client.HTTPSConnection(host, parts.port, timeout=timeout, context=context)
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=timeout)
    connection.response_class = ResponseInTime
    headers = {"accept": "application/json"}
    if address.api_key:
        headers["authorization"] = f"ApiKey {address.api_key}"
    elif address.user:
        secret = base64.b64encode(f"{address.user}:{address.password}".encode()).decode()
        headers["authorization"] = f"Basic {secret}"
    try:
        _connect(connection)
        connection.request("GET", parts.path or "/", headers=headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read(MOST_BYTES)
    finally:
        connection.close()


def _connect(connection: http.client.HTTPConnection) -> None:
    """Tells a server that can't be reached from one that doesn't want to be greeted in TLS."""
    try:
        connection.connect()
    except (ConnectionResetError, ConnectionAbortedError, BrokenPipeError) as error:
        raise HandshakeCutError from error


def _of_greeting(url: str, status: int, headers: Any, body: bytes) -> Iterator[Problem]:
    if status == 401:
        yield Problem(
            "password",
            f"De zoekserver {url} weigert de aanmelding: klopt ELASTICSEARCH_USER met ELASTICSEARCH_PASSWORD, "
            "of ELASTICSEARCH_API_KEY?",
        )
    elif status == 403:
        yield Problem(
            "rights",
            f"De aanmelding bij de zoekserver {url} heeft te weinig rechten: geef haar ook 'monitor'.",
        )
    elif status >= 500 or status == 429:
        yield Problem(
            "unreachable",
            f"De zoekserver {url} kan nu niet antwoorden (status {status}); zoeken kijkt zolang in de titels.",
            is_certain=False,
        )
    else:
        yield from _of_version(url, status, headers, body)


def _of_version(url: str, status: int, headers: Any, body: bytes) -> Iterator[Problem]:
    try:
        version = json.loads(body)["version"]
        number = str(version["number"])
        major = int(number.partition(".")[0])
    except (ValueError, KeyError, TypeError):
        yield Problem("product", f"Op {url} antwoordt iets anders dan Elasticsearch (status {status}).")
        return
    if version.get("distribution") == "opensearch":
        yield Problem(
            "opensearch",
            f"Op {url} draait OpenSearch {number}; het portaal zoekt alleen op Elasticsearch {OLDEST} of {NEWEST}.",
        )
    elif major < OLDEST:
        yield Problem(
            "old",
            f"Op {url} draait Elasticsearch {number}; het portaal heeft versie {OLDEST} of {NEWEST} nodig.",
        )
    elif headers.get("X-Elastic-Product") != "Elasticsearch":
        yield Problem("product", f"Op {url} antwoordt iets anders dan Elasticsearch (versie {number}).")
    elif major > NEWEST:
        yield Problem(
            "new",
            f"Op {url} draait Elasticsearch {number}; het portaal is beproefd tot en met versie {NEWEST}.",
            is_certain=False,
        )
