"""Whole public pages for visitors without any cookie of ours, shared by all processes.

A page is stored under the generation that was valid when its making began. Publishing moves the generation on
(`bump_generation`), so that a page that was being made from older content can never be served after it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

CACHE_ALIAS = "pages"
GENERATION_KEY = "generation"
MAX_VALUE_LENGTH = 80
MAX_BODY_BYTES = 1_000_000
# What a stored page may depend on. Anything else in Vary means that the page isn't one for all.
KNOWN_VARY = frozenset({"cookie", "accept-encoding", "hx-request"})
# Pages, and the feeds of them.
STORED_TYPES = ("text/html", "application/atom+xml")
# Belonging to one answer, or set again for each.
NOT_STORED = frozenset({"vary", "content-length", "etag", "content-encoding", "date", "x-request-id"})


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A finished page. `varies_on_cookie`: made by looking at cookies, so only for requests that carry none."""

    gzipped: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    varies_on_cookie: bool
    expires_at: float

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        matches = parse_etags(request.headers.get("If-None-Match", ""))
        response: HttpResponseBase
        if self.etag in matches or matches == ["*"]:
            response = HttpResponseNotModified()
        elif accepts_gzip(request):
            response = HttpResponse(self.gzipped)
            response["Content-Encoding"] = "gzip"
        else:
            response = HttpResponse(gzip.decompress(self.gzipped))
        for name, value in self.headers:
            response[name] = value
        response["ETag"] = self.etag
        patch_vary_headers(
            response, ["Accept-Encoding"] if self.is_for_everybody else ["Accept-Encoding", "Cookie"]
        )
        return response

    @property
    def is_for_everybody(self) -> bool:
        """What says so itself, as feeds do; a page without cookie is another one than with."""
        control = dict(self.headers).get("Cache-Control", "").lower()
        return "public" in control and not self.varies_on_cookie


class RecentPages:
    """The pages this process served last, so that a popular page isn't read from disk each time."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._pages: OrderedDict[str, StoredPage] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> StoredPage | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def add(self, key: str, page: StoredPage) -> None:
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > self.size:
                self._pages.popitem(last=False)


class _Publication:
    """Waits for the commit of a transaction that published; until then that transaction has a generation of its own."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        self.generation = uuid.uuid4().hex

    def __call__(self) -> None:
        forget_pages()


def bump_generation() -> None:
    """Forget all stored pages, once the running transaction commits (at once where there is none).

    Within the transaction what was kept is forgotten at once, and what is made there is found there alone. Where it is
    rolled back (or a part of it, to a savepoint) what was kept before is right again, and is found again.
    """
    savepoints = set(transaction.get_connection().savepoint_ids)
    waiting = _publication()
    if waiting is not None and waiting[0] == savepoints:
        waiting[1].renew()
    else:
        transaction.on_commit(_Publication(), robust=True)


def _publication() -> tuple[set[str], _Publication] | None:
    """The last one that the running transaction waits to commit, with the savepoints within which it was done."""
    for waiting in reversed(transaction.get_connection().run_on_commit):
        if isinstance(waiting[1], _Publication):
            return waiting[0], waiting[1]
    return None


def forget_pages() -> str:
    """Forget all stored pages at once, whatever the database does; returns the new generation."""
    generation = uuid.uuid4().hex
    caches[CACHE_ALIAS].set(GENERATION_KEY, generation, timeout=None)
    if _of_request.get() is not None:
        _of_request.set(generation)
    return generation


def current_generation() -> str:
    """The generation of the request that is being answered; outside one, that of this moment.

    In a transaction that published it is another, which nobody else ever has.
    """
    waiting = _publication()
    return f"{_committed()}:{waiting[1].generation}" if waiting else _committed()


def _committed() -> str:
    return _of_request.get() or caches[CACHE_ALIAS].get(GENERATION_KEY) or forget_pages()


# A page asks for its generation a dozen times, and each time is a file. That of its beginning holds to its end: what is
# made meanwhile from newer content is kept under an older generation, which harms nobody.
_of_request: ContextVar[str | None] = ContextVar("generation_of_request", default=None)


