"""All addresses. Every name here has a row in the authorisation matrix of the tests."""

from __future__ import annotations

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.accounts.urls import staff_door
from portal.pages.views import no_shared_password
from search.following.views import description

handler404 = "portal.home.views.page_not_found"
handler403 = "portal.home.views.permission_denied"
handler500 = "portal.home.views.server_error"

urlpatterns = [
    # Before Wagtail's own, under the same name.
    *staff_door,
    path("beheer/", include(wagtailadmin_urls)),
    path(
        "documenten/authenticate_with_password/<int:restriction_id>/", no_shared_password, name="no-password"
    ),
    path("documenten/", include(wagtaildocs_urls)),
    path("", include("portal.media.urls")),
    path("zoeken/", include("search.urls")),
    path("api/", include("search.api.urls")),
    path("opensearch.xml", description, name="opensearch"),
    path("stijlgids/", include("portal.design.urls")),
    path("", include("portal.accounts.urls")),
    path("", include("portal.privacy.urls")),
    path("", include("portal.notifications.urls")),
    path("", include("portal.organisations.urls")),
    path("", include("portal.people.urls")),
    path("", include("portal.dashboard.urls")),
    path("", include("portal.home.urls")),
    path("", include("portal.saved_searches.urls")),
    path("", include("portal.newsletters.urls")),
    path("", include("network.forum.urls")),
    path("", include("network.questions.urls")),
    path("", include("cases.submissions.urls")),
    path("", include("network.events.urls")),
    path("", include("network.documents.urls")),
    path("", include("network.conversations.urls")),
    path("", include("network.ecosystems.urls")),
    path("", include("network.moderation.urls")),
    path("", include("portal.visitors.urls")),
    path("", include("portal.operations.urls")),
    path("", include("portal.figures.urls")),
    path("", include("portal.sharing.urls")),
    path("", include("portal.pages.urls")),
    path("", include(wagtail_urls)),
]
