"""What editors fill in: bad input is told in Dutch at its field, what was typed comes back, and who and when are kept."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import escape
from openpyxl import load_workbook
from wagtail.log_actions import registry

from portal.accounts.models import User
from search.steering.models import (
    JudgedQuery,
    OneWaySynonym,
    PromotedResult,
    SynonymGroup,
    SynonymTerm,
    WholeWord,
)
from tests.architecture.people import client_of, person
from tests.factories.pages import Portal, make_case, make_knowledge, restrict
from tests.search.steering.conftest import make_group, make_one_way, promote

GROUP = "/beheer/zoeken/synoniemen/"
ONE_WAY = "/beheer/zoeken/in-een-richting/"
WHOLE = "/beheer/zoeken/hele-woorden/"
PROMOTED = "/beheer/zoeken/aanbevolen/"
JUDGED = "/beheer/zoeken/beoordeeld/"


def refused(client: Client, address: str, data: dict[str, Any]) -> str:
    """The page that comes back; fails where the form was taken."""
    response = client.post(f"{address}add/", data)
    assert response.status_code == 200, "the form was taken"
    page = response.content.decode()
    for value in data.values():
        if isinstance(value, str) and value.strip() and len(value) < 2000:
            assert escape(value.splitlines()[0]) in page, "what was typed is gone"
    return page


def taken(client: Client, address: str, data: dict[str, Any], where: str = "add/") -> None:
    response = client.post(f"{address}{where}", data)
    assert response.status_code == 302, response.context["form"].errors
    assert response["Location"] == address


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "verplicht"),
        ("  \n , ;", "ten minste twee verschillende woorden"),
        ("voorraad", "ten minste twee verschillende woorden"),
        ("voorraad\nVoorraad", "ten minste twee verschillende woorden"),
        ("voorraad\nvoorraden\nstock", "‘voorraad’ en ‘voorraden’ zijn voor zoeken hetzelfde woord"),
        ("erp\nerp systeem", "‘erp systeem’ bevat ‘erp’ zelf al"),
        ("voorraad\nde", "‘de’ bestaat alleen uit kleine woorden"),
        ("voorraad\n!!!", "‘!!!’ bestaat alleen uit kleine woorden of tekens"),
        ("voorraad\nrood oranje geel groen blauw paars", "heeft 6 woorden. Zoeken vergelijkt er hoogstens 5."),
        ("voorraad\n" + "x" * 101, "er passen 100 tekens op een regel"),
        ("\n".join(f"woord{number}" for number in range(5000)), "Je vulde 5.000 woorden in. Er passen er 50."),
        ("\n".join(f"woord{number}" for number in range(51)), "Je vulde 51 woorden in."),
    ],
)  # fmt: skip
def test_a_bad_group(editor: Client, words: str, sentence: str) -> None:
    page = refused(editor, GROUP, {"words": words, "remark": "omdat"})
    assert escape(sentence) in page
    assert not SynonymGroup.objects.exists()


def test_a_word_stands_in_one_group(editor: Client) -> None:
    make_group("voorraad", "stock")
    page = refused(editor, GROUP, {"words": "stocks\nvoorradig", "remark": ""})
    assert escape("‘stocks’ staat al in de groep ‘voorraad, stock’. Vul die groep aan.") in page
    with pytest.raises(IntegrityError), transaction.atomic():
        make_group("stocks", "magazijn")


def test_a_group_is_kept_with_who_and_when_and_may_change(editor: Client, editor_user: User) -> None:
    taken(editor, GROUP, {"words": " voorman , ploegbaas;\nTeamleider\n", "remark": "Gehoord bij ALMI"})
    group = SynonymGroup.objects.get()
    assert group.words == "voorman\nploegbaas\nTeamleider"
    assert group.created_by == group.changed_by == editor_user
    assert group.created_at == group.changed_at
    other = person("expert")
    assert other is not None
    second = Client()
    second.force_login(other)
    taken(second, GROUP, {"words": "voorman\nploegbaas", "remark": ""}, f"edit/{group.pk}/")
    group.refresh_from_db()
    assert (group.created_by, group.changed_by) == (editor_user, other)
    assert group.changed_at > group.created_at
    assert set(SynonymTerm.objects.values_list("key", flat=True)) == {"voorman", "ploegbaas"}
    actions = [(log.action, log.user) for log in registry.get_logs_for_instance(group).order_by("timestamp")]
    assert actions == [("wagtail.create", editor_user), ("wagtail.edit", other)]
    assert second.post(f"{GROUP}delete/{group.pk}/").status_code == 302
    assert not SynonymTerm.objects.exists()


@pytest.mark.parametrize(
    ("term", "also", "sentence"),
    [
        ("voorraad", "voorraden", "‘voorraad’ en ‘voorraden’ zijn voor zoeken hetzelfde woord"),
        ("voorraad", "voorraad verlagen", "‘voorraad verlagen’ bevat ‘voorraad’ zelf al"),
        ("de", "voorraad", "‘de’ bestaat alleen uit kleine woorden"),
        ("papierwerk", " \n ", "Zet hier ten minste één woord."),
        ("papierwerk", "regel\nregels", "zijn voor zoeken hetzelfde woord"),
        ("papierwerk", "\n".join(f"w{number}" for number in range(60)), "Je vulde 60 woorden in."),
    ],
)
def test_a_bad_synonym_in_one_direction(editor: Client, term: str, also: str, sentence: str) -> None:
    assert escape(sentence) in refused(editor, ONE_WAY, {"term": term, "also": also, "remark": ""})
    assert not OneWaySynonym.objects.exists()


def test_a_term_has_one_line(editor: Client) -> None:
    taken(editor, ONE_WAY, {"term": "papierwerk", "also": "regeldruk", "remark": ""})
    page = refused(editor, ONE_WAY, {"term": "Papierwerk", "also": "administratie", "remark": ""})
    assert escape("Voor ‘Papierwerk’ is er al een regel. Vul die aan.") in page


@pytest.mark.parametrize("word", ["twee woorden", "half-half", "!!", "3d"])
def test_a_bad_whole_word(editor: Client, word: str) -> None:
    page = refused(editor, WHOLE, {"word": word, "remark": ""})
    assert escape("Vul één woord in") in page or "bestaat alleen uit letters" in page
    assert not WholeWord.objects.exists()


def test_a_whole_word_is_kept_as_it_is_compared_and_once(editor: Client) -> None:
    taken(editor, WHOLE, {"word": "Werkplaats", "remark": ""})
    assert WholeWord.objects.get().word == "werkplaats"
    assert "bestaat al" in refused(editor, WHOLE, {"word": "werkplaats", "remark": ""})
    page = editor.get(WHOLE).content.decode()
    assert "werk + plaat" in page


# --- recommended ------------------------------------------------------------------------------------------------------


def promotion(chosen: Any, **values: Any) -> dict[str, Any]:
    return {
        "term": "subsidie",
        "match": "exact",
        "page": chosen.pk,
        "reason": "",
        "position": "1",
        "remark": "",
        **values,
    }


def test_recommending_a_page(editor: Client, editor_user: User, portal: Portal) -> None:
    page = make_knowledge(portal, "Subsidies en financiering")
    taken(editor, PROMOTED, promotion(page, starts_on="2026-11-01", ends_on="2026-12-01"))
    row = PromotedResult.objects.get()
    assert (row.document_id, row.title, row.changed_by) == (
        f"knowledge:{page.pk}", "Subsidies en financiering", editor_user,
    )  # fmt: skip
    taken(editor, PROMOTED, promotion(page, reason="Kijk eerst hier."), f"edit/{row.pk}/")
    row.refresh_from_db()
    assert (row.reason, row.starts_on) == ("Kijk eerst hier.", None)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"page": ""}, "verplicht"),
        ({"page": "987654"}, "Selecteer een geldige keuze"),
        ({"term": "de"}, "bestaat alleen uit kleine woorden"),
        ({"starts_on": "2026-12-01", "ends_on": "2026-11-01"}, "Deze dag ligt vóór de eerste dag."),
        ({"match": "regex"}, "Selecteer een geldige keuze"),
    ],
)
def test_a_bad_recommendation(editor: Client, portal: Portal, values: dict[str, Any], sentence: str) -> None:
    page = make_knowledge(portal, "Subsidies en financiering")
    response = editor.post(f"{PROMOTED}add/", promotion(page, **values))
    assert response.status_code == 200
    assert escape(sentence) in response.content.decode()
    assert not PromotedResult.objects.exists()


def test_an_overview_is_nothing_to_recommend(editor: Client, portal: Portal) -> None:
    response = editor.post(f"{PROMOTED}add/", promotion(portal.knowledge))
    assert "Deze pagina is een overzicht" in response.content.decode()


def test_a_page_is_recommended_once_and_no_more_than_three_at_a_time(editor: Client, portal: Portal) -> None:
    pages = [make_knowledge(portal, f"Pagina {number}") for number in range(4)]
    for page in pages[:3]:
        taken(editor, PROMOTED, promotion(page, ends_on="2026-12-31"))
    again = editor.post(f"{PROMOTED}add/", promotion(pages[0], term="subsidies"))
    assert "Deze pagina staat al bovenaan" in again.content.decode()
    fourth = editor.post(f"{PROMOTED}add/", promotion(pages[3]))
    assert "staan al 3 aanbevolen resultaten" in fourth.content.decode()
    taken(editor, PROMOTED, promotion(pages[3], starts_on="2027-01-01"))


def test_the_list_says_what_visitors_do_not_see(editor: Client, portal: Portal) -> None:
    pages = [
        make_knowledge(portal, name) for name in ("Open", "Besloten", "Concept", "Weg", "Straks", "Voorbij")
    ]
    for page in pages[:4]:
        promote("subsidie", page)
    promote("subsidie", pages[4], starts_on="2099-01-01")
    promote("subsidie", pages[5], ends_on="2001-01-01")
    restrict(pages[1])
    pages[2].unpublish()
    pages[3].delete()
    shown = editor.get(PROMOTED).content.decode()
    for words in (
        "Te zien", "Niet voor iedereen: besloten", "Niet te zien: staat niet online", "Niet te zien: bestaat niet meer",
        "Nog niet: vanaf 1 januari 2099", "Niet meer: tot en met 1 januari 2001",
    ):  # fmt: skip
        assert words in shown, words
    later = editor.get(f"{PROMOTED}?running=later").content.decode()
    assert "Straks" in later
    assert "Voorbij" not in later


# --- judged -----------------------------------------------------------------------------------------------------------


def judged(text: str, *pages: Any) -> dict[str, Any]:
    rows = {f"documents-{number}-page": page.pk for number, page in enumerate(pages)}
    formset = {"TOTAL_FORMS": len(pages), "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 1, "MAX_NUM_FORMS": 1000}
    return {
        "text": text, "remark": "", **rows, **{f"documents-{name}": count for name, count in formset.items()},
        **{f"documents-{number}-id": "" for number in range(len(pages))},
    }  # fmt: skip


def test_judging_a_query(editor: Client, editor_user: User, portal: Portal) -> None:
    case, knowledge = make_case(portal, "Minder voorraad"), make_knowledge(portal, "De zeven verspillingen")
    taken(editor, JUDGED, judged("te  veel voorraad", case, knowledge))
    query = JudgedQuery.objects.get()
    assert (query.text, query.changed_by) == ("te veel voorraad", editor_user)
    assert {document.page_id for document in query.documents.all()} == {case.pk, knowledge.pk}


def test_a_bad_judged_query(editor: Client, portal: Portal) -> None:
    case = make_case(portal, "Minder voorraad")
    for data, sentence in (
        (judged("de het", case), "bestaat alleen uit kleine woorden"),
        (judged("voorraad"), "Voeg minimaal 1"),
        (judged("voorraad", case, case), "dubbele"),
    ):
        response = editor.post(f"{JUDGED}add/", data)
        assert response.status_code == 200, sentence
        assert not JudgedQuery.objects.exists()


# --- lists ------------------------------------------------------------------------------------------------------------


def test_lists_are_searched_filtered_and_taken_along(editor: Client, editor_user: User) -> None:
    taken(editor, GROUP, {"words": "voorman\nploegbaas", "remark": "van de werkvloer"})
    make_group("voorraad", "stock")
    assert "stock" in editor.get(f"{GROUP}?q=stock").content.decode()
    assert "ploegbaas" not in editor.get(f"{GROUP}?q=stock").content.decode()
    mine = editor.get(f"{GROUP}?changed_by={editor_user.pk}").content.decode()
    assert "ploegbaas" in mine
    assert "stock" not in mine
    export = editor.get(f"{GROUP}?export=csv")
    rows = list(csv.DictReader(io.StringIO(export.getvalue().decode())))
    assert {row["Waarom"] for row in rows} == {"van de werkvloer", ""}
    make_one_way("papierwerk", "regeldruk")
    assert "regeldruk" in editor.get(f"{ONE_WAY}?q=papier").content.decode()


def test_a_link_may_fill_in_a_form(editor: Client) -> None:
    page = editor.get(f"{GROUP}add/?words=ploegbaas&onzin=x").content.decode()
    assert ">\nploegbaas</textarea>" in page


@pytest.mark.parametrize("address", [GROUP, ONE_WAY, WHOLE, PROMOTED, JUDGED])
def test_members_never_come_here(portal: Portal, address: str) -> None:
    for role in ("anonymous", "member"):
        response = client_of(role).get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/inloggen/")


def test_an_address_fills_in_nothing_but_words(editor: Client) -> None:
    page = editor.get(f"{PROMOTED}add/?term=ploegbaas&page=abc&position=7").content.decode()
    assert 'value="ploegbaas"' in page and 'value="7"' not in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_no_formula(editor: Client, kind: str) -> None:
    """What strangers search for becomes a synonym by one click."""
    SynonymGroup.objects.create(words="=cmd()\nvoorraad", remark="@som(1)")
    found = editor.get(f"{GROUP}?export={kind}")
    content = found.getvalue()
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        cells = [cell for row in rows for cell in row]
    else:
        sheet = load_workbook(io.BytesIO(content)).active
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "'=cmd()\nvoorraad" in cells and "'@som(1)" in cells
