"""Every term of the registry is kept: a row that is past it is gone after its job ran, and a younger one isn't."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from portal.accounts.models import User
from portal.background.registry import find as find_job
from portal.background.registry import registered
from portal.mail.models import Mail
from portal.privacy.models import Leaving, Warned
from portal.privacy.registry import PersonalData, Term, entries
from portal.privacy.services import erase_inactive, warn_inactive
from portal.privacy.services.retention import INACTIVE_TERM, WARNED_BEFORE
from tests.factories.pages import Portal, make_case
from tests.portal.organisations.people import browser_of
from tests.portal.privacy.conftest import ADDRESS
from tests.portal.privacy.rows import make_row

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
A_YEAR_AND_A_MONTH = timedelta(days=396)
NIGHT = timedelta(days=2)  # the job runs every night; and a date is a day

# What a row must be like for its term to hold, where columns alone don't tell.
SO: dict[str, dict[str, Any]] = {
    "account.EmailAddress.email": {"verified": False},
    "ecosystems.EcosystemInvitation.email": {"email": "iemand@nest.example"},
    "ecosystems.JoinRequest.decided_by": {"outcome": "declined"},
    "ecosystems.JoinRequest.user": {"outcome": "declined"},
    "mail.Mail.text": {"state": "refused"},
    "mail.Mail.to": {"state": "sent", "sent_at": START},
    "moderation.Access.by": {"reason": "Gemeld"},
    "moderation.Decision.person": {"facts": "Dit", "reason": "Dat"},
    "moderation.Objection.by": {"outcome": "refused", "text": "Nee"},
    "moderation.Report.email": {"email": "melder@nest.example", "text": "Kijk"},
    "moderation.Report.reporter": {"text": "Kijk"},
    "moderation.WrittenText.author": {"fingerprint": "afdruk", "was_held": True},
    "newsletters.Subscription.email": {"email": "lezer@nest.example"},
    "notifications.Notification.actor": {"seen_at": START},
    "organisations.Invitation.email": {"email": "iemand@nest.example"},
    "organisations.JoinRequest.decided_by": {"outcome": "declined"},
    "organisations.JoinRequest.user": {"outcome": "declined"},
}
WITH_TERM = {entry.field: entry for entry in entries() if isinstance(entry.term, Term)}


def aged(entry: PersonalData, user: User, moment: datetime) -> models.Model:
    """A row of which `since` is that moment."""
    assert isinstance(entry.term, Term)
    given = dict(SO.get(entry.field, {}))
    if entry.person is None:
        given[entry.field_name] = user
    return _with(entry.model, entry.term.since, moment, given)


def _with(model: type[models.Model], since: str, moment: datetime, given: dict[str, Any]) -> models.Model:
    name, _sep, rest = since.partition("__")
    field = model._meta.get_field(name)
    if rest:
        related = field.related_model
        assert isinstance(related, type)
        if issubclass(related, User):
            person = User.objects.create_user(email="begonnen@nest.example", password="een lang wachtwoord")
            User.objects.filter(pk=person.pk).update(**{rest: moment})
            return make_row(model, **given, **{name: person})  # type: ignore[no-any-return]
        # A decided case is closed: what its columns don't tell, as above.
        closed = {"state": "decided"} if related.__name__ == "ModerationCase" else {}
        return make_row(model, **given, **{name: _with(related, rest, moment, closed)})  # type: ignore[no-any-return]
    value: date = timezone.localdate(moment) if field.get_internal_type() == "DateField" else moment
    row = make_row(model, **given, **(_around(model, name, moment) | {name: value}))
    model._base_manager.filter(pk=row.pk).update(**{name: value})  # also where it fills itself
    return row  # type: ignore[no-any-return]


def _around(model: type[models.Model], name: str, moment: datetime) -> dict[str, Any]:
    """What must lie before or after that moment by a constraint of the database."""
    names = {field.name for field in model._meta.local_fields}
    before = {"created_at", "started_at", "starts_at", "opened_at", "asked_at"} & names - {name}
    ends = name in ("expires_at", "ended_at", "ends_at", "decided_at", "until")
    return {each: moment - timedelta(hours=3) for each in before} if ends else {}


@pytest.mark.parametrize("name", sorted(WITH_TERM))
def test_what_is_past_its_term_is_gone(name: str, portal: Portal, me: User) -> None:
    entry = WITH_TERM[name]
    assert isinstance(entry.term, Term)
    with time_machine.travel(START, tick=False):
        if Page in entry.model.__mro__:
            make_case(portal, "Een voorbeeld", slug="voorbeeld")
        if entry.model is User:
            User.objects.filter(pk=me.pk).update(last_login=START)
        else:
            aged(entry, me, START)
    over = START + max(entry.term.after, A_YEAR_AND_A_MONTH) + NIGHT
    # The scan has something to find, or an empty table would pass.
    assert entry.past_term(over).count() >= 1
    with time_machine.travel(START + entry.term.after - NIGHT, tick=False):
        assert entry.past_term(timezone.now()).count() == 0
    with time_machine.travel(over, tick=False):
        warn_inactive(timezone.now() - WARNED_BEFORE)
        find_job(entry.term.job).run()
        assert entry.past_term(timezone.now()).count() == 0


def test_thirteen_months_later_nothing_is_past_its_term(portal: Portal, me: User) -> None:
    """All of it together, and every job that forgets."""
    short = [entry for entry in WITH_TERM.values() if entry.term.after < A_YEAR_AND_A_MONTH]  # type: ignore[union-attr]
    with time_machine.travel(START, tick=False):
        for entry in short:
            aged(entry, make_row(User), START)
    with time_machine.travel(START + A_YEAR_AND_A_MONTH, tick=False):
        assert sum(entry.past_term(timezone.now()).count() for entry in short) >= len(short) * 0.8
        for job in sorted({entry.term.job for entry in short}):  # type: ignore[union-attr]
            registered()[job].run()
        assert {entry.field: entry.past_term(timezone.now()).count() for entry in short} == dict.fromkeys(
            [entry.field for entry in short], 0
        )


def test_who_stays_away_is_warned_first_and_signing_in_keeps_the_account(me: User, other: User) -> None:
    away = START - INACTIVE_TERM + WARNED_BEFORE - timedelta(days=1)
    User.objects.filter(pk__in=[me.pk, other.pk]).update(last_login=away)
    assert warn_inactive(START) == 2
    assert warn_inactive(START + timedelta(days=1)) == 0
    assert Mail.objects.get(to=ADDRESS).subject == "Wil je je account bij Slimmer Werken houden?"
    assert "1 april 2026" in Mail.objects.get(to=ADDRESS).text
    assert erase_inactive(START + timedelta(days=29)) == 0
    User.objects.filter(pk=other.pk).update(last_login=START + timedelta(days=5))
    assert erase_inactive(START + timedelta(days=31)) == 1
    assert set(User.objects.filter(pk__in=[me.pk, other.pk])) == {other}
    warn_inactive(START + timedelta(days=32))
    assert not Warned.objects.exists()


def test_staff_are_not_erased_for_staying_away(me: User) -> None:
    User.objects.filter(pk=me.pk).update(last_login=START - INACTIVE_TERM * 2, is_staff=True)
    assert warn_inactive(START) == 0


def test_sessions_end_and_their_lines_go(me: User) -> None:
    with time_machine.travel(START, tick=False):
        browser_of(me).get("/account/")
        assert Session.objects.count() == 1
    with time_machine.travel(START + timedelta(days=32), tick=False):
        for job in ("background.forget-old-sessions", "accounts.forget-ended-sessions"):
            registered()[job].run()
    assert Session.objects.count() == 0


def test_an_account_that_was_asked_to_go_is_gone_when_its_week_is_over(me: User) -> None:
    Leaving.objects.create(user=me, due_at=START)
    with time_machine.travel(START + timedelta(hours=2), tick=False):
        registered()["privacy.erase-due"].run()
    assert not User.objects.filter(pk=me.pk).exists()
