"""What you may not see does not exist: with hidden pages and without them the portal gives the same answers.

A small portal is read from end to end, as a visitor and as each kind of person. Then a canary (a word found nowhere
else) is hidden in every way there is, with links, lists, facets and references towards it, and all is read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page

from portal.accounts.models import User
from portal.home.models import FrontPageProof
from portal.media.models import PortalDocument
from portal.pages.models import RelatedPage
from portal.pages.staff import EXPERTS, setup_staff
from portal.sharing.services import refresh_images
from search.indexing.relay import relay_all
from tests.architecture.people import ROLES, address, each, empty_index, person
from tests.factories.media import pdf_bytes
from tests.factories.pages import (
    Portal,
    make_case,
    make_figure,
    make_knowledge,
    make_page,
    make_portal,
    restrict,
)
from tests.factories.taxonomy import CoropFactory, DivisionFactory, GoalFactory, SizeClassFactory, indicator

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# The word hidden in each way, and who may nevertheless read it on the site.
CANARIES = {
    "members": ("putterkooi", {"member", "participant", "moderator", "editor", "expert", "superuser"}),
    "group": ("goudvinkje", {"expert", "superuser"}),
    "ancestor": ("kneutennest", {"member", "participant", "moderator", "editor", "expert", "superuser"}),
    "draft": ("sijsjeslied", set()),
    "unpublished": ("wielewaalroep", set()),
    "changed": ("roodborstkuif", set()),
    "scheduled": ("winterkoningei", set()),
}
START = (
    "/", "/sitemap.xml", "/robots.txt", "/atom/praktijkvoorbeelden/", "/atom/praktijkvoorbeelden/proces/",
    "/bewaard/", "/mijn-bedrijf/", "/bestaat-niet/", "/zoeken/", "/zoeken/?type=case", "/zoeken/?q=werkplaats",
    "/zoeken/?q=werkplats", "/zoeken/?q=bestaatnergens", "/zoeken/?jaar=1987", "/zoeken/?resultaat=lead-time&minstens=10",
    "/zoeken/resultaten/", "/zoeken/resultaten/?resultaat=lead-time",
    "/api/", "/api/zoeken?q=werkplaats", "/api/zoeken?vorm=csv", "/zoeken/feed/?q=werkplaats", "/opensearch.xml",
)  # fmt: skip
# Say how many there are, or what a machine wants to know; asked apart.
MACHINES = ("/readyz", "/metrics")
MOST_PAGES = 250


@dataclass
class Hidden:
    portal: Portal
    pages: dict[str, list[Page]]  # by way of hiding
    before: dict[str, bytes]  # what a visitor got, by address
    document: PortalDocument


@pytest.fixture(scope="module")
def hidden(django_db_setup: None, django_db_blocker: Any) -> Iterator[Hidden]:
    """Read everything, hide the canaries, and leave the rest to the tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        empty_index()
        setup_staff()
        portal = make_portal()
        openly = make_open_pages(portal)
        relay_all()
        refresh_images()
        for role in ROLES:
            person(role)
        before = read_everything(Client(raise_request_exception=False))
        pages = {way: hide(portal, way, word, openly) for way, (word, _who) in CANARIES.items()}
        document = hide_document()
        relay_all()
        refresh_images()
        yield Hidden(portal, pages, before, document)
        transaction.set_rollback(True)


@pytest.fixture
def reader(hidden: Hidden) -> Callable[[str], Client]:
    """A browser of a person of this role."""

    def sign_in(role: str) -> Client:
        client = Client(raise_request_exception=False)
        if role != "anonymous":
            name = "beheer" if role == "superuser" else role
            client.force_login(User.objects.get(email=f"{name}@portaal.example"))
        return client

    return sign_in


def make_open_pages(portal: Portal) -> list[Page]:
    """What everybody may read; later these point at what is hidden."""
    goal, division = GoalFactory.create(), DivisionFactory.create()
    SizeClassFactory.create()
    CoropFactory.create()
    indicator("lead-time")  # what can be measured is no secret; that somebody measured it may be
    measured = [{"change": Decimal(-8), "established": "measured", "base": "2006"}]
    case = make_case(
        portal, "Lassen in de werkplaats", goals=[goal], sectors=[division], measurements=measured
    )
    knowledge = make_knowledge(portal, "Waarom een werkplaats volloopt")
    knowledge.body = body_with([case])
    knowledge.save()
    restrict(portal.figures)
    changed = make_case(portal, "Altijd al openbaar", slug="case-changed")
    return [case, knowledge, make_page(portal, "Over de werkplaats", "Over de werkplaats."), changed]


