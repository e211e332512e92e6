from __future__ import annotations

import pytest
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.test import RequestFactory

STRICT = {
    "default-src": "'self'",
    "img-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}


def policy(response) -> dict[str, str]:
    parts = (part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    return dict(parts)


@pytest.mark.parametrize(
    ("address", "status"),
    [("/openbaar/", 200), ("/bestaat-niet/", 404), ("/weg/", 410), ("/download/", 200), ("/eigen/", 200)],
)
def test_every_answer_allows_only_our_own(visitor, address, status):
    response = visitor.get(address)
    assert response.status_code == status
    assert policy(response) == STRICT
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_errors_and_refusals_too(visitor):
    assert policy(visitor.post("/schrijf/raise/")) == STRICT
    assert policy(visitor.post("/schrijf/refuse/")) == STRICT
    assert policy(visitor.post("/openbaar/", headers={"Host": "elders.example"})) == STRICT


def test_a_page_from_the_cache_has_the_same_headers(visitor):
    visitor.get("/openbaar/")
    again = visitor.get("/openbaar/")
    assert again.content.startswith(b"<p>gemaakt 1</p>")
    assert policy(again) == STRICT


def test_only_the_staff_admin_may_run_inline_scripts(visitor):
    staff = policy(visitor.get("/beheer/scherm/"))
    assert staff["script-src"] == "'self' 'unsafe-inline'"
    assert staff["frame-ancestors"] == "'self'"
    assert staff["object-src"] == "'none'"
    assert "unsafe-eval" not in str(staff)
    # The beginning of the path decides, not a part of it.
    assert policy(visitor.get("/openbaar/beheer/")) == STRICT


def test_a_preview_may_be_framed_by_ourselves_and_runs_no_inline_script(visitor):
    class Preview(BaseHandler):
        def _get_response(self, request):
            return HttpResponse("voorbeeld")

    request = RequestFactory().get("/openbaar/")
    request.is_dummy = True
    handler = Preview()
    handler.load_middleware()
    response = handler.get_response(request)
    assert policy(response) == {**STRICT, "frame-ancestors": "'self'"}
    assert response["X-Frame-Options"] == "SAMEORIGIN"
