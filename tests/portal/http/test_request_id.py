from __future__ import annotations

import pytest


def test_an_answer_carries_a_new_id_which_the_view_knew(visitor):
    response = visitor.get("/nummer/")
    given = response["X-Request-ID"]
    assert len(given) == 32
    assert response.json() == {"id": given}
    assert visitor.get("/nummer/")["X-Request-ID"] != given


def test_a_well_formed_id_of_the_proxy_is_kept(visitor):
    assert (
        visitor.get("/nummer/", headers={"X-Request-ID": "proxy-2026.11_22"})["X-Request-ID"]
        == "proxy-2026.11_22"
    )


@pytest.mark.parametrize(
    "strange", ["kort", "a" * 65, "with space in it", "nieuwe\tregel-erin", '{"level": "x"}', "-begint-fout"]
)
def test_a_strange_id_is_replaced(visitor, strange):
    assert visitor.get("/nummer/", headers={"X-Request-ID": strange})["X-Request-ID"] != strange


def test_error_answers_carry_it_too(visitor):
    missing = visitor.get("/bestaat-niet/", headers={"X-Request-ID": "zoek-mij-404"})
    broken = visitor.post("/schrijf/raise/", headers={"X-Request-ID": "zoek-mij-500"})
    assert (missing.status_code, missing["X-Request-ID"]) == (404, "zoek-mij-404")
    assert (broken.status_code, broken["X-Request-ID"]) == (500, "zoek-mij-500")
