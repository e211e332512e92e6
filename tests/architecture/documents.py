"""The documents of the authorisation matrix: in the ecosystem that the participant manages, and where they take part."""

from __future__ import annotations

import uuid
from typing import Any

from network.documents.models import DOCUMENT, EcosystemDocument
from network.documents.services import put_shown
from network.ecosystems.models import Ecosystem
from portal.accounts.models import User
from portal.media.services import keep_file
from tests.factories.media import pdf_bytes, upload


def name_documents() -> dict[str, Any]:
    """One with a file in each; one more to remove; and one that a moderator took away."""
    named: dict[str, Any] = {}
    for name in ("eigen", "eigen_gone", "stil", "stil_removed"):
        document = _put(Ecosystem.objects.get(name=name.partition("_")[0]), name)
        named[f"{name}_document"] = document.pk
        assert document.file is not None
        named[f"{name}_document_file"] = str(document.file.uuid)
    put_shown(named["stil_removed_document"], "removed")
    return named


def _put(ecosystem: Ecosystem, name: str) -> EcosystemDocument:
    """As its manager did when they weren't new any more."""
    host = User.objects.get(email="gastheer@portaal.example")
    file = keep_file(upload(f"{name}.pdf", pdf_bytes(name)), owner=host, purpose=DOCUMENT)
    return EcosystemDocument.objects.create(
        ecosystem=ecosystem,
        title=f"Stuk van {name}",
        summary="Om te lezen.",
        file=file,
        added_by=host,
        token=uuid.uuid4(),
    )
