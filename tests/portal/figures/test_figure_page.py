"""A figure as a reader sees it: chart or table, caveat, source, and what it doesn't say."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.http import page_cache
from tests.factories.pages import make_figure
from tests.factories.taxonomy import ThemeFactory
from tests.portal.figures.conftest import COEFFICIENTS, make_table

pytestmark = pytest.mark.django_db


def page_text(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    text = re.sub(r"<script.*?</script>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ")


def test_a_chart_comes_with_its_numbers_caveat_and_source(client, portal):
    page = make_table(
        portal, "Wie slimmer werkt, groeit meer",
        [("Productiviteit", "slimmer", "14", ""), ("Productiviteit", "niet", "5", "")],
        chart="grouped-bar", caveat="Door de bedrijven zelf opgegeven.",
    )  # fmt: skip
    html = client.get(page.get_url()).content.decode()
    assert '<svg class="chart__drawing"' in html
    text = page_text(client, page.get_url())
    for words in (
        "14%",
        "5%",
        "Let op Door de bedrijven zelf opgegeven.",
        "Innovatieplatform",
        "hoofdstuk 1",
    ):
        assert words in text


def test_coefficients_have_two_decimals_marks_and_a_word_for_silence(client, portal):
    page = make_table(
        portal, "Samenhang", COEFFICIENTS, unit="coefficient", chart="dots", significance_note="** p < 0,01"
    )
    text = page_text(client, page.get_url())
    for words in ("0,15**", "0,10", "−0,19**", "niet gezegd", "Eenheid coëfficiënt", "** p &lt; 0,01"):
        assert words in text
    assert "0,1 " not in text


def test_without_a_chart_there_is_a_table_only(client, portal):
    page = make_figure(portal, "Los getal", rows=[("Bedrijven", 1350)], chart="none", unit="")
    html = client.get(page.get_url()).content.decode()
    assert "chart__drawing" not in html
    assert re.search(r"<th scope=\"row\">Bedrijven</th>\s*<td[^>]*>1\.350</td>", html)


def test_what_the_source_leaves_out_is_said(client, portal):
    page = make_figure(portal, "Kaal", unit="", population="")
    text = page_text(client, page.get_url())
    assert "Eenheid" not in text
    assert "Periode De bron noemt het niet" in text
    assert "Bij wie De bron noemt het niet" in text


@pytest.mark.parametrize("begin", ["Wat het cijfer <b>niet</b> zegt", "Wat deze getallen <b>niet</b> zeggen"])
def test_what_the_figure_does_not_say_has_a_heading_of_its_own(client, portal, begin):
    text = "<p>Je ziet twee staven.</p><p>Wat het cijfer <b>niet</b> zegt: dat het zo komt. Of wel.</p><p>Tot slot.</p>"
    page = make_figure(portal, "Uitleg", text=text)
    shown = page_text(client, page.get_url())
    assert "Wat je ziet Je ziet twee staven. Tot slot." in shown
    assert "Wat dit cijfer niet zegt Dat het zo komt. Of wel." in shown


def test_text_without_that_paragraph_stays_whole(client, portal):
    page = make_figure(portal, "Uitleg", text="<p>Alleen dit.</p>")
    shown = page_text(client, page.get_url())
    assert "Wat je ziet Alleen dit." in shown
    assert "Wat dit cijfer niet zegt" not in shown


def test_a_figure_without_values_is_still_a_page(client, portal):
    page = make_figure(portal, "Leeg", rows=())
    assert "Zelf gerapporteerd." in page_text(client, page.get_url())


def test_markup_in_labels_is_shown_as_text(client, portal):
    page = make_figure(portal, "<b>Kop</b>", rows=[("<script>alert(1)</script>", 1)])
    html = client.get(page.get_url()).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def queries_for(client, url: str) -> int:
    page_cache.forget_pages()
    client.get("/kennis/")  # what all pages share is stored by now
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.django_db(transaction=True)  # within a test's own transaction the portal remembers nothing
def test_a_page_costs_the_same_few_queries_whatever_its_rows(client, portal):
    small = make_figure(portal, "Klein", rows=[(f"rij {number}", number) for number in range(3)])
    large = make_figure(portal, "Groot", rows=[(f"rij {number}", number) for number in range(25)])
    for page in (small, large):
        page.themes.set([ThemeFactory.create(slug="proces"), ThemeFactory.create(slug="werktijden")])
        page.save()
    assert queries_for(client, small.get_url()) == queries_for(client, large.get_url()) <= 12


@pytest.mark.django_db(transaction=True)
def test_the_overview_costs_the_same_few_queries_whatever_its_rows(client, portal):
    make_figures(portal, 3)
    few = queries_for(client, portal.figures.get_url())
    make_figures(portal, 22)
    assert queries_for(client, portal.figures.get_url()) == few <= 12
    page_cache.forget_pages()
    assert client.get(portal.figures.get_url()).content.decode().count('<article class="hit">') == 25


def make_figures(portal, count: int) -> None:
    for number in range(count):
        make_figure(portal, f"Cijfer {count}-{number}", rows=[("a", 1), ("b", 2)])


def test_the_overview_names_number_and_source(client, portal):
    make_table(
        portal, "Wie slimmer werkt, groeit meer",
        [("Productiviteit", "slimmer", "14", ""), ("Productiviteit", "niet", "5", "")], established="self-reported",
    )  # fmt: skip
    text = page_text(client, portal.figures.get_url())
    assert "Innovatieplatform: Slimmer werken in het mkb (2009)" in text
    assert "14% Productiviteit, slimmer; niet: 5%" in text


def test_a_line_in_the_overview_goes_from_first_to_last(client, portal):
    rows = [("2010", 56), ("2014", 49), ("2022", 50)]
    make_figure(portal, "Zwaar werk", rows=rows, chart="line", direction="down")
    assert "56% → 50% 2010 → 2022" in page_text(client, portal.figures.get_url())


def test_a_lone_coefficient_is_never_a_headline(client, portal):
    page = make_table(portal, "Samenhang", COEFFICIENTS, unit="coefficient", chart="dots")
    assert page.as_card().measurement is None
    assert "0,15" not in page_text(client, portal.figures.get_url())


def test_an_empty_overview_says_so(client, portal):
    assert "Nog geen cijfers" in page_text(client, portal.figures.get_url())


def test_values_keep_their_order(client, portal):
    labels = ["derde", "eerste", "tweede"]
    page = make_figure(portal, "Volgorde", rows=[(label, 1) for label in labels])
    text = page_text(client, page.get_url())
    assert sorted(labels, key=text.index) == labels


def test_a_card_carries_the_first_number(portal):
    card = make_figure(portal, "Kaart", rows=[("Productiviteit", 14)]).as_card()
    assert card.measurement is not None
    assert (card.measurement.figure, card.organisation) == ("14%", "Innovatieplatform")
    assert card.measurement.value == Decimal(14)
