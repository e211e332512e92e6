from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class EvidenceConfig(AppConfig):
    name = "portal.evidence"
    label = "evidence"
    verbose_name = "Bewijs"

    def ready(self) -> None:
        autodiscover_modules("external_links")
