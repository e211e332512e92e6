"""System checks of the search server: what can never work is told before the first search."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from search.engine import elasticsearch_address

ID = "search.elasticsearch"


def check_search_server(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Where Elasticsearch is set up: an error where it can't work, a warning where it doesn't answer now.

    While another engine still answers, as before moving, everything is a warning.
    """
    is_chosen = settings.SEARCH_ENGINE == "elasticsearch"
    if not is_chosen and not settings.ELASTICSEARCH_URL:
        return []
    from search.engines.elasticsearch import Address
    from search.engines.elasticsearch.preflight import problems

    address = elasticsearch_address() if settings.ELASTICSEARCH_URL else Address(())
    return [
        (Error if problem.is_certain and is_chosen else Warning)(
            problem.sentence, id=f"{ID}.{problem.code}", hint="Zie docs/elasticsearch.md."
        )
        for problem in problems(address)
    ]
