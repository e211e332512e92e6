from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MediaConfig(AppConfig):
    name = "portal.media"
    label = "media"
    verbose_name = "Beeld en documenten"

    def ready(self) -> None:
        autodiscover_modules("image_readers", "file_readers")
