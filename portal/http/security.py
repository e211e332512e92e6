"""Headers that keep a browser from running or framing what isn't ours.

Public and member pages run under `'self'` alone: no inline script or style at all, so that no nonce is needed and whole
pages can be cached. Wagtail's admin has inline scripts and styles of its own and gets a looser policy, only there.
"""

from __future__ import annotations

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Wagtail's widgets start themselves with inline scripts and set style attributes, show small icons and previews of
# chosen files as data: and blob: addresses, and frame the page's own preview.
STAFF_POLICY: dict[str, list[str]] = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
PREVIEW_POLICY: dict[str, list[str]] = {"frame-ancestors": [SELF]}

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    )
)


def is_staff_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.STAFF_ADMIN_PREFIX)


def is_preview(request: HttpRequest) -> bool:
    """Wagtail renders a preview within its admin, as a made-up request under the page's own path."""
    return bool(getattr(request, "is_dummy", False))


class SecurityPolicyMiddleware(CSPMiddleware):
    """django-csp with the policy chosen by place, plus the headers that django-csp doesn't know."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        looser: dict[str, Any] = {}
        if is_preview(request):
            looser = PREVIEW_POLICY
        elif is_staff_admin(request):
            looser = STAFF_POLICY
        if looser and not report_only:
            parts.replace = {**looser, **(parts.replace or {})}
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response = super().process_response(request, response)
        framed_by_us = is_preview(request) or is_staff_admin(request)
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if framed_by_us else "DENY")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Also for what is answered outside Django's own SecurityMiddleware.
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response
