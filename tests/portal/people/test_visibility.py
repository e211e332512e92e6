"""Who sees what of a person: every group of fields, for every choice, by every kind of reader."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.organisations.models import Membership
from portal.people import circles
from portal.people.models import Profile
from portal.people.rules import Nearness, shown_groups
from portal.people.services import find_people
from portal.people.shapes import shown_people
from portal.taxonomy.models import Theme
from tests.portal.organisations.people import make_person
from tests.portal.people.conftest import (
    ABOUT,
    AUDIENCES,
    COMPANY,
    NAME,
    READERS,
    ROLE,
    THEME,
    People,
    company,
)

pytestmark = pytest.mark.django_db

NEAR = {"anonymous": 0, "member": 1, "colleague": 2, "participant": 2, "owner": 3}
NEEDED = {"everyone": 0, "members": 1, "circle": 2, "nobody": 3}
CANARIES = {"about": ABOUT, "expertise": THEME}


def browser_of(reader: Any) -> Client:
    client = Client(raise_request_exception=False)
    if reader.is_authenticated:
        client.force_login(reader)
    return client


def reaches(reader: str, audience: str) -> bool:
    return NEAR[reader] >= NEEDED[audience]


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("group", ["name", "photo", "about", "expertise"])
def test_each_group_is_shown_to_those_who_were_chosen(people: People, group: str, audience: str) -> None:
    """The rest is for everybody; so what lacks, lacks by this one choice."""
    people.show(**dict.fromkeys(("name", "photo", "about", "expertise"), "everyone") | {group: audience})
    photo = people.profile.photo
    assert photo is not None
    for reader in READERS:
        who, sees = people.readers[reader], reaches(reader, audience)
        client = browser_of(who)
        page = client.get(people.profile.get_absolute_url())
        named = shown_people([people.owner.pk], who)[people.owner.pk]
        text = unescape(page.content.decode())
        if group == "name":
            assert page.status_code == (200 if sees else 404), reader
            assert (NAME in named.name) == (ROLE in named.line) == (COMPANY in named.line) == sees, reader
            assert bool(named.url) == bool(named.photo_url) == sees, reader
            for canary in (NAME, ROLE, COMPANY, ABOUT, THEME, photo.uuid.hex[:8]):
                assert (canary in text) == sees, f"{canary} as {reader}"
        else:
            assert page.status_code == 200
            assert NAME in named.name and NAME in text
        if group in ("name", "photo"):
            assert bool(named.photo_url) == (str(photo.uuid) in text) == sees, reader
            for address in (photo.get_absolute_url(), photo.small_url):
                assert client.get(address).status_code == (200 if sees else 404), reader
        if group in CANARIES:
            assert (CANARIES[group] in text) == sees, reader


def test_the_choices_of_who_never_chose_are_quiet(people: People) -> None:
    assert {
        group: getattr(Profile(), f"show_{group}") for group in ("name", "photo", "about", "expertise")
    } == {
        "name": "members",
        "photo": "circle",
        "about": "circle",
        "expertise": "circle",
    }


def test_who_hides_the_name_hides_the_rest(people: People) -> None:
    people.show(name="nobody", photo="everyone", about="everyone", expertise="everyone")
    for reader in READERS[:-1]:
        client = browser_of(people.readers[reader])
        assert client.get(people.profile.get_absolute_url()).status_code == 404
        assert client.get(people.profile.photo.small_url).status_code == 404  # type: ignore[union-attr]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_set_for_a_reader_agrees_with_the_rule(people: People, audience: str) -> None:
    for name, other in itertools.product(AUDIENCES, [audience]):
        people.show(name=name, expertise=other)
        for reader in READERS:
            groups = shown_groups(people.profile, _nearness(reader))
            rows = Profile.objects.filter(pk=people.profile.pk)
            assert rows.visible_to(people.readers[reader]).exists() == ("name" in groups), (name, reader)
            both = rows.visible_to(people.readers[reader], "expertise")
            assert both.exists() == ("expertise" in groups), (name, other, reader)


def _nearness(reader: str) -> Nearness:
    return Nearness(NEAR[reader])


# --- beside what they wrote -------------------------------------------------------------------------------------------


def test_everybody_who_is_asked_about_has_an_entry(people: People) -> None:
    gone, closed = make_person("Vertrokken"), make_person("Gesloten")
    gone_id = gone.pk
    gone.delete()
    User.objects.filter(pk=closed.pk).update(is_active=False)
    people.show(name="nobody")
    shown = shown_people([people.owner.pk, gone_id, closed.pk, 999_999], people.readers["member"])
    assert shown[people.owner.pk].name == "Lid van Slimmer Werken"
    assert {shown[pk].name for pk in (gone_id, closed.pk, 999_999)} == {"Oud-lid"}
    assert all(not each.url and not each.photo_url and not each.line for each in shown.values())


def test_who_never_made_a_profile_is_shown_to_members_without_a_page(people: People) -> None:
    colleague = people.readers["colleague"]
    shown = shown_people([colleague.pk], people.readers["member"])[colleague.pk]
    assert (shown.name, shown.line, shown.url) == ("Bram", COMPANY, "")
    assert shown_people([colleague.pk], AnonymousUser())[colleague.pk].name == "Lid van Slimmer Werken"


def test_a_company_that_the_reader_may_not_know_of_is_not_named(people: People) -> None:
    hidden = company("Roodborst BV", people.readers["participant"], is_public=False)
    Membership.objects.filter(user=people.readers["participant"]).exclude(organisation=hidden).delete()
    pk = people.readers["participant"].pk
    assert shown_people([pk], people.readers["member"])[pk].line == ""
    assert shown_people([pk], people.readers["participant"])[pk].line == "Roodborst BV"


def test_who_left_the_company_shares_nothing_any_more(people: People) -> None:
    people.show(name="circle")
    assert NAME in shown_people([people.owner.pk], people.readers["colleague"])[people.owner.pk].name
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    Membership.objects.filter(user=people.readers["colleague"]).update(ends_on=yesterday)
    assert NAME not in shown_people([people.owner.pk], people.readers["colleague"])[people.owner.pk].name


def test_without_the_circle_of_ecosystems_a_participant_is_a_member(people: People, monkeypatch: Any) -> None:
    """That the test above finds the participant near comes from the room of ecosystems, and from nowhere else."""
    people.show(name="circle")
    monkeypatch.setattr(circles, "_providers", [circles.colleagues])
    assert NAME not in shown_people([people.owner.pk], people.readers["participant"])[people.owner.pk].name
    assert NAME in shown_people([people.owner.pk], people.readers["colleague"])[people.owner.pk].name


def test_a_reader_whose_account_was_closed_is_nobody(people: People) -> None:
    colleague = people.readers["colleague"]
    colleague.is_active = False
    assert shown_people([people.owner.pk], colleague)[people.owner.pk].name == "Lid van Slimmer Werken"
    assert not Profile.objects.visible_to(colleague).exists()


# --- found ------------------------------------------------------------------------------------------------------------


def found(reader: Any, words: str, limit: int = 10) -> list[str]:
    return [person.name for person in find_people(reader, words, limit)]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_only_whose_name_one_may_see_is_found(people: People, audience: str) -> None:
    people.show(name=audience)
    for reader in READERS:
        expected = [f"Jan {NAME}"] if reaches(reader, audience) and reader != "anonymous" else []
        assert found(people.readers[reader], "wiele jan") == expected, reader


def test_nobody_is_found_by_address_or_by_one_letter(people: People) -> None:
    member = people.readers["member"]
    assert found(member, people.owner.email) == []
    assert found(member, "bedrijf.example") == []
    assert found(member, "") == found(member, "w") == found(member, " w ") == []
    assert len(found(member, "an", limit=1)) == 1


def test_an_account_that_somebody_only_began_is_not_found(people: People) -> None:
    make_person("Half Begonnen", is_verified=False, password="een-lang-wachtwoord")
    assert found(people.readers["member"], "half") == []


# --- asked by rooms above ---------------------------------------------------------------------------------------------


def test_who_knows_of_a_theme_and_may_be_asked(people: People) -> None:
    theme, other = Theme.objects.get(slug="canary"), Theme.objects.create(slug="elders", name="Elders")
    open_ones = Profile.objects.open_to_questions()
    assert list(open_ones.with_expertise([theme, other])) == [people.profile]
    assert not open_ones.with_expertise([other]).exists()
    assert not open_ones.with_expertise([]).exists()
    Profile.objects.update(open_to_questions=False)
    assert not open_ones.all().exists()


# --- in a number of queries that doesn't grow -------------------------------------------------------------------------


def crowd(number: int) -> list[int]:
    """People with a profile, the first for everybody; of each four one hides the name from all."""
    made = []
    with transaction.atomic():
        for index in range(number):
            user = make_person(f"Vogel {index:02d}")
            Profile.objects.create(user=user, show_name=AUDIENCES[3 - index % 4], role_at_work="teller")
            company(f"Nest {user.pk}", user)
            made.append(user.pk)
    return made


def queries_of(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert ask()
    return len(queries)


@pytest.mark.parametrize(("reader", "most"), [("anonymous", 2), ("participant", 6)])
def test_many_people_ask_as_much_as_few(people: People, reader: str, most: int) -> None:
    who = people.readers[reader]
    few, many = crowd(3), crowd(25)
    assert queries_of(lambda: shown_people(few, who)) == queries_of(lambda: shown_people(many, who)) <= most


def test_finding_many_asks_as_much_as_finding_few(people: People) -> None:
    crowd(25)
    member = people.readers["participant"]
    assert queries_of(lambda: find_people(member, "vogel", 3)) == queries_of(
        lambda: find_people(member, "vogel", 20)
    )
