"""Addresses of saved searches."""

from django.urls import path

from portal.saved_searches import views

app_name = "saved-searches"

urlpatterns = [
    path("mijn/zoekopdrachten/", views.search_list, name="list"),
    path("mijn/zoekopdrachten/bewaar/", views.search_save, name="save"),
    path("mijn/zoekopdrachten/<int:pk>/", views.search_change, name="change"),
    path("mijn/zoekopdrachten/<int:pk>/weg/", views.search_delete, name="delete"),
    path("mijn/zoekopdrachten/gevonden/<int:pk>/", views.finding, name="finding"),
]
