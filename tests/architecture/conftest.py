from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture
def second_step_required(settings: Any) -> None:
    """As on a public address. Limits are counted anew, since every role comes from one address here."""
    settings.MFA_REQUIRED = True
    cache.clear()
