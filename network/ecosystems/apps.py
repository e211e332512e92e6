from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class EcosystemsConfig(AppConfig):
    name = "network.ecosystems"
    label = "ecosystems"
    verbose_name = _("ecosystemen")

    def ready(self) -> None:
        autodiscover_modules("ecosystem_sections")
