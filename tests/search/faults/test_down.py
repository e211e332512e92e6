"""A search server in trouble: what is saved, read and signed in goes on, and who searches gets a notice and plain titles.

Time limits are bounds with room for a busy machine; what a save or a search may really wait is told to the client, and
that is asserted in tests/search/test_allowance.py and below.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from portal.accounts.models import User
from search import jobs
from search.dutch.analyser import get_analyser
from search.engine import breaker_state, engine
from search.indexing import relay, upkeep
from search.models import SearchEvent
from tests.factories.pages import Portal, make_case, make_knowledge
from tests.search.faults.stub import FAULTS, Stub

SEARCH_SECONDS = 1.5
ROOM = 1.0  # seconds for the pages themselves, on a machine that is doing something else too
NOTICE = "De zoekmachine is even niet bereikbaar."
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.any_database]
every_fault = pytest.mark.parametrize("fault", FAULTS)


@pytest.fixture
def troubled(broken_server: Stub, live_tree: Portal, client: Client) -> Iterator[Stub]:
    """A portal with two pages; words and templates are loaded, as in a process that has answered before."""
    make_knowledge(live_tree, "Zonnebloempitten pellen")
    make_case(live_tree, "Zonnebloemen sorteren")
    get_analyser(None)
    client.get("/zoeken/?q=warm")
    forget_failures()
    yield broken_server


def forget_failures() -> None:
    from search.engine import close_engine

    close_engine()


def seconds(started: float) -> float:
    return time.monotonic() - started


@every_fault
def test_a_visitor_gets_a_notice_and_plain_titles_in_time(troubled: Stub, client: Client, fault: str) -> None:
    troubled.fault = fault
    started = time.monotonic()
    response = client.get("/zoeken/?q=zonnebloempitten")
    assert seconds(started) < SEARCH_SECONDS + ROOM
    text = response.content.decode()
    assert response.status_code == 200
    assert NOTICE in text
    assert "Zonnebloempitten pellen" in text
    assert "Zonnebloemen sorteren" not in text


@every_fault
def test_suggestions_stay_away_and_harm_nothing(troubled: Stub, client: Client, fault: str) -> None:
    troubled.fault = fault
    started = time.monotonic()
    response = client.get("/zoeken/suggesties/?q=zonne", headers={"Accept": "application/json"})
    assert seconds(started) < SEARCH_SECONDS + ROOM
    assert (response.status_code, response.json()["suggesties"]) == (200, [])


@every_fault
def test_saving_goes_on_and_the_change_waits(troubled: Stub, live_tree: Portal, fault: str) -> None:
    SearchEvent.objects.all().delete()
    troubled.fault = fault
    started = time.monotonic()
    page = make_knowledge(live_tree, "Kwartelei")
    assert seconds(started) < ROOM
    page.unpublish()
    assert SearchEvent.objects.filter(object_id=page.pk, narrows=True).exists()
    assert set(SearchEvent.objects.values_list("attempts", flat=True)) == {0}  # no failure of the change


@pytest.mark.parametrize("fault", ["hang", "slow"])
def test_a_save_waits_fifty_milliseconds_at_most(
    troubled: Stub, live_tree: Portal, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Measured as the difference with a server that refuses at once, three times."""
    page = make_knowledge(live_tree, "Kwartelei")

    def save(number: int) -> float:
        page.title = f"Kwartelei {number}"
        started = time.monotonic()
        page.save()
        return seconds(started)

    troubled.fault = "refuse"
    at_once = min(save(number) for number in range(3))
    forget_failures()
    troubled.fault = fault
    waited = min(save(number) for number in range(3))
    assert breaker_state().is_closed  # so little patience says nothing about the server
    assert waited - at_once < relay.WAIT_IN_REQUEST + 0.05


@every_fault
def test_signing_in_asks_the_server_nothing(troubled: Stub, client: Client, fault: str) -> None:
    user = User.objects.create_superuser(email="beheer@example.nl", password="een-lang-wachtwoord")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    before = len(troubled.seen)
    troubled.fault = fault
    answer = client.post("/inloggen/", {"login": "beheer@example.nl", "password": "een-lang-wachtwoord"})
    assert (answer.status_code, answer["Location"]) == (302, "/beheer/")
    assert client.get("/beheer/").status_code == 200
    assert len(troubled.seen) == before


@every_fault
def test_reading_goes_on_and_asks_at_most_once(troubled: Stub, client: Client, fault: str) -> None:
    """What is like a page is asked with little patience, and after a failure not again for a while."""
    before = len(troubled.seen)
    troubled.fault = fault
    started = time.monotonic()
    for address in (
        "/",
        "/kennis/",
        "/kennis/zonnebloempitten-pellen/",
        "/kennis/zonnebloempitten-pellen/?x=1",
    ):
        assert client.get(address).status_code == 200
    assert seconds(started) < 4 * ROOM
    assert len(troubled.seen) <= before + 1
    assert breaker_state().is_closed  # so little patience says nothing about the server


@every_fault
def test_the_worker_waits_and_never_builds_an_index_that_it_cannot_see(troubled: Stub, fault: str) -> None:
    troubled.fault = fault
    waiting = SearchEvent.objects.count()
    jobs.relay()
    assert not upkeep.rebuild_if_needed()
    assert SearchEvent.objects.count() == waiting > 0
    assert engine().health().status == "unreachable"
    assert not any(request.method in ("PUT", "POST", "DELETE") for request in troubled.seen[-10:])


@every_fault
def test_readiness_and_metrics_tell_and_pages_stay_ready(troubled: Stub, client: Client, fault: str) -> None:
    troubled.fault = fault
    for _ in range(4):
        client.get("/zoeken/?q=zonnebloempitten")
    response = client.get("/readyz")
    assert response.status_code == 200
    part = response.json()["parts"]["search"]
    assert part["status"] == "degraded"
    assert "unreachable" in part["detail"] and "left alone" in part["detail"]
    text = client.get("/metrics").content.decode()
    assert 'portal_search_breaker_open{engine="elasticsearch"} 1.0' in text
    assert "portal_search_ok 0.0" in text


def test_after_three_failures_nobody_waits_any_more(troubled: Stub, client: Client) -> None:
    troubled.fault = "hang"
    for _ in range(3):
        assert breaker_state().is_closed
        client.get("/zoeken/?q=zonnebloempitten")
    assert breaker_state().name == "open"
    asked = len(troubled.seen)
    for _ in range(5):
        if breaker_state().retry_in > 0.2:
            assert "Zonnebloempitten pellen" in client.get("/zoeken/?q=zonnebloempitten").content.decode()
    assert len(troubled.seen) <= asked + 1  # a try of the breaker itself, where the machine is slow
