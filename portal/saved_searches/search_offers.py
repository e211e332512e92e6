"""The way from the results to saving what was searched."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.design.shapes import Link
from portal.saved_searches.services import written
from search.offers import register
from search.question import Question


@register
def save_this_search(question: Question) -> Link | None:
    if not written(question):
        return None
    followed = replace(question, sort="relevance", page=1)
    return Link(label=_("Bewaar deze zoekopdracht"), url=followed.address(reverse("saved-searches:save")))
