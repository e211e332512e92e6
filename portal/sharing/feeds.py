"""The newest cases as an Atom feed."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from cases.models import CaseIndexPage, CasePage
from portal.taxonomy.models import Theme

MOST = 20


def case_feed_of(theme: Theme | None) -> str:
    """The feed as XML: what everybody may read, so that a feed reader needs no account and gets nothing private."""
    path = reverse("sharing:theme-feed", args=[theme.slug]) if theme else reverse("sharing:case-feed")
    feed = Atom1Feed(
        title=f"{settings.SITE_NAME}: {_heading(theme)}",
        link=settings.BASE_URL + _overview_path(theme),
        description=_("Nieuwe praktijkvoorbeelden van slimmer werken."),
        language="nl",
        author_name=settings.SITE_NAME,
        feed_url=settings.BASE_URL + path,
    )
    cases = CasePage.objects.visible_to(AnonymousUser()).newest()
    if theme is not None:
        cases = cases.about_theme(theme)
    for case in cases.select_related("organisation").prefetch_related("themes")[:MOST]:
        url = settings.BASE_URL + (case.get_url() or "/")
        feed.add_item(
            title=_clean(f"{case.title} ({case.organisation.name})"),
            link=url,
            unique_id=url,
            # Atom's summary is HTML here, so plain text goes in as such.
            description=escape(_clean(case.summary)),
            pubdate=case.first_published_at,
            updateddate=case.last_published_at or case.first_published_at,
            categories=[_clean(term.name) for term in case.themes.all()],
        )
    return feed.writeString("utf-8")


def _heading(theme: Theme | None) -> str:
    if theme is None:
        return _("praktijkvoorbeelden")
    return _("praktijkvoorbeelden over %(theme)s") % {"theme": _clean(theme.name).lower()}


def _overview_path(theme: Theme | None) -> str:
    index = CaseIndexPage.objects.visible_to(AnonymousUser()).first()
    base = (index.get_url() if index is not None else None) or "/"
    return f"{base}thema/{theme.slug}/" if theme is not None and index is not None else base


def _clean(text: str) -> str:
    """Without the control characters that XML can't hold."""
    return "".join(letter if letter >= " " and letter not in "\ufffe\uffff" else " " for letter in text)
