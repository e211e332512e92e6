"""What is new for a search: told once, of what its owner may see, whenever the worker falls over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from portal.accounts.models import User
from portal.mail.models import Mail
from portal.notifications.kinds import shown
from portal.notifications.mailing import mail_due
from portal.notifications.models import Notification
from portal.saved_searches import services
from portal.saved_searches.models import Finding, SavedSearch
from portal.saved_searches.rules import MOST_TOLD, new_among, next_look
from search.results import Hit
from tests.factories.pages import Portal, make_case, make_page, restrict
from tests.portal.organisations.people import make_person
from tests.portal.saved_searches.conftest import MONDAY, NEXT_MONDAY, TUESDAY, kept

pytestmark = pytest.mark.django_db
Look = Callable[[datetime], int]
SOON = timedelta(minutes=5)


def told(user: User) -> list[str]:
    """What this person reads now of what they were told, newest first."""
    rows = list(Notification.objects.visible_to(user).newest_first())
    texts = shown(user, rows)
    return [texts[row.pk].text for row in rows if row.pk in texts]


def test_new_finds_are_told_once(portal: Portal, anna: User, look: Look) -> None:
    make_case(portal, "Minder voorraad bij de lasserij", slug="eerst")
    search = kept(anna)
    assert told(anna) == []
    make_case(portal, "Voorraad tellen met een tablet", slug="nieuw")
    assert look(MONDAY - timedelta(hours=1)) == 0
    assert look(MONDAY) == 1
    assert told(anna) == ["Nieuw: “Voorraad tellen met een tablet”"]
    assert (look(MONDAY), look(NEXT_MONDAY)) == (0, 0)
    make_page(portal, "Weg met de voorraad", "Voorraad kost geld.", slug="derde")
    make_page(portal, "De voorraad van morgen", "Voorraad kost ruimte.", slug="vierde")
    assert look(NEXT_MONDAY + timedelta(days=7)) == 1
    assert told(anna)[0].endswith("en nog 1")
    assert search.findings.count() == 2


def test_it_comes_in_the_mail_of_monday(portal: Portal, anna: User, look: Look) -> None:
    kept(anna)
    kept(anna, "ploegen", "daily")
    make_case(portal, "Voorraad tellen met een tablet", slug="nieuw")
    make_case(portal, "Ploegen roosteren met elkaar", slug="ploegen")
    wednesday = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
    look(wednesday)
    mail_due(wednesday + timedelta(hours=2))
    assert "Ploegen roosteren" in Mail.objects.get(to=anna.email).text
    look(MONDAY)
    mail_due(datetime(2026, 11, 30, 5, 59, tzinfo=UTC))
    assert Mail.objects.filter(to=anna.email).count() == 1
    mail_due(datetime(2026, 11, 30, 6, 0, tzinfo=UTC))
    newest = Mail.objects.filter(to=anna.email).latest("pk")
    assert "Voorraad tellen met een tablet" in newest.text
    assert "List-Unsubscribe" in newest.headers


def test_what_one_may_read_only_since_is_new_and_what_one_may_not_isnt(
    portal: Portal, anna: User, look: Look
) -> None:
    bram = make_person("Bram")
    experts = Group.objects.create(name="Kwartelkenners")
    hidden = make_case(portal, "Kwartelvoorraad", slug="besloten")
    restrict(hidden, groups=[experts])
    kept(anna)
    kept(bram)
    assert look(MONDAY) == 0
    anna.groups.add(experts)
    assert look(NEXT_MONDAY) == 1
    assert told(User.objects.get(pk=anna.pk)) == ["Nieuw: “Kwartelvoorraad”"]
    assert told(bram) == []
    assert Finding.objects.get().search.user == anna


def test_who_lost_the_right_reads_no_title_in_list_or_mail(portal: Portal, anna: User, look: Look) -> None:
    kept(anna)
    page = make_case(portal, "Kwartelvoorraad", slug="besloten")
    look(MONDAY)
    assert told(anna) == ["Nieuw: “Kwartelvoorraad”"]
    restrict(page, groups=[Group.objects.create(name="Anderen")])
    assert told(anna) == []
    mail_due(MONDAY + timedelta(hours=3))
    assert not Mail.objects.exists()


def test_what_comes_back_is_no_news(portal: Portal, anna: User, look: Look) -> None:
    page = make_case(portal, "Minder voorraad bij de lasserij", slug="eerst")
    kept(anna)
    restrict(page, groups=[Group.objects.create(name="Anderen")])
    look(MONDAY)
    PageViewRestriction.objects.get(page=page).delete()
    assert look(NEXT_MONDAY) == 0


def test_after_a_pause_what_came_meanwhile_is_no_news(portal: Portal, anna: User, look: Look) -> None:
    search = kept(anna)
    services.change_search(search, name="Rust", frequency="off", at=TUESDAY)
    make_case(portal, "Voorraad tellen met een tablet", slug="nieuw")
    assert look(NEXT_MONDAY) == 0
    search.refresh_from_db()
    services.change_search(search, name="Rust", frequency="weekly", at=NEXT_MONDAY)
    assert look(NEXT_MONDAY) == 0
    make_case(portal, "Voorraad op een bord", slug="nieuwer")
    assert look(NEXT_MONDAY + timedelta(days=7)) == 1
    assert told(anna) == ["Nieuw: “Voorraad op een bord”"]


def test_a_filter_that_is_gone_floods_nobody(portal: Portal, anna: User, look: Look) -> None:
    search = kept(anna)
    SavedSearch.objects.filter(pk=search.pk).update(question="q=voorraad&thema=bestaat-niet-meer")
    make_case(portal, "Voorraad tellen met een tablet", slug="nieuw")
    assert look(MONDAY) == 0
    search.refresh_from_db()
    assert search.next_look_at == NEXT_MONDAY


def test_without_an_engine_it_stays_due(portal: Portal, anna: User, look: Look, settings: object) -> None:
    from search.engine import engine

    kept(anna)
    make_case(portal, "Voorraad tellen met een tablet", slug="nieuw")
    for path in settings.SEARCH_INDEX_DIR.glob("*"):  # type: ignore[attr-defined]
        if path.suffix != ".bin":
            path.unlink()
    engine().close()
    assert services.look_at_due(MONDAY) == 0
    assert SavedSearch.objects.due(MONDAY).count() == 1


def test_a_look_that_was_overtaken_tells_nothing(portal: Portal, anna: User, look: Look) -> None:
    """Two workers that read the same row: the second finds it looked at already."""
    search = kept(anna)
    SavedSearch.objects.filter(pk=search.pk).update(looked_at=MONDAY, next_look_at=NEXT_MONDAY)
    assert services._keep_looking(search, MONDAY, ["case:1"], [], is_complete=True) is False
    assert not Finding.objects.exists()


def test_killed_between_finding_and_telling_nothing_is_lost_or_doubled(
    portal: Portal, anna: User, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(anna)
    make_case(portal, "Voorraad tellen met een tablet", slug="nieuw")

    def die(*_args: object, **_values: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(services, "notify", die)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            look(MONDAY)
    assert (Finding.objects.count(), Notification.objects.count()) == (0, 0)
    assert look(MONDAY) == 1
    assert look(MONDAY) == 0
    assert (Finding.objects.count(), Notification.objects.count()) == (1, 1)


def test_many_searches_cost_no_more_than_their_number(portal: Portal, look: Look) -> None:
    def statements(number: int, day: int) -> int:
        people = [make_person() for _each in range(number)]
        with transaction.atomic():
            for person in people:
                services.save_search(
                    person, question=services.read_question(SavedSearch(question="q=lasserij"), words),
                    name="L", frequency="daily", at=TUESDAY + timedelta(days=day),
                )  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as asked:
            services.look_at_due(TUESDAY + timedelta(days=day))
        return len(asked)

    words = services.read_vocabulary()
    look(TUESDAY)
    few = statements(3, 1)
    many = statements(25, 2)
    # The three of the first round are due again in the second: 28 looks.
    assert many <= few / 3 * 28 + 5


def test_old_findings_go_with_what_was_told_of_them(portal: Portal, anna: User, look: Look) -> None:
    kept(anna)
    make_case(portal, "Voorraad tellen met een tablet", slug="nieuw")
    look(MONDAY)
    assert services.forget_old(MONDAY + timedelta(days=179)) == 0
    assert services.forget_old(MONDAY + timedelta(days=181)) == 1
    assert (Finding.objects.count(), Notification.objects.count()) == (0, 0)


# --- rules


@pytest.mark.parametrize(
    ("frequency", "at", "wanted"),
    [
        (
            "daily",
            datetime(2026, 3, 28, 12, tzinfo=UTC),
            datetime(2026, 3, 29, 3, tzinfo=UTC),
        ),  # the clock moved
        ("daily", datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 4, tzinfo=UTC)),
        ("weekly", MONDAY, NEXT_MONDAY),
        ("weekly", MONDAY - timedelta(seconds=1), MONDAY),
        ("daily", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2027, 1, 1, 4, tzinfo=UTC)),
        ("off", MONDAY, None),
    ],
)
def test_when_is_looked_again(frequency: str, at: datetime, wanted: datetime | None) -> None:
    assert next_look(frequency, at) == wanted


def hit(identity: str, day: int, score: float = 1.0) -> Hit:
    when = TUESDAY + timedelta(days=day)
    return Hit(id=identity, type="case", score=score, title=(), snippet=(), published_at=when)


def test_of_more_than_is_known_only_what_was_published_since_is_new() -> None:
    hits = [hit("case:1", 3), hit("case:2", -30), hit("case:3", -1)]
    assert [each.id for each in new_among(hits, known=[], since=TUESDAY, is_complete=True)] == [
        "case:1", "case:3", "case:2",
    ]  # fmt: skip
    fresh = new_among(hits, known=["case:3"], since=TUESDAY, is_complete=False)
    assert [each.id for each in fresh] == ["case:1"]


def test_what_hardly_fits_is_no_news() -> None:
    hits = [hit("case:1", 3, 10.0), hit("case:2", 4, 1.0)]
    assert [each.id for each in new_among(hits, known=[], since=TUESDAY, is_complete=True)] == ["case:1"]


def test_no_more_is_told_than_one_reads(portal: Portal, anna: User, look: Look) -> None:
    kept(anna)
    with transaction.atomic():
        for number in range(MOST_TOLD + 3):
            make_page(portal, f"Voorraad nummer {number}", "Voorraad.", slug=f"v-{number}")
    look(MONDAY)
    assert len(Finding.objects.get().documents) == MOST_TOLD
    assert look(NEXT_MONDAY) == 0
