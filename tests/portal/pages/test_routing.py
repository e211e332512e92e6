"""From an address to a page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from portal.accounts.models import User
from tests.factories.pages import ContentPageFactory, Portal, make_case, make_knowledge, make_page
from tests.portal.pages.conftest import Commit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "Slimmer werken, gemeten in bedrijven als dat van jou"),
        ("/kennis/", "Kennis"),
        ("/kennis/basis/", "Eerst de basis"),
        ("/over/", "Over"),
        ("/over/dieper/", "Dieper"),
        ("/over/dieper/diepst/", "Diepst"),
        ("/praktijkvoorbeelden/thema/", "Praktijkvoorbeelden per thema"),
    ],
)
def test_every_page_stands_at_its_path(portal: Portal, client: Client, path: str, title: str) -> None:
    make_knowledge(portal, "Eerst de basis", slug="basis")
    over = make_page(portal, "Over", slug="over")
    deeper = ContentPageFactory.create(parent=over, title="Dieper", slug="dieper")
    ContentPageFactory.create(parent=deeper, title="Diepst", slug="diepst")
    response = client.get(path)
    assert response.status_code == 200
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", response.content.decode()) == [title]


@pytest.mark.parametrize(
    "path",
    [
        "/kennis/basis/onbekend/",
        "/kennis/onbekend/basis/",
        "/basis/",
        "/kennis/BASIS/",
        "/onbekend/",
        "/praktijkvoorbeelden/thema/onbekend/",
        "/praktijkvoorbeelden/thema/proces/onbekend/",
        "/praktijkvoorbeelden/onbekend/thema/",
        "/slimmer-werken/kennis/",
        "/kennis//basis/",
        "/" + "a/" * 200,
        "/kennis/%00/",
        "/kennis/é/",
    ],
)
def test_what_is_no_page_is_not_found(portal: Portal, client: Client, path: str) -> None:
    make_knowledge(portal, "Eerst de basis", slug="basis")
    make_case(portal, "Smederij", themes=["proces"])
    response = client.get(path)
    assert response.status_code == 404
    assert "Eerst de basis" not in response.content.decode()


def test_a_path_without_its_slash_is_led_on(portal: Portal, client: Client) -> None:
    make_knowledge(portal, "Eerst de basis", slug="basis")
    response = client.get("/kennis/basis")
    assert (response.status_code, response["Location"]) == (301, "/kennis/basis/")


def test_a_draft_is_not_found_until_it_is_published(portal: Portal, client: Client) -> None:
    page = make_knowledge(portal, "Eerst de basis", slug="basis", live=False)
    assert client.get("/kennis/basis/").status_code == 404
    page.save_revision().publish()
    assert "Eerst de basis" in Client().get("/kennis/basis/").content.decode()


def test_a_page_below_a_draft_keeps_its_own_address(portal: Portal, client: Client) -> None:
    over = make_page(portal, "Over", slug="over", live=False)
    ContentPageFactory.create(parent=over, title="Dieper", slug="dieper")
    assert client.get("/over/").status_code == 404
    assert client.get("/over/dieper/").status_code == 200


def test_the_old_address_leads_to_the_new_one(portal: Portal, client: Client, commit: Commit) -> None:
    page = make_knowledge(portal, "Eerst de basis", slug="basis")
    page.save_revision().publish()
    page.slug = "begin"
    with commit():
        page.save_revision().publish()
    response = client.get("/kennis/basis/")
    assert (response.status_code, response["Location"]) == (301, "/kennis/begin/")
    assert "Eerst de basis" in client.get("/kennis/begin/").content.decode()


def test_the_old_addresses_below_a_page_lead_on_too(portal: Portal, client: Client, commit: Commit) -> None:
    make_knowledge(portal, "Eerst de basis", slug="basis")
    portal.knowledge.save_revision().publish()
    portal.knowledge.slug = "weten"
    with commit():
        portal.knowledge.save_revision().publish()
    assert client.get("/kennis/basis/")["Location"] == "/weten/basis/"


def test_a_new_page_at_an_old_address_goes_before_the_redirect(
    portal: Portal, client: Client, commit: Commit
) -> None:
    page = make_knowledge(portal, "Eerst de basis", slug="basis")
    page.save_revision().publish()
    page.slug = "begin"
    with commit():
        page.save_revision().publish()
    make_knowledge(portal, "De nieuwe basis", slug="basis")
    assert "De nieuwe basis" in client.get("/kennis/basis/").content.decode()
    assert Redirect.objects.filter(old_path="/kennis/basis").exists()


@pytest.mark.parametrize("way", ["draft", "restricted"])
def test_an_editor_sees_a_draft_in_the_preview_alone(
    portal: Portal, sign_in: Callable[..., Client], group: Group, way: str
) -> None:
    page = make_knowledge(portal, "Eerst de basis", slug="basis", live=False)
    page.save_revision()
    client = sign_in(is_superuser=True, is_staff=True)
    assert client.get("/kennis/basis/").status_code == 404
    preview = client.get(f"/beheer/pages/{page.pk}/view_draft/")
    assert "Eerst de basis" in preview.content.decode()


def test_the_edit_link_is_for_who_may_edit(portal: Portal, client: Client) -> None:
    page = make_knowledge(portal, "Eerst de basis", slug="basis")
    link = f"/beheer/pages/{page.pk}/edit/"
    assert link not in client.get("/kennis/basis/").content.decode()
    client.force_login(User.objects.create_user("lid@voorbeeld.nl", is_staff=True))
    assert link not in client.get("/kennis/basis/").content.decode()
    client.force_login(User.objects.create_superuser("baas@voorbeeld.nl"))
    assert link in client.get("/kennis/basis/").content.decode()
