from __future__ import annotations

import pytest
from django.test import Client

from tests.portal.http import addresses


@pytest.fixture
def visitor(settings, db) -> Client:
    """A browser at a small site behind the real middlewares; errors become answers, as for a visitor."""
    settings.ROOT_URLCONF = "tests.portal.http.addresses"
    addresses.made["count"] = 0
    return Client(raise_request_exception=False)
