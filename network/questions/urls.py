"""Addresses of questions."""

from django.urls import path

from network.questions import views

app_name = "questions"

urlpatterns = [
    path("vragen/", views.question_list, name="list"),
    path("vragen/feed/", views.question_feed, name="feed"),
    path("vragen/stel/", views.question_ask, name="ask"),
    path("vragen/stel/vergelijkbaar/", views.question_alike, name="alike"),
    path("vragen/stel/spoor/", views.question_trail, name="trail"),
    path("vragen/<int:pk>/", views.question_detail, name="question"),
    path("vragen/<int:pk>/antwoord/<int:post>/", views.answer_choose, name="choose"),
    path("vragen/<int:pk>/stand/", views.question_stand, name="stand"),
    path("vragen/<int:pk>/ook/", views.same_here, name="same-here"),
    path("vragen/<int:pk>/ik-schrijf/", views.answer_claim, name="claim"),
    path("vragen/<int:pk>/uitnodigen/", views.expert_invite, name="invite"),
]
