"""Whoever leaves takes their name out of others' texts; nobody can take out words that way that aren't their name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings

from network.conversations.models import Post
from portal.accounts.models import User
from portal.mail.models import Mail
from portal.mail.services import queue_mail
from portal.privacy.registry import find
from portal.privacy.services import erase_account
from tests.factories.pages import Portal
from tests.factories.taxonomy import ThemeFactory
from tests.network.conversations.conftest import known, open_topic, reply
from tests.portal.organisations.people import make_organisation
from tests.portal.privacy.conftest import NAME
from tests.portal.privacy.rows import make_row

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)


@pytest.fixture
def post(other: User) -> Post:
    """What somebody else wrote in ordinary words, among others who use them too."""
    known(other)
    topic = open_topic(
        other, "Onze Kleine Series", "De machine staat op de vloer, en wij maken kleine series."
    )
    reply(topic, other, "Ook kleine onderdelen maken wij in een serie van drie series op een bank.")
    text = (
        "Op de vloer maken wij Kleine series. Zo gaan kleine series bij Putterwerk en Vlakbij Vinken sneller."
    )
    return reply(topic, other, text)


def leave_as(me: User, name: str) -> None:
    User.objects.filter(pk=me.pk).update(name=name)
    me.refresh_from_db()
    erase_account(me, texts_go=False, at=NOW)


@pytest.mark.parametrize(
    "name", ["op de", "Op De", "kleine series", "Kleine Series", "wij maken", ". .", "- a"]
)
def test_ordinary_words_stay_in_what_others_wrote(me: User, post: Post, name: str) -> None:
    before = post.text
    leave_as(me, name)
    post.refresh_from_db()
    assert post.text == before


def test_what_the_portal_and_what_stands_in_it_are_called_stays(me: User, other: User, post: Post) -> None:
    make_organisation("Vlakbij Vinken", by=other)
    leave_as(me, "Vlakbij Vinken")
    post.refresh_from_db()
    assert "Vlakbij Vinken" in post.text


@pytest.mark.parametrize("name", [settings.SITE_NAME, "Anders plannen"])
def test_nor_do_the_portals_own_name_and_its_themes_go(me: User, other: User, post: Post, name: str) -> None:
    ThemeFactory.create(slug="anders-plannen", name="Anders Plannen")
    later = reply(post.conversation, other, f"Met {name.title()} van {settings.SITE_NAME} lukt het.")
    before = later.text
    leave_as(me, name)
    later.refresh_from_db()
    assert later.text == before


def test_who_is_a_firm_of_one_is_taken_out_all_the_same(me: User, other: User, post: Post) -> None:
    make_organisation("Zwartkop de Kwikstaart", by=me)
    later = reply(post.conversation, other, "Vraag het Zwartkop de Kwikstaart.")
    leave_as(me, "Zwartkop de Kwikstaart")
    later.refresh_from_db()
    assert later.text == "Vraag het Oud-lid."


def test_a_name_of_words_that_others_use_goes_where_it_is_written_as_a_name(
    me: User, other: User, post: Post
) -> None:
    """Jan Bakker was a member; who writes of a baker called jan in small letters may mean anybody."""
    for text in ("Een bakker weet het.", "De bakker bakt.", "Jan of piet, en nog een jan."):
        reply(post.conversation, other, text)
    later = reply(
        post.conversation, other, "Jan Bakker zei het, JAN BAKKER ook. De jan bakker van de hoek niet."
    )
    leave_as(me, "Jan Bakker")
    later.refresh_from_db()
    assert later.text == "Oud-lid zei het, Oud-lid ook. De jan bakker van de hoek niet."


def test_an_address_that_nobody_proved_is_of_nobody(me: User, other: User, post: Post) -> None:
    """Else somebody could read and wipe what was sent to another, by naming that address as their own."""
    EmailAddress.objects.create(user=me, email=other.email, verified=False, primary=False)
    queue_mail(to=other.email, subject="Je code", text="123456", kind="x")
    later = reply(post.conversation, other, f"Mail mij op {other.email}.")
    entry: Any = find("mail.Mail.to")
    assert [row for row in entry.taken_by(me) if other.email in row.values()] == []
    erase_account(me, texts_go=False, at=NOW)
    later.refresh_from_db()
    assert other.email in later.text
    assert Mail.objects.filter(to=other.email, kind="x").exists()


def test_what_members_call_their_places_files_and_searches_is_looked_at_too(
    me: User, other: User, portal: Portal
) -> None:
    """Also as an address holds it, where a sign stands between the words."""
    rows = [
        (make_row(apps.get_model(model), **{column: f"{before}{name}", **more}), column, f"{before}Oud-lid")
        for model, column, before, name, more in (
            ("events.Event", "place", "Bij ", NAME, {}),
            ("submissions.SubmissionProof", "name", "Rapport van ", f"{NAME}.pdf", {}),
            ("saved_searches.SavedSearch", "name", "Alles van ", NAME.lower(), {"user": other}),
            ("saved_searches.SavedSearch", "question", "q=", NAME.lower().replace(" ", "+"), {"user": other}),
        )
    ]
    erase_account(me, texts_go=False, at=NOW)
    for row, column, wanted in rows:
        row.refresh_from_db()
        assert getattr(row, column).removesuffix(".pdf") == wanted
