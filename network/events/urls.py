"""Addresses of events."""

from django.urls import path

from network.events import views

app_name = "events"

urlpatterns = [
    path("bijeenkomsten/", views.event_list, name="list"),
    path("bijeenkomsten/voorbij/", views.past_events, name="past"),
    path("bijeenkomsten/agenda.ics", views.public_calendar, name="feed"),
    path("bijeenkomsten/mijn-agenda/", views.own_calendar, name="own-calendar"),
    path("bijeenkomsten/mijn-agenda/<str:token>.ics", views.private_calendar, name="private-feed"),
    path("bijeenkomsten/nieuw/", views.event_plan, name="plan"),
    path("bijeenkomsten/gesprek/<int:pk>/", views.talk_detail, name="talk"),
    path("bijeenkomsten/<int:pk>/", views.event_detail, name="event"),
    path("bijeenkomsten/<int:pk>/agenda.ics", views.event_calendar, name="calendar"),
    path("bijeenkomsten/<int:pk>/aanmelden/", views.event_register, name="register"),
    path("bijeenkomsten/<int:pk>/afmelden/", views.event_withdraw, name="withdraw"),
    path("bijeenkomsten/<int:pk>/plek/", views.offer_answer, name="offer"),
    path("bijeenkomsten/<int:pk>/deelnemers/", views.participant_list, name="participants"),
    path("bijeenkomsten/<int:pk>/praat-mee/", views.talk_begin, name="talk-begin"),
    path("bijeenkomsten/<int:pk>/wijzig/", views.event_change, name="change"),
    path("bijeenkomsten/<int:pk>/op-de-agenda/", views.event_publish, name="publish"),
    path("bijeenkomsten/<int:pk>/afzeggen/", views.event_cancel, name="cancel"),
    path("bijeenkomsten/<int:pk>/concept-weg/", views.draft_drop, name="drop"),
    path("bijeenkomsten/<int:pk>/beheer/", views.event_manage, name="manage"),
    path("bijeenkomsten/<int:pk>/aanmeldingen.csv", views.registration_export, name="export"),
    path(
        "bijeenkomsten/<int:pk>/aanmeldingen/<int:registration>/weg/",
        views.registration_remove,
        name="registration-remove",
    ),
    path("bijeenkomsten/<int:pk>/aanwezig/", views.attendance_note, name="attendance"),
    path("bijeenkomsten/<int:pk>/bericht/", views.message_send, name="message"),
    path("bijeenkomsten/<int:pk>/vragen/", views.question_list, name="questions"),
    path("bijeenkomsten/<int:pk>/vragen/<int:question>/weg/", views.question_remove, name="question-remove"),
    path("bijeenkomsten/<int:pk>/materiaal/", views.material_list, name="materials"),
    path(
        "bijeenkomsten/<int:pk>/materiaal/<int:material>/weg/", views.material_remove, name="material-remove"
    ),
]
