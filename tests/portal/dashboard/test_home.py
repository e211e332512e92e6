"""One home for a member: what waits, what is new, what is theirs; nothing of what isn't, and at a bounded price."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.conversations.models import Draft, Reading
from network.conversations.services import choose_wants, post_reply
from network.ecosystems.models import EcosystemInvitation
from network.ecosystems.models import JoinRequest as EcosystemRequest
from network.questions.services import accept_answer
from portal.newsletters.services import subscribe_member
from portal.notifications import noted
from portal.organisations.services import ask_to_join
from portal.privacy.services import accept_terms
from portal.saved_searches.services import save_search
from portal.visitors.models import KeptPage
from search.question import Question
from tests.factories.pages import Portal, make_case, restrict
from tests.network.conversations.conftest import known
from tests.network.ecosystems.conftest import Circle, change, circle, portal, read
from tests.network.questions.conftest import answer, ask
from tests.portal.organisations.people import browser_of, make_person

__all__ = ["circle", "portal"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
HOME = "/mijn/"


@pytest.fixture
def members(circle: Circle) -> Circle:
    cache.clear()
    people = (circle.host, circle.anna, circle.bram, circle.guest, circle.outsider)
    known(*people)
    for person in people:
        accept_terms(person)
    return circle


def waiting(page: str) -> str:
    """The part above all else, with what needs this person."""
    start = page.index("Dit wacht op jou")
    return page[start : page.index('class="beside"')]


def test_who_has_nothing_yet_reads_where_to_begin() -> None:
    person = make_person("Nieuwe Lid")
    accept_terms(person)
    page = read(person, HOME)
    assert "Dag Nieuwe" in page
    begin = page[page.index("Zo begin je") : page.index('class="beside"')]
    for way in ("/organisaties/", "/account/profiel/", "/ecosystemen/"):
        assert f'href="{way}"' in begin
    for way in (
        "/organisaties/",
        "/ecosystemen/",
        "/vragen/stel/",
        "/mijn/zoekopdrachten/",
        "/bewaard/",
        "/account/",
    ):
        assert f'href="{way}"' in page


def test_who_has_begun_reads_that_nothing_waits(members: Circle) -> None:
    page = read(members.anna, HOME)
    assert "Er wacht niets op jou" in page and "Zo begin je" not in page


def test_what_one_asked_to_belong_to_stands_there_until_it_is_decided(members: Circle) -> None:
    change(members.kring, visibility="members", joining="request")
    EcosystemRequest.objects.create(ecosystem=members.kring, user=members.outsider)
    ask_to_join(members.stroomhuis, by=members.outsider)
    page = read(members.outsider, HOME)
    assert page.count("aangevraagd") == 2
    assert f'href="/ecosystemen/{members.kring.slug}/meedoen/"' in page
    assert f'href="/organisaties/{members.stroomhuis.slug}/"' in page
    # Who may not know of it any more doesn't read its name here either.
    change(members.kring, visibility="hidden", joining="invitation")
    assert members.kring.name not in read(members.outsider, HOME)


def test_it_is_where_a_member_begins_and_the_header_leads_there() -> None:
    page = read(make_person("Anna"), "/account/")
    assert f'href="{HOME}"' in page
    assert "Mijn vragen" not in page
    assert browser_of(None).get(HOME)["Location"] == f"/inloggen/?next={HOME}"


def test_an_answer_waits_until_one_is_chosen(members: Circle) -> None:
    question = ask(members.anna, title="Hoe plan je kleine series?")
    assert "Dit wacht op jou" not in read(members.anna, HOME)
    reply = answer(question, members.bram)
    assert "Hoe plan je kleine series?" in waiting(read(members.anna, HOME))
    assert "Dit wacht op jou" not in read(members.bram, HOME)
    accept_answer(question, post=reply, by=members.anna)
    assert "Dit wacht op jou" not in read(members.anna, HOME)


def test_an_invitation_waits_for_who_it_is_for(members: Circle) -> None:
    EcosystemInvitation.objects.create(
        ecosystem=members.kring, email=members.outsider.email, token_digest="x" * 64,
        invited_by=members.host, expires_at=timezone.now() + timedelta(days=3),
    )  # fmt: skip
    assert f"Je bent uitgenodigd voor {members.kring.name}" in waiting(read(members.outsider, HOME))
    assert "uitgenodigd voor" not in read(members.anna, HOME)
    EcosystemInvitation.objects.update(expires_at=timezone.now())
    assert "uitgenodigd voor" not in read(members.outsider, HOME)


def test_what_one_follows_says_how_much_is_new(members: Circle) -> None:
    question = ask(members.anna, title="Hoe plan je kleine series?")
    choose_wants(question.conversation, by=members.bram, wants=Reading.Wants.FOLLOW)
    Reading.objects.filter(user=members.bram).update(read_number=1)
    for number in range(3):
        post_reply(question.conversation, by=members.anna, text=f"Nog iets {number}.", token=uuid.uuid4())
    assert "3 nieuw" in read(members.bram, HOME)
    Reading.objects.filter(user=members.bram).update(read_number=4)
    page = read(members.bram, HOME)
    assert "Hoe plan je kleine series?" in page
    assert "nieuw</" not in page


def test_drafts_lead_back_to_where_they_are_written(members: Circle) -> None:
    question = ask(members.anna, title="Hoe plan je kleine series?")
    Draft.objects.create(user=members.bram, place="question", title="Half af")
    Draft.objects.create(user=members.bram, place=f"conversation:{question.conversation.pk}", text="Wij doen")
    Draft.objects.create(user=members.bram, place="forum:987654", title="Weg")
    Draft.objects.create(user=members.bram, place="onbekend:1", title="Nergens")
    page = read(members.bram, HOME)
    assert "Half af" in page
    assert 'href="/vragen/stel/"' in page
    assert "Wij doen" in page
    assert "Weg" not in page and "Nergens" not in page


def test_who_is_out_reads_nothing_of_it_any_more(members: Circle, portal: Portal) -> None:
    """A word in everything that one followed, wrote and kept, in places where one isn't any more."""
    canary = "Kwartelkoning"
    question = ask(members.anna, members.kring, title=f"{canary} in de kring")
    post_reply(question.conversation, by=members.bram, text="Wij ook.", token=uuid.uuid4())
    Draft.objects.create(
        user=members.bram, place=f"conversation:{question.conversation.pk}", text="Mijn eigen woorden"
    )
    kept = make_case(portal, f"{canary} bewaard", slug="bewaard")
    KeptPage.objects.create(user=members.bram, page=kept)
    assert read(members.bram, HOME).count(canary) >= 3
    change(members.kring, visibility="hidden", joining="invitation")
    members.kring.participations.all().delete()
    from django.contrib.auth.models import Group

    restrict(kept, groups=[Group.objects.create(name="Anderen")])
    cache.clear()
    page = read(members.bram, HOME)
    assert canary not in page
    assert "Mijn eigen woorden" not in page


