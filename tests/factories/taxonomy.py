"""Reference lists and evidence: get-or-create by code, so that tests may name the same term twice."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from portal.evidence.models import Indicator, Source
from portal.organisations.models import Organisation
from portal.taxonomy.models import Goal, Region, Sector, SizeClass, Theme


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme
        django_get_or_create = ("slug",)

    slug = "proces"
    name = factory.LazyAttribute(lambda theme: theme.slug.replace("-", " ").capitalize())
    description = "Hoe het werk loopt."


class GoalFactory(DjangoModelFactory[Goal]):
    class Meta:
        model = Goal
        django_get_or_create = ("slug",)

    slug = "minder-voorraad"
    name = factory.LazyAttribute(lambda goal: goal.slug.replace("-", " "))
    description = "Wat je wilt bereiken."


class SectionFactory(DjangoModelFactory[Sector]):
    class Meta:
        model = Sector
        django_get_or_create = ("code",)

    code = "C"
    name = "Industrie"
    slug = factory.LazyAttribute(lambda sector: f"sector-{sector.code.lower()}")
    level = Sector.Level.SECTION


class DivisionFactory(DjangoModelFactory[Sector]):
    class Meta:
        model = Sector
        django_get_or_create = ("code",)

    code = "25"
    name = "Metaalproducten"
    slug = factory.LazyAttribute(lambda sector: f"sector-{sector.code.lower()}")
    level = Sector.Level.DIVISION
    parent = factory.SubFactory(SectionFactory)


class ProvinceFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "PV23"
    name = "Overijssel"
    slug = factory.LazyAttribute(lambda region: region.name.lower())
    kind = Region.Kind.PROVINCE
    latitude = 52.44
    longitude = 6.45


class CoropFactory(ProvinceFactory):
    code = "CR10"
    name = "Noord-Overijssel"
    kind = Region.Kind.COROP
    parent = factory.SubFactory(ProvinceFactory)


class SizeClassFactory(DjangoModelFactory[SizeClass]):
    class Meta:
        model = SizeClass
        django_get_or_create = ("code",)

    code = "15-49"
    name = "15 tot en met 49 mensen"
    minimum = 15
    maximum = 49


class IndicatorFactory(DjangoModelFactory[Indicator]):
    class Meta:
        model = Indicator
        django_get_or_create = ("code",)

    code = "stocks"
    name = "voorraad"
    unit = "%"
    direction = "down"
    family = "stocks"


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source
        django_get_or_create = ("code",)

    code = "ip"
    short_name = "IP"
    title = "Slimmer werken in het mkb"
    publisher = "Innovatieplatform"
    year = 2009


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda number: f"Machinefabriek {number}")
    slug = factory.LazyAttribute(lambda organisation: organisation.name.lower().replace(" ", "-"))


def indicator(code: str, **fields: Any) -> Indicator:
    """A few that tests need again and again, as the real vocabulary has them."""
    known: dict[str, dict[str, Any]] = {
        "stocks": {},
        "labour-productivity": {"name": "arbeidsproductiviteit", "direction": "up", "family": "productivity"},
        "lead-time": {"name": "doorlooptijd", "direction": "down", "family": "lead-time"},
    }
    return IndicatorFactory.create(code=code, **{**known.get(code, {}), **fields})
