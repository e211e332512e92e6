"""Who may ask what: every address × role × method against the reviewed table in authorisation.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import get_page_models

from portal.accounts.models import User
from tests.architecture.people import ROLES, Browser, World, address, client_of, each, make_world, person

TABLE: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("authorisation.yaml").read_text(encoding="utf-8")
)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
STAFF_ADMIN = "beheer/"

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("second_step_required")]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once; each test's own changes go with its own transaction, within this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


def names_outside_the_admin() -> Iterator[str]:
    """Every address by its name; a nameless one by its pattern."""

    def walk(patterns: Any, prefix: str, namespace: str) -> Iterator[str]:
        for item in patterns:
            path = prefix + str(item.pattern)
            if path.startswith(STAFF_ADMIN):
                continue
            if hasattr(item, "url_patterns"):
                inner = f"{namespace}{item.namespace}:" if item.namespace else namespace
                yield from walk(item.url_patterns, path, inner)
            else:
                yield f"{namespace}{item.name or path}"

    yield from walk(get_resolver().url_patterns, "", "")


def row_name(row: str) -> str:
    """A row is an address' name, and words that say which of its cases."""
    return row.split(" ")[0]


def expected(row: dict[str, Any], method: str, role: str, path: str) -> int:
    if method == "HEAD":
        told = row.get("HEAD", row["GET"])
    else:
        told = row.get(method, 405 if method in ("PUT", "DELETE") else None)
    if isinstance(told, dict):
        told = told.get(path, told.get(role, told.get("others")))
    assert isinstance(told, int), f"no status for {method} as {role}"
    return told


def ask(client: Client, method: str, path: str, headers: dict[str, str]) -> int:
    json = {"Accept": "application/json"} if "suggesties" in path else {}
    return client.generic(method, path, headers={**json, **headers}).status_code


def deviations(rows: dict[str, Any], client: Client, role: str, names: dict[str, Any]) -> list[str]:
    found = []
    for name, row in rows.items():
        for template in row["addresses"]:
            path = template.format(**names)
            for method in METHODS if template == row["addresses"][0] else ("GET", "POST"):
                wanted = expected(row, method, role, path)
                got = ask(client, method, path, row.get("headers", {}))
                if got != wanted:
                    found.append(f"{name}: {method} {path} as {role} gave {got}, not {wanted}")
    return found


def test_every_address_has_a_row() -> None:
    """A new address without a row fails here, and so does a row whose address is gone."""
    known = {row_name(row) for row in (*TABLE["ours"], *TABLE["accounts"], *TABLE["wagtail_public"])}
    assert set(names_outside_the_admin()) - known == set()
    assert known - set(names_outside_the_admin()) == set()
    assert tuple(TABLE["roles"]) == ROLES


@each(*ROLES)
def test_our_addresses(world: World, role: str) -> None:
    assert deviations(TABLE["ours"], client_of(role), role, world.names) == []


@each(*ROLES)
def test_accounts(world: World, role: str) -> None:
    """Each row with a browser of its own: some end the session."""
    user = person(role)
    found = []
    for name, row in TABLE["accounts"].items():
        for method in METHODS:
            client = Browser()
            if user is not None:
                client.force_login(User.objects.get(pk=user.pk))
            for template in row["addresses"]:
                path = template.format(**world.names)
                wanted, got = expected(row, method, role, path), client.generic(method, path).status_code
                if got != wanted:
                    found.append(f"{name}: {method} {path} as {role} gave {got}, not {wanted}")
    assert found == []


@each(*ROLES)
def test_wagtails_addresses_outside_the_admin(world: World, role: str) -> None:
    rows = {
        name: {"PUT": row["POST"], "DELETE": row["POST"], **row}
        for name, row in TABLE["wagtail_public"].items()
    }
    assert deviations(rows, client_of(role), role, world.names) == []


# --- pages ----------------------------------------------------------------------------------------------------------


def test_every_kind_of_page_and_every_address_below_it_has_a_row() -> None:
    """A route of a page is known by how many rows match it."""
    kinds = {
        model._meta.label: model for model in get_page_models() if model._meta.app_label != "wagtailcore"
    }
    assert set(TABLE["page_addresses"]) == set(kinds)
    for label, model in kinds.items():
        if not issubclass(model, RoutablePageMixin):
            continue
        rest = [
            part if not part or part.endswith("/") else f"{part}/" for part in TABLE["page_addresses"][label]
        ]
        for pattern in model.get_subpage_urls():
            assert any(pattern.pattern.match(part) for part in rest), f"{label}: no row for {pattern.pattern}"


@each(*ROLES)
def test_pages_in_every_state(world: World, role: str) -> None:
    client, found, asked = client_of(role), [], 0
    for (kind, state), page in world.pages.items():
        for rest in TABLE["page_addresses"][kind]:
            path = address(page) + rest
            for method in METHODS if role in ("anonymous", "superuser") else ("GET", "POST"):
                wanted = expected({"GET": TABLE["pages"][state], "POST": 405}, method, role, path)
                got = client.generic(method, path).status_code
                asked += 1
                if got != wanted:
                    found.append(f"{kind} ({state}): {method} {path} as {role} gave {got}, not {wanted}")
    assert asked > 80
    assert found == []


@each(*ROLES)
def test_what_lies_below_a_hidden_index_is_hidden_with_it(world: World, role: str) -> None:
    from tests.factories.pages import restrict

    restrict(world.portal.cases)
    restrict(world.portal.figures)
    client, found = client_of(role), []
    wanted = 404 if role == "anonymous" else 200
    for kind, state in (
        ("cases.CaseIndexPage", "open"),
        ("cases.CasePage", "open"),
        ("figures.FigurePage", "open"),
    ):
        for rest in TABLE["page_addresses"][kind]:
            path = address(world.pages[kind, state]) + rest
            got = client.get(path).status_code
            if got != wanted:
                found.append(f"{path} as {role} gave {got}, not {wanted}")
    assert found == []
