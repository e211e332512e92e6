"""Two at the same moment, with real transactions: what must hold, holds."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest

from network.ecosystems.models import CompanyMembership, EcosystemInvitation, JoinRequest, Participation
from network.ecosystems.services import (
    Refused,
    accept_invitation,
    ask_to_join,
    decide_join_request,
    invite_people,
    requests,
    take_part,
)
from portal.joining.services import write_decision
from tests.at_once import at_once
from tests.network.ecosystems.conftest import Circle, change, company, person
from tests.network.ecosystems.test_invitations import token_for
from tests.portal.organisations.people import join, mails, make_person

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def test_the_same_invitation_twice(circle: Circle) -> None:
    for number in range(ROUNDS):
        mail = f"jo{number}@elders.example"
        invite_people(circle.kring, addresses=[mail], by=circle.host)
        jo = join(circle.anna_bv, make_person(email=mail)).user
        outcomes = at_once(*[partial(accept_invitation, token_for(mail), by=jo)] * 2)
        assert len({row.pk for row in outcomes}) == 1, outcomes
        assert Participation.objects.filter(user=jo).count() == 1
        assert len(mails(mail, "ecosystem-welcome")) == 1


def test_one_company_through_two_doors(circle: Circle) -> None:
    """Two managers of a new company join at once: it belongs once, and both are in."""
    change(circle.kring, joining="open")
    for number in range(ROUNDS):
        one, other = person(f"een{number}"), person(f"twee{number}")
        made = company(f"Nieuw {number}", one, other, role="manager")
        deeds = [partial(take_part, circle.kring, user=who, by=who, through=made) for who in (one, other)]
        outcomes = at_once(*deeds)
        assert [type(outcome) for outcome in outcomes] == [Participation] * 2, outcomes
        assert CompanyMembership.objects.filter(organisation=made).count() == 1


def test_asking_twice_at_once_asks_once(circle: Circle) -> None:
    for number in range(ROUNDS):
        user = join(circle.anna_bv, person(f"vraag{number}")).user
        outcomes = at_once(*[partial(ask_to_join, circle.kring, by=user, through=circle.anna_bv)] * 2)
        assert len({row.pk for row in outcomes}) == 1, outcomes


def asked_by(circle: Circle, number: int) -> JoinRequest:
    user = join(circle.anna_bv, person(f"vraag{number}")).user
    return ask_to_join(circle.kring, by=user, through=circle.anna_bv)


def decided_at_once(circle: Circle, request: JoinRequest) -> list[Any]:
    """One manager lets in, another declines, at the same moment."""
    second = join(circle.stroomhuis, person(f"tweede{request.pk}"), "manager").user
    return at_once(
        partial(decide_join_request, request, is_accepted=True, by=circle.host),
        partial(decide_join_request, request, is_accepted=False, by=second, reason="Vol."),
    )


def test_two_managers_decide_one_request(circle: Circle) -> None:
    for number in range(ROUNDS):
        request = asked_by(circle, number)
        outcomes = decided_at_once(circle, request)
        refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
        assert len(refused) == 1 and "al afgehandeld" in str(refused[0]), outcomes
        request.refresh_from_db()
        is_in = Participation.objects.filter(user=request.user, ended_at=None).exists()
        assert is_in == (request.outcome == "accepted")
        letters = [mail.kind for mail in mails(request.user.email)]
        assert letters == ["ecosystem-welcome" if is_in else "ecosystem-declined"]


@pytest.mark.on_postgresql
def test_without_the_lock_both_would_decide(circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: both read the open request before either writes. SQLite lets one transaction write at a time."""
    request, both_read = asked_by(circle, 0), threading.Barrier(2)

    def write_together(row: JoinRequest, **decision: Any) -> bool:
        both_read.wait(60)
        return write_decision(row, **decision)

    monkeypatch.setattr(requests, "locked", lambda ecosystem: ecosystem)
    monkeypatch.setattr(requests, "write_decision", write_together)
    outcomes = decided_at_once(circle, request)
    assert [type(outcome) for outcome in outcomes] == [JoinRequest] * 2, outcomes
    assert len(mails(request.user.email)) == 2


def test_two_invitations_of_one_address(circle: Circle) -> None:
    for number in range(ROUNDS):
        mail = f"dubbel{number}@elders.example"
        outcomes = at_once(*[partial(invite_people, circle.kring, addresses=[mail], by=circle.host)] * 2)
        assert sorted(len(outcome.sent) for outcome in outcomes) == [0, 1], outcomes
        assert EcosystemInvitation.objects.unanswered().filter(email=mail).count() == 1
