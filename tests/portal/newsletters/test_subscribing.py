"""Taking the newsletter: from the mailbox itself, with one answer whatever is known, and gone at once afterwards."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.mail.models import Mail
from portal.newsletters.models import Subscription
from portal.newsletters.services import (
    change_choice,
    confirm,
    forget_unconfirmed,
    request_subscription,
    subscribe_member,
    unsubscribe,
)
from portal.newsletters.services.subscribing import KEEP_UNCONFIRMED, MOST_A_DAY
from portal.privacy.services import Agreed, has_consent
from tests.factories.pages import Portal
from tests.factories.taxonomy import SectionFactory, ThemeFactory
from tests.network.ecosystems.conftest import read, send
from tests.portal.newsletters.conftest import TUESDAY, link_in, mails, make_edition, subscribed
from tests.portal.organisations.people import browser_of, make_person

pytestmark = pytest.mark.django_db
PAGE, OWN, ASKED = "/nieuwsbrief/", "/mijn/nieuwsbrief/", "/nieuwsbrief/kijk-in-je-mail/"
NEW, KNOWN, PENDING = "nieuw@voorbeeld.example", "kent@voorbeeld.example", "wacht@voorbeeld.example"


def ask(email: str, **values: object) -> tuple[int, str, bytes]:
    """What a visitor gets to see, to the letter."""
    response = Client().post(PAGE, {"email": email, **values})
    return response.status_code, response.get("Location", ""), response.content


def test_somebody_says_yes_from_the_mailbox(portal: Portal) -> None:
    ThemeFactory.create(slug="proces", name="Proces")
    send(None, PAGE, email=f" {NEW.upper()} ", themes=["proces"])
    row = Subscription.objects.get()
    assert (row.email, row.confirmed_at, [each.slug for each in row.themes.all()]) == (NEW, None, ["proces"])
    (mail,) = mails("newsletter-question")
    assert (mail.to, mail.is_secret, mail.html != "") == (NEW, True, True)
    # A program that follows links in mails says yes for nobody.
    assert "Nog één klik" in read(None, link_in(mail))
    row.refresh_from_db()
    assert row.confirmed_at is None
    assert "Je krijgt de nieuwsbrief" in send(None, link_in(mail))
    row.refresh_from_db()
    assert (row.confirmed_at is not None, row.consent_version) == (True, "2026-11")
    assert "al" in read(None, link_in(mail))


def test_the_answer_is_the_same_whatever_is_known(portal: Portal) -> None:
    subscribed(KNOWN)
    member = make_person("Lid", "lid@voorbeeld.example")
    subscribe_member(make_person("Lid", "leest@voorbeeld.example"), themes=[], sectors=[])
    request_subscription(PENDING, at=TUESDAY)
    Mail.objects.all().delete()
    Subscription.objects.update(requested_at=timezone.now() - timedelta(days=1))
    everybody = [NEW, KNOWN, PENDING, member.email, "leest@voorbeeld.example"]
    assert [ask(email) for email in everybody] == [(302, ASKED, b"")] * len(everybody)
    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted(everybody)
    subjects = dict(Mail.objects.values_list("to", "subject"))
    assert subjects[KNOWN].startswith("Je krijgt onze nieuwsbrief al")
    assert subjects[NEW].startswith("Wil je onze nieuwsbrief?")


def test_the_work_is_much_the_same_too(portal: Portal) -> None:
    subscribed(KNOWN)
    Subscription.objects.update(requested_at=timezone.now() - timedelta(days=1))

    def statements(email: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            ask(email)
        return len(queries)

    assert abs(statements(NEW) - statements(KNOWN)) <= 8


def test_what_somebody_else_chooses_for_an_address_changes_nothing(portal: Portal) -> None:
    theme = ThemeFactory.create(slug="proces")
    row = subscribed(KNOWN)
    request_subscription(KNOWN, themes=[theme], at=TUESDAY + timedelta(days=1))
    assert list(row.themes.all()) == []


def test_twenty_times_the_same_form_is_one_row_and_one_mail(portal: Portal) -> None:
    for _each in range(20):
        request_subscription(NEW, at=TUESDAY)
    assert (Subscription.objects.count(), len(mails("newsletter-question"))) == (1, 1)
    request_subscription(NEW, at=TUESDAY + timedelta(minutes=11))
    assert (Subscription.objects.count(), len(mails("newsletter-question"))) == (1, 2)
    # The older mail's link went with it.
    assert confirm(uuid.UUID(link_in(mails("newsletter-question")[0]).split("/")[-2])) is None


def test_one_visitor_asks_no_thousand_times(portal: Portal) -> None:
    answers = [ask(f"p{number}@voorbeeld.example")[0] for number in range(12)]
    assert answers == [302] * 10 + [429] * 2
    assert Subscription.objects.count() == 10


def test_a_link_works_three_days_and_the_address_goes_after_a_week(portal: Portal) -> None:
    request_subscription(NEW, at=TUESDAY)
    key = Subscription.objects.get().confirm_key
    assert confirm(key, at=TUESDAY + timedelta(days=3)) is None
    assert confirm(uuid.uuid4()) is None
    assert forget_unconfirmed(TUESDAY + KEEP_UNCONFIRMED) == 0
    subscribed(KNOWN)
    assert forget_unconfirmed(TUESDAY + KEEP_UNCONFIRMED + timedelta(seconds=1)) == 1
    assert [row.email for row in Subscription.objects.all()] == [KNOWN]
    read(None, f"/nieuwsbrief/bevestig/{key}/", 404)


@pytest.mark.parametrize("email", ["", "geen", "a@b", "a b@voorbeeld.example", "x" * 250 + "@b.example"])
def test_bad_addresses_come_back_with_a_sentence(portal: Portal, email: str) -> None:
    page = send(None, PAGE, email=email, themes=["bestaat-niet"])
    assert 'class="error-summary"' in page
    assert email in page
    assert not Subscription.objects.exists()


def test_who_holds_the_mail_chooses_and_ends(portal: Portal) -> None:
    theme = ThemeFactory.create(slug="proces")
    sector = SectionFactory.create()
    row = subscribed(NEW)
    choose, end = f"/nieuwsbrief/keuze/{row.key}/", f"/nieuwsbrief/afmelden/{row.key}/"
    page = send(None, choose, themes=[theme.slug], sectors=[sector.code])
    assert "Je keuze is bewaard" in page
    assert (list(row.themes.all()), list(row.sectors.all())) == ([theme], [sector])
    assert "Stuur geen nieuwsbrief meer" in read(None, end)
    assert Subscription.objects.exists()
    # As a mail program does it: without cookie, form token or redirect.
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(end, {"List-Unsubscribe": "One-Click"})
    assert (response.status_code, Subscription.objects.count()) == (200, 0)
    assert strict.post(end, {"List-Unsubscribe": "One-Click"}).status_code == 200
    read(None, choose, 404)


def test_an_address_that_never_said_yes_has_no_choice_page(portal: Portal) -> None:
    request_subscription(NEW, at=TUESDAY)
    read(None, f"/nieuwsbrief/keuze/{Subscription.objects.get().key}/", 404)


def test_a_member_chooses_on_their_own_page_and_consent_is_written_down(portal: Portal) -> None:
    theme = ThemeFactory.create(slug="proces")
    anna = make_person("Anna", NEW)
    subscribed(NEW)  # before, without account
    assert browser_of(anna).get(PAGE)["Location"] == OWN
    assert "nog niet" in read(anna, OWN)
    assert "Je krijgt de nieuwsbrief op" in send(anna, OWN, themes=[theme.slug])
    row = Subscription.objects.get()
    assert (row.user, row.email, list(row.themes.all())) == (anna, "", [theme])
    assert has_consent(anna, about=Agreed.NEWSLETTER)
    send(anna, OWN, actie="afmelden")
    assert not Subscription.objects.exists()
    assert not has_consent(anna, about=Agreed.NEWSLETTER)


def test_the_mail_that_waits_goes_too(portal: Portal) -> None:
    from portal.newsletters.services import lay_ready, start_sending

    row = subscribed(NEW)
    subscribed(KNOWN)
    start_sending(make_edition(), by=make_person("Redacteur"))
    lay_ready()
    unsubscribe(row)
    assert [mail.to for mail in mails()] == [KNOWN]


def test_the_database_holds_an_address_once(portal: Portal) -> None:
    Subscription.objects.create(email=NEW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(email=NEW.upper())
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(email=KNOWN, user=make_person())
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(email="")


def test_choosing_nothing_is_everything(portal: Portal) -> None:
    theme, other = ThemeFactory.create(slug="proces"), ThemeFactory.create(slug="werktijden")
    everything, one = subscribed(NEW), subscribed(KNOWN)
    change_choice(one, themes=[theme], sectors=[])
    edition = make_edition()
    receiving = Subscription.objects.receiving
    assert set(receiving(edition)) == {everything, one}
    edition.themes = [theme]
    edition.save()
    assert set(receiving(edition)) == {everything, one}
    edition.themes = [other]
    edition.save()
    assert set(receiving(edition)) == {everything}
    edition.themes, edition.sectors = [theme], [SectionFactory.create()]
    edition.save()
    assert set(receiving(edition)) == {everything, one}


def test_who_is_closed_out_and_who_stands_there_twice(portal: Portal) -> None:
    member = make_person("Anna", NEW)
    subscribe_member(member, themes=[], sectors=[])
    Subscription.objects.create(email=NEW.capitalize(), confirmed_at=timezone.now())
    edition = make_edition()
    assert [row.user for row in Subscription.objects.receiving(edition)] == [member]
    member.is_active = False
    member.save()
    assert [row.user for row in Subscription.objects.receiving(edition)] == [None]


def test_nobody_fills_the_mailbox_of_another(portal: Portal) -> None:
    """Asking anew after every pause, for who has it and for who hasn't, from wherever."""
    subscribed(KNOWN)
    Mail.objects.all().delete()
    now = timezone.now()
    Subscription.objects.update(requested_at=now - timedelta(days=1))
    for hour in range(12):
        for email in (NEW, KNOWN):
            request_subscription(email, at=now + timedelta(hours=hour))
    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted([KNOWN, NEW] * MOST_A_DAY)
    request_subscription(NEW, at=now + timedelta(days=2))
    assert Mail.objects.filter(to=NEW).count() == MOST_A_DAY + 1


@pytest.mark.parametrize("page", ["0000002", "000001" + "9" * 5000, "2", "0"])
def test_a_page_of_the_archive_that_is_not_there(portal: Portal, page: str) -> None:
    assert Client().get("/nieuwsbrief/archief/", {"pagina": page}).status_code == 404