def body_with(pages: list[Page]) -> list[Any]:
    return [("paragraph", "<p>Een werkplaats loopt vol.</p>"), ("references", {"pages": pages})]


def hide(portal: Portal, way: str, word: str, openly: list[Page]) -> list[Page]:
    if way == "changed":
        return [change_unseen(openly[-1], word)]
    pages = hidden_pages(portal, way, word)
    point_at(pages, openly, portal)
    experts = Group.objects.get(name=EXPERTS)
    for page in pages:
        if way == "members":
            restrict(page)
        elif way == "group":
            restrict(page, groups=[experts])
        elif way == "unpublished":
            relay_all()
            page.unpublish()
    return pages


def change_unseen(page: Any, word: str) -> Page:
    """A draft of a page that is public already."""
    draft = page.get_latest_revision_as_object()
    draft.title, draft.summary, draft.reason = f"Nu {word}", f"Over {word}", f"<p>{word}</p>"
    draft.save_revision()
    return page


def hidden_pages(portal: Portal, way: str, word: str) -> list[Page]:
    """Pages with the word wherever a text can stand; of the hidden ancestor one that is open by itself."""
    fields: dict[str, Any] = {
        "summary": f"Over {word} in de werkplaats.",
        "search_description": word,
        "seo_title": word,
    }
    if way == "draft":
        fields["live"] = False
    if way == "scheduled":
        fields |= {"live": False, "go_live_at": timezone.now() + timedelta(days=3)}
    title = f"Het {word} in de werkplaats"
    figure = make_figure(portal, title, [(f"rij {word}", 14)], slug=f"figure-{way}", caveat=word, **fields)
    if way == "ancestor":
        return [figure]
    case = make_case(
        portal,
        title,
        organisation=f"{word.capitalize()} bv",
        reason=f"<p>Over het {word}.</p>",
        goals=[GoalFactory.create(slug=f"doel-{way}", name=f"doel {word}")],
        sectors=[
            DivisionFactory.create(code=f"9{len(way)}{way[0]}", name=f"Sector {word}", slug=f"sector-{way}")
        ],
        regions=[CoropFactory.create(code=f"R{way}"[:8], name=f"Regio {word}", slug=f"regio-{way}")],
        size_class=SizeClassFactory.create(),
        period_start=1987,
        measurements=[{"code": "lead-time", "change": Decimal(-40), "caveat": word}],
        slug=f"case-{way}",
        **fields,
    )
    knowledge = make_knowledge(portal, title, f"Over {word}.", slug=f"knowledge-{way}", **fields)
    return [case, knowledge, make_page(portal, title, word, slug=f"page-{way}", **fields), figure]


def point_at(pages: list[Page], openly: list[Page], portal: Portal) -> None:
    """Every way in which a public page can lead to another."""
    case, knowledge, *_others = openly
    for number, page in enumerate(pages):
        RelatedPage.objects.create(page=case, target=page, sort_order=number)
    shown = [
        page for block in knowledge.body if block.block_type == "references" for page in block.value["pages"]
    ]
    knowledge.body = body_with([*shown, *pages])
    knowledge.save()
    if pages[0].slug.startswith("case-"):
        FrontPageProof.objects.create(page=portal.home, case=pages[0].specific)
    portal.home.figure = pages[-1].specific
    portal.home.save()


def hide_document() -> PortalDocument:
    collection = Collection.get_first_root_node().add_child(name="Alleen voor leden")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    document = PortalDocument(title="Alleen voor leden", collection=collection)
    document.file.save("besloten.pdf", ContentFile(pdf_bytes("putterkooi")))
    document.save()
    return document


