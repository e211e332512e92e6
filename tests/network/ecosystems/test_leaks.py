"""Canaries in everything that isn't for everybody: no answer to who may not hear them sings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest

from network.ecosystems.models import Ecosystem, Participation
from network.ecosystems.search_documents import EcosystemSource, audience_of
from network.ecosystems.services import (
    Details,
    accept_rules,
    admit_company,
    change_details,
    change_house_rules,
    end_participation,
    found_ecosystem,
)
from portal.accounts.audiences import terms_for
from portal.accounts.models import User
from portal.organisations.models import Organisation
from search.documents import Reader
from search.indexing.relay import relay_all
from tests.architecture.people import empty_index
from tests.factories.pages import Portal, make_case
from tests.network.ecosystems.conftest import Circle, change, company, person
from tests.portal.organisations.people import browser_of, join

pytestmark = pytest.mark.django_db
# Words found nowhere else: in names, texts and people.
KRING, GROUP, SIBLING, RULES, PERSON, COMPANY = (
    "putterkooi", "goudvinkje", "kneutennest", "sijsjeslied", "wielewaalroep", "roodborstkuif",
)  # fmt: skip
SLUGS = ("k1", "g2", "s3")
EVERYTHING = {KRING, GROUP, SIBLING, RULES, PERSON, COMPANY}


@dataclass
class Hidden:
    circle: Circle
    kring: Ecosystem
    group: Ecosystem
    sibling: Ecosystem
    singer: User  # takes part in the ecosystem and in the group
    neighbour: User  # takes part in the ecosystem and in the sibling


@pytest.fixture
def hidden(portal: Portal, circle: Circle) -> Iterator[Hidden]:
    """A hidden ecosystem with a hidden group and a sibling that its people know of, all full of canaries."""
    empty_index()
    host = circle.host
    closed = {"visibility": "hidden", "joining": "invitation"}
    made: dict[str, Any] = {"organisation": circle.stroomhuis, "by": host}
    kring = found_ecosystem(name=f"Kring {KRING}", summary=KRING, about=KRING, **closed, **made)
    group = found_ecosystem(name=f"Groep {GROUP}", summary=GROUP, parent=kring, **closed, **made)
    sibling = found_ecosystem(name=f"Groep {SIBLING}", summary=SIBLING, parent=kring, **made)
    change_house_rules(group, text=RULES, by=host)
    # Addresses that hold no canary: the portal repeats what was asked for.
    for number, each in enumerate((kring, group, sibling)):
        change(each, slug=SLUGS[number])
    singer = person("zanger")
    User.objects.filter(pk=singer.pk).update(name=PERSON.title())
    own = company(f"{COMPANY} BV", singer)
    neighbour = join(own, person("buur")).user
    admit_company(kring, organisation=own, by=host)
    for who in (singer, neighbour):
        circle.take_part(who, kring)
    accept_rules(circle.take_part(singer, group), version=2, by=singer)
    circle.take_part(neighbour, sibling)
    # The company as its own people founded it: nobody else knows of it, but who meets them here.
    Organisation.objects.filter(pk=own.pk).update(verified_at=None, origin="member", slug="c4")
    make_case(portal, "Sneller lassen")
    for each in (kring, group, sibling):
        each.save()  # as they are now, to the index
    relay_all()
    yield Hidden(circle, kring, group, sibling, singer, neighbour)
    empty_index()


def addresses() -> list[str]:
    rests = ("", "leden/", "meedoen/", "huisregels/", "verlaten/", "beheer/", "beheer/leden.csv")
    return [
        *(f"/ecosystemen/{slug}/{rest}" for slug in SLUGS for rest in rests),
        "/ecosystemen/", "/organisaties/", "/organisaties/stroomhuis/", "/organisaties/anna-bv/",
        "/organisaties/c4/", "/zoeken/?type=ecosystem", "/zoeken/", "/zoeken/?q=kring", "/sitemap.xml",
        "/api/zoeken?q=kring", "/zoeken/feed/?q=kring", "/",
    ]  # fmt: skip


def heard(user: User | None) -> set[str]:
    """The canaries in any answer; of pages that repeat the question, those whose address is told."""
    client, found = browser_of(user), set()
    for path in addresses():
        answer = client.get(path)
        text = unescape(answer.content.decode(errors="ignore")).lower()
        found |= {word for word in EVERYTHING if word in text}
    for word in EVERYTHING:
        for path in (f"/ecosystemen/?q={word}", f"/zoeken/?q={word}", f"/zoeken/?q={word[:4]}{word[5:]}"):
            text = client.get(path).content.decode()
            known = zip((KRING, GROUP, SIBLING), SLUGS, strict=True)
            found |= {each for each, slug in known if f"/ecosystemen/{slug}/" in text}
        for part in (word[:4], word[:7], word):
            lines = client.get(f"/zoeken/suggesties/?q={part}", headers={"Accept": "application/json"}).json()
            found |= {word for line in lines["suggesties"] if word in line["tekst"].lower()}
    return found


def test_who_may_know_hears_all_of_it(hidden: Hidden) -> None:
    """The control, by every way there is: pages, search and suggestions."""
    assert heard(hidden.singer) == EVERYTHING
    client = browser_of(hidden.singer)
    assert "/ecosystemen/g2/" in client.get(f"/zoeken/?q={GROUP}").content.decode()
    lines = client.get(f"/zoeken/suggesties/?q={GROUP[:6]}", headers={"Accept": "application/json"}).json()
    assert any(GROUP in line["tekst"].lower() for line in lines["suggesties"])


@pytest.mark.parametrize("who", ["anonymous", "outsider", "anna", "guest", "staff"])
def test_nobody_else_hears_anything(hidden: Hidden, who: str) -> None:
    """Staff of the portal neither; but that a company is there, they know."""
    user = None if who == "anonymous" else getattr(hidden.circle, who, None)
    if who == "staff":
        user = User.objects.create_superuser("baas@portaal.example")
    assert heard(user) - ({COMPANY} if who == "staff" else set()) == set()
    client = browser_of(user)
    for path in addresses():
        if path.startswith(tuple(f"/ecosystemen/{slug}/" for slug in SLUGS)):
            is_door = user is None and client.get(path).status_code == 302
            assert is_door or client.get(path).status_code == 404, path


def test_a_sibling_hears_nothing_of_a_hidden_group(hidden: Hidden) -> None:
    assert heard(hidden.neighbour) == EVERYTHING - {GROUP, RULES}


def test_of_a_group_in_sight_its_content_stays_unheard(hidden: Hidden) -> None:
    shown = Details(name=hidden.group.name, summary=GROUP, visibility="members", joining="invitation")
    change_details(hidden.group, details=shown, by=hidden.circle.host)
    User.objects.filter(pk=hidden.circle.host.pk).update(name="Host Tjiftjaf")
    Participation.objects.filter(ecosystem=hidden.kring, user=hidden.singer).update(role="member")
    relay_all()
    client = browser_of(hidden.neighbour)
    page = client.get("/ecosystemen/g2/").content.decode().lower()
    assert GROUP in page and PERSON not in page and "tjiftjaf" not in page
    assert client.get("/ecosystemen/g2/leden/").status_code == 404
    assert GROUP in heard(hidden.neighbour) and GROUP not in heard(hidden.circle.anna)


def test_counts_tell_nothing(hidden: Hidden) -> None:
    """The list says how many there are: as many as the reader may know of."""
    assert (
        "1 ecosysteem of werkgroep"
        in browser_of(hidden.circle.outsider).get("/ecosystemen/").content.decode()
    )  # ElektroKring
    assert (
        "6 ecosystemen en werkgroepen" in browser_of(hidden.circle.host).get("/ecosystemen/").content.decode()
    )


def test_who_was_removed_hears_nothing_from_then_on(hidden: Hidden) -> None:
    row = Participation.objects.get(user=hidden.singer, ecosystem=hidden.kring)
    end_participation(row, by=hidden.circle.host)
    # Their own name and company are theirs.
    assert heard(hidden.singer) - {PERSON, COMPANY} == set()


# --- the index


def test_terms_and_sets_say_the_same_of_everybody(hidden: Hidden) -> None:
    """The audience of the document lets in who `visible_to` lets in."""
    circle = hidden.circle
    people = [circle.host, circle.anna, circle.bram, circle.guest, circle.outsider, hidden.singer]
    for visibility in ("public", "members", "hidden"):
        for parent_visibility in ("public", "members", "hidden"):
            change(circle.group, visibility=visibility, joining="invitation")
            change(circle.kring, visibility=parent_visibility, joining="invitation")
            for user in [*people, hidden.neighbour]:
                known = set(Ecosystem.objects.visible_to(user).values_list("pk", flat=True))
                terms = terms_for(user)
                every = Ecosystem.objects.select_related("parent")
                found = {each.pk for each in every if audience_of(each) & terms}
                assert found == known, (visibility, parent_visibility, user)


def found_by(user: User, word: str) -> set[str]:
    """Slugs of the ecosystems among the results."""
    relay_all()
    page = browser_of(user).get(f"/zoeken/?q={word}").content.decode()
    return {slug for slug in ("elektrokring", "lassen") if f'href="/ecosystemen/{slug}/' in page}


def test_the_index_hears_of_changes(hidden: Hidden) -> None:
    circle = hidden.circle
    assert found_by(circle.outsider, "elektrokring") == {"elektrokring"}
    assert found_by(circle.bram, "lassen") == {"lassen"}
    assert found_by(circle.outsider, "lassen") == set()
    hide = Details(name="ElektroKring", visibility="hidden", joining="invitation")
    change_details(circle.kring, details=hide, by=circle.host)
    assert found_by(circle.outsider, "elektrokring") == set()
    assert found_by(circle.bram, "elektrokring") == {"elektrokring"}
    renamed = Details(name="Stroomkring", visibility="members", joining="request")
    change_details(circle.kring, details=renamed, by=circle.host)
    assert found_by(circle.outsider, "stroomkring") == {"elektrokring"}  # its address stays as it was
    public = Details(name="Lassen", visibility="public", joining="request")
    change_details(circle.group, details=public, by=circle.host)
    assert found_by(circle.outsider, "lassen") == set()
    # A public group of a public ecosystem: the parent's change reaches the group.
    change_details(circle.kring, details=Details(name="Stroomkring", visibility="public"), by=circle.host)
    assert found_by(circle.outsider, "lassen") == {"lassen"}


def test_documents_of_all_are_the_same_as_of_some(hidden: Hidden) -> None:
    source = EcosystemSource()
    every = {found.id: found.digest() for found in source.documents()}
    some = {found.id: found.digest() for found in source.documents([hidden.kring.pk])}
    assert len(every) == 6 and some.items() <= every.items()
    reader = Reader(hidden.circle.outsider)
    pks = [hidden.kring.pk, hidden.circle.kring.pk]
    assert list(source.hits(reader, pks)) == list(source.glimpses(reader, pks)) == [hidden.circle.kring.pk]
    assert source.titles(reader, ["kring"], 5) == [hidden.circle.kring.pk]
    assert source.titles(reader, [], 5) == [hidden.circle.kring.pk]
