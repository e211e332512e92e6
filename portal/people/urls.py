from django.urls import path

from portal.people import views

app_name = "people"

urlpatterns = [
    path("account/profiel/", views.edit, name="edit"),
    path("account/profiel/foto/", views.photo, name="photo"),
    path("account/profiel/voorbeeld/", views.preview, name="preview"),
    path("mensen/<uuid:public_id>/", views.person, name="person"),
]
