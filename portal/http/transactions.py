"""Requests that may change something run in one transaction; requests that only read never do.

Django's ATOMIC_REQUESTS wraps GETs too, and with SQLite's immediate transactions each of those would wait for the write
lock.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

UNSAFE_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def own_transactions(view: View) -> View:
    """For a view that writes nothing, or opens its transaction itself once its long work is done.

    On SQLite a transaction holds the one write lock from its beginning: a click that is only noted in a file, or a
    measurement of minutes, would keep everybody else waiting.
    """
    view.has_own_transactions = True  # type: ignore[attr-defined] # a mark on a function, read below
    return view


class UnsafeRequestTransactionMiddleware:
    """POST, PUT, PATCH and DELETE: all or nothing. An exception or a 5xx answer rolls everything back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in UNSAFE_METHODS or _has_own(request):
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500 or getattr(request, "ended_in_exception", False):
                transaction.set_rollback(True)
            return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Runs before Django turns the exception into an answer. That answer (a 404 with its menu) may still ask the
        database something, which it couldn't in a transaction that is marked already."""
        request.ended_in_exception = True  # type: ignore[attr-defined]


def _has_own(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return bool(getattr(view, "has_own_transactions", False))
