"""What a visitor keeps without an account: page numbers in a cookie of their own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

COOKIE = "bewaard"
COOKIE_SECONDS = 365 * 24 * 3600
# A cookie holds 4 kB; what was kept longest ago makes room.
MOST = 100


def kept_pages(request: HttpRequest) -> list[int]:
    """The primary keys in the visitor's cookie, last kept first; what isn't a number is left out."""
    parts = request.COOKIES.get(COOKIE, "").split(".")
    found = [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 12]
    return list(dict.fromkeys(found))[:MOST]


def remember(response: HttpResponseBase, pages: list[int], *, secure: bool) -> None:
    """Write the kept pages back to the visitor's cookie; none left means no cookie."""
    if not pages:
        response.delete_cookie(COOKIE)
        return
    value = ".".join(str(page) for page in pages[:MOST])
    response.set_cookie(COOKIE, value, max_age=COOKIE_SECONDS, secure=secure, httponly=True, samesite="Lax")
