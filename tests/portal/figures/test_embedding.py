"""Figures within other pages: as a chart or table with source, caveat and downloads."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.figures.models import FigurePage
from portal.http import page_cache
from tests.factories.pages import make_figure, make_knowledge, restrict

pytestmark = pytest.mark.django_db


def showing(portal, title: str, figures: Iterable[FigurePage]):
    """A knowledge page with each figure in a block of its own, as a line `{{ figuur: slug }}` makes it."""
    body = [("references", {"pages": [figure]}) for figure in figures]
    return make_knowledge(portal, title, body=body)


def html_of(client, page) -> str:
    page_cache.forget_pages()
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_figure_shows_its_chart_with_all_that_belongs_to_it(client, portal):
    figure = make_figure(
        portal, "Groei in twee jaar", slug="groei", rows=[("Omzet", 15)], caveat="Zelf opgegeven."
    )
    html = html_of(client, showing(portal, "Uitleg", [figure]))
    assert '<figcaption class="chart__title">Groei in twee jaar</figcaption>' in html
    for part in ("15%", "Zelf opgegeven.", "Innovatieplatform", 'href="/cijfers/groei/gegevens.csv"'):
        assert part in html
    assert 'href="/cijfers/groei/"' in html


def test_a_figure_without_a_chart_shows_its_table(client, portal):
    figure = make_figure(portal, "Omvang", rows=[("Bedrijven", 1350)], chart="none", unit="")
    html = html_of(client, showing(portal, "Uitleg", [figure]))
    assert "1.350" in html
    assert "chart__drawing" not in html
    assert "Zelf gerapporteerd." in html


def test_a_private_figure_stays_out_of_a_public_page(client, portal):
    figure = make_figure(portal, "Kanarie", rows=[("kanarie", 15)])
    page = showing(portal, "Uitleg", [figure])
    restrict(figure)
    assert "anarie" not in html_of(client, page)


@pytest.mark.django_db(transaction=True)  # within a test's own transaction the portal remembers nothing
def test_many_figures_cost_as_few_queries_as_one(client, portal, index):
    figures = [make_figure(portal, f"Cijfer {number}", rows=[("a", 1), ("b", 2)]) for number in range(6)]

    client.cookies["bewaard"] = str(figures[0].pk)  # of who keeps something no finished page is stored

    def queries(page) -> int:
        client.get(page.get_url())
        with CaptureQueriesContext(connection) as captured:
            response = client.get(page.get_url())
        assert "X-From-Cache" not in response.headers
        return len(captured)

    one, many = showing(portal, "Eén", figures[:1]), showing(portal, "Zes", figures)
    assert queries(many) == queries(one) <= 12


def test_cards_cost_the_same_few_queries(portal):
    figures = [make_figure(portal, f"Cijfer {number}") for number in range(5)]

    def queries(chosen) -> int:
        page_cache.forget_pages()
        with CaptureQueriesContext(connection) as captured:
            assert len(FigurePage.cards_for([figure.pk for figure in chosen])) == len(chosen)
        return len(captured)

    figures[0].get_url()
    assert queries(figures) == queries(figures[:1])
