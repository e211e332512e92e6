"""What stands in a private ecosystem: canaries that no moderator hears before saying that they look."""

from __future__ import annotations

import pytest
from django.utils import timezone

from network.moderation import services
from network.moderation.intake import hold
from network.moderation.models import Access, Decision, ModerationCase
from network.moderation.services import Choice, NotAllowed, Refused
from portal.accounts.models import User
from tests.network.moderation import notes
from tests.network.moderation.conftest import WHY, House, case_of, decided, make_moderator, read, report, send
from tests.portal.organisations.people import browser_of, mails, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]
# Words found nowhere else: of a title, of a text, and of a neighbour's text that nobody reported.
TITLE, TEXT, UNREPORTED = "putterkooi", "goudvinkje", "kneutennest"


@pytest.fixture
def number(house: House) -> int:
    """A private note that was reported and held, beside one that wasn't."""
    made = notes.write(TEXT, by=house.anna, title=TITLE, ecosystem_id=house.kring.pk)
    notes.write(UNREPORTED, by=house.anna, title=UNREPORTED, ecosystem_id=house.kring.pk)
    report(made, house.bram)
    hold(notes.CODE, made, author=house.anna, reasons=["links"], at=timezone.now())
    return made


def addresses(number: int, house: House) -> list[str]:
    case = case_of(number).pk
    lists = (
        "",
        "?lijst=vastgehouden",
        "?lijst=gemeld",
        "?lijst=te-laat",
        "?lijst=bezwaren",
        "?lijst=besloten",
    )
    return [
        *(f"/moderatie/{each}" for each in lists),
        f"/moderatie/zaken/{case}/", f"/moderatie/personen/{house.anna.pk}/", "/moderatie/toegang/",
        f"/moderatie/toegang/note/{number}/", f"/moderatie/toegang/note/{number + 1}/", "/moderatie/cijfers/2026.csv",
        f"/melden/note/{number}/", f"/melden/note/{number + 1}/", "/mijn/", "/gedragsregels/",
    ]  # fmt: skip


def heard(user: User | None, number: int, house: House) -> set[str]:
    client, found = browser_of(user), set()
    for path in addresses(number, house):
        text = client.get(path).content.decode().lower()
        found |= {word for word in (TITLE, TEXT, UNREPORTED) if word in text}
    return found


def test_nobody_hears_what_is_private_before_they_look(house: House, number: int) -> None:
    for who in (house.mo, house.baas, house.outsider, None, make_person()):
        assert heard(who, number, house) == set()
    assert heard(house.host, number, house) == {
        TITLE,
        TEXT,
        UNREPORTED,
    }  # his own ecosystem: he may report there
    assert heard(house.bram, number, house) == {
        TITLE,
        UNREPORTED,
    }  # a participant; what is reported is named, not shown
    assert all(TEXT not in mail.text and TITLE not in mail.text for mail in mails())


def test_a_moderator_looks_with_a_click_and_that_is_kept(house: House, number: int) -> None:
    case = case_of(number)
    page = read(house.mo, case.get_absolute_url())
    assert (
        "Iets besloten (briefje)" in page
        and "een besloten ecosysteem" in page
        and house.kring.name not in page
    )
    assert "Waarom?" not in page and "Neem het besluit" not in page
    with pytest.raises(Refused, match="Open eerst"):
        services.decide(case, choice=Choice("remove", **WHY), by=house.mo, at=timezone.now())
    assert TEXT in send(house.mo, f"{case.get_absolute_url()}openen/")
    row = Access.objects.get()
    assert (row.by, row.audience, row.object_id) == (house.mo, case.audience, number)
    assert heard(house.mo, number, house) == {TITLE, TEXT}
    # Who manages the ecosystem reads who came to look; another moderator has to look for themselves.
    assert f"Zaak {case.pk}" in read(house.host, "/moderatie/toegang/")
    assert heard(make_moderator("Noor"), number, house) == set()


def test_what_was_opened_closes_again(house: House, number: int) -> None:
    case = case_of(number)
    services.open_case_thing(case, by=house.mo, reason="", at=timezone.now() - timezone.timedelta(hours=8))
    assert heard(house.mo, number, house) == set()


def test_an_administrator_says_why_first(house: House, number: int) -> None:
    case = case_of(number)
    page = send(house.baas, f"{case.get_absolute_url()}openen/", reason="  ")
    assert "Schrijf op waarom" in page and TEXT not in page and not Access.objects.exists()
    assert TEXT in send(
        house.baas, f"{case.get_absolute_url()}openen/", reason="Vraag van de gastheer, zie mail."
    )
    # What nobody reported too, each with its own reason.
    path = f"/moderatie/toegang/note/{number + 1}/"
    assert UNREPORTED not in send(house.baas, path, reason="kort")
    assert UNREPORTED in send(house.baas, path, reason="Verzoek van de politie, dossier 12.")
    assert [row.object_id for row in Access.objects.order_by("pk")] == [number, number + 1]
    for who in (house.mo, house.host, house.bram):
        read(who, path, 404)
        send(who, path, 404, reason="Ik ben nieuwsgierig.")


def test_a_manager_decides_in_their_own_ecosystem_alone(house: House, number: int) -> None:
    public = notes.write(by=house.anna, title="Openbaar")
    report(public, house.bram)
    page = read(house.host, "/moderatie/")
    assert TITLE in page and "Openbaar" not in page and "Open: 1" in page
    read(house.host, case_of(public).get_absolute_url(), 404)
    with pytest.raises(NotAllowed):
        services.decide(case_of(public), choice=Choice("none"), by=house.host, at=timezone.now())
    assert house.kring.name in read(house.host, case_of(number).get_absolute_url())
    decided(number, house.host, "remove")
    assert notes.state_of(number) == "removed" and not Access.objects.exists()
    read(house.host, "/moderatie/cijfers/2026.csv", 404)
    # Of the working group too, and no longer once somebody else manages it.
    below = notes.write(by=house.anna, ecosystem_id=house.group.pk, title="Onder")
    report(below, house.anna)
    assert not ModerationCase.objects.filter(object_id=below).exists()  # one's own
    report(below, house.host)
    assert "Onder" in read(house.host, "/moderatie/")
    house.kring.organisation.memberships.filter(user=house.host).delete()
    read(house.host, "/moderatie/", 404)


def test_a_manager_does_not_decide_about_their_own_words(house: House) -> None:
    number = notes.write(by=house.host, ecosystem_id=house.kring.pk, title=TITLE)
    report(number, house.anna)
    read(house.host, case_of(number).get_absolute_url(), 404)
    assert TITLE not in read(house.host, "/moderatie/")
    # Where nobody else is left at all.
    User.objects.filter(pk__in=[house.mo.pk, house.baas.pk]).update(is_active=False)
    assert TITLE in read(house.host, "/moderatie/")


def test_what_is_known_of_a_person_is_for_who_decides_about_them(house: House, number: int) -> None:
    decided(
        number, house.host, "none" if notes.state_of(number) != "held" else "remove", measure="warn", **WHY
    )
    page = read(house.host, f"/moderatie/personen/{house.anna.pk}/")
    assert "schrijver gewaarschuwd" in page and "Wat deze persoon meldde" not in page
    assert "Wat deze persoon meldde" in read(house.mo, f"/moderatie/personen/{house.anna.pk}/")
    for who in (house.anna, house.bram, house.outsider):
        read(who, f"/moderatie/personen/{house.anna.pk}/", 404)
    read(house.mo, f"/moderatie/personen/{house.outsider.pk}/", 404)
    assert Decision.objects.visible_to(house.outsider).count() == 0
