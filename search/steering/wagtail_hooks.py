"""The group "Zoeken" of the staff admin: lists of words and recommendations, and the two screens about a query."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from search.steering import screens
from search.steering.viewsets import MENU_HOOK, SearchViewSetGroup

register_snippet(SearchViewSetGroup)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def steering_urls() -> list[URLPattern]:
    return [
        path("zoeken/zoekvraag/", screens.query_explained, name="search_query_explained"),
        path("zoeken/kwaliteit/", screens.quality, name="search_quality"),
        path("zoeken/kwaliteit/meten/", screens.measure, name="search_quality_measure"),
        path("zoeken/kwaliteit/<int:run_id>/", screens.quality_run, name="search_quality_run"),
        path("zoeken/kwaliteit/<int:run_id>/goedkeuren/", screens.accept, name="search_quality_accept"),
    ]


class PermittedMenuItem(MenuItem):
    """Shown to whoever has one permission."""

    permission = ""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))


class QueryMenuItem(PermittedMenuItem):
    permission = screens.SEE_WORDS


class QualityMenuItem(PermittedMenuItem):
    permission = screens.SEE_JUDGED


@hooks.register(MENU_HOOK)  # type: ignore[untyped-decorator]
def query_menu_item() -> MenuItem:
    url = reverse("search_query_explained")
    return QueryMenuItem(
        _("Wat wordt er van een zoekvraag?"), url, name="zoekvraag", icon_name="help", order=10
    )


@hooks.register(MENU_HOOK)  # type: ignore[untyped-decorator]
def quality_menu_item() -> MenuItem:
    url = reverse("search_quality")
    return QualityMenuItem(
        _("Hoe goed is zoeken?"), url, name="zoekkwaliteit", icon_name="crosshairs", order=20
    )
