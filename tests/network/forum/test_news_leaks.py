"""News of a hidden working group, with a word that nobody else may hear, looked for everywhere."""

from __future__ import annotations

import pytest

from network.conversations.models import Conversation
from network.ecosystems.models import Participation
from network.ecosystems.services import end_participation
from network.forum.models import ForumRoom
from network.forum.services import tell_news
from portal.accounts.models import User
from portal.notifications.models import Notification
from search.indexing.relay import relay_all
from tests.network.conversations.conftest import reply
from tests.network.ecosystems.conftest import Circle, change, read
from tests.network.forum.conftest import news_in
from tests.portal.organisations.people import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal", "index")]
CANARY = "roerdompveer"
WHERE = (
    "/zoeken/?q=zonnedauw", "/zoeken/?type=topic", "/api/zoeken?q=zonnedauw", "/zoeken/feed/?q=zonnedauw",
    "/zoeken/suggesties/?q=roerd", "/sitemap.xml", "/ecosystemen/", "/ecosystemen/elektrokring/",
    "/ecosystemen/elektrokring-plannen/", "/ecosystemen/plannen/", "/forum/", "/forum/ecosysteem/elektrokring/",
    "/meedoen/", "/mijn/", "/meldingen/", "/",
)  # fmt: skip


@pytest.fixture
def secret(members: Circle) -> Conversation:
    """In the working group "Lassen", where Anna takes part and Bram, of a sibling, doesn't."""
    change(members.group, visibility="hidden", joining="invitation", name=f"Lassen {CANARY}")
    news = news_in(members.group, members.host, f"Zonnedauw {CANARY}", f"Voor {CANARY}.")
    reply(news, members.anna, text=f"Dank voor {CANARY}")
    tell_news()
    relay_all()
    return news


def strangers(members: Circle) -> list[User | None]:
    return [None, members.outsider, members.bram, User.objects.create_superuser("baas@voorbeeld.example")]


def heard(user: User | None, path: str) -> bool:
    return CANARY in browser_of(user).get(path).content.decode()


def test_nobody_else_hears_of_it(members: Circle, secret: Conversation) -> None:
    group = members.group.get_absolute_url()
    room = ForumRoom.objects.get(kind="news").get_absolute_url()
    post = secret.posts.get(number=1)
    pages = (
        group, room, f"{room}nieuw/", secret.get_absolute_url(), post.get_absolute_url(),
        f"/forum/ecosysteem/{members.group.slug}/", f"/forum/ecosysteem/{members.group.slug}/nieuws/",
    )  # fmt: skip
    for who in strangers(members):
        assert [path for path in (*WHERE, *pages) if heard(who, path)] == [], who
        assert {browser_of(who).get(path).status_code for path in pages} <= {302, 404}
        assert 302 not in {browser_of(who).get(path).status_code for path in pages} or who is None
    # There is something to find: who takes part finds it.
    for path in ("/zoeken/?q=zonnedauw", "/zoeken/?type=topic", group, room, "/meldingen/", "/forum/"):
        assert heard(members.anna, path), path


def test_nobody_else_is_told_or_counts_it(members: Circle, secret: Conversation) -> None:
    assert list(Notification.objects.filter(kind="forum.news").values_list("recipient__name", flat=True)) == [
        "Anna"
    ]
    # Also where somebody else's notification would name it: it is shown to who may read it now.
    for who in (members.bram, members.outsider):
        Notification.objects.create(recipient=who, kind="forum.news", object_id=secret.posts.get(number=1).pk)
        assert not heard(who, "/meldingen/") and "1 nieuwe" not in read(who, "/meldingen/")
    for path in ("/forum/", "/forum/ecosysteem/elektrokring/"):
        assert "Nieuws (" not in read(members.bram, path) and ": Nieuws" not in read(members.bram, path)


def test_who_is_removed_hears_no_more(members: Circle, secret: Conversation) -> None:
    row = Participation.objects.get(ecosystem=members.group, user=members.anna, ended_at=None)
    end_participation(row, by=members.host)
    for path in ("/zoeken/?q=zonnedauw", "/meldingen/", "/forum/", "/mijn/"):
        assert not heard(members.anna, path), path


def test_search_finds_it_as_what_it_is(members: Circle, secret: Conversation) -> None:
    page = read(members.anna, "/zoeken/?q=zonnedauw")
    assert '<span class="hit__kind">nieuws</span>' in page.lower()
