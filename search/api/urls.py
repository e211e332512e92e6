from django.urls import path

from search.api import views

app_name = "api"

urlpatterns = [
    path("", views.explanation, name="explanation"),
    path("zoeken", views.search, name="search"),
    path("openapi.json", views.openapi, name="openapi"),
]
