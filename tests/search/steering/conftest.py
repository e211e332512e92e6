"""An editor with the rights that the portal gives him, and what he says about searching."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.pages.staff import setup_staff
from search.documents import source_for
from search.indexing.relay import relay_all
from search.steering.current import portal_analyser
from search.steering.models import OneWaySynonym, PromotedResult, SynonymGroup
from search.steering.rules import key_of
from search.steering.services import save_group
from tests.architecture.people import person
from tests.factories.pages import Portal
from tests.search.test_page import Shown


@pytest.fixture
def editor_user(portal: Portal) -> User:
    setup_staff()
    user = person("editor")
    assert user is not None
    return user


@pytest.fixture
def editor(editor_user: User) -> Client:
    client = Client()
    client.force_login(editor_user)
    return client


@pytest.fixture
def search(portal: Portal) -> Callable[..., Shown]:
    """The results page as this reader sees it; without one as a visitor."""

    def ask(text: str, reader: Client | None = None, **parameters: Any) -> Shown:
        relay_all()
        response = (reader or Client()).get("/zoeken/", {"q": text, **parameters})
        assert response.status_code == 200
        return Shown(response.content.decode())

    return ask


def make_group(*words: str) -> SynonymGroup:
    group = SynonymGroup(words="\n".join(words))
    save_group(group)
    return group


def make_one_way(term: str, *also: str) -> OneWaySynonym:
    return OneWaySynonym.objects.create(term=term, key=key_of(term, portal_analyser()), also="\n".join(also))


def promote(term: str, page: Any, **values: Any) -> PromotedResult:
    source = source_for(type(page))
    assert source is not None
    given = {"match": PromotedResult.Match.EXACT, "title": page.title, **values}
    return PromotedResult.objects.create(
        term=term, key=key_of(term, portal_analyser()), type=source.code, object_id=page.pk, **given
    )
