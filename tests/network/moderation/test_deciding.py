"""From a report to a decision, its reasons, an objection and back: what everybody reads on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from network.moderation import services
from network.moderation.intake import assess, hold
from network.moderation.models import Decision, ModerationCase, Objection, ReasonTemplate
from network.moderation.reportables import VISIBLE
from network.moderation.rules import may_write
from network.moderation.services import AlreadyDecided, Choice, NotAllowed, Refused
from tests.network.moderation import notes
from tests.network.moderation.conftest import (
    WHY,
    House,
    case_of,
    decided,
    letters,
    make_moderator,
    read,
    report,
    send,
)
from tests.portal.organisations.people import mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]


def case_path(number: int) -> str:
    return f"/moderatie/zaken/{case_of(number).pk}/"


def test_a_report_becomes_a_decision_with_reasons_an_objection_and_an_answer(house: House) -> None:
    number = notes.write("Koop bij ons.", by=house.anna, title="Aanbieding")
    report(number, house.bram, "Dit is reclame.")
    assert "Aanbieding" in read(house.mo, "/moderatie/") and "1 melding" in read(house.mo, "/moderatie/")
    page = read(house.mo, case_path(number))
    assert "Koop bij ons." in page and "Dit is reclame." in page and "Anna" in page and "Bram" not in page

    page = send(house.mo, case_path(number), action="remove", **WHY)
    assert "Besloten. Wie het aangaat, krijgt een mail." in page and notes.state_of(number) == "removed"
    [letter] = mails(house.anna.email, "moderation-statement")
    for part in ("verwijderd", "Iemand meldde het", "niets automatisch", "bezwaar", *list(WHY.values())[1:]):
        assert part in letter.text, part
    assert "Bram" not in letter.text and house.bram.email not in letter.text
    [outcome] = mails(house.bram.email, "moderation-outcome")
    assert "verwijderd" in outcome.text and "Anna" not in outcome.text
    assert "<p>Verwijderd.</p>" in read(house.bram, Decision.objects.get().get_absolute_url())

    decision = Decision.objects.get()
    page = read(house.anna, decision.get_absolute_url())
    assert WHY["reason"] in page and "Maak bezwaar" in page
    page = send(house.anna, f"{decision.get_absolute_url()}bezwaar/", text="Iemand vroeg ernaar.")
    assert "We hebben je bezwaar" in page and "Iemand vroeg ernaar." in page
    assert len(mails(house.anna.email, "moderation-objection")) == 1

    objection = Objection.objects.get()
    other = make_moderator("Noor")
    assert "Bezwaar in zaak" in read(other, "/moderatie/?lijst=bezwaren")
    page = read(other, f"/moderatie/bezwaren/{objection.pk}/")
    assert "Iemand vroeg ernaar." in page and WHY["facts"] in page
    send(other, f"/moderatie/bezwaren/{objection.pk}/", outcome="granted", text="Dat zagen we niet.")
    assert notes.state_of(number) == "visible"
    assert "Dat zagen we niet." in mails(house.anna.email, "moderation-answer")[0].text
    assert "staat er weer" in mails(house.anna.email, "moderation-undone")[0].text
    assert "geldt niet meer" in read(house.anna, decision.get_absolute_url())
    objection.refresh_from_db()
    assert (objection.outcome, objection.decided_by) == ("granted", other)


def test_who_decided_does_not_answer_the_objection_where_there_is_another(house: House) -> None:
    number = notes.write(by=house.anna)
    report(number, house.bram)
    decision = decided(number, house.mo)
    objection = services.object_to(decision, by=house.anna, text="Onzin.", at=timezone.now())
    assert "Een ander beantwoordt" in read(house.mo, f"/moderatie/bezwaren/{objection.pk}/")
    with pytest.raises(NotAllowed):
        services.answer(objection, is_granted=False, text="Blijft.", by=house.mo, at=timezone.now())
    house.baas.is_active = False
    house.baas.save()
    services.answer(objection, is_granted=False, text="Ik ben alleen.", by=house.mo, at=timezone.now())
    assert notes.state_of(number) == "removed"
    assert "blijft zoals het is" in mails(house.anna.email, "moderation-answer")[0].text
    with pytest.raises(Refused, match="al"):
        services.answer(objection, is_granted=True, text="Toch.", by=house.mo, at=timezone.now())


def test_an_objection_comes_once_and_within_six_months(house: House) -> None:
    number = notes.write(by=house.anna)
    report(number, house.bram)
    decision = decided(number, house.mo)
    at = timezone.now()
    with pytest.raises(Refused):
        services.object_to(decision, by=house.anna, text="Te laat.", at=at + timedelta(days=184))
    with pytest.raises(NotAllowed):
        services.object_to(decision, by=house.guest, text="Niet van mij.", at=at)
    first = services.object_to(decision, by=house.anna, text="Eén.", at=at)
    assert services.object_to(decision, by=house.anna, text="Twee.", at=at).pk == first.pk
    for path in (decision.get_absolute_url(), f"{decision.get_absolute_url()}bezwaar/"):
        read(house.guest, path, 404)


def test_who_reported_may_object_to_nothing_being_done(house: House) -> None:
    number = notes.write(by=house.anna)
    report(number, house.bram)
    decision = decided(number, house.mo, "none")
    assert notes.state_of(number) == "visible" and letters(house.anna) == []
    assert decision.get_absolute_url() in mails(house.bram.email, "moderation-outcome")[0].text
    page = read(house.bram, decision.get_absolute_url())
    assert "Blijft staan" in page and "Maak bezwaar" in page
    read(house.anna, decision.get_absolute_url(), 404)
    objection = services.object_to(decision, by=house.bram, text="Lees zin drie.", at=timezone.now())
    services.answer(objection, is_granted=True, text="Klopt.", by=house.baas, at=timezone.now())
    assert case_of(number).state == "open" and ModerationCase.objects.count() == 2


def test_undoing_gives_back_and_says_so(house: House) -> None:
    number = notes.write(by=house.anna)
    report(number, house.bram)
    decision = decided(number, house.mo, "hide", measure="block", block_days=7)
    assert notes.state_of(number) == "hidden" and may_write(house.anna, None) is not None
    path = f"{decision.get_absolute_url()}terugdraaien/"
    assert path in read(house.mo, case_path(number))
    assert "Teruggedraaid" in send(house.mo, path, reason="Ik las het verkeerd.")
    assert notes.state_of(number) == "visible" and may_write(house.anna, None) is None
    [letter] = mails(house.anna.email, "moderation-undone")
    assert "staat er weer" in letter.text and "weer schrijven" in letter.text and "verkeerd" in letter.text
    assert "al teruggedraaid" in send(house.mo, path, reason="Nog eens.") and Decision.objects.count() == 2
    read(house.mo, path, 404)


def test_undoing_one_of_two_decisions_does_not_bring_it_back(house: House) -> None:
    number = notes.write(by=house.anna)
    report(number, house.bram)
    first = decided(number, house.mo, "hide")
    notes.NOTE.put(number, VISIBLE)
    report(number, house.bram)
    decided(number, house.mo, "remove")
    services.undo(first, by=house.mo, reason="De eerste klopte niet.", at=timezone.now())
    assert notes.state_of(number) == "removed"


def test_a_block_holds_in_its_place_until_its_last_day(house: House) -> None:
    number = notes.write(by=house.anna, ecosystem_id=house.kring.pk)
    report(number, house.bram)
    decided(number, house.host, "none", measure="block", block_days=7, **WHY)
    here = may_write(house.anna, house.kring.pk)
    assert here is not None and not here.in_portal and here.until == timezone.localdate() + timedelta(days=6)
    assert "Je mag hier tot en met" in str(here)
    # The working group is part of it; the portal and other people aren't.
    assert may_write(house.anna, house.group.pk) is not None
    assert may_write(house.anna, None) is None and may_write(house.bram, house.kring.pk) is None
    assert Decision.objects.blocking(house.anna, here.until).exists()
    assert not Decision.objects.blocking(house.anna, here.until + timedelta(days=1)).exists()


def test_only_moderators_of_the_portal_block_in_the_whole_portal(house: House) -> None:
    number = notes.write(by=house.anna, ecosystem_id=house.kring.pk)
    report(number, house.bram)
    everywhere = {"measure": "block", "block_days": 30, "in_portal": True}
    with pytest.raises(Refused, match="eigen ecosysteem"):
        decided(number, house.host, "remove", **everywhere)
    decided(number, house.mo, "remove", **everywhere)
    assert may_write(house.anna, None) is not None and may_write(house.anna, house.kring.pk) is not None
    assert "in het hele portaal" in mails(house.anna.email, "moderation-statement")[0].text


@pytest.mark.parametrize("missing", ["ground", "rule", "facts", "reason"])
def test_nobody_loses_anything_without_reasons(house: House, missing: str) -> None:
    number = notes.write(by=house.anna)
    report(number, house.bram)
    page = send(house.mo, case_path(number), action="remove", **{**WHY, missing: ""})
    assert "moet lezen waarom" in page and notes.state_of(number) == "visible"
    assert all(value in page for name, value in WHY.items() if name not in (missing, "ground"))
    assert not Decision.objects.exists() and letters(house.anna) == []


def test_what_was_held_is_placed_or_not(house: House) -> None:
    at = timezone.now()
    for action, state, kind in (("restore", "visible", "placed"), ("remove", "removed", "statement")):
        number = notes.write(by=house.anna, state="held")
        hold(notes.CODE, number, author=house.anna, reasons=["first-post"], at=at)
        page = read(house.mo, case_path(number))
        assert "eerste bericht buiten je eigen kring" in page and "Laat staan" not in page
        decided(number, house.mo, action)
        assert notes.state_of(number) == state and len(mails(house.anna.email, f"moderation-{kind}")) == 1
    assert "Regels die elke nieuwe tekst bekijken" in mails(house.anna.email, "moderation-statement")[0].text


def test_texts_that_moderators_let_through_make_somebody_known(house: House) -> None:
    at = timezone.now()
    assert assess(house.anna, "Mijn eerste vraag aan iedereen hier.", at=at, ecosystem_id=None).holds
    number = notes.write(by=house.anna, state="held")
    hold(notes.CODE, number, author=house.anna, reasons=["first-post"], at=at)
    decided(number, house.mo, "restore")
    assert not assess(house.anna, "Een tweede vraag, over iets anders.", at=at, ecosystem_id=None).holds


def test_two_moderators_at_a_time_take_one_decision(house: House) -> None:
    number = notes.write(by=house.anna)
    report(number, house.bram)
    first = decided(number, house.mo, "none")
    with pytest.raises(AlreadyDecided) as refused:
        services.decide(case_of(number), choice=Choice("remove", **WHY), by=house.baas, at=timezone.now())
    assert refused.value.decision == first and notes.state_of(number) == "visible"
    page = send(house.baas, case_path(number), action="remove", **WHY)
    assert "Iemand anders besloot hier intussen over" in page and WHY["reason"] in page


def test_a_template_fills_the_reasons_without_script(house: House) -> None:
    text = {"ground": "rules", "rule": "regel 4", "reason": "Geen losse aanbiedingen."}
    made = ReasonTemplate.objects.create(title="Reclame", **text)
    ReasonTemplate.objects.create(title="Oud", reason="x", is_active=False)
    number = notes.write(by=house.anna)
    report(number, house.bram)
    page = read(house.mo, f"{case_path(number)}?sjabloon={made.pk}")
    assert 'value="regel 4"' in page and "Geen losse aanbiedingen.</textarea>" in page and ">Oud<" not in page
    send(house.mo, case_path(number), action="hide", template="Reclame", **WHY)
    assert Decision.objects.get().template == "Reclame"
    assert "Geen losse" not in read(house.mo, f"{case_path(number)}?sjabloon=onzin")


def test_what_its_author_took_away_can_still_be_closed(house: House) -> None:
    number = notes.write(by=house.anna)
    report(number, house.bram)
    notes.forget()
    page = read(house.mo, case_path(number))
    assert "staat er niet meer" in page
    send(house.mo, case_path(number), action="none")
    assert case_of(number).state == "decided"


def test_one_does_not_decide_about_oneself_while_somebody_else_can(house: House) -> None:
    number = notes.write(by=house.mo)
    report(number, house.bram)
    read(house.mo, case_path(number), 404)
    assert "Een briefje" not in read(house.mo, "/moderatie/")
    with pytest.raises(NotAllowed):
        services.decide(case_of(number), choice=Choice("none"), by=house.mo, at=timezone.now())
    read(house.baas, case_path(number))
    # Alone there is nobody else.
    house.baas.is_active = False
    house.baas.save()
    read(house.mo, case_path(number))
