"""Addresses of ecosystems and of an invitation to one."""

from django.urls import include, path

from network.ecosystems.views import deciding, directory, joining, managing, members

app_name = "ecosystems"

manage = [
    path("", managing.ecosystem_manage, name="manage"),
    path("uitnodigen/", deciding.ecosystem_invite, name="invite"),
    path("uitnodigingen/<int:pk>/intrekken/", deciding.invitation_withdraw, name="withdraw"),
    path("verzoeken/<int:pk>/", deciding.request_decide, name="decide"),
    path("leden.csv", members.member_export, name="export"),
    path("mensen/<int:pk>/", deciding.ecosystem_person, name="person"),
    path("mensen/<int:pk>/verwijderen/", deciding.person_remove, name="remove"),
    path("bedrijven/<int:pk>/", deciding.company_end, name="company"),
    path("gegevens/", managing.ecosystem_details, name="details"),
    path("huisregels/", managing.ecosystem_house_rules, name="house-rules"),
    path("werkgroep/", managing.group_found, name="group"),
    path("sluiten/", managing.ecosystem_close, name="close"),
]

urlpatterns = [
    path("ecosystemen/", directory.ecosystem_list, name="list"),
    path("ecosystemen/uitnodiging/<str:token>/", joining.invitation, name="invitation"),
    path("ecosystemen/<slug:slug>/", directory.ecosystem_home, name="home"),
    path("ecosystemen/<slug:slug>/meedoen/", joining.ecosystem_join, name="join"),
    path("ecosystemen/<slug:slug>/huisregels/", joining.ecosystem_rules, name="rules"),
    path("ecosystemen/<slug:slug>/leden/", members.ecosystem_members, name="members"),
    path("ecosystemen/<slug:slug>/verlaten/", joining.ecosystem_leave, name="leave"),
    path("ecosystemen/<slug:slug>/beheer/", include(manage)),
]
