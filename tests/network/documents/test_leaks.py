"""A document in a hidden ecosystem, with a word that nobody else may hear, looked for everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from network.documents.models import EcosystemDocument
from network.documents.services import remove_document
from network.ecosystems.models import Participation
from network.ecosystems.services import end_participation
from portal.accounts.models import User
from search.indexing.relay import relay_all
from tests.factories.media import pdf_bytes, upload
from tests.network.documents.conftest import address, put
from tests.network.ecosystems.conftest import Circle, change, read
from tests.portal.organisations.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "index")]
CANARY = "roerdompveer"
WHERE = (
    "/zoeken/?q=zonnedauw", "/zoeken/?type=document", "/api/zoeken?q=zonnedauw",
    "/zoeken/feed/?q=zonnedauw", "/zoeken/suggesties/?q=roerd", "/sitemap.xml", "/ecosystemen/", "/", "/forum/",
    "/mijn/", "/meldingen/",
)  # fmt: skip
ASKED: tuple[dict[str, str], ...] = ({}, {"Range": "bytes=0-0"}, {"If-None-Match": "*"})


@pytest.fixture
def secret(members: Circle) -> EcosystemDocument:
    """In the working group "Lassen", where Anna takes part and Bram doesn't."""
    change(members.group, visibility="hidden", joining="invitation")
    document = put(
        members.group, members.host, title=f"Zonnedauw {CANARY}", summary=f"Voor {CANARY}.",
        upload=upload(f"{CANARY}.pdf", pdf_bytes(CANARY)),
    )  # fmt: skip
    relay_all()
    return document


def strangers(members: Circle) -> list[User | None]:
    """Bram takes part in the ecosystem and in a sibling, and that isn't enough; nor is being an administrator."""
    return [None, members.outsider, members.bram, User.objects.create_superuser("baas@voorbeeld.example")]


def heard(user: User | None, path: str) -> bool:
    response: Any = browser_of(user).get(path)
    return CANARY in response.content.decode()


def test_nobody_else_hears_of_it(members: Circle, secret: EcosystemDocument) -> None:
    home = members.kring.get_absolute_url()
    for who in strangers(members):
        assert [path for path in (*WHERE, home) if heard(who, path)] == [], who
    # There is something to find: who takes part finds it.
    group = members.group.get_absolute_url()
    for path in ("/zoeken/?q=zonnedauw", "/zoeken/?type=document", group, address(members.group)):
        assert heard(members.anna, path), path


def test_nobody_else_gets_it_in_whatever_way_they_ask(members: Circle, secret: EcosystemDocument) -> None:
    assert secret.file is not None
    file = secret.file.get_absolute_url()
    pages = [secret.get_absolute_url(), *(address(members.group, each) for each in ("", "nieuw/"))]
    pages += [f"{secret.get_absolute_url()}{each}/" for each in ("wijzig", "weg")]
    for who in strangers(members):
        browser = browser_of(who)
        for headers in ASKED:
            assert browser.get(file, headers=headers).status_code == 404
            assert browser.head(file, headers=headers).status_code == 404
        expected = 302 if who is None else 404
        assert {browser.get(path).status_code for path in pages} == {expected}
        assert browser.get(f"/melden/document/{secret.pk}/").status_code == 404
    whole = browser_of(members.anna).get(file, headers={"Range": "bytes=0-0"})
    assert whole.status_code == 200 and CANARY.encode() in whole.getvalue()
    assert browser_of(members.anna).get(f"/melden/document/{secret.pk}/").status_code == 200
    # At the address of an ecosystem that one is in, one doesn't reach what is in another.
    read(members.bram, address(members.kring, f"{secret.pk}/"), 404)
    read(members.anna, address(members.kring, f"{secret.pk}/"), 404)


def test_who_is_removed_gets_no_more(members: Circle, secret: EcosystemDocument) -> None:
    assert secret.file is not None
    row = Participation.objects.get(ecosystem=members.group, user=members.anna, ended_at=None)
    end_participation(row, by=members.host)
    assert browser_of(members.anna).get(secret.file.get_absolute_url()).status_code == 404
    assert not heard(members.anna, "/zoeken/?q=zonnedauw")


@pytest.mark.parametrize("state", ["held", "hidden", "removed"])
def test_what_a_moderator_took_away_is_gone_with_its_file(
    members: Circle, secret: EcosystemDocument, state: str
) -> None:
    EcosystemDocument.objects.filter(pk=secret.pk).update(shown=state)
    assert secret.file is not None
    for path in (secret.file.get_absolute_url(), secret.get_absolute_url()):
        read(members.anna, path, 404)
    for path in ("/zoeken/?q=zonnedauw", address(members.group), members.group.get_absolute_url()):
        assert not heard(members.anna, path)
    # Who put it there may know why it isn't there, but for what was taken away for good.
    expected = 404 if state == "removed" else 200
    assert browser_of(members.host).get(secret.file.get_absolute_url()).status_code == expected


def test_what_is_removed_is_not_found(members: Circle, secret: EcosystemDocument) -> None:
    remove_document(secret, by=members.host)
    relay_all()
    assert not heard(members.anna, "/zoeken/?q=zonnedauw")
