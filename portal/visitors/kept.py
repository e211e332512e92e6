"""What somebody keeps: page numbers in a cookie of their own, and who is signed in with their account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from wagtail.models import Page

from portal.accounts.models import User
from portal.visitors.models import KeptPage

COOKIE = "bewaard"
COOKIE_SECONDS = 365 * 24 * 3600
# A cookie holds 4 kB; what was kept longest ago makes room.
MOST = 100


def kept_pages(request: HttpRequest) -> list[int]:
    """The primary keys of what this reader keeps, last kept first; one query for who is signed in, else none."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return in_cookie(request)
    rows = KeptPage.objects.filter(user=user).values_list("page_id", flat=True)
    return list(dict.fromkeys([*in_cookie(request), *rows]))[:MOST]


def in_cookie(request: HttpRequest) -> list[int]:
    """Last kept first; what isn't a number is left out."""
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


@transaction.atomic
def move_along(user: User, pages: Sequence[int]) -> None:
    """What somebody kept before they signed in is theirs from now on, in the same order. Twice is once."""
    there = set(Page.objects.filter(pk__in=pages).values_list("pk", flat=True))
    now = timezone.now()
    KeptPage.objects.bulk_create(
        [
            KeptPage(user=user, page_id=pk, kept_at=now - timedelta(milliseconds=place))
            for place, pk in enumerate(pages)
            if pk in there
        ],
        ignore_conflicts=True,
    )
    _make_room(user)


@transaction.atomic
def keep(user: User, pk: int) -> None:
    KeptPage.objects.update_or_create(user=user, page_id=pk, defaults={"kept_at": timezone.now()})
    _make_room(user)


def keep_no_more(user: User, pk: int) -> None:
    KeptPage.objects.filter(user=user, page_id=pk).delete()


def _make_room(user: User) -> None:
    mine = KeptPage.objects.filter(user=user)
    KeptPage.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST:])).delete()
