"""The circuit breaker: opens after failures in a row, lets one try after a pause that grows, and closes by itself."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.breaker import LONGEST_PAUSE, TRIAL, Breaker


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def broken(clock: Clock, **values: float) -> Breaker:
    breaker = Breaker(clock=clock, **values)  # type: ignore[arg-type]
    while breaker.state.is_closed:
        assert breaker.allow()
        breaker.failed()
    return breaker


def test_it_opens_after_failures_in_a_row_and_no_sooner(clock: Clock) -> None:
    breaker = Breaker(failures=3, clock=clock)
    for outcome in (breaker.failed, breaker.failed, breaker.succeeded, breaker.failed, breaker.failed):
        outcome()
        assert breaker.allow()
    breaker.failed()
    assert not breaker.allow()
    assert (breaker.state.name, breaker.state.opened, breaker.state.retry_in) == ("open", 1, 1.0)


def test_one_may_try_after_the_pause_and_closes_it_for_all(clock: Clock) -> None:
    breaker = broken(clock, first_pause=1.0)
    clock.now += 0.99
    assert not breaker.allow()
    clock.now += 0.01
    assert [breaker.allow() for _ in range(3)] == [True, False, False]
    assert breaker.state.name == "half-open"
    breaker.succeeded()
    assert all(breaker.allow() for _ in range(3))
    assert breaker.state.is_closed


def test_the_pause_grows_to_a_bound_and_starts_small_again_once_it_went_well(clock: Clock) -> None:
    breaker = broken(clock, first_pause=1.0, longest_pause=5.0)
    pauses = []
    for _ in range(5):
        pauses.append(breaker.state.retry_in)
        clock.now += breaker.state.retry_in
        assert breaker.allow()
        breaker.failed()
    assert pauses == [1.0, 2.0, 4.0, 5.0, 5.0]
    clock.now += 5.0
    assert breaker.allow()
    breaker.succeeded()
    for _ in range(3):
        breaker.failed()
    assert breaker.state.retry_in == 1.0


def test_late_failures_of_calls_that_began_before_do_not_lengthen_the_pause(clock: Clock) -> None:
    breaker = broken(clock)
    for _ in range(20):
        breaker.failed()
    assert (breaker.state.opened, breaker.state.retry_in) == (1, 1.0)


def test_a_try_that_never_reports_does_not_keep_it_shut_for_ever(clock: Clock) -> None:
    breaker = broken(clock)
    clock.now += 1.0
    assert breaker.allow()
    clock.now += TRIAL - 0.1
    assert not breaker.allow()
    clock.now += 0.1
    assert breaker.allow()


def test_who_listens_hears_each_change_once(clock: Clock) -> None:
    heard: list[str] = []
    breaker = Breaker(clock=clock, on_change=heard.append)
    for _ in range(5):
        breaker.failed()
    clock.now += 1.0
    breaker.allow()
    breaker.failed()
    clock.now += 2.0
    breaker.allow()
    breaker.succeeded()
    breaker.succeeded()
    assert heard == ["open", "half-open", "open", "half-open", "closed"]


def test_of_many_threads_exactly_one_tries(clock: Clock) -> None:
    breaker = broken(clock)
    clock.now += 1.0
    start = threading.Barrier(16)
    allowed: list[bool] = []

    def ask() -> None:
        start.wait()
        allowed.append(breaker.allow())

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(allowed) == [False] * 15 + [True]


@given(st.lists(st.sampled_from(["ok", "fail", "wait", "ask"]), max_size=60))
def test_whatever_happens_it_lets_somebody_through_within_the_longest_pause(steps: list[str]) -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    for step in steps:
        if step == "wait":
            clock.now += 0.7
        elif step == "ask":
            breaker.allow()
        else:
            breaker.succeeded() if step == "ok" else breaker.failed()
    clock.now += max(LONGEST_PAUSE, TRIAL)
    assert breaker.allow()
    breaker.succeeded()
    assert breaker.state.is_closed


@pytest.mark.parametrize("values", [{"failures": 0}, {"first_pause": 0.0}, {"longest_pause": 0.5}])
def test_settings_that_make_no_breaker_are_refused(values: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="breaker"):
        Breaker(**values)  # type: ignore[arg-type]
