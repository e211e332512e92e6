"""One's own page leads to one's organisations and ecosystems, and every page leads to the lists of both."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.ecosystems.services import found_ecosystem
from tests.factories.pages import make_portal
from tests.network.ecosystems.conftest import Circle


def own_page(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return client.get("/mijn/").content.decode()


def test_own_organisations_and_ecosystems_with_ones_role(circle: Circle) -> None:
    page = own_page(circle.anna)
    for part in (
        'href="/organisaties/anna-bv/"',
        'href="/ecosystemen/elektrokring/"',
        "Werkgroep van ElektroKring",
    ):
        assert part in page
    assert "Plannen" not in page and "Bram BV" not in page
    assert "deelnemer" in page and "beheerder" not in page
    assert "beheerder" in own_page(circle.host)


def test_who_has_none_is_told_what_to_do(circle: Circle) -> None:
    page = own_page(circle.outsider)
    assert "Je hoort nog niet bij een organisatie." in page and 'href="/organisaties/"' in page
    assert "Je doet nog nergens mee." in page and 'href="/ecosystemen/"' in page


@pytest.mark.parametrize("number", [3, 25])
def test_many_ecosystems_cost_no_more_questions(circle: Circle, number: int) -> None:
    from django.db import connection

    for each in range(number):
        group = found_ecosystem(
            organisation=circle.stroomhuis, name=f"Groep {each}", by=circle.host, parent=circle.kring
        )
        circle.take_part(circle.anna, group)
    client = Client()
    client.force_login(circle.anna)
    client.get("/mijn/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/mijn/").content.decode()
    assert f"Groep {number - 1}" in page
    assert len(asked) <= 25


def test_the_footer_leads_to_both_lists(client: Client, db: None) -> None:
    make_portal()
    page = client.get("/over-niets/").content.decode()
    footer = page[page.index("<footer") :]
    assert 'href="/organisaties/"' in footer and 'href="/ecosystemen/"' in footer
