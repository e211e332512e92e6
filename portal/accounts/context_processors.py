"""The links to one's own account in the header of every page, and the way back on its own pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from portal.design.shapes import Link


def account(request: HttpRequest) -> dict[str, Any]:
    """`account_links`: the way in, or to what is one's own. Two breadcrumbs: to the site, and to one's account."""
    site = Link(label=settings.SITE_NAME, url="/")
    return {
        "account_links": SimpleLazyObject(lambda: _links(request)),
        "site_breadcrumb": [site],
        "account_breadcrumb": SimpleLazyObject(
            lambda: [site, _home(), Link(label=_("Mijn account"), url=reverse("account:overview"))]
        ),
    }


def _links(request: HttpRequest) -> list[Link]:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        home = _home()
        return [Link(label=home.label, url=home.url, current=request.path == home.url)]
    return [Link(label=_("Inloggen"), url=reverse("account_login"))]


def _home() -> Link:
    """Where a member begins; that page is made of all rooms, so it lies above and the settings name it."""
    return Link(label=_("Mijn omgeving"), url=reverse(settings.LOGIN_REDIRECT_URL))