@pytest.mark.django_db(transaction=True)
def test_the_price_doesnt_grow(members: Circle, portal: Portal) -> None:
    """Of everything three, then twenty-five. With real transactions: within one nothing is kept between requests."""

    def price(first: int, until: int) -> int:
        with transaction.atomic():
            for number in range(first, until):
                question = ask(members.anna, members.kring, title=f"Vraag {number} over plannen")
                answer(question, members.bram)
                choose_wants(question.conversation, by=members.bram, wants=Reading.Wants.FOLLOW)
                other = ask(members.bram, title=f"Van Bram {number}")
                answer(other, members.anna)
                KeptPage.objects.create(user=members.bram, page=make_case(portal, f"Zaak {number}"))
                Draft.objects.create(
                    user=members.bram, place=f"conversation:{question.conversation.pk}", text="x"
                )
                save_search(
                    members.bram,
                    question=Question(text=f"vraag {number}"),
                    name=f"V{number}",
                    frequency="off",
                )
        browser = browser_of(members.bram)
        browser.get(HOME)  # what is the same for everybody is kept from now on
        noted.forget([members.bram.pk])
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(HOME).status_code == 200
        return len(queries)

    subscribe_member(members.bram, themes=[], sectors=[])
    few = price(0, 3)
    assert price(3, 25) <= few
    assert few <= 25
