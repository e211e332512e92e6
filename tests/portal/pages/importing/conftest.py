"""A portal with the terms that the files of these tests name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from tests.factories.pages import Portal, make_portal
from tests.factories.taxonomy import (
    DivisionFactory,
    GoalFactory,
    ProvinceFactory,
    SizeClassFactory,
    SourceFactory,
    ThemeFactory,
    indicator,
)

Dump = dict[str, list[dict[str, Any]]]


@pytest.fixture
def portal(db: None) -> Portal:
    portal = make_portal()
    for slug in ("proces", "leiderschap"):
        ThemeFactory.create(slug=slug)
    for code in ("stocks", "labour-productivity"):
        indicator(code)
    indicator(
        "companies-workflow", family="share-of-companies", direction="up", name="deel met betere werkstroom"
    )
    GoalFactory.create(slug="minder-voorraad")
    DivisionFactory.create()
    ProvinceFactory.create()
    SizeClassFactory.create()
    SourceFactory.create(code="ip")
    return portal


@pytest.fixture
def dump() -> Callable[[], Dump]:
    """Every row of every table, to see that nothing changed at all."""

    def read() -> Dump:
        return {
            model._meta.label: list(model._base_manager.order_by("pk").values())
            for model in apps.get_models(include_auto_created=True)
        }

    return read
