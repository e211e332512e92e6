"""The staff admin: each of its addresses called as every role, against the rows of authorisation.yaml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from portal.accounts.models import User
from tests.architecture.admin_addresses import AdminAddress, admin_addresses
from tests.architecture.people import ROLES, Browser, each, make_world, person

TABLE: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("authorisation.yaml").read_text(encoding="utf-8")
)
DOOR = set(TABLE["admin_door"])
GONE = set(TABLE["admin_gone"])
#: The way to the one door and the way out; asked in tests/portal/admin and tests/portal/accounts.
WAYS = ("wagtailadmin_login", "wagtailadmin_logout")
#: Raises on purpose, so that an operator can see what an error does.
TEST_OF_ERRORS = "wagtailadmin_error_test"

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("second_step_required")]


@pytest.fixture(scope="module")
def addresses(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[AdminAddress]]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        for role in ROLES:
            person(role)
        yield [address for address in admin_addresses(world) if address.name not in (*WAYS, TEST_OF_ERRORS)]
        transaction.set_rollback(True)


def browser_of(role: str) -> Client:
    client = Browser()
    if role != "anonymous":
        client.force_login(
            User.objects.get(email=f"{'beheer' if role == 'superuser' else role}@portaal.example")
        )
    return client


def is_sent_to_sign_in(response: HttpResponseBase) -> bool:
    """To the one door, or to where Wagtail thinks that its own is, which leads there."""
    doors = ("/inloggen/?next=", "/beheer/login/?next=")
    return response.status_code == 302 and response.headers["Location"].startswith(doors)


def is_kept_out(address: AdminAddress, response: HttpResponseBase) -> bool:
    if address.name in GONE:
        return response.status_code == 404
    return response.status_code == 200 if address.name in DOOR else is_sent_to_sign_in(response)


def is_refused(response: HttpResponseBase) -> bool:
    to_the_beginning = response.status_code == 302 and response.headers["Location"] == "/beheer/"
    return response.status_code in (403, 404) or to_the_beginning or is_sent_to_sign_in(response)


def test_every_namespace_has_a_row(addresses: list[AdminAddress]) -> None:
    assert {address.group for address in addresses} == set(TABLE["admin"])
    known = defaultdict(set)
    for address in addresses:
        known[address.group].add(address.name)
    for group, row in TABLE["admin"].items():
        named = {name for names in row.values() if names != "all" for name in names}
        assert named - known[group] == set(), group
    assert known[""] >= DOOR | GONE
    assert len(addresses) > 250


@each("anonymous", "member", "participant", "moderator")
def test_who_does_not_work_there_gets_no_further_than_the_door(
    addresses: list[AdminAddress], role: str
) -> None:
    client, found = browser_of(role), []
    for address in addresses:
        for method in ("GET", "POST", "PUT", "DELETE"):
            if address.name in DOOR and method != "GET":
                continue
            response = client.generic(method, address.path)
            if not is_kept_out(address, response):
                found.append(f"{method} {address.path} as {role} gave {response.status_code}")
    assert found == []


@each("editor", "expert", "superuser")
def test_who_works_there_gets_what_the_row_says(addresses: list[AdminAddress], role: str) -> None:
    client, found = browser_of(role), []
    for address in addresses:
        if address.name in DOOR | GONE:
            assert address.name in DOOR or client.get(address.path).status_code == 404
            continue
        refused = is_to_be_refused(address, role)
        response = client.get(address.path)
        if response.status_code >= 500 or is_refused(response) != refused:
            wanted = "a refusal" if refused else "an answer"
            found.append(
                f"{address.group}:{address.name} {address.path} as {role} gave {response.status_code}, not {wanted}"
            )
    assert found == []


@each("editor", "expert")
def test_what_is_refused_is_refused_for_every_method(addresses: list[AdminAddress], role: str) -> None:
    client, found = browser_of(role), []
    for address in addresses:
        if address.name not in DOOR | GONE and is_to_be_refused(address, role) and address.group:
            response = client.post(address.path, {})
            # 405: there is nothing to be posted to.
            if not is_refused(response) and response.status_code != 405:
                found.append(f"POST {address.group}:{address.name} as {role} gave {response.status_code}")
    assert found == []


def is_to_be_refused(address: AdminAddress, role: str) -> bool:
    row = TABLE["admin"][address.group]
    ranks = {
        "superuser": ("everybody",),
        "expert": ("everybody", "expert"),
        "editor": ("everybody", "expert", "editor"),
    }
    return any(row.get(rank) == "all" or address.name in row.get(rank, []) for rank in ranks[role])


def test_an_error_in_the_admin_tells_nothing(addresses: list[AdminAddress]) -> None:
    response = browser_of("superuser").get("/beheer/failwhale/")
    assert response.status_code == 500
    assert b"Traceback" not in response.content
    assert response["X-Request-ID"].encode() in response.content
    assert is_sent_to_sign_in(browser_of("anonymous").get("/beheer/failwhale/"))
