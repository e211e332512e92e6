"""A small portal for tests: the tree under a site's front page, and pages of every kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import factory
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail_factories import PageFactory

from cases.models import CaseIndexPage, CaseMeasurement, CasePage
from portal.figures.models import FigureIndexPage, FigurePage, FigureValue
from portal.home.models import HomePage
from portal.pages.models import ContentPage, KnowledgeIndexPage, KnowledgePage, PageCitation
from portal.taxonomy.models import Theme
from tests.factories.taxonomy import OrganisationFactory, SourceFactory, ThemeFactory, indicator
from tests.scenes import scene

PUBLISHED_AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


class HomePageFactory(PageFactory):
    class Meta:
        model = HomePage

    title = "Slimmer Werken"
    slug = "slimmer-werken"


class CaseIndexPageFactory(PageFactory):
    class Meta:
        model = CaseIndexPage

    title = "Praktijkvoorbeelden"
    slug = "praktijkvoorbeelden"


class KnowledgeIndexPageFactory(PageFactory):
    class Meta:
        model = KnowledgeIndexPage

    title = "Kennis"
    slug = "kennis"


class FigureIndexPageFactory(PageFactory):
    class Meta:
        model = FigureIndexPage

    title = "Cijfers"
    slug = "cijfers"


class PublishedPageFactory(PageFactory):
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT


class CasePageFactory(PublishedPageFactory):
    """Give `themes`, `goals`, `sectors`, `regions` as lists; `main_theme` is the first theme."""

    class Meta:
        model = CasePage

    title = factory.Sequence(lambda number: f"Praktijkvoorbeeld {number}")
    summary = "Wat een bedrijf deed om slimmer te werken."
    organisation = factory.SubFactory(OrganisationFactory)
    main_theme = factory.SubFactory(ThemeFactory)
    reason = "<p>Het werk liep vast.</p>"
    approach = factory.LazyFunction(
        lambda: [("step", {"title": "Begin klein", "text": "<p>Kies één ploeg.</p>"})]
    )
    result = "<p>Het werk loopt weer.</p>"


class KnowledgePageFactory(PublishedPageFactory):
    class Meta:
        model = KnowledgePage

    title = factory.Sequence(lambda number: f"Kennis {number}")
    summary = "Wat er bekend is."
    body = factory.LazyFunction(lambda: [("paragraph", "<p>Zo zit het in elkaar.</p>")])


class ContentPageFactory(PublishedPageFactory):
    class Meta:
        model = ContentPage

    title = factory.Sequence(lambda number: f"Pagina {number}")
    body = factory.LazyFunction(lambda: [("paragraph", "<p>Over het portaal.</p>")])


class FigurePageFactory(PublishedPageFactory):
    class Meta:
        model = FigurePage

    title = factory.Sequence(lambda number: f"Cijfer {number}")
    measure = "aandeel bedrijven"
    unit = "%"
    caveat = "Zelf gerapporteerd."
    source = factory.SubFactory(SourceFactory)
    place = "hoofdstuk 1"


@dataclass(frozen=True)
class Portal:
    """The pages that every portal has."""

    root: Page
    home: HomePage
    cases: CaseIndexPage
    knowledge: KnowledgeIndexPage
    figures: FigureIndexPage


@scene(HomePage)
def make_portal() -> Portal:
    """The tree under a new front page, which becomes the root of the default site."""
    # A test with real transactions ends by emptying all tables, so the tree's own root may be gone.
    Locale.objects.get_or_create(language_code="nl")
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    home = HomePageFactory.create(parent=root)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "testserver", "port": 80, "root_page": home, "site_name": "Test"},
    )
    return Portal(
        root=root,
        home=home,
        cases=CaseIndexPageFactory.create(parent=home),
        knowledge=KnowledgeIndexPageFactory.create(parent=home),
        figures=FigureIndexPageFactory.create(parent=home),
    )


def make_case(
    portal: Portal,
    title: str,
    *,
    themes: Iterable[str] = ("proces",),
    goals: Iterable[Any] = (),
    sectors: Iterable[Any] = (),
    regions: Iterable[Any] = (),
    measurements: Iterable[dict[str, Any]] = (),
    nature: str = "account",
    **fields: Any,
) -> CasePage:
    """A live case under the portal's case index, with its relations, one citation and its measurements."""
    terms = [ThemeFactory.create(slug=slug) for slug in themes]
    if "organisation" in fields and isinstance(fields["organisation"], str):
        fields["organisation"] = OrganisationFactory.create(name=fields["organisation"])
    case: CasePage = CasePageFactory.create(
        parent=portal.cases,
        title=title,
        main_theme=terms[0],
        themes=terms,
        goals=list(goals),
        sectors=list(sectors),
        regions=list(regions),
        **fields,
    )
    PageCitation.objects.create(page=case, source=SourceFactory.create(), place="hoofdstuk 2", nature=nature)
    for number, values in enumerate(measurements):
        add_measurement(case, sort_order=number, **values)
    return case


def add_measurement(case: CasePage, code: str = "stocks", **values: Any) -> CaseMeasurement:
    """A figure on a case; a change of −8% unless told otherwise."""
    if not {"change", "level", "before"} & set(values):
        values["change"] = Decimal(-8)
    defaults = {"established": "self-reported", "source": SourceFactory.create(), "place": "hoofdstuk 2"}
    return CaseMeasurement.objects.create(page=case, indicator=indicator(code), **{**defaults, **values})


def make_knowledge(
    portal: Portal, title: str, text: str = "", *, themes: Iterable[Theme] = (), **fields: Any
) -> KnowledgePage:
    if text:
        fields["body"] = [("paragraph", f"<p>{text}</p>")]
    page: KnowledgePage = KnowledgePageFactory.create(parent=portal.knowledge, title=title, **fields)
    if themes:
        page.themes.set(themes)
        page.save()
    return page


def make_figure(
    portal: Portal, title: str, rows: Iterable[tuple[str, int]] = (("Productiviteit", 14),), **fields: Any
) -> FigurePage:
    page: FigurePage = FigurePageFactory.create(parent=portal.figures, title=title, **fields)
    for number, (label, value) in enumerate(rows):
        FigureValue.objects.create(page=page, row_label=label, value=value, sort_order=number)
    return page


def make_page(portal: Portal, title: str, text: str = "", **fields: Any) -> ContentPage:
    if text:
        fields["body"] = [("paragraph", f"<p>{text}</p>")]
    page: ContentPage = ContentPageFactory.create(parent=portal.home, title=title, **fields)
    return page


def restrict(page: Page, *, groups: Iterable[Any] = ()) -> PageViewRestriction:
    """Only for members, or only for these groups."""
    chosen = list(groups)
    kind = PageViewRestriction.GROUPS if chosen else PageViewRestriction.LOGIN
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(chosen)
    return restriction
