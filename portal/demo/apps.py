from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "portal.demo"
    label = "demo"
    verbose_name = _("voorbeeldgemeenschap")

    def ready(self) -> None:
        checks.register(not_in_production)


def not_in_production(**_options: Any) -> list[checks.CheckMessage]:
    """Who installs this app in production gets no further than its system checks."""
    from django.conf import settings

    if not settings.SESSION_COOKIE_SECURE:
        return []
    return [
        checks.Error(
            "portal.demo is installed in a portal with production's cookies",
            hint="Remove 'portal.demo' from INSTALLED_APPS.",
            id="demo.E001",
        )
    ]
