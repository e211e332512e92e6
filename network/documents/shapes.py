"""Documents as the design system's components take them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from network.documents.models import EcosystemDocument
from portal.design.shapes import HitView


def document_hits(documents: Iterable[EcosystemDocument]) -> list[HitView]:
    """For a list; with their ecosystem and file."""
    return [
        HitView(
            kind=kind_of(each),
            title=each.title,
            url=each.get_absolute_url(),
            meta=[weight_of(each), day_of(each)],
            excerpt=each.summary,
        )
        for each in documents
    ]


def kind_of(document: EcosystemDocument) -> str:
    """PDF, XLSX; or that it is a link."""
    return document.file.name.rpartition(".")[2].upper() if document.file is not None else _("link")


def weight_of(document: EcosystemDocument) -> str:
    """How large the file is, or where the link leads."""
    if document.file is not None:
        return filesizeformat(document.file.bytes)
    return urlsplit(document.url).hostname or ""


def day_of(document: EcosystemDocument) -> str:
    return date_format(timezone.localtime(document.changed_at), "j F Y")
