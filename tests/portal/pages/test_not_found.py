"""The page that says that a page isn't there."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from tests.factories.pages import Portal, make_portal, restrict

pytestmark = pytest.mark.django_db(transaction=True)

WAY_ON = "Bekijk alle praktijkvoorbeelden"


@pytest.fixture
def portal() -> Portal:
    return make_portal()


def not_found(client: Client) -> str:
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    html: str = response.content.decode()
    return html


def test_it_leads_to_the_cases_wherever_they_are(portal: Portal, client: Client) -> None:
    assert f'<a href="/praktijkvoorbeelden/">{WAY_ON}</a>' in not_found(client)
    portal.cases.slug = "uit-de-praktijk"
    portal.cases.save_revision().publish()
    assert f'<a href="/uit-de-praktijk/">{WAY_ON}</a>' in not_found(client)


@pytest.mark.parametrize("way", ["restricted", "unpublished", "deleted"])
def test_it_leads_nowhere_that_is_not_there_for_everybody(portal: Portal, client: Client, way: str) -> None:
    assert WAY_ON in not_found(client)
    {
        "restricted": restrict,
        "unpublished": type(portal.cases).unpublish,
        "deleted": type(portal.cases).delete,
    }[way](portal.cases)
    assert WAY_ON not in not_found(client)


def test_it_is_made_without_a_site(portal: Portal, client: Client) -> None:
    portal.home.delete()
    assert WAY_ON not in not_found(client)
    assert connection.is_usable()
