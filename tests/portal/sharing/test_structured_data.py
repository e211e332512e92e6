"""What search engines are told about each page, as they would read it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.design.shapes import Link
from portal.figures.models import FigurePage
from portal.pages.structured_data import as_script_content, structured_data_for
from tests.factories.pages import make_case, make_figure, make_knowledge, make_page

pytestmark = pytest.mark.django_db

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def told(client, page) -> dict[str, dict[str, Any]]:
    """The things in the page's data block by their type."""
    html = client.get(page.get_url()).content.decode()
    (block,) = BLOCK.findall(html)
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def test_a_case_is_an_article_with_its_sources(client, portal):
    case = make_case(portal, "Minder voorraad", slug="minder", summary="Zo ging het.")
    found = told(client, case)["Article"]
    assert (found["headline"], found["description"]) == ("Minder voorraad", "Zo ging het.")
    assert found["url"] == "http://testserver/praktijkvoorbeelden/minder/"
    assert found["datePublished"] == "2026-11-01T09:00:00+00:00"
    assert found["citation"] == [
        {
            "@type": "CreativeWork", "name": "Slimmer werken in het mkb", "author": "Innovatieplatform",
            "datePublished": "2009",
        }
    ]  # fmt: skip


def test_the_way_to_a_page_is_told(client, portal):
    case = make_case(portal, "Minder voorraad", slug="minder")
    trail = told(client, case)["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in trail] == [
        (1, "Slimmer Werken", "http://testserver/"),
        (2, "Praktijkvoorbeelden", "http://testserver/praktijkvoorbeelden/"),
        (3, "Minder voorraad", "http://testserver/praktijkvoorbeelden/minder/"),
    ]


def test_a_figure_is_a_dataset_with_its_files(client, portal):
    page = make_figure(
        portal, "Groei", slug="groei", period_start=2010, period_end=2022, established="self-reported",
        summary="Wie slimmer werkt, groeit meer.",
    )  # fmt: skip
    found = told(client, page)["Dataset"]
    assert (found["name"], found["temporalCoverage"]) == ("Groei", "2010/2022")
    assert "Zelf gerapporteerd." in found["description"]
    assert found["creator"]["name"] == "Innovatieplatform"
    assert found["variableMeasured"]["name"] == "aandeel bedrijven"
    for file in found["distribution"]:
        answer = client.get(file["contentUrl"].removeprefix("http://testserver"))
        assert answer["Content-Type"].split(";")[0] == file["encodingFormat"]


@pytest.mark.parametrize(("make", "kind"), [(make_knowledge, "Article"), (make_page, "WebPage")])
def test_other_pages_say_what_they_are(client, portal, make, kind):
    assert kind in told(client, make(portal, "Een pagina"))


def test_a_list_is_a_collection(client, portal):
    assert "CollectionPage" in told(client, portal.knowledge)


def test_a_page_that_is_not_there_tells_nothing(client, portal):
    assert not BLOCK.search(client.get("/bestaat-niet/").content.decode())


def test_no_title_ends_the_block(client, portal):
    title = "</script><script>alert(1)</script><!-- & \u2028"
    page = make_knowledge(portal, title, slug="fout")
    html = client.get(page.get_url()).content.decode()
    assert "<script>alert" not in html
    assert told(client, page)["Article"]["headline"] == title


def test_what_goes_in_comes_out():
    data = {"a": "<>&\u2028\u2029 é", "b": ["<!--", "]]>"]}
    written = as_script_content(data)
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == data


def test_it_costs_no_query(portal):
    """The block is made of what the page has already."""
    pk = make_figure(portal, "Groei").pk
    page = FigurePage.for_route().get(pk=pk)
    page.get_url()  # the site's address is stored by now
    with CaptureQueriesContext(connection) as queries:
        assert "Dataset" in structured_data_for(
            page, {"breadcrumb": [Link(label="Cijfers", url="/cijfers/")]}
        )
    assert len(queries) == 0


@pytest.mark.browser
def test_a_browser_keeps_the_policy_without_complaint(live_server, page, transactional_db):
    """A data block isn't run, so `'self'` alone allows it; the policy is in force, as an inline script shows."""
    from tests.factories.pages import make_portal

    figure = make_figure(make_portal(), "</script><script>window.ran = 1</script>", slug="groei")
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => (window.broken ||= []).push(e.violatedDirective))"
    )
    page.goto(f"{live_server.url}{figure.get_url()}")
    assert page.evaluate("window.broken || []") == []
    assert page.evaluate("window.ran") is None
    data = json.loads(page.text_content('script[type="application/ld+json"]'))
    assert data["@graph"][0]["@type"] == "Dataset"
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 2'}))"
    )
    assert page.evaluate("window.broken") == ["script-src-elem"]
    assert page.evaluate("window.ran") is None