def read_everything(client: Client, start: tuple[str, ...] = START) -> dict[str, bytes]:
    """Every answer that can be reached from `start`, by address."""
    todo, found = list(start), dict[str, bytes]()
    while todo:
        path = todo.pop(0)
        if path in found:
            continue
        assert len(found) < MOST_PAGES, "the portal has no end"
        response = client.get(path)
        found[path] = content(response)
        text = found[path].decode(errors="ignore")
        links = re.findall(r'(?:href|src|action)="([^"#]+)|<loc>([^<]+)</loc>|<id>(http[^<]+)</id>', text)
        todo += [link for parts in links if (link := own_address(path, "".join(parts)))]
    return found


def own_address(base: str, link: str) -> str:
    """The link's path and question where it leads to something of ours that is read here; else nothing."""
    parts = urlsplit(urljoin(f"http://testserver{base}", unescape(link)))
    passed_by = ("/static/", "/beheer/", "/documenten/", "/mijn-bedrijf/", *MACHINES)
    if (
        parts.netloc != "testserver"
        or parts.path.startswith(passed_by)
        or re.search(r"/bewaard/\d", parts.path)
    ):
        return ""
    # Every filter of every search would have no end; the first narrowing of each is enough.
    if parts.path.startswith("/zoeken/") and (parts.query.count("=") > 1 or "suggesties" in parts.path):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def content(response: HttpResponseBase) -> bytes:
    streamed = getattr(response, "streaming_content", None)
    body = b"".join(streamed) if streamed is not None else response.content  # type: ignore[attr-defined]
    headers = "".join(f"{name}: {value}\n" for name, value in response.items() if name.lower() == "location")
    return bytes(body + headers.encode())


def sings(word: str, answer: bytes) -> bool:
    return word.encode() in answer.lower()


# --- the control: whoever may read it, does ---------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["members", "group", "ancestor"])
def test_who_may_read_it_finds_it_everywhere(
    hidden: Hidden, reader: Callable[[str], Client], way: str
) -> None:
    word, who = CANARIES[way]
    for role in sorted(who):
        client = reader(role)
        for page in hidden.pages[way]:
            response = client.get(address(page))
            assert response.status_code == 200
            assert sings(word, response.content)
        assert sings(word, client.get(f"/zoeken/?q={word}&type=figure").content)
        assert (
            client.get(
                f"/zoeken/suggesties/?q={word[:6]}", headers={"Accept": "application/json"}
            ).status_code
            == 200
        )
    everything = read_everything(reader(sorted(who)[0]))
    places = {path for path, answer in everything.items() if sings(word, answer)}
    assert len(places) >= 3, places


@pytest.mark.parametrize("way", ["draft", "unpublished", "changed", "scheduled"])
def test_editors_read_what_is_not_published_in_the_staff_admin(
    hidden: Hidden, reader: Callable[[str], Client], way: str
) -> None:
    word, _who = CANARIES[way]
    for page in hidden.pages[way]:
        assert sings(word, reader("editor").get(f"/beheer/pages/{page.pk}/edit/").content)


def test_members_read_the_document(hidden: Hidden, reader: Callable[[str], Client]) -> None:
    assert sings("putterkooi", content(reader("member").get(hidden.document.url)))


# --- and nobody else --------------------------------------------------------------------------------------------------


@each(*ROLES)
def test_no_answer_sings(hidden: Hidden, reader: Callable[[str], Client], role: str) -> None:
    """Nothing that can be reached holds a canary that this person may not hear."""
    secret = [word for word, who in CANARIES.values() if role not in who]
    everything = read_everything(reader(role))
    assert len(everything) > 20
    if role != "anonymous":
        assert "/vragen/stel/" in everything
    for path in {"/vragen/stel/", "/bijeenkomsten/nieuw/"} & set(everything):
        everything[path] = without_public_lists(everything[path])
    heard = [(path, word) for path, answer in everything.items() for word in secret if sings(word, answer)]
    assert heard == []


def without_public_lists(form: bytes) -> bytes:
    """Which sectors and regions there are is no secret, so a form offers them all; what is hidden in one is."""
    return re.sub(rb'<select name="(sector|region)".*?</select>', b"", form, flags=re.DOTALL)


