"""Addresses of organisations, and of an invitation to one."""

from django.urls import include, path

from portal.organisations.views import directory, joining, managing, people

app_name = "organisations"

manage = [
    path("", managing.organisation_manage, name="manage"),
    path("gegevens/", managing.organisation_details, name="details"),
    path("uitnodigen/", people.organisation_invite, name="invite"),
    path("uitnodigingen/<int:pk>/intrekken/", people.invitation_withdraw, name="withdraw"),
    path("mensen.csv", people.member_export, name="export"),
    path("mensen/<int:pk>/", people.organisation_person, name="person"),
    path("mensen/<int:pk>/verwijderen/", people.person_remove, name="remove"),
    path("overdragen/", people.organisation_hand_over, name="hand-over"),
    path("aanvragen/<int:pk>/", people.request_decide, name="decide"),
    path("domeinen/", managing.domain_propose, name="domain"),
    path("domeinen/<int:pk>/weg/", managing.domain_remove, name="domain-remove"),
    path("vestigingen/nieuw/", managing.establishment_edit, name="place"),
    path("vestigingen/<int:pk>/", managing.establishment_edit, name="place-edit"),
    path("vestigingen/<int:pk>/weg/", managing.establishment_remove, name="place-remove"),
]

urlpatterns = [
    path("organisaties/", directory.organisation_list, name="list"),
    path("organisaties/nieuw/", joining.organisation_found, name="found"),
    path("organisaties/<slug:slug>/", directory.organisation_page, name="page"),
    path("organisaties/<slug:slug>/aanvragen/", joining.organisation_ask, name="ask"),
    path("organisaties/<slug:slug>/verlaten/", joining.organisation_leave, name="leave"),
    path("organisaties/<slug:slug>/zichtbaar/", joining.organisation_listing, name="listing"),
    path("organisaties/<slug:slug>/beheer/", include(manage)),
    path("uitnodiging/<str:token>/", joining.invitation, name="invitation"),
]
