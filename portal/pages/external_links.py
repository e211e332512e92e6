"""The addresses elsewhere in the texts of live pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.urls import reverse
from wagtail.fields import RichTextField, StreamField

from portal.evidence.links import ExternalLink, addresses_in, register
from portal.pages.models import BasePage


@register
def page_links() -> Iterator[ExternalLink]:
    for model in apps.get_models():
        if not issubclass(model, BasePage):
            continue
        fields = [
            field.name for field in model._meta.get_fields() if isinstance(field, RichTextField | StreamField)
        ]
        if not fields:
            continue
        for page in model.objects.live():
            for url in dict.fromkeys(url for field in fields for url in addresses_of(getattr(page, field))):
                yield ExternalLink(
                    url=url, place=page.title, edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk])
                )


def addresses_of(value: Any) -> Iterator[str]:
    """The external addresses in a rich text, or in all texts of a stream field however deep they lie."""
    if isinstance(value, str):
        yield from addresses_in(value)
    elif hasattr(value, "get_prep_value"):
        yield from addresses_of(value.get_prep_value())
    elif isinstance(value, dict):
        for part in value.values():
            yield from addresses_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from addresses_of(part)
