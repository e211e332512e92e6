"""A page that isn't there is a page that doesn't exist, however its number is written."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from portal.accounts.models import User
from portal.http.page_numbers import page_number


def asked(raw: str, last: int = 2) -> int:
    return page_number(RequestFactory().get("/", {"pagina": raw}), last)


def test_pages_that_are_there() -> None:
    assert page_number(RequestFactory().get("/"), 1) == 1
    assert [asked("1"), asked("2"), asked("002")] == [1, 2, 2]


@pytest.mark.parametrize(
    "raw", ["0", "3", "-1", "0000013", "000001" + "9" * 5000, "9" * 30, "²", "٣", "1.0", "", " 1", "1\x00"]
)
def test_what_is_no_page_of_the_list_is_not_found(raw: str) -> None:
    with pytest.raises(Http404):
        asked(raw)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [2**63, 10**30, "9" * 4400])
@pytest.mark.parametrize("path", ["/vraag-het-de-maker/{}/", "/bijeenkomsten/{}/afmelden/"])
def test_a_number_that_no_row_has_names_nothing(number: object, path: str) -> None:
    """Without asking the database, which couldn't even hold it."""
    browser = Client()
    browser.force_login(User.objects.create_user(email="lid@voorbeeld.example"))
    assert browser.get(path.format(number)).status_code in (404, 405)
    assert browser.post(path.format(number)).status_code in (404, 405)
