"""What a new account can't do, and what everybody can."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from network.moderation.intake import Assessment, TooMuch, assess, check_limits, hold, is_new, may_attach
from network.moderation.models import ModerationCase, WrittenText
from portal.accounts.models import User
from tests.network.moderation import notes
from tests.network.moderation.conftest import House
from tests.portal.organisations.people import join, make_organisation, make_person

pytestmark = pytest.mark.django_db
TEXT = "Wij meten de wachttijd per machine en hangen die elke week in de kantine."
MORE = "Bij ons hielp het om op maandag samen naar het bord te kijken."


def known(user: User) -> User:
    """Here for long, with two texts that stand."""
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=30))
    user.refresh_from_db()
    for text in ("Dit is mijn eerste vraag over planning.", "En dit is mijn tweede vraag over voorraad."):
        assess(user, text, at=timezone.now(), ecosystem_id=None)
    WrittenText.objects.filter(author=user).update(was_held=False)
    return user


def judged(user: User, text: str, ecosystem_id: int | None = None) -> tuple[str, ...]:
    return assess(user, text, at=timezone.now(), ecosystem_id=ecosystem_id).reasons


def test_a_week_and_two_accepted_texts_make_somebody_known() -> None:
    user, now = make_person(), timezone.now()
    assert is_new(user, now) and is_new(user, now + timedelta(days=8))
    known(user)
    assert not is_new(user, now) and may_attach(user, now)
    User.objects.filter(pk=user.pk).update(date_joined=now - timedelta(days=6, hours=23))
    user.refresh_from_db()
    assert is_new(user, now) and not may_attach(user, now)


def test_the_first_text_outside_ones_own_circle_waits(house: House) -> None:
    assert judged(house.anna, TEXT) == ("first-post",)
    # Held texts don't make her known; in her own circle she may write at once.
    assert judged(house.anna, MORE) == ("first-post",)
    assert judged(house.anna, "Wie leent mij een lasbril?", house.kring.pk) == ()
    assert judged(house.outsider, "Mag ik meepraten over lassen?", house.kring.pk) == ("first-post",)
    assert judged(house.anna, "Na die vraag in de kring deel ik het ook hier.") == ()


def test_moderators_do_not_wait_for_each_other(house: House) -> None:
    assert judged(house.mo, TEXT) == judged(house.baas, MORE) == ()


def test_a_new_account_gets_few_links_and_mentions(house: House) -> None:
    two = "Kijk op https://tno.example/a en https://cbs.example/b voor de cijfers over uren."
    assert judged(house.anna, two, house.kring.pk) == ()
    assert judged(house.anna, f"{two} En op https://ser.example/c.", house.kring.pk) == ("links",)
    assert judged(house.anna, "@a.b @c.d @e.f @g.h wat vinden jullie hiervan?", house.kring.pk) == (
        "mentions",
    )
    old = known(make_person())
    assert judged(old, f"Drie bronnen over uren. {two} Ook https://ser.example/c.") == ()
    assert judged(old, two * 6) == ("many-links",)
    assert judged(old, "Zie https://tno.example/a") == ("link-only",)


def test_the_same_text_again_waits_whoever_sends_it(house: House) -> None:
    assert judged(house.anna, TEXT, house.kring.pk) == ()
    assert judged(house.anna, TEXT.upper() + "!", house.kring.pk) == ("repeated",)
    assert judged(known(make_person()), TEXT) == ("repeated",)
    thanks = "Dank je wel voor je snelle antwoord!"
    assert judged(house.anna, thanks, house.kring.pk) == judged(house.bram, thanks, house.kring.pk) == ()
    link = "Zo doen ze dat in Zweden, kijk maar: https://lassen.example/nu"
    assert judged(house.anna, link, house.kring.pk) == ()
    assert judged(house.bram, link, house.kring.pk) == ("repeated",)
    # Short thanks are always the same.
    assert (
        judged(house.anna, "Dank je wel!", house.kring.pk)
        == judged(house.anna, "Dank je wel!", house.kring.pk)
        == ()
    )


def test_what_is_held_tells_its_author_why() -> None:
    found = assess(make_person(), TEXT, at=timezone.now(), ecosystem_id=None)
    assert (
        "wacht tot een moderator" in found.sentence
        and "eerste bericht buiten je eigen kring" in found.sentence
    )
    assert Assessment(False).sentence == ""


def test_what_is_held_becomes_a_case_with_a_term_of_a_day(house: House) -> None:
    number, now = notes.write(by=house.anna, ecosystem_id=house.kring.pk, state="held"), timezone.now()
    case = hold(notes.CODE, number, author=house.anna, reasons=["links"], at=now)
    assert (case.audience, case.author, case.is_held) == (f"ecosystem:{house.kring.pk}", house.anna, True)
    assert case.term_at - now == timedelta(hours=24)
    assert hold(notes.CODE, number, author=house.anna, reasons=["links"], at=now).pk == case.pk
    assert ModerationCase.objects.count() == 1
    with pytest.raises(LookupError):
        hold(notes.CODE, 999_999, author=house.anna, reasons=[], at=now)


def test_who_writes_too_much_is_told_so() -> None:
    user, now = make_person(), timezone.now()
    for _number in range(5):
        check_limits(user, kind="post", address="192.0.2.1", at=now)
    with pytest.raises(TooMuch, match="Je hebt veel geschreven"):
        check_limits(user, kind="post", address="192.0.2.2", at=now)
    check_limits(user, kind="post", address="192.0.2.1", at=now + timedelta(hours=1))


def test_many_new_accounts_on_one_network_share_a_limit() -> None:
    now = timezone.now()
    for _number in range(15):
        check_limits(make_person(), kind="post", address="192.0.2.1", at=now)
    with pytest.raises(TooMuch, match="netwerk"):
        check_limits(make_person(), kind="post", address="192.0.2.1", at=now)
    check_limits(make_person(), kind="post", address="192.0.2.9", at=now)


def test_a_company_shares_a_limit() -> None:
    organisation, now = make_organisation(), timezone.now()
    people = [join(organisation).user for _number in range(25)]
    for number, user in enumerate(people[:24]):
        for _time in range(5):
            check_limits(user, kind="post", address=f"192.0.2.{number}", at=now)
    with pytest.raises(TooMuch, match="bedrijf"):
        check_limits(people[24], kind="post", address="198.51.100.1", at=now)
