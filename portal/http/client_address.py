"""Who asks, by the network: the connection itself, or what our own proxy says of it. A visitor's header is no proof."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

PREFIX = 64  # of an IPv6 address: what one subscriber gets


def client_address(request: HttpRequest) -> str:
    """The address of the client; of IPv6 its network, since one client has as many addresses as it likes.

    Without a proxy of ours before it (PORTAL_TRUSTED_PROXIES) that is the connection. Else the last address in
    X-Forwarded-For that isn't a proxy of ours: what stands before that one, anybody may have written.
    """
    connected = request.META.get("REMOTE_ADDR", "")
    said = [connected]
    if _is_ours(connected):
        said = [*request.headers.get("X-Forwarded-For", "").split(","), connected]
    for text in reversed(said):
        address = text.strip()
        if not _is_ours(address):
            return _network_of(address) or _network_of(connected)
    return _network_of(connected)


def _is_ours(text: str) -> bool:
    try:
        address = _address(text)
    except ValueError:
        return False
    return any(address in ip_network(network) for network in settings.TRUSTED_PROXIES)


def _network_of(text: str) -> str:
    """Empty for what is no address, as a socket file gives."""
    try:
        address = _address(text)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), PREFIX), strict=False))
    return str(address)


def _address(text: str) -> IPv4Address | IPv6Address:
    """A server that listens on IPv6 gives IPv4 in its clothes (::ffff:10.0.0.1). Raises ValueError."""
    address = ip_address(text)
    return getattr(address, "ipv4_mapped", None) or address
