from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "portal.people"
    label = "people"
    verbose_name = _("profielen")

    def ready(self) -> None:
        autodiscover_modules("circles", "overseers", "person_links")
