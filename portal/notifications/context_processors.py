"""The way to one's notifications in the header of every page, with how many are new."""

from __future__ import annotations

import logging
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from portal.accounts.context_processors import account
from portal.accounts.models import User
from portal.design.shapes import Link
from portal.notifications.showing import number_unseen

logger = logging.getLogger(__name__)


def notifications(request: HttpRequest) -> dict[str, Any]:
    """`account_links` of the room below, after a link of ours for who is signed in.

    Nothing is read until a template shows it, and nothing for who isn't signed in: that page is the same for all.
    """
    below = account(request)["account_links"]
    return {"account_links": SimpleLazyObject(lambda: [*_own(request), *below])}


def _own(request: HttpRequest) -> list[Link]:
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_active:
        return []
    url = reverse("notifications:list")
    return [Link(label=_("Meldingen"), url=url, text=_number(user), current=request.path == url)]


def _number(user: User) -> str:
    """A fault of one kind takes no other page with it than the list itself."""
    try:
        return number_unseen(user)
    except Exception:
        logger.exception("new notifications not counted", extra={"data": {"user": user.pk}})
        return ""
