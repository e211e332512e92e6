"""What a visitor kept without an account goes along when they sign in."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from portal.accounts.arrivals import register
from portal.accounts.models import User
from portal.visitors.kept import COOKIE, in_cookie, move_along


@register
def take_kept_pages_along(request: HttpRequest, user: User, response: HttpResponseBase) -> None:
    """The cookie goes: who signs out on a shared machine leaves no list behind."""
    pages = in_cookie(request)
    if pages:
        move_along(user, pages)
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE)
