"""Addresses of reporting, of the moderators' queue, and of what was decided about somebody."""

from django.urls import path

from network.moderation.views import access, cases, decisions, people, queue, reporting

app_name = "moderation"

urlpatterns = [
    path("gedragsregels/", reporting.code_of_conduct, name="rules"),
    path("melden/bedankt/", reporting.report_thanks, name="reported"),
    path("melden/<slug:code>/<int:pk>/", reporting.report, name="report"),
    path("moderatie/", queue.case_list, name="queue"),
    path("moderatie/cijfers/<int:year>.csv", queue.yearly_count, name="count"),
    path("moderatie/zaken/<int:pk>/", cases.case_detail, name="case"),
    path("moderatie/zaken/<int:pk>/openen/", cases.case_open, name="open"),
    path("moderatie/personen/<int:pk>/", people.person_history, name="person"),
    path("moderatie/toegang/", access.access_list, name="access"),
    path("moderatie/toegang/<slug:code>/<int:pk>/", access.thing_open, name="look"),
    path("moderatie/besluiten/<uuid:key>/", decisions.decision_detail, name="decision"),
    path("moderatie/besluiten/<uuid:key>/bezwaar/", decisions.decision_object, name="object"),
    path("moderatie/besluiten/<uuid:key>/terugdraaien/", decisions.decision_undo, name="undo"),
    path("moderatie/bezwaren/<int:pk>/", decisions.objection_answer, name="answer"),
]
