"""A person's notifications, how often they want mail of them, and the way out for who has only the mail."""

from django.urls import path

from portal.notifications import views

app_name = "notifications"

urlpatterns = [
    path("meldingen/", views.notification_list, name="list"),
    path("meldingen/gezien/", views.notifications_seen, name="seen"),
    path("meldingen/<int:pk>/", views.notification_open, name="open"),
    path("meldingen/mail/<str:token>/", views.notification_open_from_mail, name="open-from-mail"),
    path("meldingen/afmelden/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("account/meldingen/", views.preferences, name="preferences"),
]