def test_a_visitor_gets_the_same_answers_as_before(hidden: Hidden, reader: Callable[[str], Client]) -> None:
    """No count, no facet, no heading and no order tells that there is more."""
    after = read_everything(reader("anonymous"))
    assert set(after) == set(hidden.before)
    assert [path for path, answer in after.items() if plain(answer) != plain(hidden.before[path])] == []


def plain(answer: bytes) -> bytes:
    """Without the moments of publication, which move with the pages that got a link, and of signing a query or a form."""
    signed = rb'data-query="[^"]*"|name="(?:zoekvraag|csrfmiddlewaretoken)" value="[^"]*"'
    return re.sub(rb"<lastmod>[^<]*</lastmod>|<updated>[^<]*</updated>|\?v=\d+|" + signed, b"", answer)


@each(*ROLES)
def test_addresses_of_what_is_hidden_do_not_exist(
    hidden: Hidden, reader: Callable[[str], Client], role: str
) -> None:
    client, found = reader(role), []
    for way, (word, who) in CANARIES.items():
        if role in who or way == "changed":
            continue
        for page in hidden.pages[way]:
            files = (
                ["gegevens.csv", "gegevens.xlsx", ".metadata.json"] if page.slug.startswith("figure") else []
            )
            for path in [*(address(page) + rest for rest in ["", *files]), f"/deelbeeld/{page.pk}.png"]:
                response = client.get(path)
                if response.status_code != 404 or sings(word, response.content):
                    found.append((path, response.status_code))
    assert found == []


@each(*ROLES)
def test_search_knows_nothing_of_it(hidden: Hidden, reader: Callable[[str], Client], role: str) -> None:
    """Asked by the word itself, by its beginning, misspelt, and by the facets that only the hidden pages have."""
    client = reader(role)
    nothing = re.sub(rb"nergensgenoemd", b"", plain(client.get("/zoeken/?q=nergensgenoemd").content))
    for way, (word, who) in CANARIES.items():
        if role in who:
            continue
        answer = plain(client.get(f"/zoeken/?q={word}").content)
        assert re.sub(word.encode(), b"", answer) == nothing
        for part in (word[:3], word[:6], word):
            lines = client.get(f"/zoeken/suggesties/?q={part}", headers={"Accept": "application/json"}).json()
            assert not any(word in line["tekst"].lower() for line in lines["suggesties"])
        misspelt = word[:4] + word[5:]
        assert not sings(word, client.get(f"/zoeken/?q={misspelt}").content)
        if role == "anonymous" and way not in ("ancestor", "changed"):
            for facet in (f"doel=doel-{way}", f"sector=9{len(way)}{way[0]}", "jaar=1987"):
                assert 'class="hit"' not in client.get(f"/zoeken/?{facet}").content.decode(), facet


@pytest.mark.parametrize("role", ["anonymous", "member"])
def test_what_somebody_kept_is_not_shown_when_it_is_hidden(
    hidden: Hidden, reader: Callable[[str], Client], role: str
) -> None:
    client = reader(role)
    client.cookies["bewaard"] = ".".join(str(page.pk) for pages in hidden.pages.values() for page in pages)
    shown = client.get("/bewaard/").content
    assert [word for word, who in CANARIES.values() if role not in who and sings(word, shown)] == []
    assert sings("putterkooi", shown) == (role == "member")


def test_a_document_for_members_is_given_to_nobody_else(
    hidden: Hidden, reader: Callable[[str], Client]
) -> None:
    client = reader("anonymous")
    for method in ("GET", "HEAD", "POST"):
        for headers in ({}, {"Range": "bytes=0-100"}, {"If-None-Match": "*"}, {"If-Modified-Since": "x"}):
            response = client.generic(method, hidden.document.url, headers=headers)
            assert response.status_code in (302, 404)
            assert not sings("putterkooi", content(response))
    assert client.get(f"/media/{hidden.document.file.name}").status_code == 404


def test_machines_tell_nothing(hidden: Hidden, reader: Callable[[str], Client]) -> None:
    client = reader("anonymous")
    for page in (page for pages in hidden.pages.values() for page in pages):
        client.get(address(page))
    for path in MACHINES:
        answer = client.get(path)
        assert answer.status_code == 200
        assert [word for word, _who in CANARIES.values() if sings(word, answer.content)] == []
        assert b"case-draft" not in answer.content
