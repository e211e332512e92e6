"""The media room's addresses alone."""

from django.urls import include, path

urlpatterns = [path("media/", include("portal.media.urls"))]
