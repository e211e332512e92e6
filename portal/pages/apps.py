from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PagesConfig(AppConfig):
    name = "portal.pages"
    label = "pages"
    verbose_name = "Pagina's"

    def ready(self) -> None:
        autodiscover_modules("importers", "navigation_links", "next_steps", "publishing_refusals")
