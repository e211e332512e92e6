"""A member's home."""

from django.urls import path

from portal.dashboard import views

app_name = "dashboard"

urlpatterns = [path("mijn/", views.home, name="home")]
