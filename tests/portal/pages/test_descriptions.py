"""What a search engine or a card elsewhere tells of a page."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.factories.pages import make_case, make_figure, make_knowledge, make_page, make_portal

pytestmark = pytest.mark.django_db

DESCRIPTION = re.compile(r'<meta name="description" content="([^"]+)">')


def test_every_kind_of_page_is_described_once(client: Client) -> None:
    portal = make_portal()
    for page in (portal.home, portal.cases, portal.knowledge, portal.figures):
        page.summary = f"Over {page.title}."
        page.save_revision().publish()
    pages = [
        make_case(portal, "Zaak"),
        make_knowledge(portal, "Kennis"),
        make_figure(portal, "Cijfer", summary="Wat je ziet."),
        make_page(portal, "Over", summary="Wie wij zijn."),
    ]
    addresses = ["/", "/praktijkvoorbeelden/", "/kennis/", "/cijfers/", *(page.get_url() for page in pages)]
    for address in [*addresses, "/zoeken/", "/zoeken/?q=voorraad"]:
        assert len(DESCRIPTION.findall(client.get(address).content.decode())) == 1, address
