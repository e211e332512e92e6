"""An account that is erased leaves no word by which its person is known: anywhere, whatever others wrote."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Comment, CommentReply, ModelLogEntry, Page

from network.conversations.models import Draft, Post
from network.conversations.services import edit_post, save_draft
from network.moderation.models import Decision
from portal.accounts.models import User
from portal.mail.models import Mail
from portal.mail.services import queue_mail
from portal.organisations.models import Organisation
from portal.organisations.services import LastManager, leave_organisation
from portal.people.services import Details, save_profile, set_photo
from portal.privacy import erasure_list
from portal.privacy.models import Actor, Consent, Erased, Leaving
from portal.privacy.registry import DELETE, entries
from portal.privacy.services import (
    Agreed,
    NotAllErasedError,
    actor_number,
    ask_erasure,
    erase_account,
    erase_again,
    erase_due,
    record_consent,
    take_back_erasure,
)
from portal.privacy.sweeping import swept
from search.engine import close_engine, engine
from search.indexing.relay import relay_all
from tests.factories.media import picture_bytes, upload
from tests.factories.pages import Portal, make_case
from tests.network.conversations.conftest import known, open_topic, reply
from tests.portal.organisations.people import browser_of, make_organisation, make_person
from tests.portal.privacy.conftest import ADDRESS, CANARY, NAME, proven_browser
from tests.portal.privacy.rows import make_row
from tests.portal.privacy.scanning import everywhere, in_database

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
Commit = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Commit:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def one_row_of_everything(user: User) -> None:
    """A row for every entry that points at a person, with the name in whatever holds prose."""
    prose = {model: {field.name for field in fields} for model, fields in swept()}
    for entry in entries():
        if entry.about_organisation or entry.person is not None:
            continue
        if entry.rows_of(user).exists():
            continue
        stays = entry.erasure is not DELETE
        shown = set(getattr(entry.export, "names", ()))
        filled = shown & prose.get(entry.model, set()) if stays else shown
        make_row(entry.model, word=NAME, filled=frozenset(filled), **{entry.field_name: user})


def live(me: User, other: User) -> Post:
    """What a person leaves behind by using the portal, and what others write about them."""
    known(me, other)
    topic = open_topic(me, f"Vraag van {NAME}", f"Ik ben {NAME}, mail me op {ADDRESS}")
    mine = reply(topic, me, "Met **groet**")
    edit_post(mine, by=me, text="Een betere groet", version=1)
    text = f"Dank @{NAME}, en aan {ADDRESS.upper()}\n\n> {NAME} schreef:\n>\n> Met groet"
    theirs = reply(topic, other, text)
    edit_post(theirs, by=other, text=f"{text}\n\nTot ziens, {NAME}.", version=1)
    save_draft(other, place="ergens", title=f"Aan {NAME}", text=f"Beste @{NAME}")
    save_profile(me, details=Details(name=NAME, about=f"Dit is {NAME}", role_at_work=f"De {CANARY}"))
    set_photo(me, upload=upload("kwikstaart.png", picture_bytes()))
    queue_mail(
        to=other.email, subject=f"{NAME} nodigt je uit", text=f"Van {NAME} <{ADDRESS}>", kind="x", html=NAME
    )
    queue_mail(to=ADDRESS, subject="Hallo", text=f"Beste {NAME}", kind="x")
    log(me, "accounts.remove_second_steps", user=other, data={"reason": f"{NAME} belde"})
    halfway = SessionStore()
    halfway["account_login"] = {"email": ADDRESS}
    halfway.save()
    apps.get_model("search_journal", "Phrase").objects.create(text=NAME.lower())
    record_consent(me, about=Agreed.NEWSLETTER, given=True)
    browser_of(me).get("/account/")
    return theirs


@pytest.mark.parametrize("texts_go", [False, True])
def test_after_erasing_no_word_of_the_person_is_anywhere(
    me: User, other: User, portal: Portal, index: Any, commit: Commit, texts_go: bool
) -> None:
    make_case(portal, "Een voorbeeld", slug="voorbeeld")
    with commit():
        theirs = live(me, other)
        one_row_of_everything(me)
    relay_all()
    before = everywhere(CANARY)
    # The scan sees the person everywhere before: in tables of every room, in the index.
    assert {"accounts_user.email", "conversations_post.html", "mail_mail.to", "people_profile.about"} <= set(
        before
    )
    assert any(place.startswith("index/") for place in before)
    with commit():
        erase_account(me, texts_go=texts_go, at=NOW)
    relay_all()
    engine().optimise()  # as every night: what was taken out of the index leaves its file
    close_engine()
    assert everywhere(CANARY) == []
    assert not User.objects.filter(pk=me.pk).exists()
    theirs.refresh_from_db()
    assert "Dank @Oud-lid, en aan Oud-lid" in theirs.text
    assert "> Oud-lid schreef:" in theirs.text
    assert "<p>Dank @Oud-lid" in theirs.html


def test_what_one_wrote_stays_without_a_name(me: User, other: User, commit: Commit) -> None:
    known(me, other)
    topic = open_topic(me, "Kleine series", "Wie weet er een bord?")
    with commit():
        erase_account(me, texts_go=False, at=NOW)
    html = browser_of(other).get(topic.get_absolute_url()).content.decode()
    assert "Wie weet er een bord?" in html
    assert "Oud-lid" in html


def test_what_one_wrote_goes_too_and_the_answers_of_others_stay(
    me: User, other: User, commit: Commit
) -> None:
    known(me, other)
    topic = open_topic(me, "Kleine series", "Wie weet er een bord?")
    reply(topic, other, "Ik weet er een.")
    with commit():
        erase_account(me, texts_go=True, at=NOW)
    html = browser_of(other).get(topic.get_absolute_url()).content.decode()
    assert "Wie weet er een bord?" not in html
    assert "Kleine series" not in html
    assert "Ik weet er een." in html


def test_words_of_who_bears_the_same_name_are_left_alone(me: User, other: User) -> None:
    """An address belongs to one person; a name may belong to two."""
    make_person(NAME, "naamgenoot@nest.example")
    known(other)
    post = reply(open_topic(other), other, f"Vraag het {NAME}, of mail {ADDRESS}.")
    erase_account(me, texts_go=False, at=NOW)
    post.refresh_from_db()
    assert post.text == f"Vraag het {NAME}, of mail Oud-lid."


def test_a_name_of_one_word_stays_in_what_others_say_but_not_where_it_means_the_person(
    me: User, other: User
) -> None:
    User.objects.filter(pk=me.pk).update(name="Roos")
    me.refresh_from_db()
    known(other)
    post = reply(open_topic(other), other, "Een roos voor @Roos\n\n> Roos schreef:\n>\n> Hoi")
    erase_account(me, texts_go=False, at=NOW)
    post.refresh_from_db()
    assert post.text == "Een roos voor @Oud-lid\n\n> Oud-lid schreef:\n>\n> Hoi"


def test_what_somebody_else_half_typed_is_looked_at_field_by_field(me: User, other: User) -> None:
    """A name of one word stays where it may mean something else, and goes where it means the person."""
    User.objects.filter(pk=me.pk).update(name="Roos")
    me.refresh_from_db()
    typed = f"Een roos voor @Roos en @{{{me.pk}}}"
    rest = {"description": typed, "place": f"Bij {ADDRESS}", "questions": ["Komt @Roos?", "Een roos"]}
    save_draft(other, place="bijeenkomst", title="Met @Roos", text=typed, rest=rest)
    save_draft(other, place="elders", rest={"description": "Een roos"})
    before = dict(Draft.objects.values_list("place", "saved_at"))
    erase_account(me, texts_go=False, at=NOW)
    draft, elsewhere = Draft.objects.get(place="bijeenkomst"), Draft.objects.get(place="elders")
    assert (draft.title, draft.text) == ("Met @Oud-lid", "Een roos voor @Oud-lid en @Oud-lid")
    assert draft.rest == {
        "description": "Een roos voor @Oud-lid en @Oud-lid",
        "place": "Bij Oud-lid",
        "questions": ["Komt @Oud-lid?", "Een roos"],
    }
    assert elsewhere.rest == {"description": "Een roos"}
    # Nobody wrote on it: it is kept no longer than it would have been.
    assert dict(Draft.objects.values_list("place", "saved_at")) == before


def test_a_name_with_accents_is_found_in_what_is_half_typed_too(me: User, other: User) -> None:
    User.objects.filter(pk=me.pk).update(name="Zoë")
    me.refresh_from_db()
    save_draft(other, place="bijeenkomst", rest={"description": "Samen met @Zoë"})
    erase_account(me, texts_go=False, at=NOW)
    assert Draft.objects.get().rest == {"description": "Samen met @Oud-lid"}


def test_a_name_with_accents_is_found_whatever_whatever_its_capitals_and_in_json_too(
    me: User, other: User
) -> None:
    User.objects.filter(pk=me.pk).update(name="Zoë de Reéwijk")
    me.refresh_from_db()
    known(other)
    post = reply(open_topic(other), other, "Volgens ZOË DE REÉWIJK kan het.")
    log(other, "accounts.remove_second_steps", user=other, data={"reason": "Zoë de Reéwijk vroeg het"})
    erase_account(me, texts_go=False, at=NOW)
    post.refresh_from_db()
    assert post.text == "Volgens Oud-lid kan het."
    assert ModelLogEntry.objects.get().data == {"reason": "Oud-lid vroeg het"}


def test_a_case_of_moderation_stays_without_a_word_about_the_person(me: User) -> None:
    case = make_row(apps.get_model("moderation", "ModerationCase"), author=me)
    number = actor_number(me)
    said = {"facts": f"{NAME} schold", "reason": "Dat mag niet", "rule": "Artikel 1"}
    row = make_row(Decision, case=case, person=me, person_number=number, **said)
    erase_account(me, texts_go=False, at=NOW)
    kept = Decision.objects.get(pk=row.pk)
    assert (kept.person, kept.facts, kept.reason, kept.rule) == (None, "", "", "Artikel 1")
    # The log still tells one person from another; nothing tells who it was.
    assert kept.person_number == number
    assert not Actor.objects.filter(number=number).exists()
    with pytest.raises(DatabaseError, match="kept as they were"), transaction.atomic():
        Decision.objects.filter(pk=row.pk).update(person_number=None)


def test_consents_stay_and_are_nobodys(me: User) -> None:
    record_consent(me, about=Agreed.TERMS, given=True, version="2026")
    assert Actor.objects.get(user=me).number == Consent.objects.get().actor
    erase_account(me, texts_go=False, at=NOW)
    assert Consent.objects.count() == 1
    assert not Actor.objects.exists()


def test_a_last_manager_is_told_and_never_refused(me: User, commit: Commit) -> None:
    company = make_organisation("Vogelhuis", by=me)
    with pytest.raises(LastManager):
        leave_organisation(company, by=me)
    page = proven_browser(me).get("/account/gegevens/wissen/").content.decode()
    assert "Je bent de enige beheerder van Vogelhuis" in page
    with commit():
        erase_account(me, texts_go=False, at=NOW)
    assert list(Organisation.objects.without_manager(timezone.localdate())) == [company]


def test_one_has_a_week_to_come_back_on_it(me: User, commit: Commit) -> None:
    ask_erasure(me, texts_go=False, at=NOW)
    assert Mail.objects.get(to=ADDRESS).subject == "Op 22 juni 2026 wissen we je account"
    assert erase_due(NOW + timedelta(days=6, hours=23)) == 0
    assert take_back_erasure(me)
    assert erase_due(NOW + timedelta(days=8)) == 0
    ask_erasure(me, texts_go=False, at=NOW)
    ask_erasure(me, texts_go=True, at=NOW)
    assert Leaving.objects.get().texts_go
    with commit():
        assert erase_due(NOW + timedelta(days=8)) == 1
    assert not User.objects.filter(pk=me.pk).exists()


def test_the_form_asks_for_a_choice_and_for_being_sure(me: User) -> None:
    browser = proven_browser(me)
    answer = browser.post("/account/gegevens/wissen/", {}).content.decode()
    assert "Kies of je berichten blijven staan." in answer
    assert "Zet hier een vinkje" in answer
    assert not Leaving.objects.exists()
    browser.post("/account/gegevens/wissen/", {"texts": "weg", "sure": "on"})
    assert Leaving.objects.get().texts_go
    assert "Ik wil mijn account houden" in browser.get("/account/gegevens/").content.decode()
    browser.post("/account/gegevens/houden/")
    assert not Leaving.objects.exists()


def test_erasing_is_for_who_has_just_proved_who_they_are(me: User) -> None:
    answer = browser_of(me).post("/account/gegevens/wissen/", {"texts": "weg", "sure": "on"})
    assert (answer.status_code, Leaving.objects.exists()) == (302, False)


def test_one_that_fails_keeps_nobody_else_waiting(me: User, other: User, commit: Commit) -> None:
    ask_erasure(me, texts_go=False, at=NOW)
    ask_erasure(other, texts_go=False, at=NOW)
    # A row that the registry can't part from: nobody may be unlinked from it.
    held = [entry for entry in entries() if entry.field == "organisations.Membership.user"][0]

    def refuse(departure: Any) -> None:
        if departure.user.pk == me.pk:
            raise RuntimeError("kapot")
        act(departure)

    act = held.erasure.act  # type: ignore[union-attr]
    object.__setattr__(held.erasure, "act", refuse)
    try:
        with pytest.raises(NotAllErasedError), commit():
            erase_due(NOW + timedelta(days=8))
    finally:
        object.__setattr__(held.erasure, "act", act)
    assert set(User.objects.filter(pk__in=[me.pk, other.pk])) == {me}
    assert in_database(CANARY) != []


def test_what_staff_said_beside_a_page_leaves_its_earlier_versions_too(
    me: User, other: User, portal: Portal
) -> None:
    case = make_case(portal, "Een voorbeeld", slug="voorbeeld")
    mine = Comment(page=case, user=me, text="Graag korter", contentpath="title", position="")
    theirs = Comment(page=case, user=other, text="Mooi zo", contentpath="title", position="")
    for comment in (mine, theirs):
        comment.save()
    CommentReply.objects.create(comment=theirs, user=me, text="Dank")
    revision = Page.objects.get(pk=case.pk).specific.save_revision()
    assert {"Graag korter", "Mooi zo", "Dank"} <= set(words_in(revision.content))
    erase_account(me, texts_go=False, at=NOW)
    revision.refresh_from_db()
    assert {"Graag korter", "Mooi zo", "Dank"} & set(words_in(revision.content)) == {"Mooi zo"}


def words_in(value: Any) -> list[str]:
    """All texts in lists and dictionaries of JSON."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [word for each in value for word in words_in(each)]
    return [value] if isinstance(value, str) else []


