"""What compose.yaml promises, read as a file: nothing of it is started here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import load_command_class

from portal.settings.environment import DECLARED


@pytest.fixture(scope="session")
def text(project_root: Path) -> str:
    return (project_root / "compose.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def services(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text)["services"]
    return found


def test_without_a_profile_there_is_no_search_server(services: dict[str, Any]) -> None:
    plain = {name for name, service in services.items() if not service.get("profiles")}
    assert plain == {"portal", "worker", "search-worker", "database"}
    needed = {each for name in plain for each in services[name].get("depends_on", {})}
    assert needed <= plain


def test_each_job_has_exactly_one_of_the_two_workers(services: dict[str, Any]) -> None:
    parser = load_command_class("portal.background", "worker").create_parser("manage.py", "worker")
    shares = []
    for name in ("worker", "search-worker"):
        command = services[name]["command"]
        assert command[:3] == ["python", "manage.py", "worker"]
        options = parser.parse_args(command[3:])
        shares.append((options.only, options.without))
    assert shares == [([], ["search"]), (["search"], [])]


def test_the_portal_is_told_only_what_it_knows(services: dict[str, Any]) -> None:
    given = {
        name
        for name in services["portal"]["environment"]
        if name.startswith(("PORTAL_", "ELASTICSEARCH_", "DATABASE_", "EMAIL_"))
    }
    known = set(DECLARED) | {"PORTAL_SECRET_KEY", "PORTAL_BEHIND_PROXY"}
    assert given <= known


def test_the_search_server_asks_a_password_and_speaks_tls(services: dict[str, Any]) -> None:
    server = services["elasticsearch"]
    environment = server["environment"]
    assert environment["xpack.security.enabled"] == "true"
    assert environment["xpack.security.http.ssl.enabled"] == "true"
    assert "ports" not in server
    assert "https://" in server["healthcheck"]["test"][1]


def test_every_value_that_is_asked_for_is_explained(text: str) -> None:
    explained = text[: text.index("x-portal:")]
    required = set(re.findall(r"\$\{(\w+):\?", text))
    assert required and all(f"{name}=" in explained for name in required)
