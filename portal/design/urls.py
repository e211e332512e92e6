from django.urls import path

from portal.design.views import styleguide

app_name = "design"
urlpatterns = [
    path("", styleguide, name="styleguide"),
    path("<slug:page>/", styleguide, name="styleguide-page"),
]
