from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    name = "search.steering"
    label = "search_steering"
    verbose_name = _("Sturen van zoeken")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every process must see what an editor changes, so changes are heard where the index hears of its own."""
        from search.indexing.steering import connect

        connect()
