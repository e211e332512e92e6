from django.urls import path, re_path

from portal.sharing import views

app_name = "sharing"

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.site_map, name="sitemap"),
    path(".well-known/security.txt", views.security, name="security"),
    path("atom/praktijkvoorbeelden/", views.case_feed, name="case-feed"),
    path("atom/praktijkvoorbeelden/<slug:theme>/", views.case_feed, name="theme-feed"),
    re_path(r"^atom/(?P<kind>thema|sector)/(?P<slug>[a-z0-9-]+)/$", views.term_feed, name="term-feed"),
    path("volgen/", views.following, name="following"),
    path("deelbeeld/<int:pk>.png", views.share_image, name="share-image"),
]
