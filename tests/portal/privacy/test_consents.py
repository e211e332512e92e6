"""What somebody agreed to: written once, never over, by a number that is nobody's once the account is gone."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from network.ecosystems.models import Ecosystem
from network.ecosystems.services.people import note_rules
from portal.accounts.models import User
from portal.people.services import Details, save_profile
from portal.privacy.models import Actor, Consent
from portal.privacy.services import Agreed, consents_of, has_consent, record_consent
from tests.portal.organisations.people import browser_of


def test_given_and_taken_back_are_two_rows_and_the_last_counts(me: User, other: User) -> None:
    record_consent(me, about=Agreed.NEWSLETTER, given=True, version="2026-01")
    record_consent(me, about=Agreed.NEWSLETTER, given=True, version="2026-01")
    assert has_consent(me, about=Agreed.NEWSLETTER)
    record_consent(me, about=Agreed.NEWSLETTER, given=False)
    record_consent(other, about=Agreed.NEWSLETTER, given=True)
    assert list(consents_of(me).values_list("given", flat=True)) == [True, False]
    assert not has_consent(me, about=Agreed.NEWSLETTER)
    assert not has_consent(me, about=Agreed.TERMS)


def test_the_log_holds_a_number_and_nothing_of_the_person(me: User) -> None:
    record_consent(me, about=Agreed.TERMS, given=True)
    columns = {field.name for field in Consent._meta.get_fields()}
    assert columns == {"id", "actor", "about", "given", "version", "at"}
    assert Consent.objects.get().actor == Actor.objects.get(user=me).number


@pytest.mark.parametrize("change", [{"given": False}, {"version": "later"}, {"about": "iets anders"}])
def test_the_database_refuses_to_change_a_row(me: User, change: dict[str, object]) -> None:
    record_consent(me, about=Agreed.TERMS, given=True)
    with pytest.raises(DatabaseError, match="kept as they were"), transaction.atomic():
        Consent.objects.update(**change)
    with (
        pytest.raises(DatabaseError, match="kept as they were"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE privacy_consent SET about = 'x'")
    assert Consent.objects.get().given


def test_the_database_refuses_to_remove_a_row(me: User) -> None:
    record_consent(me, about=Agreed.TERMS, given=True)
    with pytest.raises(DatabaseError, match="never removed"), transaction.atomic():
        Consent.objects.get().delete()
    with (
        pytest.raises(DatabaseError, match="never removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM privacy_consent")
    me.delete()  # as for an address that was never proved
    assert Consent.objects.get().given
    assert not Actor.objects.exists()


def test_one_about_nothing_is_refused(me: User) -> None:
    with pytest.raises(ValueError, match="at most 60"):
        record_consent(me, about="", given=True)


def test_one_s_own_page_shows_what_one_said_last(me: User) -> None:
    record_consent(me, about=Agreed.NEWSLETTER, given=True, version="2026-01")
    record_consent(me, about=Agreed.NEWSLETTER, given=False)
    html = browser_of(me).get("/account/gegevens/").content.decode()
    assert "Nieuwsbrief" in html
    assert "Nee, sinds" in html
    assert "Ja, sinds" not in html


def test_rooms_write_down_what_people_choose(me: User) -> None:
    """Who sees a profile, and house rules; once for each choice."""
    save_profile(
        me, details=Details(name=me.name, audiences={"show_about": "everyone", "show_name": "members"})
    )
    save_profile(me, details=Details(name=me.name, audiences={"show_about": "nobody"}))
    note_rules(me, Ecosystem(pk=12), version=3)
    note_rules(me, Ecosystem(pk=13), version=0)
    said = [(row.about, row.given, row.version) for row in consents_of(me).order_by("pk")]
    # The name was shown to members already: nothing was chosen.
    assert said == [
        ("profile:about", True, "everyone"),
        ("profile:about", False, "nobody"),
        ("house-rules:12", True, "3"),
    ]
