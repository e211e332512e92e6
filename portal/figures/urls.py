"""The addresses of a figure's files. Wagtail's own pattern knows no dots, so they are handed to it from here."""

from __future__ import annotations

from django.urls import re_path

from portal.figures.views import figure_file

app_name = "figures"

urlpatterns = [
    re_path(r"^((?:[\w\-]+/)+)(gegevens\.csv|gegevens\.xlsx|\.metadata\.json)$", figure_file, name="file"),
]
