"""Addresses of members' own cases."""

from django.urls import path

from cases.submissions import views

app_name = "submissions"

urlpatterns = [
    path("praktijkvoorbeeld-insturen/", views.submission_start, name="start"),
    path("praktijkvoorbeeld-insturen/<int:pk>/", views.submission_detail, name="detail"),
    path("praktijkvoorbeeld-insturen/<int:pk>/stap/<slug:step>/", views.submission_step, name="step"),
    path("praktijkvoorbeeld-insturen/<int:pk>/doe/", views.submission_act, name="act"),
    path("praktijkvoorbeeld-insturen/<int:pk>/pagina/", views.page_revise, name="revise"),
    path("praktijkvoorbeeld-insturen/naam/<int:pk>/", views.credit_answer, name="credit"),
    path("praktijkvoorbeeld-insturen/bewijs/<uuid:uuid>/", views.proof_file, name="proof"),
    path("vraag-het-de-maker/<int:page>/", views.maker_ask, name="ask"),
    path("vraag-het-de-maker/vraag/<int:pk>/", views.reader_question, name="reader-question"),
]
