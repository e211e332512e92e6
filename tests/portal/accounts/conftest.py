from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from tests.portal.accounts.issuer import Issuer


@pytest.fixture(autouse=True)
def _no_tries_counted() -> Iterator[None]:
    """Limits count in the cache that all tests of a process share."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def issuer(settings: Any) -> Iterator[Issuer]:
    running = Issuer()
    app = {
        "provider_id": "bedrijf",
        "name": "eHerkenning",
        "client_id": running.client_id,
        "secret": running.secret,
        "settings": {"server_url": running.url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"company": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield running
    running.close()
