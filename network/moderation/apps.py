from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "network.moderation"
    label = "moderation"
    verbose_name = _("moderatie")

    def ready(self) -> None:
        autodiscover_modules("reportables", "audiences_managed")
        import_module("network.moderation.profiles")
