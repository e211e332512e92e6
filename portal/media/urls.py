from django.urls import path

from portal.media.views import media_file, member_file, member_image, small_member_image

app_name = "media"

urlpatterns = [
    path("media/<path:path>", media_file, name="file"),
    path("beelden/<uuid:uuid>/", member_image, name="member-image"),
    path("beelden/<uuid:uuid>/klein/", small_member_image, name="member-image-small"),
    path("bestanden/<uuid:uuid>/", member_file, name="member-file"),
]
