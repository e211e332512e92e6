from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class BackgroundConfig(AppConfig):
    name = "portal.background"
    label = "background"
    verbose_name = _("achtergrondwerk")

    def ready(self) -> None:
        """Find the `jobs.py` of every room, as the admin finds `admin.py`."""
        autodiscover_modules("jobs")
