"""Who is sent to the door on their way somewhere reads why, and goes on there with a new account too."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from tests.factories.pages import make_portal

pytestmark = pytest.mark.django_db
WHY = "Hiervoor heb je een account nodig."


@pytest.fixture(autouse=True)
def _portal(db: None) -> None:
    make_portal()


def test_who_is_sent_to_the_door_reads_why_and_may_make_an_account_there() -> None:
    answer = Client().get("/vragen/stel/", follow=True)
    page = unescape(answer.content.decode())
    assert answer.redirect_chain == [("/inloggen/?next=/vragen/stel/", 302)]
    assert WHY in page
    assert 'href="/aanmelden/?next=%2Fvragen%2Fstel%2F"' in page


def test_who_comes_by_themselves_reads_nothing_of_it() -> None:
    assert WHY not in Client().get("/inloggen/").content.decode()


def test_after_a_mistake_the_mistake_comes_first() -> None:
    given = {"login": "iemand@voorbeeld.example", "password": "verkeerd-geraden", "next": "/vragen/stel/"}
    page = Client().post("/inloggen/?next=/vragen/stel/", given).content.decode()
    assert "error-summary" in page and WHY not in page
