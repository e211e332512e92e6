from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _limits_counted_anew() -> None:
    """Every role asks from one address here, and a test asks hundreds of things."""
    cache.clear()


@pytest.fixture
def second_step_required(settings: Any) -> None:
    """As on a public address."""
    settings.MFA_REQUIRED = True
