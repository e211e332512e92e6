"""Addresses of the forum."""

from django.urls import path

from network.forum import views

app_name = "forum"

urlpatterns = [
    path("forum/", views.forum_list, name="list"),
    path("forum/ecosysteem/<slug:slug>/", views.forum_ecosystem, name="ecosystem"),
    path("forum/ecosysteem/<slug:slug>/nieuws/", views.news_write, name="news-write"),
    path("forum/ecosysteem/<slug:slug>/ruimte/", views.room_make, name="room-make"),
    path("forum/onderwerp/<int:pk>/", views.topic_detail, name="topic"),
    path("forum/onderwerp/<int:pk>/bovenaan/", views.topic_pin, name="pin"),
    path("forum/onderwerp/<int:pk>/verplaatsen/", views.topic_move, name="move"),
    path("forum/onderwerp/<int:pk>/splitsen/", views.topic_split, name="split"),
    path("forum/<slug:slug>/", views.room_detail, name="room"),
    path("forum/<slug:slug>/nieuw/", views.topic_begin, name="begin"),
    path("forum/<slug:slug>/sluiten/", views.room_close, name="room-close"),
]
