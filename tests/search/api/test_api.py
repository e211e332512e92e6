"""The open API: what everybody may find as JSON and CSV, as its description says, for no more than so many a minute."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from portal.accounts.models import User
from search.api.views import LIMIT
from search.engine import close_engine
from search.indexing.relay import relay_all
from tests.factories.pages import Portal, make_case, make_figure, make_knowledge, restrict
from tests.factories.taxonomy import DivisionFactory, GoalFactory, SizeClassFactory
from tests.search.api.schemas import problems

BASE = "/api/zoeken"


@pytest.fixture(autouse=True)
def _nobody_asked_yet() -> None:
    cache.clear()


@pytest.fixture
def filled(portal: Portal) -> Portal:
    make_case(
        portal, "Voorraad verlagen", organisation="ALMI", goals=[GoalFactory.create()],
        sectors=[DivisionFactory.create()], size_class=SizeClassFactory.create(),
        measurements=[{"change": Decimal(-8), "caveat": "Eigen opgave.", "established": "measured"}],
    )  # fmt: skip
    make_case(portal, "Voorraad plannen")
    make_knowledge(portal, "Wat voorraad kost")
    make_figure(portal, "Voorraad in cijfers")
    relay_all()
    return portal


def ask(client: Client, query: str = "", **extra: Any) -> dict[str, Any]:
    response = client.get(f"{BASE}?{query}", **extra)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = json.loads(response.content)
    return found


def titles(answer: dict[str, Any]) -> list[str]:
    return [each["titel"] for each in answer["resultaten"]]


@pytest.mark.parametrize(
    "query",
    [
        "", "q=voorraad", "q=voorraat", "q=niets-van-dit-alles", "q=voorraad&type=case&per_pagina=1&pagina=2",
        "resultaat=stocks&minstens=5&vastgesteld=measured&sorteer=verbetering", "doel=onzin", "pagina=999",
    ],
)  # fmt: skip
def test_answers_are_as_the_description_says(filled: Portal, client: Client, query: str) -> None:
    document = json.loads(client.get("/api/openapi.json").content)
    schema = document["paths"]["/api/zoeken"]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    assert problems(ask(client, query), schema, document) == []


def test_the_description_is_complete(filled: Portal, client: Client) -> None:
    document = json.loads(client.get("/api/openapi.json").content)
    assert document["openapi"].startswith("3.1.")
    named = {each["name"] for each in document["paths"]["/api/zoeken"]["get"]["parameters"]}
    page = client.get("/api/").content.decode()
    assert all(f"<code>{name}</code>" in page for name in named)
    assert set(ask(client)["filters"]) <= named
    assert {"q", "thema", "resultaat", "vastgesteld", "sorteer", "pagina", "per_pagina", "vorm"} <= named


def test_a_result_has_its_figure_with_source_and_evidence(filled: Portal, client: Client) -> None:
    answer = ask(client, "resultaat=stocks")
    (result,) = answer["resultaten"]
    assert result["titel"] == "Voorraad verlagen"
    assert result["adres"].endswith("/praktijkvoorbeelden/voorraad-verlagen/") and "://" in result["adres"]
    assert result["bewijs"] == {"code": "described", "naam": "beschreven"}
    assert result["verbetering"] == 8
    figure = result["cijfer"]
    assert (figure["tekst"], figure["vastgesteld"], figure["kanttekening"]) == (
        "−8%",
        "gemeten",
        "Eigen opgave.",
    )
    assert figure["bron"]["plaats"] == "hoofdstuk 2"


def test_parameters_and_pages_are_those_of_the_search_page(filled: Portal, client: Client) -> None:
    answer = ask(client, "q=voorraad&type=case")
    assert sorted(titles(answer)) == ["Voorraad plannen", "Voorraad verlagen"]
    assert {each["waarde"]: each["aantal"] for each in answer["filters"]["type"]} == {
        "case": 2, "knowledge": 1, "figure": 1,
    }  # fmt: skip
    first = ask(client, "q=voorraad&per_pagina=3")
    assert (first["totaal"], first["paginas"], first["vorige"], len(first["resultaten"])) == (4, 2, None, 3)
    second = ask(client, first["volgende"].partition("?")[2])
    assert len(set(titles(first) + titles(second))) == 4
    assert second["volgende"] is None and second["vorige"] is not None
    assert ask(client, "q=voorraat")["gezocht"] == "voorraad"
    assert "kennen we niet" in ask(client, "thema=onzin")["opmerkingen"][0]


def test_whoever_asks_gets_what_is_public(filled: Portal, client: Client) -> None:
    hidden = make_case(filled, "Voorraad voor leden")
    restrict(hidden)
    relay_all()
    without = client.get(f"{BASE}?q=voorraad").content
    client.force_login(User.objects.create_superuser("beheer@portaal.example"))
    assert client.get(f"{BASE}?q=voorraad").content == without
    assert "</mark> voor leden" in client.get("/zoeken/?q=voorraad").content.decode()


def test_csv_by_parameter_or_header_and_no_cell_is_a_formula(filled: Portal, client: Client) -> None:
    make_knowledge(filled, '=HYPERLINK("http://kwaad.example";"voorraad")', summary="@voorraad")
    relay_all()
    for extra in (
        {"query": "q=voorraad&vorm=csv"},
        {"query": "q=voorraad", "headers": {"Accept": "text/csv"}},
    ):
        query = str(extra.pop("query"))
        response = client.get(f"{BASE}?{query}", **extra)  # type: ignore[arg-type]
        assert response["Content-Type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))
        assert len(rows) == 5
        assert not [
            cell for row in rows for cell in row.values() if cell.lstrip().startswith(("=", "@", "+"))
        ]
        row = next(row for row in rows if row["titel"] == "Voorraad verlagen")
        assert (row["cijfer"], row["bewijs"], row["soort"]) == ("−8%", "described", "case")


def test_other_sites_may_ask_and_nothing_may_be_changed(filled: Portal, client: Client) -> None:
    for response in (client.get(BASE), client.options(BASE), client.get("/api/openapi.json")):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response and not response.cookies
    for method in ("post", "put", "patch", "delete"):
        response = getattr(Client(enforce_csrf_checks=True), method)(BASE)
        assert response.status_code == 405 and "alleen lezen" in response.json()["fout"]
    assert client.head(BASE).status_code == 200


def test_an_unknown_form_is_refused_in_a_sentence(filled: Portal, client: Client) -> None:
    response = client.get(f"{BASE}?vorm=xml")
    assert (response.status_code, response.json()) == (
        400,
        {"fout": "Die vorm kennen we niet. Kies ‘json’ of ‘csv’."},
    )


def test_without_an_engine_it_says_so(filled: Portal, client: Client, settings: Any, tmp_path: Any) -> None:
    close_engine()
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    response = client.get(BASE)
    assert response.status_code == 503 and response["Retry-After"] == "60"
    assert "niet bereikbaar" in response.json()["fout"]


def test_who_asks_too_often_waits(filled: Portal) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC), tick=False) as clock:
        client = Client(REMOTE_ADDR="192.0.2.1")
        statuses = [client.get(BASE).status_code for _ in range(LIMIT.most + 1)]
        assert statuses == [200] * LIMIT.most + [429]
        refused = client.get(
            BASE, headers={"X-Forwarded-For": "203.0.113.9"}
        )  # says nothing: no proxy of ours
        assert refused.status_code == 429 and refused["Access-Control-Allow-Origin"] == "*"
        assert int(refused["Retry-After"]) == 51 and "51 seconden" in refused.json()["fout"]
        assert Client(REMOTE_ADDR="192.0.2.2").get(BASE).status_code == 200
        clock.shift(51)
        assert client.get(BASE).status_code == 200


@pytest.mark.parametrize("size", ["0", "-1", "veel", "9" * 500, "101"])
def test_strange_sizes_give_a_page(filled: Portal, client: Client, size: str) -> None:
    assert 1 <= ask(client, f"per_pagina={size}")["per_pagina"] <= 100
