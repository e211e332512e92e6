"""The staff admin of pages: the report of what must be looked at again, and its panel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.pages.dashboard import ReviewPanel
from portal.pages.publishing import latest, why_not_published
from portal.pages.reports import ReviewReportView


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [
        path("rapporten/na-te-kijken/", ReviewReportView.as_view(), name="review_report"),
        path(
            "rapporten/na-te-kijken/resultaten/",
            ReviewReportView.as_view(results_only=True),
            name="review_report_results",
        ),
    ]


class PageReportMenuItem(MenuItem):
    """Shown to whoever may change or publish a page somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, ["add", "change", "publish"]))


@hooks.register("register_reports_menu_item")
def review_menu_item() -> MenuItem:
    return PageReportMenuItem(
        _("Na te kijken"),
        reverse("review_report"),
        name="na-te-kijken",
        icon_name="calendar-check",
        order=100,
    )


@hooks.register("construct_homepage_panels")
def review_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(ReviewPanel())


@hooks.register("construct_help_menu")
def no_news_of_wagtail(request: HttpRequest, items: list[Any]) -> None:
    """The news and handbook of Wagtail are in English and elsewhere; the keyboard shortcuts stay."""
    items[:] = [item for item in items if "wagtail.org" not in getattr(item, "url", "")]


@hooks.register("before_publish_page")
def not_as_it_is_sent(request: HttpRequest, page: Page) -> HttpResponse | None:
    """What stands in the form may be what a room refuses too, not only what stood there. It is saved by now."""
    if why := why_not_published(page):
        messages.error(request, why)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_bulk_action")
def not_among_many(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    """All of them or none, so that nobody wonders which."""
    if action_type != "publish" or request.method != "POST":
        return None
    for page in _published_along(objects, has_below="include_descendants" in request.POST):
        if why := why_not_published(latest(page)):
            messages.error(request, f"{page.get_admin_display_title()}: {why}")
            return redirect(action.next_url)
    return None


def _published_along(objects: Iterable[Any], *, has_below: bool) -> Iterator[Page]:
    for page in objects:
        yield page
        if has_below:
            yield from page.get_descendants().not_live()


@hooks.register("before_delete_snippet")
def keep_what_is_in_use(request: HttpRequest, instances: Iterable[models.Model]) -> HttpResponse | None:
    """A source, theme or organisation that something still needs is kept, with a sentence instead of an error page.

    Wagtail looks in its own index of references, which is filled in the background and may lag.
    """
    for instance in instances:
        try:
            Collector(using=instance._state.db or DEFAULT_DB_ALIAS).collect([instance])
        except (ProtectedError, RestrictedError) as error:
            needed = len(
                error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
            )
            messages.error(
                request,
                _("'%(name)s' is nog in gebruik (%(count)s keer) en kan niet weg.")
                % {"name": instance, "count": needed},
            )
            return redirect("wagtailadmin_home")
    return None
