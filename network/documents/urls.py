"""Addresses of the documents of an ecosystem. Their files have one address for all, in `portal.media`."""

from django.urls import path

from network.documents import views

app_name = "documents"

urlpatterns = [
    path("ecosystemen/<slug:slug>/documenten/", views.document_list, name="list"),
    path("ecosystemen/<slug:slug>/documenten/nieuw/", views.document_add, name="add"),
    path("ecosystemen/<slug:slug>/documenten/<int:pk>/", views.document_detail, name="document"),
    path("ecosystemen/<slug:slug>/documenten/<int:pk>/wijzig/", views.document_change, name="change"),
    path("ecosystemen/<slug:slug>/documenten/<int:pk>/weg/", views.document_remove, name="remove"),
]
