"""What pages keep until something is published is gone at once when it is, and never shown to who may not see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, Site

from cases.models import CasePage
from portal.accounts.models import User
from portal.home.models import HomePage
from portal.pages.models import KnowledgePage, PageCitation, RelatedPage
from tests.factories.pages import (
    Portal,
    add_measurement,
    make_case,
    make_figure,
    make_knowledge,
    make_portal,
    restrict,
)
from tests.factories.taxonomy import SourceFactory

# Real transactions: within a test's own one nothing is kept, and nothing is published.
pytestmark = pytest.mark.django_db(transaction=True)

CANARY = "Kanariemachine"


@pytest.fixture
def portal() -> Portal:
    return make_portal()


@pytest.fixture
def shown(portal: Portal) -> dict[str, Any]:
    """A case and a figure that stand in lists, on the front page, in a text and under "Lees ook"."""
    case = make_case(portal, CANARY, slug="kanarie", measurements=[{"code": "stocks"}])
    figure = make_figure(portal, f"{CANARY} in cijfers", slug="kanariecijfer")
    text = [("references", {"pages": [case, figure]}), ("paragraph", "<p>Zo zit het.</p>")]
    knowledge = make_knowledge(portal, "Uitleg", slug="uitleg", body=text)
    for place, target in enumerate((case, figure)):
        RelatedPage.objects.create(page=knowledge, target=target, sort_order=place)
    portal.home.figure = figure
    portal.home.save()
    return {"case": case, "figure": figure, "knowledge": knowledge}


CASE_SHOWS = ("/", "/praktijkvoorbeelden/", "/kennis/uitleg/")
FIGURE_SHOWS = ("/", "/cijfers/", "/kennis/uitleg/")


def anew(client: Client, path: str) -> str:
    """The page as it is made for this client: with a parameter with which pages are never stored."""
    response = client.get(path, {"meting": "1"})
    assert response.status_code == 200
    html: str = response.content.decode()
    return html


def seen(client: Client, paths: tuple[str, ...], words: str) -> set[str]:
    return {path for path in paths if words in anew(client, path)}


def new_title(page: Page) -> None:
    page.title = "Omgedoopt"
    page.save_revision().publish()


HIDING: dict[str, Callable[[Page], object]] = {
    "unpublished": lambda page: page.unpublish(),
    "deleted": lambda page: page.delete(),
    "members only": restrict,
    "its overview for members only": lambda page: restrict(page.get_parent()),
    "renamed": new_title,
}


@pytest.mark.parametrize("way", HIDING)
@pytest.mark.parametrize(("kind", "paths"), [("case", CASE_SHOWS), ("figure", FIGURE_SHOWS)])
def test_what_changes_is_seen_at_once(
    shown: dict[str, Any], client: Client, kind: str, paths: tuple[str, ...], way: str
) -> None:
    words = shown[kind].title if kind == "figure" else f">{CANARY}<"
    assert seen(client, paths, words) == set(paths)
    page = Page.objects.get(pk=shown[kind].pk).specific
    HIDING[way](page)
    readable = tuple(path for path in paths if client.get(path).status_code == 200)
    assert seen(client, readable, words) == set()
    if way == "renamed":
        assert seen(client, readable, "Omgedoopt") == set(paths)


def test_what_a_member_saw_is_not_kept_for_others(shown: dict[str, Any], client: Client) -> None:
    restrict(shown["case"])
    restrict(shown["figure"])
    member = Client()
    member.force_login(User.objects.create_user("lid@voorbeeld.nl"))
    for path in {*CASE_SHOWS, *FIGURE_SHOWS}:
        assert CANARY in anew(member, path)
        assert CANARY not in anew(client, path)
        assert CANARY in anew(member, path)


def test_a_restriction_hides_even_where_nothing_told_of_it(shown: dict[str, Any], client: Client) -> None:
    """Who may see a page is asked each time: it doesn't hang on a signal that makes processes forget."""
    from wagtail.models import PageViewRestriction

    assert seen(client, CASE_SHOWS, CANARY) == set(CASE_SHOWS)
    PageViewRestriction.objects.bulk_create(
        [
            PageViewRestriction(page=shown[kind].page_ptr, restriction_type="login")
            for kind in ("case", "figure")
        ]
    )
    assert seen(client, (*CASE_SHOWS, *FIGURE_SHOWS), CANARY) == set()


def test_new_figures_and_sources_stand_on_the_page_at_once(shown: dict[str, Any], client: Client) -> None:
    path = "/praktijkvoorbeelden/kanarie/"
    assert "33%" not in anew(client, path)
    case = CasePage.objects.get(pk=shown["case"].pk)
    add_measurement(case, "lead-time", change=-33)
    source = SourceFactory.create(code="nieuw", title="Een nieuwe bron")
    PageCitation.objects.create(page=case, source=source, place="blz. 7", sort_order=9)
    case.save_revision().publish()
    html = anew(client, path)
    assert "33%" in html
    assert "Een nieuwe bron" in html


def test_a_name_that_pages_share_changes_everywhere_at_once(shown: dict[str, Any], client: Client) -> None:
    organisation = shown["case"].organisation
    assert organisation.name in anew(client, "/praktijkvoorbeelden/")
    organisation.name = "Nieuwe Naam BV"
    organisation.save()
    for path in ("/praktijkvoorbeelden/", "/praktijkvoorbeelden/kanarie/", "/kennis/uitleg/"):
        assert "Nieuwe Naam BV" in anew(client, path)


def test_a_draft_shows_in_its_preview_and_nowhere_else(shown: dict[str, Any], client: Client) -> None:
    """The published text was kept before; the preview of a draft doesn't take it, nor leave its own behind."""
    path = "/kennis/uitleg/"
    assert "Zo zit het." in anew(client, path)
    client.force_login(User.objects.create_superuser("chef@voorbeeld.nl", "een lang wachtwoord"))
    draft = KnowledgePage.objects.get(pk=shown["knowledge"].pk)
    draft.body = [("paragraph", "<p>Kladversie.</p>")]
    draft.save_revision()
    preview = client.get(f"/beheer/pages/{draft.pk}/view_draft/").content.decode()
    assert "Kladversie." in preview
    assert "Zo zit het." not in preview
    assert "Kladversie." not in anew(Client(), path)


def test_a_draft_of_a_case_shows_its_own_figures(shown: dict[str, Any], client: Client) -> None:
    path = "/praktijkvoorbeelden/kanarie/"
    assert "8%" in anew(client, path)
    client.force_login(User.objects.create_superuser("chef@voorbeeld.nl", "een lang wachtwoord"))
    draft = CasePage.objects.get(pk=shown["case"].pk)
    measurement = draft.measurements.all()[0]
    measurement.change = -44
    draft.measurements = [measurement]
    draft.save_revision()
    assert "44%" in client.get(f"/beheer/pages/{draft.pk}/view_draft/").content.decode()
    assert "44%" not in anew(Client(), path)


def test_another_front_page_is_the_root_at_once(portal: Portal, client: Client) -> None:
    old = HomePage.objects.get().heading
    assert old in anew(client, "/")
    other = portal.root.add_child(instance=HomePage(title="Anders", slug="anders", heading="Een andere kop"))
    site = Site.objects.get()
    site.root_page = other
    site.save()
    assert "Een andere kop" in anew(client, "/")
