from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Zoeken")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Find what rooms offer, as the admin finds `admin.py`, and listen to what they save."""
        autodiscover_modules("search_documents", "search_offers", "search_places")
        from search.checks import check_pages_are_searchable
        from search.indexing.signals import connect
        from search.server_checks import check_search_server

        connect()
        checks.register(check_pages_are_searchable)
        checks.register(check_search_server)
