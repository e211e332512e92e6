from django.urls import path

from search import views
from search.explained import views as explained
from search.following import views as following
from search.journal import views as journal
from search.measured import views as measured

app_name = "search"

urlpatterns = [
    path("", views.results, name="results"),
    path("suggesties/", views.suggest, name="suggestions"),
    path("resultaten/", measured.results, name="measured"),
    path("feed/", following.feed, name="feed"),
    path("waarom/", explained.why, name="explain"),
    path("klik/", journal.click, name="click"),
    path("oordeel/", journal.verdict, name="verdict"),
    path("oordeel/bedankt/", journal.thanks, name="verdict-thanks"),
]
