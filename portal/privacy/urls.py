"""One's own data, and what the portal keeps of everybody."""

from django.urls import path

from portal.privacy import views

app_name = "privacy"

urlpatterns = [
    path("account/gegevens/", views.overview, name="overview"),
    path("account/regels/", views.agree, name="agree"),
    path("account/gegevens/meenemen/", views.ask, name="ask"),
    path("account/gegevens/bestand/<uuid:key>/", views.download, name="download"),
    path("account/gegevens/wissen/", views.erase, name="erase"),
    path("account/gegevens/houden/", views.stay, name="stay"),
    path("privacy/verwerkingen/", views.processing, name="processing"),
    path("privacy/bewaartermijnen/", views.terms, name="terms"),
]
