"""robots.txt, security.txt and the sitemap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.settings.environment import as_contact, declare
from tests.factories.pages import make_case, make_figure, make_knowledge, make_page, restrict

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def listed(client) -> dict[str, str | None]:
    """Address to day of change, as the sitemap has them."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    return {
        url.findtext("s:loc", namespaces=NAMES): url.findtext("s:lastmod", namespaces=NAMES)
        for url in ElementTree.fromstring(response.content).findall("s:url", NAMES)
    }


def test_the_sitemap_has_every_public_page(client, portal):
    make_case(portal, "Lassen", slug="lassen", themes=["proces"], organisation="De Hamer")
    make_knowledge(portal, "J-curve", slug="j-curve")
    make_figure(portal, "Groei", slug="groei")
    make_page(portal, "Over", slug="over")
    assert set(listed(client)) == {
        f"http://testserver{path}"
        for path in (
            "/", "/praktijkvoorbeelden/", "/praktijkvoorbeelden/lassen/", "/kennis/", "/kennis/j-curve/", "/cijfers/",
            "/cijfers/groei/", "/over/", "/praktijkvoorbeelden/thema/", "/praktijkvoorbeelden/thema/proces/",
            "/organisaties/", "/organisaties/de-hamer/",
        )
    }  # fmt: skip


def test_it_says_when_a_page_changed(client, portal):
    make_figure(portal, "Groei", slug="groei", last_published_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert listed(client)["http://testserver/cijfers/groei/"] == "2026-11-20"


def test_private_and_unpublished_pages_are_not_listed(client, portal, admin_user):
    restrict(make_case(portal, "Geheim", slug="geheim", themes=["werktijden"]))
    make_figure(portal, "Concept", slug="concept", live=False)
    restrict(portal.knowledge)
    make_knowledge(portal, "Onder geheim", slug="onder-geheim")
    client.force_login(admin_user)  # the sitemap is the same for everybody
    found = set(listed(client))
    assert found == {f"http://testserver{path}" for path in ("/", "/praktijkvoorbeelden/", "/cijfers/")}


def test_the_sitemap_costs_the_same_few_queries_whatever_its_pages(client, portal):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            listed(client)
        return len(captured)

    for number in range(3):
        make_case(portal, f"Zaak {number}")
    queries()  # what all answers share is stored by now
    few = queries()
    for number in range(22):
        make_case(portal, f"Meer {number}", themes=["werktijden"])
    assert queries() == few


def test_the_sitemap_of_an_empty_portal_is_empty(client, db):
    assert listed(client) == {}


def test_robots_are_kept_from_search_and_staff(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    for path in ("/zoeken/", "/beheer/", "/mijn-bedrijf/", "/bewaard/"):
        assert f"Disallow: {path}" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /" not in lines


def test_no_contact_no_security_text(client, portal, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_security_text_names_contact_and_term(client, db, settings):
    settings.SECURITY_CONTACT = "mailto:lek@example.nl"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == "mailto:lek@example.nl"
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=90) < left < timedelta(days=365)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("lek@example.nl", "mailto:lek@example.nl"),
        ("mailto:lek@example.nl", "mailto:lek@example.nl"),
        ("https://example.nl/lek", "https://example.nl/lek"),
        ("", ""),
    ],
)
def test_a_contact_is_an_address(written, read):
    assert as_contact(written) == read


@pytest.mark.parametrize(
    "written", ["bel ons", "http://example.nl", "https://a.nl\nContact: x", "a@b.nl c@d.nl"]
)
def test_a_strange_contact_is_refused(written):
    with pytest.raises(ImproperlyConfigured, match="PORTAL_SECURITY_CONTACT"):
        declare(
            "PORTAL_SECURITY_CONTACT",
            as_contact,
            default="",
            explanation="",
            environ={"PORTAL_SECURITY_CONTACT": written},
        )


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/atom/praktijkvoorbeelden/"])
def test_these_can_be_kept_by_everybody_and_not_posted_to(client, portal, path):
    response = client.get(path)
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
    assert client.post(path).status_code == 405
