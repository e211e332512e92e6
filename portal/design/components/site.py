"""What stands around every page: header, navigation, breadcrumb, footer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.design.library import component

LinkLike = Any  # a Link, or a mapping with label, url and perhaps current


@component("site_header", remembered=200)
def site_header(
    site_name: str,
    navigation: Sequence[LinkLike],
    account_links: Sequence[LinkLike] = (),
    search_url: str = "",
    home_url: str = "/",
) -> dict[str, Any]:
    """With `search_url` a small search box stands in the header."""
    return {
        "site_name": site_name,
        "navigation": list(navigation),
        "account_links": list(account_links or ()),
        "search_url": search_url,
        "home_url": home_url,
    }


@component("navigation", remembered=200)
def navigation(items: Sequence[LinkLike], label: str) -> dict[str, Any]:
    return {"items": list(items), "label": label}


@component("breadcrumb", remembered=200)
def breadcrumb(items: Sequence[LinkLike]) -> dict[str, Any]:
    """From the front page down to the parent; the page itself isn't in it."""
    return {"items": list(items)}


@component("site_footer", remembered=100)
def site_footer(site_name: str, columns: Sequence[Any], edit_url: str = "", note: str = "") -> dict[str, Any]:
    return {"site_name": site_name, "columns": list(columns or ()), "edit_url": edit_url, "note": note}
