from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "network.conversations"
    label = "conversations"
    verbose_name = _("gesprekken")

    def ready(self) -> None:
        autodiscover_modules("conversation_kinds", "post_links")
