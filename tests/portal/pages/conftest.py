"""A small portal and the people who read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client

from portal.accounts.models import User
from tests.factories.pages import Portal, make_portal

Commit = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def commit(db: None) -> Commit:
    """At the end of the block all that waits for a commit is done, as it is outside a test's own transaction."""

    @contextmanager
    def committing() -> Iterator[None]:
        yield
        while waiting := connection.run_on_commit:
            connection.run_on_commit = []
            for _savepoints, function, _robust in waiting:
                function()

    return committing


@pytest.fixture
def portal(db: None) -> Portal:
    return make_portal()


@pytest.fixture
def group(db: None) -> Group:
    return Group.objects.create(name="Kring Twente")


@pytest.fixture
def sign_in(client: Client) -> Callable[..., Client]:
    """The client as a new person."""

    def as_person(*groups: Group, **fields: bool) -> Client:
        user = User.objects.create_user(f"persoon{User.objects.count()}@voorbeeld.nl", **fields)
        user.groups.set(groups)
        client.force_login(user)
        return client

    return as_person
