"""Who asks is told by the connection, or by a proxy of ours; and asking too often is counted by client."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from portal.http.client_address import client_address
from portal.http.rate_limit import RateLimit


def request(address: str, forwarded: str = "") -> Any:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=address)


@pytest.mark.parametrize(
    ("connected", "forwarded", "client"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),  # no proxy of ours
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "203.0.113.5, 198.51.100.7", "198.51.100.7"),  # the first, anybody may have written
        ("10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", "onzin", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        ("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"),  # a proxy of ours, seen by a server on IPv6
        ("::ffff:10.0.0.1", "198.51.100.7, ::ffff:10.0.0.2", "198.51.100.7"),
        ("", "", ""),
    ],
)
def test_the_client_is_who_our_own_network_saw(
    settings: Any, connected: str, forwarded: str, client: str
) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert client_address(request(connected, forwarded)) == client


def test_each_client_and_each_limit_counts_for_itself() -> None:
    cache.clear()
    limit, other = RateLimit("een", 2), RateLimit("twee", 2)
    ask = request("192.0.2.1")
    assert [limit.wait(ask, now=600.0) for _ in range(4)] == [0, 0, 61, 61]
    assert other.wait(ask, now=600.0) == limit.wait(request("192.0.2.2"), now=600.0) == 0
    assert limit.wait(ask, now=659.5) == 1 and limit.wait(ask, now=660.0) == 0


def test_twenty_at_once_are_counted() -> None:
    cache.clear()
    limit = RateLimit("samen", 5)
    with ThreadPoolExecutor(20) as pool:
        waits = list(pool.map(lambda _number: limit.wait(request("192.0.2.1"), now=600.0), range(20)))
    assert waits.count(0) == 5
