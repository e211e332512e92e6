"""Documents for the tests, of an ecosystem and of its working group. All fictional."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache

from network.documents.models import EcosystemDocument
from network.documents.services import Details, add_document
from network.ecosystems.models import Ecosystem
from portal.accounts.models import User
from tests.factories.media import pdf_bytes, upload
from tests.network.conversations.conftest import known
from tests.network.ecosystems.conftest import Circle, circle, portal

__all__ = ["circle", "portal"]
LINK = "https://voorbeeld.example/checklist"


@pytest.fixture(autouse=True)
def place() -> Iterator[Path]:
    """The folder of members' files, empty before and after; and no limit of writing that another test used up."""
    cache.clear()
    found = Path(settings.MEMBER_FILES_ROOT)
    shutil.rmtree(found, ignore_errors=True)
    yield found
    shutil.rmtree(found, ignore_errors=True)


@pytest.fixture
def members(circle: Circle) -> Circle:
    """All of them known, so that nothing waits for a moderator and who manages may send files."""
    known(circle.host, circle.anna, circle.bram, circle.guest, circle.outsider)
    return circle


def put(
    ecosystem: Ecosystem, by: User, title: str = "Checklist voor een klus", **values: Any
) -> EcosystemDocument:
    """With a file of its own, or with the link in `url`; in words of its own, since what is said twice is held."""
    own = "".join(chr(97 + int(letter, 16)) for letter in uuid.uuid4().hex)
    given: dict[str, Any] = {"summary": f"Om niets te vergeten bij {own[:8]} en {own[8:16]}.", **values}
    if "url" not in given:
        given["upload"] = given.get("upload") or upload("Checklist.pdf", pdf_bytes("Checklist"))
    return add_document(ecosystem, details=Details(title=title, **given), by=by, token=uuid.uuid4())


def files(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if path.is_file())


def address(ecosystem: Ecosystem, rest: str = "") -> str:
    return f"/ecosystemen/{ecosystem.slug}/documenten/{rest}"
