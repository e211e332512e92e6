"""Which engine searches, where it is and how long it may take."""

from __future__ import annotations

import re

from portal.settings.environment import as_choice, as_int, as_list, as_text, declare
from portal.settings.place import DATA_DIR


def as_index_name(value: str) -> str:
    """The beginning of the names of indices, as Elasticsearch takes them."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,99}", value):
        raise ValueError("kleine letters, cijfers en streepjes")
    return value


def as_interval(value: str) -> str:
    if not re.fullmatch(r"[1-9][0-9]*(ms|s|m)|-1", value):
        raise ValueError("schrijf een duur als 1s of 500ms, of -1")
    return value


as_index_name.__name__ = "naam"
as_interval.__name__ = "duur"

ELASTICSEARCH_URL = declare(
    "ELASTICSEARCH_URL",
    as_list,
    default="",
    explanation="Adres van Elasticsearch 8, zoals https://zoek.example:9200; meer knooppunten met komma's. "
    "Wie dit zet, zoekt daar.",
)
ELASTICSEARCH_USER = declare("ELASTICSEARCH_USER", as_text, default="", explanation="Naam bij Elasticsearch.")
ELASTICSEARCH_PASSWORD = declare(
    "ELASTICSEARCH_PASSWORD", as_text, default="", explanation="Wachtwoord bij Elasticsearch."
)
ELASTICSEARCH_API_KEY = declare(
    "ELASTICSEARCH_API_KEY",
    as_text,
    default="",
    explanation="Sleutel bij Elasticsearch, in plaats van naam en wachtwoord.",
)
ELASTICSEARCH_CA = declare(
    "ELASTICSEARCH_CA",
    as_text,
    default="",
    explanation="Bestand met de certificaten waarop het certificaat van Elasticsearch rust. Zonder: de gebruikelijke.",
)
ELASTICSEARCH_INDEX = declare(
    "ELASTICSEARCH_INDEX",
    as_index_name,
    default="slimmer-werken",
    explanation="Begin van de namen van de indexen van het portaal in Elasticsearch.",
)
ELASTICSEARCH_SHARDS = declare(
    "ELASTICSEARCH_SHARDS",
    as_int,
    default="1",
    explanation="Delen van de index in Elasticsearch; geldt vanaf de volgende search_rebuild.",
)
ELASTICSEARCH_REPLICAS = declare(
    "ELASTICSEARCH_REPLICAS",
    as_int,
    default="1",
    explanation="Kopieën van elk deel; geldt vanaf de volgende search_rebuild. Met één knooppunt: 0.",
)
ELASTICSEARCH_REFRESH = declare(
    "ELASTICSEARCH_REFRESH",
    as_interval,
    default="1s",
    explanation="Hoe vaak Elasticsearch zelf de index ververst; een wijziging van het portaal is altijd meteen te "
    "vinden. Geldt vanaf de volgende search_rebuild.",
)

SEARCH_ENGINE = declare(
    "PORTAL_SEARCH_ENGINE",
    as_choice("embedded", "elasticsearch"),
    default="elasticsearch" if ELASTICSEARCH_URL else "embedded",
    explanation="Zoekmachine: de ingebouwde (embedded) of Elasticsearch. Zonder: Elasticsearch waar ELASTICSEARCH_URL "
    "staat, en anders de ingebouwde.",
)
SEARCH_INDEX_DIR = DATA_DIR / "search"
SEARCH_JOURNAL_DIR = DATA_DIR / "search-journal"
SEARCH_DEADLINE_SECONDS = 1.5
