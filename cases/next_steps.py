"""Next steps from and to cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from cases.models import CaseIndexPage, CasePage
from portal.design.shapes import Link
from portal.pages.models import KnowledgePage
from portal.pages.navigation import address_of
from portal.pages.next_steps import register


@register(rank=10)
def more_like_this(page: Any, user: Any) -> Iterable[Link]:
    """From a case: other cases of its main theme, whose overview may hold this one alone but never leads nowhere."""
    if isinstance(page, CasePage):
        index_url = page.ancestors[-1].get_url() or "/"
        yield Link(
            label=_("Bekijk meer over %(theme)s") % {"theme": page.main_theme.name.lower()},
            url=f"{index_url}thema/{page.main_theme.slug}/",
            text=_("Wat andere bedrijven met hetzelfde thema deden en wat het opleverde."),
        )


@register(rank=40)
def all_cases(page: Any, user: Any) -> Iterable[Link]:
    """From everything but the cases themselves: to the practice."""
    if isinstance(page, (CasePage, CaseIndexPage)):
        return
    yield Link(
        label=_("Kijk hoe anderen het deden"),
        url=address_of("praktijkvoorbeelden"),
        text=_("Praktijkvoorbeelden met gemeten resultaten en hun bron."),
    )


@register(rank=60)
def by_goal(page: Any, user: Any) -> Iterable[Link]:
    cases_url = address_of("praktijkvoorbeelden")
    if cases_url and isinstance(page, (CaseIndexPage, KnowledgePage, CasePage)):
        yield Link(
            label=_("Kies wat je wilt bereiken"),
            url=f"{cases_url}doel/",
            text=_("Voorbeelden per doel, zoals minder verspilling of sneller leveren."),
        )
