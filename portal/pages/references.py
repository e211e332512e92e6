"""Pages shown within another page's text: a figure as its chart, anything else as a card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wagtail.models import Page

from portal.pages.models import BasePage
from portal.pages.querysets import visible_pages


def references_for(pages: Sequence[Page], user: Any) -> list[BasePage]:
    """Those of `pages` that `user` may read, with their own fields, in the given order."""
    visible = visible_pages(user).filter(pk__in=[page.pk for page in pages]).specific()
    by_pk = {page.pk: page for page in visible}
    return [by_pk[page.pk] for page in pages if page.pk in by_pk]
