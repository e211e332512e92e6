"""The way to an issuer and back, as a browser goes it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from portal.accounts.models import User
from tests.portal.accounts.issuer import Issuer
from tests.portal.accounts.people import (
    ADDRESS_CODE,
    code_in_mail,
)

SANNE = "sanne@bedrijf.example"
DOOR = "/inloggen/via/bedrijf/"
BACK = "/inloggen/via/bedrijf/terug/"
SIGN_UP = "/inloggen/via/aanmelden/"
OWN = "/account/inlogmanieren/"
REFUSED = "Inloggen via je bedrijf lukte niet"


def to_issuer(client: Client, door: str = DOOR, **data: str) -> str:
    """Press the button; the address that the page between leads to."""
    page = client.post(door, data).content.decode()
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
    assert found is not None, page
    return unescape(found.group(1))


def back(client: Client, url: str) -> Any:
    parts = urlsplit(url)
    return client.get(f"{parts.path}?{parts.query}")


def through(client: Client, issuer: Issuer, **data: str) -> Any:
    """All the way to the issuer and back."""
    return back(client, issuer.authorize(to_issuer(client, **data)))


def known(client: Client, issuer: Issuer) -> User:
    """Somebody who came in this way before."""
    through(client, issuer)
    client.post(SIGN_UP, {"name": "Sanne", "email": SANNE, "terms": "on"})
    client.post(ADDRESS_CODE, {"code": code_in_mail(SANNE)})
    client.post("/uitloggen/")
    return User.objects.get()
