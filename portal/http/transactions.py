"""Requests that may change something run in one transaction; requests that only read never do.

Django's ATOMIC_REQUESTS wraps GETs too, and with SQLite's immediate transactions each of those would wait for the write
lock. For the same reason what a client sends is read before the transaction begins, however slowly it comes in, and what
takes long with a file that somebody sent is done while there is none (`before_transaction`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Made = TypeVar("Made")

UNSAFE_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def own_transactions(view: View) -> View:
    """For a view that writes nothing, or opens its transaction itself once its long work is done.

    On SQLite a transaction holds the one write lock from its beginning: a click that is only noted in a file, or a
    measurement of minutes, would keep everybody else waiting.
    """
    view.has_own_transactions = True  # type: ignore[attr-defined] # a mark on a function, read below
    return view


@dataclass(frozen=True, slots=True)
class _Outcome:
    made: Any = None
    error: Exception | None = None


class _WorkFirst(Exception):
    """Ends a round of the request; for the middleware alone."""

    def __init__(self, upload: UploadedFile[Any], work: Callable[[], Any]) -> None:
        super().__init__("to be done before the transaction")
        self.upload, self.work = upload, work


# Of the request that runs, by number of each file that came with it: what was done with it already.
_files: ContextVar[dict[int, _Outcome | None] | None] = ContextVar("files_of_the_request", default=None)


def before_transaction(upload: UploadedFile[Any], work: Callable[[], Made]) -> Made:
    """What `work` makes of `upload`, or what it raises.

    Of a file that came with the request that runs: the transaction is taken back, the work is done while there is none,
    and the view begins anew, which finds it done here. So all that the view asks before this point (who may) stays asked
    before any work is done, and `work` may count in a transaction of its own. What a view does before this point is done
    twice: it tells nobody, and leaves no file. Anything else, as in a command: at once.
    """
    known = _files.get()
    if known is None or id(upload) not in known:
        return work()
    outcome = known[id(upload)]
    if outcome is None:
        raise _WorkFirst(upload, work)
    if outcome.error is not None:
        raise outcome.error
    made: Made = outcome.made
    return made


class UnsafeRequestTransactionMiddleware:
    """POST, PUT, PATCH and DELETE: all or nothing. An exception or a 5xx answer rolls everything back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in UNSAFE_METHODS or _has_own(request):
            return self.get_response(request)
        known: dict[int, _Outcome | None] = {id(file): None for file in _files_of(request)}
        while True:  # at most one round more than there are files
            response = self._in_transaction(request, known)
            waits: _WorkFirst | None = request.__dict__.pop("work_first", None)
            if waits is None:
                return response
            known[id(waits.upload)] = _outcome_of(waits.work)

    def _in_transaction(self, request: HttpRequest, known: dict[int, _Outcome | None]) -> HttpResponseBase:
        token = _files.set(known)
        try:
            with transaction.atomic():
                response = self.get_response(request)
                ended = getattr(request, "ended_in_exception", False) or hasattr(request, "work_first")
                if response.status_code >= 500 or ended:
                    transaction.set_rollback(True)
                return response
        finally:
            _files.reset(token)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Runs before Django turns the exception into an answer. That answer (a 404 with its menu) may still ask the
        database something, which it couldn't in a transaction that is marked already."""
        if isinstance(exception, _WorkFirst):
            request.work_first = exception  # type: ignore[attr-defined]
            return HttpResponse(status=204)  # nobody gets it
        request.ended_in_exception = True  # type: ignore[attr-defined]
        return None


def _files_of(request: HttpRequest) -> list[UploadedFile[Any]]:
    """Reads all that is sent. A connection that broke off ends where it always did: in what looks at the form."""
    with contextlib.suppress(UnreadablePostError):
        return [file for _name, files in request.FILES.lists() for file in files]
    return []


def _outcome_of(work: Callable[[], Any]) -> _Outcome:
    try:
        return _Outcome(made=work())
    except Exception as error:  # the view hears of it, where it asked for the work
        return _Outcome(error=error)


def _has_own(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return bool(getattr(view, "has_own_transactions", False))
