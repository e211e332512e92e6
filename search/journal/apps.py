from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchJournalConfig(AppConfig):
    name = "search.journal"
    label = "search_journal"
    verbose_name = _("Zoekjournaal")
    default_auto_field = "django.db.models.BigAutoField"
