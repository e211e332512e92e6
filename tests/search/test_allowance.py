"""All that one answer asks of the engine shares one deadline."""

from __future__ import annotations

import time

from django.http import HttpRequest, HttpResponse

from search.allowance import LEAST, SearchAllowanceMiddleware, allowance, engine_seconds, seconds_for_call

PASSES = 0.05  # seconds


def test_without_an_allowance_the_shortest_of_deadline_and_timeout_holds() -> None:
    assert seconds_for_call(0.9) == 0.9
    assert seconds_for_call(0.9, 0.05) == 0.05
    assert seconds_for_call(0.9, 60.0) == 0.9


def test_calls_share_what_is_left_and_the_last_ones_get_a_little() -> None:
    with allowance(20.0):
        assert 19.0 < seconds_for_call(60.0) <= 20.0
        time.sleep(PASSES)
        assert seconds_for_call(60.0) <= 20.0 - PASSES
        assert seconds_for_call(60.0, 0.05) == 0.05
    with allowance(PASSES):
        time.sleep(PASSES)
        assert seconds_for_call(60.0) == LEAST
    assert seconds_for_call(60.0) == 60.0


def test_within_another_allowance_the_shorter_one_holds() -> None:
    with allowance(20.0):
        with allowance(50.0):
            assert seconds_for_call(60.0) <= 20.0
        with allowance(2.0):
            assert seconds_for_call(60.0) <= 2.0


def test_each_request_has_one_of_its_own() -> None:
    seen: list[float] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(seconds_for_call(60.0))
        time.sleep(PASSES)
        seen.append(seconds_for_call(60.0))
        return HttpResponse()

    for _ in range(2):
        SearchAllowanceMiddleware(view)(HttpRequest())
    for first, second in (seen[:2], seen[2:]):
        assert 0.85 < first <= engine_seconds() < 0.91
        assert second <= first - PASSES
    assert seconds_for_call(60.0) == 60.0