# --- after a backup was put back


def test_who_was_erased_is_erased_again_and_nobody_else(me: User, other: User, commit: Commit) -> None:
    with commit():
        erase_account(me, texts_go=True, at=NOW)
    lines = erasure_list.read(erasure_list.path())
    assert [(line.user_number, line.texts_go) for line in lines] == [(me.pk, True)]
    assert CANARY not in erasure_list.path().read_text()
    # An older backup: the person is there again, and nobody knows of the erasure.
    Erased.objects.all().delete()
    User.objects.bulk_create([User(pk=me.pk, email=ADDRESS, name=NAME, date_joined=me.date_joined)])
    with commit():
        assert erase_again(lines, NOW) == 1
    assert set(User.objects.filter(pk__in=[me.pk, other.pk])) == {other}
    # Somebody else who came after the backup was put back may have the same number.
    User.objects.bulk_create([User(pk=me.pk, email="nieuw@nest.example", date_joined=NOW)])
    assert erase_again(lines, NOW) == 0


def test_a_line_that_was_cut_off_spoils_no_other(me: User, commit: Commit) -> None:
    place = erasure_list.path()
    place.write_text('{"user_number": 3, "joi')
    with commit():
        erase_account(me, texts_go=False, at=NOW)
    assert [line.user_number for line in erasure_list.read(place)] == [me.pk]


def test_nothing_is_left_in_the_cache_of_limits(me: User) -> None:
    browser_of(None).post("/inloggen/", {"login": ADDRESS, "password": "fout"})
    cache.set("iets", "iets")
    assert [place for place in everywhere(CANARY) if place.startswith("cache")] == []
