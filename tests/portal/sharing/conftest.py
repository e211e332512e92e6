from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from portal.sharing import images
from tests.factories.pages import Portal, make_portal


@pytest.fixture
def portal(db) -> Portal:
    return make_portal()


@pytest.fixture(autouse=True)
def _no_images() -> Iterator[None]:
    shutil.rmtree(images.directory(), ignore_errors=True)
    yield
    shutil.rmtree(images.directory(), ignore_errors=True)
