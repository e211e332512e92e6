from django.urls import path

from portal.media.views import media_file

app_name = "media"

urlpatterns = [path("<path:path>", media_file, name="file")]
