"""Addresses of the newsletter: for visitors, for who has only the mail, and for members."""

from django.urls import path

from portal.newsletters import views

app_name = "newsletters"

urlpatterns = [
    path("nieuwsbrief/", views.subscribe, name="subscribe"),
    path("nieuwsbrief/kijk-in-je-mail/", views.look_in_your_mail, name="asked"),
    path("nieuwsbrief/bevestig/<uuid:key>/", views.subscription_confirm, name="confirm"),
    path("nieuwsbrief/keuze/<uuid:key>/", views.subscription_choose, name="choose"),
    path("nieuwsbrief/afmelden/<uuid:key>/", views.subscription_end, name="unsubscribe"),
    path("nieuwsbrief/archief/", views.archive, name="archive"),
    path("nieuwsbrief/archief/<int:pk>/", views.edition, name="edition"),
    path("mijn/nieuwsbrief/", views.own, name="own"),
]
