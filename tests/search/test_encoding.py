"""A request that says to be in another encoding than UTF-8 is read as UTF-8 all the same."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.pages import Portal

UTF7 = "text/plain; charset=utf-7"


@pytest.mark.parametrize("path", ["/zoeken/", "/zoeken/feed/", "/zoeken/oordeel/bedankt/", "/api/zoeken"])
def test_half_a_letter_in_an_address_is_no_error(portal: Portal, path: str) -> None:
    """In UTF-7 `+2AA-` is the first half of a letter outside Unicode's first plane."""
    answer = Client().get(f"{path}?q=+2AA-voorraad", CONTENT_TYPE=UTF7)
    assert answer.status_code == 200


def test_an_address_is_read_as_it_stands_there(portal: Portal) -> None:
    answer = Client().get("/api/zoeken?q=caf%C3%A9+AGE-", CONTENT_TYPE=UTF7)
    assert answer.json()["zoekvraag"] == "café AGE-"
