"""The form in steps, as a browser without script uses it."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.submissions import services
from cases.submissions.models import CaseSubmission, State, SubmissionProof
from cases.submissions.own_pages import own_submissions
from tests.cases.submissions.conftest import FIGURE, House, sent, told, write
from tests.factories.media import pdf_bytes, picture_bytes, upload
from tests.factories.taxonomy import indicator
from tests.network.ecosystems.conftest import read
from tests.portal.organisations.people import browser_of

pytestmark = pytest.mark.django_db

ROW = ("indicator", "before", "after", "change", "established", "period_note", "base")


def post(user: Any, address: str, **values: Any) -> Any:
    return browser_of(user).post(address, values)


def step(submission: CaseSubmission, name: str) -> str:
    return f"/praktijkvoorbeeld-insturen/{submission.pk}/stap/{name}/"


def shown_after(user: Any, address: str, **values: Any) -> str:
    response = browser_of(user).post(address, values, follow=True)
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def results(number: int = 0, **values: Any) -> dict[str, Any]:
    row = {f"r{number}_{name}": values.get(name, "") for name in ROW}
    return {"seen": 0, "rows": 1, "result": "Het ging beter.", "lessons": "", "tomorrow": "", **row}


def test_from_the_first_step_to_the_manager(house: House) -> None:
    writer = house.writer
    response = post(writer, "/praktijkvoorbeeld-insturen/")
    submission = CaseSubmission.objects.get()
    assert response.headers["Location"] == step(submission, "situatie")
    forward = [
        ("situatie", {"title": "Minder zoeken", "theme": "proces", "situation": "Wij zochten."}, "aanpak"),
        ("aanpak", {"approach": "1. Tellen", "effort": "", "cost": "", "payback": ""}, "resultaten"),
        (
            "resultaten",
            results(indicator=str(indicator("stocks").pk), change="-34,5", established="counted"),
            "bewijs",
        ),
        ("bewijs", {"alt": ""}, "bedrijf"),
        ("bedrijf", {"organisation": house.metaal.pk, "names_author": "on"}, "controleren"),
    ]  # fmt: skip
    for name, values, following in forward:
        response = post(writer, step(submission, name), **{"seen": 0, **values})
        assert response.status_code == 302, (name, unescape(response.content.decode()))
        assert response.headers["Location"] == step(submission, following)
    page = read(writer, step(submission, "controleren"))
    for words in ("Wij zochten.", "1. Tellen", "Metaal BV", "voorraad", "−34,5%", "geteld"):
        assert words in page, words
    said = shown_after(writer, f"/praktijkvoorbeeld-insturen/{submission.pk}/doe/", actie="versturen")
    assert "De beheerder van je bedrijf kijkt ernaar" in said
    assert told(house.boss) == ["Geef akkoord op het praktijkvoorbeeld “Minder zoeken”"]
    assert [task.label for task in own_submissions(house.boss)] == ["Minder zoeken"]
    address = f"/praktijkvoorbeeld-insturen/{submission.pk}/"
    assert "Geef jij akkoord namens Metaal BV?" in read(house.boss, address)
    submission.refresh_from_db()
    said = shown_after(house.boss, f"{address}doe/", actie="akkoord", versie=submission.version)
    assert "Akkoord gegeven" in said
    submission.refresh_from_db()
    assert submission.state == State.SENT_IN


def test_what_is_wrong_stays_typed_and_says_why(house: House) -> None:
    submission = services.begin_submission(by=house.writer)
    page = shown_after(
        house.writer,
        step(submission, "situatie"),
        seen=0,
        title="",
        theme="geen",
        situation="Een half verhaal",
    )
    for words in (
        "Geef je voorbeeld een titel.",
        "Kies een thema uit de lijst.",
        "Een half verhaal",
        "Fout:",
    ):
        assert words in page, words
    again = read(house.writer, step(submission, "situatie"))
    assert "Een half verhaal" in again
    assert "Geef je voorbeeld een titel." in again
    # One may go on elsewhere, and see what is left to do.
    assert 'name="approach"' in read(house.writer, step(submission, "aanpak"))
    assert "Vertel hoe het was." in read(house.writer, step(submission, "controleren"))


def test_half_a_step_is_kept_for_later_without_a_word_of_blame(house: House) -> None:
    submission = services.begin_submission(by=house.writer)
    address = step(submission, "resultaten")
    given = {**results(indicator="", before="12,5", established=""), "result": "", "actie": "later"}
    page = shown_after(house.writer, address, **given)
    assert "Je kunt later verder waar je was" in page
    assert f'href="{address}"' in page
    again = read(house.writer, address)
    assert 'value="12,5"' in again
    assert "Er klopt iets nog niet" not in again
    assert "Er kloppen" not in again


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"change": "12.5"}, "Schrijf een komma voor de decimalen: 12,5."),
        ({"change": "acht"}, "Schrijf alleen het getal"),
        ({"before": "12", "after": ""}, "Vul de stand vooraf én achteraf in."),
        ({"before": "12", "after": "9", "change": "-3"}, "Niet allebei."),
        ({"before": "", "after": "", "change": ""}, "Vul de stand vooraf en achteraf in, of de verandering."),
        ({"change": "-150"}, "Een daling van meer dan 100% kan niet."),
        ({"change": "-8", "established": ""}, "Kies hoe jullie dit weten."),
        ({"change": "-8", "indicator": ""}, "Kies wat je hebt gemeten"),
        ({"change": "-8", "indicator": "999999"}, "Kies uit de lijst wat je hebt gemeten."),
    ],
)
def test_a_strange_figure_gets_a_clear_sentence(house: House, row: dict[str, str], sentence: str) -> None:
    submission = services.begin_submission(by=house.writer)
    whole = {"indicator": str(indicator("stocks").pk), "established": "counted", **row}
    page = shown_after(house.writer, step(submission, "resultaten"), **results(**whole))
    assert sentence in page
    assert not submission.measurements.exists()


def test_figures_are_added_changed_and_taken_away(house: House) -> None:
    submission, stocks = services.begin_submission(by=house.writer), str(indicator("stocks").pk)
    address = step(submission, "resultaten")
    first = results(indicator=stocks, change="-8", established="counted")
    page = shown_after(house.writer, address, **first, actie="meer")
    assert 'name="r1_change"' in page
    assert 'value="-8"' in page
    second = {f"r1_{name}": "" for name in ROW} | {
        "r1_indicator": stocks,
        "r1_before": "1.200",
        "r1_after": "900,5",
    }
    both = {**first, **second, "r1_established": "measured", "rows": 2}
    assert post(house.writer, address, **both).status_code == 302
    assert [(row.change, row.before) for row in submission.measurements.all()] == [(-8, None), (None, 1200)]
    keys = {f"r{number}_pk": row.pk for number, row in enumerate(submission.measurements.all())}
    assert post(house.writer, address, **{**both, **keys, "r0_gone": "on", "seen": 1}).status_code == 302
    assert [row.after for row in submission.measurements.all()] == [pytest.approx(900.5)]


def test_of_two_windows_the_second_sees_both_texts(house: House) -> None:
    submission = write(house)
    address, seen = step(submission, "situatie"), submission.step_version("situatie")
    given = {"seen": seen, "theme": "proces", "situation": "Uit het eerste venster"}
    assert post(house.writer, address, title="Eerste", **given).status_code == 302
    page = shown_after(
        house.writer, address, seen=seen, title="Tweede", theme="proces", situation="Uit het tweede venster"
    )
    for words in (
        "intussen gewijzigd",
        "Dit is nu bewaard",
        "Uit het eerste venster",
        "Uit het tweede venster",
    ):
        assert words in page, words
    submission.refresh_from_db()
    assert submission.situation == "Uit het eerste venster"
    again = post(house.writer, address, seen=seen + 1, title="Tweede", theme="proces", situation="Toch dit")
    assert again.status_code == 302
    submission.refresh_from_db()
    assert submission.situation == "Toch dit"


def test_proof_goes_along_with_what_was_typed(house: House) -> None:
    submission = write(house)
    figure, address = submission.measurements.get(), step(submission, "bewijs")
    source = {f"source_{figure.pk}": "Onze telling", "seen": 0, "alt": ""}
    page = shown_after(
        house.writer, address, **source, actie="bestand", upload=upload("telling.pdf", pdf_bytes())
    )
    assert "telling.pdf" in page
    assert 'value="Onze telling"' in page
    refused = shown_after(
        house.writer, address, **source, actie="bestand", upload=upload("x.pdf", b"MZ niets")
    )
    assert "maar de inhoud is iets anders" in refused
    assert 'value="Onze telling"' in refused
    nothing = shown_after(house.writer, address, **source, actie="bestand")
    assert "Kies eerst een bestand." in nothing
    photo = shown_after(
        house.writer, address, **source, actie="foto", picture=upload("a.png", picture_bytes())
    )
    assert "Zeg wat er op de foto staat" in photo
    proof = SubmissionProof.objects.get()
    assert post(house.writer, address, **source, **{f"proof_{figure.pk}": proof.pk}).status_code == 302
    figure.refresh_from_db()
    assert (figure.source_text, figure.proof) == ("Onze telling", proof)
    shown_after(house.writer, address, **source, actie=f"weg:{proof.uuid.hex}")
    assert not SubmissionProof.objects.exists()


@pytest.mark.parametrize("name", ["situatie", "aanpak", "resultaten", "bewijs", "bedrijf", "controleren", ""])
def test_a_step_asks_the_database_little(house: House, name: str) -> None:
    counted = []
    for number in (1, 10):
        figures = [{**FIGURE, "indicator": indicator("stocks")}] * number
        submission = write(house, title=f"Met {number}", figures=figures)
        address = step(submission, name) if name else submission.get_absolute_url()
        browser = browser_of(house.writer)
        browser.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(address).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
    # Of which four, for the menu, are kept outside a test: see test_budget.
    assert counted[0] <= (12 if name else 13), counted


def test_the_page_of_a_submission_follows_its_state(house: House) -> None:
    submission = sent(house)
    address = submission.get_absolute_url()
    assert "Haal terug om te wijzigen" in read(house.writer, address)
    services.ask_author(submission, by=house.editor, text="Hoe telden jullie?")
    page = read(house.writer, address)
    assert "De redactie wacht op je antwoord" in page
    assert "Hoe telden jullie?" in page
    token = page.split('name="token" value="')[1].split('"')[0]
    empty = shown_after(house.writer, f"{address}doe/", actie="antwoord", text="", token=token)
    assert "Schrijf je antwoord op." in empty
    done = shown_after(house.writer, f"{address}doe/", actie="antwoord", text="Met een lijst.", token=token)
    assert "Met een lijst." in done
    services.take_up(submission, by=house.editor)
    assert "Wijzig de tekst" in read(house.writer, address)


def test_a_visitor_reads_what_it_is_and_may_begin_after_signing_in(house: House) -> None:
    page = read(None, "/praktijkvoorbeeld-insturen/")
    assert "/inloggen/?next=/praktijkvoorbeeld-insturen/" in page
    response = post(None, "/praktijkvoorbeeld-insturen/")
    assert response.headers["Location"].startswith("/inloggen/")
    assert not CaseSubmission.objects.exists()


def test_who_is_signed_in_begins_at_once(house: House) -> None:
    page = read(house.writer, "/praktijkvoorbeeld-insturen/")
    assert ">Begin<" in page
    write(house, title="Half af")
    assert "Half af" in read(house.writer, "/praktijkvoorbeeld-insturen/")
    assert "Half af" not in read(house.boss, "/praktijkvoorbeeld-insturen/")
