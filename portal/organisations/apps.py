from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OrganisationsConfig(AppConfig):
    name = "portal.organisations"
    label = "organisations"
    verbose_name = "Organisaties"

    def ready(self) -> None:
        autodiscover_modules("organisation_links", "organisation_sections")
