"""The fictional community: made once, marked as such, nothing out of order, and only on one's own machine."""

from __future__ import annotations

import io
import re
from collections import Counter

import pytest
from django.apps import apps
from django.core import checks
from django.core.management import CommandError, call_command
from django.test import override_settings

import portal.settings.base as base
from network.conversations.models import Conversation, Post
from network.documents.models import EcosystemDocument
from network.ecosystems.models import Ecosystem, Participation
from network.events.models import Event
from network.forum.models import Announcement, Topic
from network.moderation.models import ModerationCase
from network.moderation.moderators import setup_moderators
from network.questions.models import AcceptedAnswer
from portal.accounts.models import User
from portal.demo.community import load_community, renew_password
from portal.demo.safety import NotHere
from portal.organisations.models import Organisation
from portal.pages.staff import setup_staff
from portal.taxonomy.services import load_lists

ROOMS = (
    "accounts",
    "organisations",
    "ecosystems",
    "conversations",
    "forum",
    "questions",
    "events",
    "documents",
    "moderation",
    "mail",
)


def load() -> str:
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()


def rows() -> Counter[str]:
    """How many of everything there are."""
    return Counter(
        {
            model._meta.label: model._default_manager.count()
            for room in ROOMS
            for model in apps.get_app_config(room).get_models()
        }
    )


@pytest.fixture
def ready(db: None) -> None:
    """What the community stands on: themes, and the groups of staff and moderators."""
    load_lists()
    setup_staff()
    setup_moderators()


def test_made_once_marked_and_in_order(ready: None) -> None:
    """One test, since loading it by the services takes seconds."""
    first = load()
    after_once, people = rows(), set(User.objects.values_list("email", flat=True))
    password = re.search(r"nieuwe accounts: (\S+)", first)
    assert password is not None
    assert User.objects.get(email="ada@schroefstra.example").check_password(password[1])

    second = load()

    assert rows() == after_once
    assert password[1] not in second
    assert "Alles stond er al." in second
    assert all(email in second for email in people)

    everything_says_that_it_is_fictional(people)
    everything_stands_as_services_leave_it()
    what_people_changed_stays(password[1])


def everything_says_that_it_is_fictional(people: set[str]) -> None:
    assert all(email.endswith(".example") for email in people)
    assert not Organisation.objects.exclude(name__endswith="(verzonnen)").exists()
    assert not Organisation.objects.exclude(website="", kvk_number="").exists()
    for ecosystem in Ecosystem.objects.all():
        assert "verzonnen" in ecosystem.summary.lower()
        assert "verzonnen" in ecosystem.about.lower()
    assert not Event.objects.exclude(title__contains="verzonnen").exists()
    assert not EcosystemDocument.objects.exclude(title__contains="verzonnen", shown="visible").exists()
    assert sorted(each.file is None for each in EcosystemDocument.objects.all()) == [False, True]
    news = Topic.objects.filter(room__kind="news")
    assert not news.exclude(conversation__title__endswith="(verzonnen)").exists()
    assert news.values("room__ecosystem").distinct().count() == 2


def everything_stands_as_services_leave_it() -> None:
    """One post waits, of who is new; all others can be seen, and their conversations know of it."""
    assert list(Post.objects.exclude(state="visible").values_list("author__email", "state")) == [
        ("nico@nieuw-draaiwerk.example", "held")
    ]
    assert sorted(ModerationCase.objects.values_list("is_held", flat=True)) == [False, True]
    for conversation in Conversation.objects.filter(state="visible"):
        newest = conversation.posts.order_by("-number")[0]
        assert conversation.last_post_at == newest.created_at
    assert AcceptedAnswer.objects.standing().count() == AcceptedAnswer.objects.count() >= 3
    assert not Participation.objects.filter(rules_version=0).exists()
    assert not Announcement.objects.to_tell().exists() and Announcement.objects.exists()
    assert [each.taken for each in Event.objects.all()] == [
        each.registrations.filter(state="registered").count() for each in Event.objects.all()
    ]


def what_people_changed_stays(password: str) -> None:
    post = Post.objects.get(text__startswith="Foto op elke bak")
    Post.objects.filter(pk=post.pk).update(text="Anders.")
    User.objects.get(email="gijs@koperdraad.example").delete()
    number = Conversation.objects.count()

    again = load_community()

    post.refresh_from_db()
    assert post.text == "Anders."
    assert Conversation.objects.count() == number
    assert again.made["people"] == 1
    assert again.password not in ("", password)
    assert renew_password() != again.password


@pytest.mark.parametrize(
    "settings", [{"BASE_URL": "https://slimmerwerken.example"}, {"SESSION_COOKIE_SECURE": True}]
)
def test_a_portal_that_others_visit_is_refused(settings: dict[str, object], ready: None) -> None:
    before = rows()
    with override_settings(**settings):
        for command in ("load_demo", "load_crowd"):
            with pytest.raises(CommandError, match="alleen op je eigen computer"):
                call_command(command, stdout=io.StringIO())
        with pytest.raises(NotHere):
            renew_password()
    assert rows() == before


def test_production_does_not_know_it() -> None:
    assert "portal.demo" not in base.INSTALLED_APPS
    with override_settings(SESSION_COOKIE_SECURE=True):
        assert [each.id for each in checks.run_checks() if each.id == "demo.E001"] == ["demo.E001"]
    assert not [each for each in checks.run_checks() if each.id == "demo.E001"]


def test_an_empty_portal_is_refused_with_a_sentence(db: None) -> None:
    with pytest.raises(CommandError, match="nog leeg"):
        call_command("load_demo", stdout=io.StringIO())
    assert not User.objects.exists()
