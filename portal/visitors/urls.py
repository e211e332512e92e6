"""What a visitor sets for themselves, without an account."""

from django.urls import include, path

from portal.visitors import views

kept = [
    path("", views.kept_list, name="list"),
    path("<int:pk>/", views.kept_change, name="change"),
]

urlpatterns = [
    path("mijn-bedrijf/", views.company, name="company"),
    path("bewaard/", include((kept, "kept"))),
]
