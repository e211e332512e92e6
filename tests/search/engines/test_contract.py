"""What any engine must do, through its port."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from search import stages
from search.documents import MeasuredResult, SearchDocument
from search.dutch.analyser import get_analyser
from search.engines.base import Engine, Indexed, Removal, SearchUnavailable, Write
from search.guidance import Guidance
from search.results import Correction, FacetCount, Measured, Query, Results, Sort
from tests.search.engines.conftest import MakeEngine, put

FILLER = "Dit stuk gaat over vergaderen, fietsen, koffie en gebouwen."
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def case(number: int, title: str = "", body: str = FILLER, **values: object) -> SearchDocument:
    return SearchDocument(f"case:{number}", "case", title, body=body, **values)  # type: ignore[arg-type]


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results.hits]


def counts(results: Results, facet: str) -> dict[str, int]:
    return {count.value: count.count for count in results.facets.get(facet, ())}


# --- finding


def test_title_before_body_before_part_and_nothing_else(fresh_engine: Engine) -> None:
    put(
        fresh_engine,
        case(1, "Vergaderen", FILLER),
        case(2, "Vergaderen", FILLER + " Minder voorraadbeheer."),
        case(3, "Vergaderen", FILLER + " Minder voorraad."),
        case(4, "Minder voorraad", FILLER),
    )
    found = fresh_engine.search(Query("voorraad"))
    assert ids(found) == ["case:4", "case:3", "case:2"]
    assert (found.total, found.is_exact) == (3, True)


@pytest.mark.parametrize(
    "text", ["Machinefabrieken", "machine fabriek", "FABRIEK", "machinefabriek?", "fabriek's"]
)
def test_inflection_case_and_compounds_do_not_matter(fresh_engine: Engine, text: str) -> None:
    put(fresh_engine, case(1, "De machinefabriek van Jansen"), case(2, "Iets anders"))
    assert ids(fresh_engine.search(Query(text))) == ["case:1"]


def test_summary_organisation_and_keywords_are_searched(fresh_engine: Engine) -> None:
    put(
        fresh_engine,
        case(1, "Een", summary="Over lasrobots in de hal"),
        case(2, "Twee", organisation="Donkergroen"),
        case(3, "Drie", keywords=("Personeel houden",)),
    )
    assert ids(fresh_engine.search(Query("lasrobot"))) == ["case:1"]
    assert ids(fresh_engine.search(Query("donkergroen"))) == ["case:2"]
    assert ids(fresh_engine.search(Query("personeel"))) == ["case:3"]


def test_other_scripts_are_words_too(fresh_engine: Engine) -> None:
    put(fresh_engine, case(1, "Завод в Москве"), case(2, "工場"), case(3, "مصنع"))
    assert ids(fresh_engine.search(Query("завод"))) == ["case:1"]
    assert ids(fresh_engine.search(Query("工場"))) == ["case:2"]
    assert ids(fresh_engine.search(Query("مصنع"))) == ["case:3"]


def test_a_hit_tells_what_it_is_with_marked_original_text(fresh_engine: Engine) -> None:
    put(
        fresh_engine,
        case(
            1, "Minder <b>Voorraden</b>", url="/a/", organisation="ALMI", published_at=NOON, summary="Kort."
        ),
    )
    (hit,) = fresh_engine.search(Query("voorraad")).hits
    assert (hit.id, hit.type, hit.url, hit.organisation, hit.published_at) == (
        "case:1",
        "case",
        "/a/",
        "ALMI",
        NOON,
    )
    assert [(segment.text, segment.marked) for segment in hit.title] == [
        ("Minder <b>", False),
        ("Voorraden", True),
        ("</b>", False),
    ]
    assert "".join(segment.text for segment in hit.snippet) == f"Kort.\n{FILLER}"


def test_boost_lifts_among_equals(fresh_engine: Engine) -> None:
    put(fresh_engine, case(1, "Voorraad"), case(2, "Voorraad", boost=1.2), case(3, "Voorraad", boost=0.8))
    assert ids(fresh_engine.search(Query("voorraad"))) == ["case:2", "case:1", "case:3"]


def test_pages_hold_every_hit_once(fresh_engine: Engine) -> None:
    put(fresh_engine, *(case(number, f"Voorraad {number}") for number in range(25)))
    pages = [fresh_engine.search(Query("voorraad", page=page)) for page in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert {page.total for page in pages} == {25}
    assert len({identity for page in pages for identity in ids(page)}) == 25
    assert fresh_engine.search(Query("voorraad", page=99_999)).hits == ()


def test_more_hits_than_stage_two_orders_are_still_paged(fresh_engine: Engine) -> None:
    put(fresh_engine, *(case(number, f"Voorraad {number}", "") for number in range(420)))
    found = [ids(fresh_engine.search(Query("voorraad", page=page, page_size=70))) for page in range(1, 8)]
    assert [len(page) for page in found] == [70] * 6 + [0]
    assert len({identity for page in found for identity in page}) == 420
    scores = [hit.score for hit in fresh_engine.search(Query("voorraad", page=5, page_size=70)).hits]
    assert scores == sorted(scores, reverse=True)


def test_newest_sorts_what_fits_well_by_date(fresh_engine: Engine) -> None:
    put(
        fresh_engine,
        case(1, "Voorraad plannen", published_at=NOON),
        case(2, "Voorraad plannen", published_at=NOON + timedelta(days=2)),
        case(3, "Voorraad plannen", published_at=NOON + timedelta(days=1)),
        case(4, "Koffie", FILLER * 3 + " plannen", published_at=NOON + timedelta(days=9)),
    )
    assert ids(fresh_engine.search(Query("voorraad plannen", sort="newest"))) == [
        "case:2",
        "case:3",
        "case:1",
        "case:4",
    ]


@pytest.mark.parametrize("text", ["voorraad", ""])
@pytest.mark.parametrize("sort", ["relevance", "newest", "improvement"])
@pytest.mark.parametrize("candidates", [300, 40])
def test_scanning_goes_through_all_hits_as_pages_do(
    fresh_engine: Engine, monkeypatch: pytest.MonkeyPatch, text: str, sort: Sort, candidates: int
) -> None:
    monkeypatch.setattr(stages, "CANDIDATES", candidates)
    put(
        fresh_engine,
        *(
            case(
                number,
                f"Voorraad {number}",
                published_at=NOON + timedelta(days=number * 37 % 101),
                boost=1 + number / 1_000,
                facets={"theme": ("proces",) if number % 4 else ("leren",)},
                measurements=(MeasuredResult("stocks", number * 53 % 211),),
                audience=frozenset({"member"}) if number % 10 == 9 else frozenset({"public"}),
            )
            for number in range(240)
        ),
    )
    query = Query(
        text, filters={"theme": ("proces",)}, measured=(Measured("stocks"),), sort=sort, page_size=100
    )
    pages = [hit for page in (1, 2) for hit in fresh_engine.search(replace(query, page=page)).hits]
    scanned = list(fresh_engine.scan(query))
    assert [hit.id for hit in scanned] == [hit.id for hit in pages]
    assert [(hit.title, hit.improvement) for hit in scanned] == [
        (hit.title, hit.improvement) for hit in pages
    ]
    assert len(scanned) == 156


# --- browsing


def test_an_empty_text_browses_newest_first_with_facets(fresh_engine: Engine) -> None:
    put(
        fresh_engine,
        case(1, "Oud", published_at=NOON, facets={"theme": ("proces",)}),
        case(2, "Nieuw", published_at=NOON + timedelta(days=1), facets={"theme": ("proces",)}),
        case(3, "Zonder datum", facets={"theme": ("leiderschap",)}),
        case(4, "Voorop", boost=2.0),
    )
    found = fresh_engine.search(Query("  "))
    assert ids(found) == ["case:4", "case:2", "case:1", "case:3"]
    assert found.total == 4
    assert found.facets["theme"] == (FacetCount("proces", 2), FacetCount("leiderschap", 1))
    assert ids(fresh_engine.search(Query(sort="newest"))) == ["case:2", "case:1", "case:3", "case:4"]


def test_browsing_pages_hold_every_document_once(fresh_engine: Engine) -> None:
    put(fresh_engine, *(case(number, f"Praktijk {number}") for number in range(25)))
    found = [identity for page in (1, 2, 3) for identity in ids(fresh_engine.search(Query(page=page)))]
    assert sorted(found) == sorted(f"case:{number}" for number in range(25))


# --- facets and measurements


@pytest.fixture
def faceted(fresh_engine: Engine) -> Engine:
    put(
        fresh_engine,
        case(
            1,
            "Voorraad",
            facets={"theme": ("proces", "leiderschap"), "size": ("5-14",)},
            measurements=(MeasuredResult("stocks", 8, "measured"),),
        ),
        case(
            2,
            "Voorraad",
            facets={"theme": ("proces",), "size": ("15-49",)},
            measurements=(MeasuredResult("stocks", 10, "estimated"), MeasuredResult("result", 3)),
        ),
        case(
            3,
            "Voorraad",
            facets={"theme": ("leiderschap",), "size": ("5-14",)},
            measurements=(
                MeasuredResult("stocks", 10.5, "measured"),
                MeasuredResult("stocks", 4, "estimated"),
            ),
        ),
        SearchDocument("knowledge:1", "knowledge", "Voorraad", facets={"theme": ("leren",)}),
        case(9, "Koffie", "", facets={"theme": ("proces",), "size": ("250-plus",)}),
    )
    return fresh_engine


def test_counts_are_of_the_hits_and_never_zero(faceted: Engine) -> None:
    found = faceted.search(Query("voorraad"))
    assert counts(found, "theme") == {"leiderschap": 2, "proces": 2, "leren": 1}
    assert counts(found, "size") == {"5-14": 2, "15-49": 1}
    assert counts(found, "type") == {"case": 3, "knowledge": 1}


def test_or_inside_a_facet_and_between_facets(faceted: Engine) -> None:
    either = faceted.search(Query("voorraad", filters={"theme": ("leren", "proces")}))
    assert set(ids(either)) == {"case:1", "case:2", "knowledge:1"}
    both = faceted.search(Query("voorraad", filters={"theme": ("leren", "proces"), "size": ("5-14",)}))
    assert (ids(both), both.total) == (["case:1"], 1)
    assert set(ids(faceted.search(Query("voorraad", filters={"type": ("knowledge",)})))) == {"knowledge:1"}


def test_a_facet_leaves_out_its_own_filter_and_marks_what_is_chosen(faceted: Engine) -> None:
    found = faceted.search(Query("voorraad", filters={"theme": ("proces",), "size": ("5-14",)}))
    assert found.facets["theme"] == (FacetCount("leiderschap", 2), FacetCount("proces", 1, selected=True))
    assert found.facets["size"] == (FacetCount("15-49", 1), FacetCount("5-14", 1, selected=True))
    assert counts(found, "type") == {"case": 1}


def test_browsing_takes_filters_too(faceted: Engine) -> None:
    found = faceted.search(Query(filters={"theme": ("proces",)}))
    assert set(ids(found)) == {"case:1", "case:2", "case:9"}
    assert counts(found, "theme") == {"proces": 3, "leiderschap": 2, "leren": 1}


@pytest.mark.parametrize("filters", [{"theme": ("bestaat-niet",)}, {"bestaat-niet": ("proces",)}])
def test_unknown_facets_and_values_find_nothing(faceted: Engine, filters: dict[str, tuple[str, ...]]) -> None:
    found = faceted.search(Query("voorraad", filters=filters))
    assert (found.hits, found.total) == ((), 0)


def test_an_empty_filter_is_no_filter(faceted: Engine) -> None:
    assert faceted.search(Query("voorraad", filters={"theme": ()})).total == 4


def test_only_the_asked_facets_are_counted(faceted: Engine) -> None:
    assert set(faceted.search(Query("voorraad", facets=("theme",))).facets) == {"theme"}
    assert faceted.search(Query("voorraad", facets=())).facets == {}


def test_measured_improvement_of_at_least(faceted: Engine) -> None:
    def found(*measured: Measured) -> set[str]:
        return set(ids(faceted.search(Query("voorraad", measured=measured))))

    assert found(Measured("stocks", 10)) == {"case:2", "case:3"}
    assert found(Measured("stocks", 10.5)) == {"case:3"}
    assert found(Measured("stocks", 8), Measured("result", 1)) == {"case:2"}
    assert found(Measured("lead-time")) == set()
    assert counts(faceted.search(Query(measured=(Measured("stocks", 10),))), "size") == {
        "15-49": 1,
        "5-14": 1,
    }


def test_how_a_result_was_established_narrows(faceted: Engine) -> None:
    def found(measured: Measured) -> set[str]:
        return set(ids(faceted.search(Query("voorraad", measured=(measured,)))))

    assert found(Measured("stocks", established=("measured",))) == {"case:1", "case:3"}
    assert found(Measured("stocks", established=("estimated", "counted"))) == {"case:2", "case:3"}
    assert found(Measured("stocks", 8, established=("estimated",))) == {"case:2"}
    assert found(Measured("stocks", established=("unheard-of",))) == set()


@pytest.mark.parametrize("text", ["voorraad", ""])
def test_the_largest_improvement_first(faceted: Engine, text: str) -> None:
    found = faceted.search(Query(text, measured=(Measured("stocks"),), sort="improvement"))
    assert [(hit.id, hit.improvement) for hit in found.hits] == [
        ("case:3", 10.5),
        ("case:2", 10.0),
        ("case:1", 8.0),
    ]
    estimated = Measured("stocks", established=("estimated",))
    found = faceted.search(Query(text, measured=(estimated,), sort="improvement"))
    assert [(hit.id, hit.improvement) for hit in found.hits] == [("case:2", 10.0), ("case:3", 4.0)]


def test_a_synonym_is_searched_as_well_and_marked(fresh_engine: Engine) -> None:
    put(
        fresh_engine,
        case(1, "Minder ziekteverzuim", "Zo daalt het ziekteverzuim."),
        case(2, "De griep", "Wie de griep heeft blijft thuis."),
        case(3, "Koffie", "Over koffie."),
    )
    guidance = Guidance(synonyms={("griep",): ("ziekteverzuim",)})
    assert ids(fresh_engine.search(Query("griep"))) == ["case:2"]
    found = fresh_engine.search(Query("griep", guidance=guidance))
    assert ids(found) == ["case:2", "case:1"]  # what was typed weighs more than what editors add
    assert [segment.text for segment in found.hits[1].title if segment.marked] == ["ziekteverzuim"]
    assert ids(fresh_engine.search(Query("ziekteverzuim", guidance=guidance))) == ["case:1"]  # one way


def test_a_word_with_a_synonym_is_not_taken_for_a_misspelling(fresh_engine: Engine) -> None:
    put(fresh_engine, *(case(number, "Kantine", "De kantine is open.") for number in range(5)))
    put(fresh_engine, case(9, "Pauze", "Een pauze op tijd."))
    stem = get_analyser(None).stem("kantane")
    guidance = Guidance(synonyms={(stem,): ("pauze",)})
    assert fresh_engine.search(Query("kantane")).correction is not None
    found = fresh_engine.search(Query("kantane", guidance=guidance))
    assert found.correction is None
    assert ids(found) == ["case:9"]


def test_a_word_that_stays_whole_finds_nothing_by_its_parts(fresh_engine: Engine) -> None:
    put(fresh_engine, case(1, "Productieplanning"), case(2, "De planning", "Een planning voor de winkel."))
    assert set(ids(fresh_engine.search(Query("productieplanning")))) == {"case:1", "case:2"}
    guidance = Guidance(whole=frozenset({"productieplanning"}))
    assert ids(fresh_engine.search(Query("productieplanning", guidance=guidance))) == ["case:1"]


def test_companies_like_mine_come_first_but_are_not_all(faceted: Engine) -> None:
    preferred = {"size": ("15-49",), "theme": ("proces",)}
    found = faceted.search(Query("voorraad", preferred=preferred))
    assert ids(found)[:2] == ["case:2", "case:1"]
    assert found.total == 4
    assert {hit.id: hit.is_preferred for hit in found.hits}["case:3"] is False
    assert ids(faceted.search(Query(preferred=preferred)))[0] == "case:2"


def test_a_preference_does_not_beat_a_much_better_match(fresh_engine: Engine) -> None:
    put(
        fresh_engine,
        case(1, "Ziekteverzuim verlagen", "Zo daalt het ziekteverzuim."),
        case(2, "Koffie", FILLER + " verlagen", facets={"size": ("5-14",)}),
    )
    found = fresh_engine.search(Query("ziekteverzuim verlagen", preferred={"size": ("5-14",)}))
    assert ids(found) == ["case:1", "case:2"]


def test_refused_ids_leave_hits_total_and_facets(faceted: Engine) -> None:
    found = faceted.search(Query("voorraad", exclude=frozenset({"case:1", "case:77"})))
    assert "case:1" not in ids(found)
    assert found.total == 3
    assert counts(found, "theme") == {"leiderschap": 1, "leren": 1, "proces": 1}
    assert faceted.search(Query(exclude=frozenset({"case:1"}))).total == 4


# --- audiences


@pytest.fixture
def guarded(fresh_engine: Engine) -> Engine:
    put(
        fresh_engine,
        case(1, "Voorraad openbaar", facets={"theme": ("proces",)}),
        case(
            2,
            "Voorraad Geheimproject",
            "Het zandkasteel",
            audience=frozenset({"organisation:5"}),
            facets={"theme": ("geheim",)},
        ),
        case(3, "Voorraad leden", audience=frozenset({"member", "organisation:9"})),
        case(4, "Voorraad niemand", audience=frozenset()),
    )
    return fresh_engine


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ({"public"}, {"case:1"}),
        ({"public", "member"}, {"case:1", "case:3"}),
        ({"public", "organisation:5"}, {"case:1", "case:2"}),
        ({"organisation:55"}, set()),
        (set(), set()),
    ],
)
def test_readers_find_only_what_is_for_them(guarded: Engine, audience: set[str], expected: set[str]) -> None:
    for text in ("voorraad", ""):
        found = guarded.search(Query(text, audience=frozenset(audience)))
        assert set(ids(found)) == expected
        assert found.total == len(expected)
    assert counts(guarded.search(Query(audience=frozenset(audience))), "type") == (
        {"case": len(expected)} if expected else {}
    )


def test_facets_of_hidden_documents_are_hidden(guarded: Engine) -> None:
    assert counts(guarded.search(Query("voorraad")), "theme") == {"proces": 1}
    assert counts(guarded.search(Query()), "theme") == {"proces": 1}
    inside = guarded.search(Query("voorraad", audience=frozenset({"public", "organisation:5"})))
    assert counts(inside, "theme") == {"geheim": 1, "proces": 1}


def test_suggestions_and_vocabulary_keep_secrets(guarded: Engine) -> None:
    public, inside = frozenset({"public"}), frozenset({"organisation:5"})
    assert guarded.suggest("geheimp", public) == ()
    assert {each.text for each in guarded.suggest("geheimp", inside)} == {
        "Voorraad Geheimproject",
        "geheimproject",
    }
    assert [each.text for each in guarded.suggest("zand", public)] == []
    assert [each.text for each in guarded.suggest("zandk", inside)] == ["zandkasteel"]
    words = {each.word: each.documents for each in guarded.vocabulary(public)}
    assert "geheimproject" not in words and words["voorraad"] == 1
    assert {each.word for each in guarded.vocabulary(inside)} >= {"geheimproject", "zandkasteel"}


def test_corrections_keep_secrets(guarded: Engine) -> None:
    inside = guarded.search(Query("zandkastel", audience=frozenset({"organisation:5"})))
    assert inside.correction == Correction("zandkastel", "zandkasteel")
    outside = guarded.search(Query("zandkastel"))
    assert (outside.correction, outside.words[0].status) == (None, "unknown")
    assert guarded.search(Query("zandkasteel")).words[0].status == "unknown"


def test_a_change_of_audience_works_at_once(guarded: Engine) -> None:
    put(guarded, case(1, "Voorraad openbaar", audience=frozenset({"member"})), version=2)
    found = guarded.search(Query("voorraad"))
    assert (found.hits, found.total) == ((), 0)
    assert guarded.suggest("openb", frozenset({"public"})) == ()
    assert ids(guarded.search(Query("openbaar", audience=frozenset({"member"})))) == ["case:1"]


# --- spelling


def test_a_misspelled_word_is_corrected_and_told(fresh_engine: Engine) -> None:
    put(fresh_engine, case(1, "Minder voorraad"), case(2, "Ziekteverzuim"))
    found = fresh_engine.search(Query("Te veel Vooraad!"))
    assert found.correction == Correction("Te veel Vooraad!", "Te veel voorraad!")
    assert ids(found) == ["case:1"]
    assert [(word.text, word.status, word.replacement) for word in found.words] == [
        ("Te", "ignored", ""),
        ("veel", "ignored", ""),
        ("Vooraad", "corrected", "voorraad"),
    ]


def test_search_after_all_for_what_was_typed(fresh_engine: Engine) -> None:
    put(fresh_engine, case(1, "Minder voorraad"))
    found = fresh_engine.search(Query("vooraad", literal=True))
    assert found.correction is None
    assert found.words[0].status == "unknown"


def test_known_words_are_left_alone(fresh_engine: Engine) -> None:
    put(fresh_engine, case(1, "De lasrobot"), case(2, "De lasrobots"))
    assert fresh_engine.search(Query("lasrobots 3d a4 x")).correction is None


def test_new_words_are_known_at_once_and_gone_words_are_not(fresh_engine: Engine) -> None:
    put(fresh_engine, case(1, "Voorraad"))
    assert fresh_engine.search(Query("ziekteverzium")).correction is None
    put(fresh_engine, case(2, "Ziekteverzuim"), version=2)
    assert fresh_engine.search(Query("ziekteverzium")).correction == Correction(
        "ziekteverzium", "ziekteverzuim"
    )
    fresh_engine.delete([Removal("case:2", 3)])
    assert fresh_engine.search(Query("ziekteverzium")).correction is None


# --- suggestions


def test_suggestions_continue_what_is_typed(fresh_engine: Engine) -> None:
    put(
        fresh_engine,
        case(1, "Minder voorraad in de werkplaats", url="/1/"),
        case(2, "Voorraad plannen", url="/2/"),
        case(3, "Personeel houden"),
    )
    found = fresh_engine.suggest("Voorr", frozenset({"public"}))
    assert [(each.text, each.kind, each.id, each.url) for each in found] == [
        ("Voorraad plannen", "title", "case:2", "/2/"),
        ("Minder voorraad in de werkplaats", "title", "case:1", "/1/"),
        ("voorraad", "word", "", ""),
    ]
    assert [each.text for each in fresh_engine.suggest("minder voorr", frozenset({"public"}))] == [
        "Minder voorraad in de werkplaats",
        "minder voorraad",
    ]


def test_suggestions_keep_to_the_limit(fresh_engine: Engine) -> None:
    put(fresh_engine, *(case(number, f"Voorraad nummer {number}") for number in range(30)))
    assert len(fresh_engine.suggest("voorr", frozenset({"public"}), limit=4)) == 4
    assert fresh_engine.suggest("voorr", frozenset({"public"}), limit=0) == ()


# --- changes


def test_a_document_is_replaced_whole(fresh_engine: Engine) -> None:
    put(
        fresh_engine,
        case(1, "Voorraad", facets={"theme": ("proces",)}, measurements=(MeasuredResult("stocks", 8),)),
    )
    put(fresh_engine, case(1, "Ziekteverzuim", facets={"theme": ("leren",)}), version=2)
    assert fresh_engine.search(Query("voorraad")).total == 0
    found = fresh_engine.search(Query("ziekteverzuim", measured=()))
    assert (ids(found), counts(found, "theme")) == (["case:1"], {"leren": 1})
    assert fresh_engine.search(Query(measured=(Measured("stocks"),))).total == 0
    assert {each.word for each in fresh_engine.vocabulary(frozenset({"public"}))}.isdisjoint({"voorraad"})


def test_removing_leaves_nothing(fresh_engine: Engine) -> None:
    put(fresh_engine, case(1, "Voorraad", facets={"theme": ("proces",)}), case(2, "Koffie", ""))
    assert fresh_engine.delete([Removal("case:1", 2), Removal("case:404", 2)]) == 2
    assert fresh_engine.search(Query("voorraad")).total == 0
    assert counts(fresh_engine.search(Query()), "type") == {"case": 1}
    assert counts(fresh_engine.search(Query()), "theme") == {}
    assert fresh_engine.suggest("voor", frozenset({"public"})) == ()
    assert [each.id for each in fresh_engine.contents()] == ["case:2"]
    assert fresh_engine.health().documents == 1


def test_late_events_lose_and_double_ones_do_no_harm(fresh_engine: Engine) -> None:
    new, old = case(1, "Voorraad nieuw"), case(1, "Voorraad oud")
    assert fresh_engine.write([Write(new, 5)]) == 1
    assert fresh_engine.write([Write(old, 4)]) == 0
    assert fresh_engine.delete([Removal("case:1", 4)]) == 0
    assert fresh_engine.write([Write(new, 5)]) == 1
    assert ids(fresh_engine.search(Query("nieuw"))) == ["case:1"]
    assert fresh_engine.search(Query("oud")).total == 0
    assert fresh_engine.delete([Removal("case:1", 6)]) == 1
    assert fresh_engine.write([Write(new, 5)]) == 0
    assert fresh_engine.search(Query("nieuw")).total == 0
    assert fresh_engine.write([Write(new, 7)]) == 1
    assert fresh_engine.search(Query("nieuw")).total == 1


def test_contents_tell_version_and_digest(fresh_engine: Engine) -> None:
    document = case(1, "Voorraad")
    put(fresh_engine, document, version=3)
    assert list(fresh_engine.contents()) == [Indexed("case:1", 3, document.digest())]
    put(fresh_engine, document, version=4)
    assert list(fresh_engine.contents()) == [Indexed("case:1", 4, document.digest())]
    assert fresh_engine.health().version == 4


def test_other_processes_see_a_change_at_once(make_engine: MakeEngine, fresh_engine: Engine) -> None:
    other = make_engine()
    assert other.search(Query("voorraad")).total == 0
    put(fresh_engine, case(1, "Voorraad"))
    assert other.search(Query("voorraad")).total == 1
    other.delete([Removal("case:1", 2)])
    assert fresh_engine.search(Query("voorraad")).total == 0


# --- tidying


def test_tidying_changes_no_answer_and_stops_no_change(make_engine: MakeEngine, fresh_engine: Engine) -> None:
    for version in range(1, 9):
        put(fresh_engine, *(case(number, f"Voorraad {version}") for number in range(5)), version=version)
    fresh_engine.delete([Removal("case:4", 9)])
    before = fresh_engine.search(Query("voorraad"))
    make_engine().optimise()
    after = fresh_engine.search(Query("voorraad"))
    assert (ids(after), after.total, after.facets) == (ids(before), 4, before.facets)
    assert len(fresh_engine.suggest("voorr", frozenset({"public"}))) == 2
    put(fresh_engine, case(7, "Voorraad later"), version=10)
    fresh_engine.delete([Removal("case:0", 11)])
    fresh_engine.optimise()
    assert set(ids(fresh_engine.search(Query("voorraad")))) == {"case:1", "case:2", "case:3", "case:7"}


# --- rebuilding


def test_a_rebuild_replaces_all_and_others_follow(make_engine: MakeEngine, fresh_engine: Engine) -> None:
    other = make_engine()
    put(fresh_engine, case(1, "Voorraad oud"), version=3)
    assert other.search(Query("voorraad")).total == 1
    assert fresh_engine.rebuild([case(2, "Voorraad nieuw"), case(3, "Voorraad nieuw")], version=9) == 2
    assert set(ids(other.search(Query("voorraad")))) == {"case:2", "case:3"}
    assert (fresh_engine.health().documents, fresh_engine.health().version) == (2, 9)


def test_writes_during_a_rebuild_are_not_lost(make_engine: MakeEngine, fresh_engine: Engine) -> None:
    put(fresh_engine, case(1, "Voorraad een"), case(2, "Voorraad twee"), version=5)
    other = make_engine()

    def stream() -> object:
        yield case(1, "Voorraad een")
        other.write([Write(case(1, "Voorraad gewijzigd"), 11), Write(case(3, "Voorraad drie"), 12)])
        other.delete([Removal("case:2", 13)])
        assert set(ids(other.search(Query("voorraad")))) == {"case:1", "case:3"}
        yield case(2, "Voorraad twee")

    assert fresh_engine.rebuild(stream(), version=10) == 2  # type: ignore[arg-type]
    assert set(ids(fresh_engine.search(Query("voorraad")))) == {"case:1", "case:3"}
    assert ids(fresh_engine.search(Query("gewijzigd"))) == ["case:1"]
    assert fresh_engine.write([Write(case(2, "Voorraad twee"), 12)]) == 0
    assert fresh_engine.health().version == 13


def test_a_stream_that_breaks_leaves_the_live_index(fresh_engine: Engine) -> None:
    put(fresh_engine, case(1, "Voorraad"))

    def stream() -> object:
        yield case(2, "Voorraad")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        fresh_engine.rebuild(stream(), version=2)  # type: ignore[arg-type]
    assert ids(fresh_engine.search(Query("voorraad"))) == ["case:1"]
    assert fresh_engine.rebuild([case(2, "Voorraad"), case(3, "Voorraad")], version=2) == 2


def test_one_id_twice_in_a_stream_is_one_document(fresh_engine: Engine) -> None:
    assert fresh_engine.rebuild([case(1, "Voorraad"), case(1, "Voorraad anders")]) == 1


def test_without_an_index_everything_but_health_says_so(make_engine: MakeEngine) -> None:
    engine = make_engine()
    assert engine.health().status == "missing"
    for action in (
        lambda: engine.search(Query("voorraad")),
        lambda: engine.suggest("voor", frozenset({"public"})),
        lambda: engine.write([Write(case(1), 1)]),
        lambda: engine.delete([Removal("case:1", 1)]),
        lambda: list(engine.contents()),
        engine.optimise,
    ):
        with pytest.raises(SearchUnavailable):
            action()
