"""Drawing what is missing, and forgetting what nobody may see any more."""

from __future__ import annotations

import logging

from django.conf import settings
from wagtail.models import Page

from portal.http.page_cache import bump_generation
from portal.pages.models import BasePage
from portal.sharing import images
from portal.sharing.drawing import ShareCard, draw
from portal.sharing.querysets import public_pages

logger = logging.getLogger("portal.sharing")

IMAGE_JOB = "sharing.share-images"


def refresh_images() -> int:
    """Draw the image of every public page that has none or was published since; returns how many were drawn."""
    wanted = {
        pk: images.stamp(moment) for pk, moment in public_pages().values_list("pk", "last_published_at")
    }
    there = images.made()
    for pk in there.keys() - wanted.keys():
        images.forget(pk)
    todo = [pk for pk, stamp in wanted.items() if there.get(pk) != stamp]
    for pk in todo:
        images.keep(pk, _drawn(pk), wanted[pk])
    if todo:
        # Pages that were stored meanwhile don't name their image yet.
        bump_generation()
    return len(todo)


def _drawn(pk: int) -> bytes:
    """The image; empty where the page can't be drawn, which must not keep the others waiting."""
    try:
        page = Page.objects.get(pk=pk).specific
        return draw(share_card(page)) if isinstance(page, BasePage) else b""
    except Exception:
        logger.exception("share image not drawn", extra={"data": {"page": pk}})
        return b""


def share_card(page: BasePage) -> ShareCard:
    card = page.as_card()
    measurement = card.measurement
    label = ""
    if measurement is not None:
        label = " ".join(part for part in (measurement.unit_word, measurement.label) if part)
    return ShareCard(
        title=page.title,
        summary=page.summary,
        kicker=card.organisation,
        figure=measurement.figure if measurement is not None else "",
        figure_label=label,
        theme=card.theme,
        sector=card.sector,
        site=settings.SITE_NAME,
    )
