"""Two at the same moment, with real transactions: what must hold, holds."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from portal.accounts.models import User
from portal.organisations.models import EmailDomain, Invitation, JoinRequest, Membership, Organisation
from portal.organisations.services import (
    Details,
    LastManager,
    NameTaken,
    Refused,
    accept_invitation,
    ask_to_join,
    change_role,
    confirm_domain,
    found_organisation,
    invite_people,
    leave_organisation,
    merge_organisations,
    propose_domain,
    standing,
    verify_organisation,
)
from tests.at_once import at_once
from tests.portal.organisations.people import (
    MANAGER,
    join,
    log_of,
    mails,
    make_organisation,
    make_person,
    make_staff,
    membership,
    token_for,
)

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def test_two_founders_of_one_name() -> None:
    for number in range(ROUNDS):
        people = [make_person() for _person in range(4)]
        name = f"Tegelijk {number}"
        outcomes = at_once(*(partial(found_organisation, Details(name=name), by=who) for who in people))
        assert sum(isinstance(each, Organisation) for each in outcomes) == 1
        assert sum(isinstance(each, NameTaken) for each in outcomes) == 3
        organisation = Organisation.objects.get(name=name)
        assert (organisation.memberships.count(), log_of(organisation)) == (1, ["founded"])


def test_one_founder_who_sends_the_form_twice() -> None:
    founder = make_person()
    outcomes = at_once(*[lambda: found_organisation(Details(name="Dubbel"), by=founder)] * 3)
    assert {each.pk for each in outcomes} == {Organisation.objects.get().pk}
    assert log_of(Organisation.objects.get()) == ["founded"]


def test_names_that_make_one_address() -> None:
    names = ["A B", "A-B", "A - B"]
    outcomes = at_once(
        *(lambda name=name: found_organisation(Details(name=name), by=make_person()) for name in names)
    )
    assert {each.slug for each in outcomes} == {"a-b", "a-b-2", "a-b-3"}


def test_one_invitation_accepted_twice() -> None:
    organisation = make_organisation()
    for number in range(ROUNDS):
        address = f"jo{number}@bedrijf.example"
        invite_people(organisation, addresses=[address], by=organisation.memberships.get(role=MANAGER).user)
        jo, token = make_person(email=address), token_for(address)
        outcomes = at_once(*[lambda jo=jo, token=token: accept_invitation(token, by=jo)] * 3)
        assert {type(each) for each in outcomes} == {Membership}
        assert organisation.memberships.filter(user=jo).count() == 1
        assert organisation.events.filter(kind="joined", subject=jo).count() == 1


def test_one_form_of_invitations_sent_twice() -> None:
    organisation = make_organisation()
    boss = organisation.memberships.get().user
    outcomes = at_once(*[lambda: invite_people(organisation, addresses=["x@bedrijf.example"], by=boss)] * 4)
    assert sorted(len(each.sent) for each in outcomes) == [0, 0, 0, 1]
    assert (Invitation.objects.count(), len(mails("x@bedrijf.example"))) == (1, 1)


def test_one_request_sent_twice() -> None:
    organisation, keen = make_organisation(), make_person()
    at_once(*[lambda: ask_to_join(organisation, by=keen)] * 4)
    assert JoinRequest.objects.count() == 1
    assert len(mails(kind="organisation-join-request")) == 1


def two_managers() -> tuple[Organisation, User, User]:
    organisation = make_organisation()
    one = organisation.memberships.get().user
    other = make_person()
    join(organisation, other, MANAGER)
    return organisation, one, other


def test_two_managers_who_leave_leave_one() -> None:
    for _round in range(ROUNDS):
        organisation, one, other = two_managers()
        outcomes = at_once(*(partial(leave_organisation, organisation, by=who) for who in (one, other)))
        assert organisation.memberships.filter(role=MANAGER).count() == 1
        assert sum(isinstance(each, LastManager) for each in outcomes) == 1


def test_two_managers_who_make_each_other_a_member_leave_one() -> None:
    for _round in range(ROUNDS):
        organisation, one, other = two_managers()
        pairs = [(one, membership(organisation, other)), (other, membership(organisation, one))]
        at_once(*(lambda by=by, row=row: change_role(row, role="member", by=by) for by, row in pairs))
        assert organisation.memberships.filter(role=MANAGER).count() == 1


@pytest.mark.on_postgresql
def test_without_the_lock_nobody_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control. SQLite lets one transaction write at a time, lock or no lock."""
    both_counted = threading.Barrier(2)
    counted = standing.refuse_without_manager

    def count_together(row: Membership) -> None:
        counted(row)
        both_counted.wait(10)

    from portal.organisations.services import people

    monkeypatch.setattr(people, "locked", lambda organisation: organisation)
    monkeypatch.setattr(people, "refuse_without_manager", count_together)
    organisation, one, other = two_managers()
    at_once(*(lambda who=who: leave_organisation(organisation, by=who) for who in (one, other)))
    assert organisation.memberships.filter(role=MANAGER).count() == 0


def test_one_domain_for_two_organisations() -> None:
    staff, domains = make_staff(), []
    for _number in range(2):
        organisation = make_organisation()
        boss = organisation.memberships.get().user
        domains.append(propose_domain(organisation, domain="bedrijf.example", by=boss))
    outcomes = at_once(*(lambda each=each: confirm_domain(each, by=staff) for each in domains))
    assert sum(isinstance(each, Refused) for each in outcomes) == 1
    assert EmailDomain.objects.exclude(confirmed_at=None).count() == 1


def test_verifying_twice_mails_once() -> None:
    organisation, staff = make_organisation(is_public=False), make_staff()
    outcomes = at_once(*[lambda: verify_organisation(organisation, by=staff, reason="Gezien")] * 3)
    assert sorted(outcomes) == [False, False, True]
    assert len(mails(kind="organisation-verified")) == 1


def test_merging_while_somebody_joins() -> None:
    """Whoever comes first: nobody is left behind in what went."""
    staff = make_staff()
    for number in range(ROUNDS):
        old, new = make_organisation(), make_organisation()
        address = f"jo{number}@samen.example"
        invite_people(old, addresses=[address], by=old.memberships.get().user)
        jo, token = make_person(email=address), token_for(address)
        at_once(
            lambda old=old, new=new: merge_organisations(old, into=new, by=staff, reason="Overname"),
            lambda jo=jo, token=token: accept_invitation(token, by=jo),
        )
        assert not old.memberships.exists()
        if not new.memberships.filter(user=jo).exists():
            accept_invitation(token, by=jo)  # it said no, and the link still works
        assert new.memberships.filter(user=jo).count() == 1


def test_merging_either_into_the_other() -> None:
    staff = make_staff()
    one, other = make_organisation(), make_organisation()
    outcomes = at_once(
        lambda: merge_organisations(one, into=other, by=staff, reason="Overname"),
        lambda: merge_organisations(other, into=one, by=staff, reason="Overname"),
    )
    assert sum(isinstance(each, Refused) for each in outcomes) == 1
    assert Organisation.objects.standing().count() == 1
