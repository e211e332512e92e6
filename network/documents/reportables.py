"""Documents of ecosystems, as moderators need them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from network.documents.models import DOCUMENT, EcosystemDocument
from network.documents.services import put_shown
from network.moderation.reportables import Item, Reportable, register


def _item(document: EcosystemDocument) -> Item:
    name = document.file.name if document.file is not None else document.url
    return Item(
        id=document.pk,
        title=document.title,
        url=document.get_absolute_url(),
        text=f"{document.summary}\n\n{name}",
        author_id=document.added_by_id,
        ecosystem_id=document.ecosystem_id,
        created_at=document.added_at,
        state=document.shown,
    )


def _visible(user: Any, pk: int) -> Item | None:
    rows = EcosystemDocument.objects.visible_to(user).shown().select_related("ecosystem", "file")
    document = rows.filter(pk=pk).first()
    return _item(document) if document is not None else None


def _items(pks: Sequence[int]) -> Mapping[int, Item]:
    rows = EcosystemDocument.objects.filter(pk__in=pks).select_related("ecosystem", "file")
    return {document.pk: _item(document) for document in rows}


register(
    Reportable(
        code=DOCUMENT,
        label=_("document"),
        visible=_visible,
        items=_items,
        put=put_shown,
    )
)
