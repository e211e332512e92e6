"""The front page is where searching begins, not something to find."""

from portal.home.models import HomePage
from search.documents import exclude

exclude(HomePage, because="it is where searching begins")
