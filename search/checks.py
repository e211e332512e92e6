"""System checks: what must not be forgotten when a page type is added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from wagtail.models import Page

from search.documents import excluded, sources


def check_pages_are_searchable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every page type of the portal is searched, or its room says why not."""
    return list(forgotten_pages(model for model in apps.get_models() if issubclass(model, Page)))


def forgotten_pages(models: Iterable[type[Page]]) -> Iterable[CheckMessage]:
    known = {source.model for source in sources().values()} | set(excluded())
    for model in models:
        if model is Page or model._meta.abstract or model in known:
            continue
        yield Error(
            f"Pages of type {model._meta.label} can't be found by searching.",
            hint=(
                "Register a source for it in search_documents.py of its room, "
                "or leave it out on purpose: search.documents.exclude(Model, because='…')."
            ),
            obj=model,
            id="search.E001",
        )