@contextmanager
def one_generation() -> Iterator[str]:
    """Within this the generation is read once; whoever publishes within it goes on with the new one."""
    token = _of_request.set(_committed())
    try:
        yield current_generation()
    finally:
        _of_request.reset(token)


def accepts_gzip(request: HttpRequest) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def own_cookie_names() -> frozenset[str]:
    return frozenset(
        {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "messages"}
        | set(settings.PAGE_CACHE_VISITOR_COOKIES)
    )


def cacheable_query(request: HttpRequest) -> str | None:
    """The query in a fixed order; None where it holds anything but the short, known parameters of overviews.

    As JSON, so that no value can pass for another parameter: `thema=a%26doel=b` is not `thema=a&doel=b`.
    """
    parts: list[tuple[str, str]] = []
    for name in sorted(request.GET):
        values = request.GET.getlist(name)
        if name not in settings.PAGE_CACHE_PARAMETERS or any(
            len(value) > MAX_VALUE_LENGTH for value in values
        ):
            return None
        parts += [(name, value) for value in values]
    return json.dumps(parts)


def cache_key(request: HttpRequest) -> str | None:
    """The key without its generation, or None where this request never gets a stored page."""
    if request.method != "GET" or getattr(request, "is_dummy", False):
        return None
    if request.path.startswith(tuple(settings.PAGE_CACHE_EXCLUDED_PREFIXES)):
        return None
    if "Authorization" in request.headers or "HX-Request" in request.headers:
        return None
    if not own_cookie_names().isdisjoint(request.COOKIES):
        return None
    query = cacheable_query(request)
    if query is None:
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    text = "\n".join((request.scheme or "", host, request.path, query))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def storable(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether this answer is the same for everybody without cookies of ours."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    if not response.headers.get("Content-Type", "").startswith(STORED_TYPES):
        return False
    control = response.headers.get("Cache-Control", "").lower()
    if any(word in control for word in ("no-store", "private", "no-cache", "max-age=0")):
        return False
    vary = vary_names(response)
    if not vary <= KNOWN_VARY or ("cookie" in vary and request.COOKIES):
        return False
    return isinstance(response, HttpResponse) and len(response.content) <= MAX_BODY_BYTES


def vary_names(response: HttpResponseBase) -> set[str]:
    return {name.strip().lower() for name in response.headers.get("Vary", "").split(",") if name.strip()}


def make_page(response: HttpResponse) -> StoredPage:
    body = response.content
    headers = {name: value for name, value in response.items() if name.lower() not in NOT_STORED}
    # A browser asks each time, and is answered with 304 where nothing changed: a new page is seen at once.
    headers.setdefault("Cache-Control", "no-cache")
    return StoredPage(
        gzipped=gzip.compress(body, compresslevel=6, mtime=0),
        headers=tuple(headers.items()),
        etag=f'W/"{hashlib.sha256(body).hexdigest()[:32]}"',
        varies_on_cookie="cookie" in vary_names(response),
        expires_at=time.time() + settings.PAGE_CACHE_SECONDS,
    )


class PageCacheMiddleware:
    """Serves and stores whole pages. Stands outside sessions, so that a stored page costs no query at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.recent = RecentPages(size=200)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with one_generation() as generation:
            return self.answer(request, generation)

    def answer(self, request: HttpRequest, generation: str) -> HttpResponseBase:
        key = cache_key(request)
        if key is None:
            return self.get_response(request)
        key = f"{generation}:{key}"
        page = self.find(key)
        if page is not None and not (page.varies_on_cookie and request.COOKIES):
            request.from_page_cache = True  # type: ignore[attr-defined]
            return page.answer(request)
        response = self.get_response(request)
        if not storable(request, response):
            return response
        assert isinstance(response, HttpResponse)  # noqa: S101 - storable() has just asked
        page = make_page(response)
        caches[CACHE_ALIAS].set(key, page, timeout=settings.PAGE_CACHE_SECONDS)
        self.recent.add(key, page)
        return page.answer(request)

    def find(self, key: str) -> StoredPage | None:
        page = self.recent.get(key)
        if page is None:
            page = caches[CACHE_ALIAS].get(key)
            if page is not None:
                self.recent.add(key, page)
        if page is None or page.expires_at <= time.time():
            return None
        return page
