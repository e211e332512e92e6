from __future__ import annotations

import pytest

from tests.factories.pages import Portal, make_portal


@pytest.fixture
def portal(db: None) -> Portal:
    return make_portal()
