from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def member_files() -> Iterator[Path]:
    """The folder of members' images, empty before and after."""
    place = Path(settings.MEMBER_IMAGES_ROOT)
    shutil.rmtree(place, ignore_errors=True)
    yield place
    shutil.rmtree(place, ignore_errors=True)
