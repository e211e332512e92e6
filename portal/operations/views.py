"""What machines ask: does the process live, is the portal ready, how is it doing."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from portal.operations.health import overall, readiness


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of anything else, so that a slow database restarts no process."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 where pages can be answered ("ok" or "degraded"), 503 where they can't."""
    parts = readiness()
    status = overall(parts)
    body = {
        "status": status,
        "parts": {part.name: {"status": part.status, "detail": part.detail} for part in parts},
    }
    return JsonResponse(body, status=503 if status == "failed" else 200)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus, from the networks that may; for others it doesn't exist."""
    if not may_read_metrics(request):
        raise Http404
    # Imported here, so that health checks don't need what is measured.
    from portal.operations.metrics import render_metrics

    return HttpResponse(render_metrics(), content_type=CONTENT_TYPE_LATEST)


def may_read_metrics(request: HttpRequest) -> bool:
    """By the connection itself. What came through a proxy (which may stand on an allowed address) is a visitor's."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in ip_network(network) for network in settings.PROMETHEUS_ALLOWED_NETWORKS)
