"""What every kind of answer says about itself, and what none ever holds: inline script or style, or how it broke."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from wagtail.models import Page

from portal.http.maintenance import Mode, set_mode
from portal.urls import handler403, handler404, handler500
from portal.urls import urlpatterns as portal_urlpatterns
from tests.architecture.people import World, address, client_of, make_world

pytestmark = pytest.mark.django_db

STRICT = {
    "default-src": "'self'",
    "img-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
SECRET = "wachtwoord-van-de-database"


def broken(request: Any) -> HttpResponse:
    """Fails with what must never be shown: a secret, a statement and the source of this file."""
    password = SECRET
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT '{password}' FROM geheime_tabel")
    return HttpResponse("niet bereikt")


def refused(request: Any) -> HttpResponse:
    raise PermissionDenied(SECRET)


urlpatterns = [path("kapot/", broken), path("geweigerd/", refused), *portal_urlpatterns]
__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def visitor(world: World, settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def policy(response: Any) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))


def assert_safe(response: Any) -> None:
    assert policy(response) == STRICT
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert len(response["X-Request-ID"]) >= 8
    assert "Server" not in response
    assert "X-Powered-By" not in response


ANSWERS: dict[str, tuple[str, int]] = {
    "page": ("/", 200),
    "search": ("/zoeken/?q=voorraad", 200),
    "suggestions": ("/zoeken/suggesties/?q=v", 200),
    "not found": ("/nergens/", 404),
    "hidden": ("{members_page}", 404),
    "refused": ("/geweigerd/", 403),
    "broken": ("/kapot/", 500),
    "no slash": ("/zoeken", 301),
    "download": ("{open_figure}gegevens.csv", 200),
    "workbook": ("{open_figure}gegevens.xlsx", 200),
    "metadata": ("{open_figure}.metadata.json", 200),
    "document for members": ("/documenten/{private_document}/{private_document_name}", 404),
    "image": ("/media/{image}", 200),
    "sitemap": ("/sitemap.xml", 200),
    "feed": ("/atom/praktijkvoorbeelden/", 200),
    "robots": ("/robots.txt", 200),
    "health": ("/healthz", 200),
    "readiness": ("/readyz", 200),
    "metrics": ("/metrics", 200),
    "static file": ("/static/design/portal.css", 200),
    "static file that isn't there": ("/static/design/nergens.css", 404),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_kind_of_answer(visitor: Client, world: World, kind: str, settings: Any) -> None:
    template, status = ANSWERS[kind]
    names = {**world.names, "members_page": address(world.pages["pages.ContentPage", "members"])}
    if kind == "static file":
        visitor = with_static_files(settings)
    response = visitor.get(template.format(**names))
    assert response.status_code == status
    assert_safe(response)


def with_static_files(settings: Any) -> Client:
    """In production WhiteNoise serves what was collected; here straight from the sources."""
    settings.WHITENOISE_USE_FINDERS = True
    return Client()


def test_a_share_image_may_be_shown_elsewhere_and_is_otherwise_as_safe(visitor: Client, world: World) -> None:
    response = visitor.get("/deelbeeld/{open}.png".format(**world.names))
    assert response.status_code == 200
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert_safe(response)
    assert visitor.get("/")["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_document_may_do_nothing_at_all(visitor: Client, world: World) -> None:
    """What somebody uploaded is given with a policy of its own, under which a browser loads and runs nothing."""
    response = visitor.get("/documenten/{document}/{document_name}".format(**world.names))
    assert response.status_code == 200
    assert policy(response)["default-src"] == "'none'"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_from_the_cache_and_unchanged(visitor: Client) -> None:
    first = visitor.get("/")
    stored = visitor.get("/")
    assert stored.wsgi_request.from_page_cache  # type: ignore[attr-defined]
    assert_safe(stored)
    unchanged = visitor.get("/", headers={"If-None-Match": first["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert_safe(unchanged)
    assert len({response["X-Request-ID"] for response in (first, stored, unchanged)}) == 3


def test_other_methods(visitor: Client) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        response = visitor.generic(method, "/")
        assert response.status_code == 405
        assert_safe(response)


def test_a_strange_host(visitor: Client) -> None:
    response = visitor.get("/", headers={"Host": "elders.example"})
    assert response.status_code == 400
    assert policy(response) == STRICT
    assert b"elders.example" not in response.content


def test_a_form_without_its_token(world: World) -> None:
    """Forms of accounts carry a token; without it the refusal speaks Dutch as any page does."""
    response = Client(enforce_csrf_checks=True).post("/inloggen/", {"login": "x", "password": "y"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "CSRF" not in page
    assert 'lang="nl"' in page
    assert "<style" not in page


@pytest.fixture
def maintenance() -> Iterator[Callable[[Mode], None]]:
    yield set_mode
    set_mode(Mode.OPEN)


@pytest.mark.parametrize(("mode", "method"), [(Mode.CLOSED, "GET"), (Mode.READ_ONLY, "POST")])
def test_maintenance(visitor: Client, maintenance: Callable[[Mode], None], mode: Mode, method: str) -> None:
    maintenance(mode)
    response = visitor.generic(method, "/mijn-bedrijf/")
    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert_safe(response)
    assert faults(response.content.decode()) == []
    assert visitor.get("/healthz").status_code == 200


# --- what went wrong stays with us --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["anonymous", "superuser"])
@pytest.mark.parametrize(("where", "status"), [("/kapot/", 500), ("/geweigerd/", 403)])
def test_an_error_page_tells_a_number_and_nothing_else(
    world: World, settings: Any, role: str, where: str, status: int
) -> None:
    settings.ROOT_URLCONF = __name__
    client = client_of(role)
    response = client.get(where, headers={"X-Request-ID": "nummer-van-deze-vraag"})
    assert response.status_code == status
    page = response.content.decode()
    for secret in (
        SECRET,
        "geheime_tabel",
        "SELECT",
        "Traceback",
        "OperationalError",
        ".py",
        "site-packages",
        "SECRET_KEY",
    ):
        assert secret not in page
    if status == 500:
        assert "nummer-van-deze-vraag" in page
    assert response["X-Request-ID"] == "nummer-van-deze-vraag"
    assert faults(page) == []
    assert_safe(response)


def test_a_number_that_could_be_a_script_is_not_taken_over(visitor: Client) -> None:
    response = visitor.get("/kapot/", headers={"X-Request-ID": "<script>alert(1)</script>"})
    assert b"<script>alert" not in response.content
    assert "<" not in response["X-Request-ID"]


# --- nothing inline ----------------------------------------------------------------------------------------------


class Inline(HTMLParser):
    """Collects what the policy would stop."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.elements = 0
        self._inside: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        given = dict(attributes)
        self.found += [
            f"<{tag} {name}>" for name in given if name.startswith("on") or name in ("style", "srcdoc")
        ]
        self.found += [
            f"<{tag} {name}={value}>"
            for name, value in given.items()
            if name in ("href", "src", "action", "formaction")
            and (value or "").strip().lower().startswith(("javascript:", "data:"))
        ]
        self.found += [
            f"<{tag} {name}={value}> loads from elsewhere"
            for name, value in given.items()
            if name == "src" and (value or "").startswith(("http:", "https:", "//"))
        ]
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") != "application/ld+json"
        ):
            self.found.append(f"<{tag}>")


def faults(html: str) -> list[str]:
    parser = Inline()
    parser.feed(html)
    assert parser.elements > 5, "no page at all"
    return parser.found


def test_the_reader_notices_what_is_inline() -> None:
    """The control for the tests below."""
    bad = (
        '<html><body><p style="x"><a href="javascript:x" onclick="y"><img src="https://a.example/b"><style></style>'
        + "<script>z</script>"
    )
    assert len(faults(bad + "<p>" * 5)) == 6


def test_no_page_has_anything_inline(visitor: Client, world: World) -> None:
    addresses = [address(page) for (_kind, state), page in world.pages.items() if state == "open"]
    addresses += [
        "/praktijkvoorbeelden/thema/",
        "/praktijkvoorbeelden/thema/proces/",
        "/mijn-bedrijf/",
        "/bewaard/",
    ]
    addresses += ["/zoeken/", "/zoeken/?q=case", "/zoeken/?q=bestaatnergens"]
    addresses += ["/nergens/", "/kapot/", "/geweigerd/"]
    found = {path: faults(visitor.get(path).content.decode()) for path in addresses}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert len(found) == 18


@pytest.mark.parametrize("page", ["", "praktijk/", "zoeken/", "voorpagina/"])
def test_the_style_guide_has_nothing_inline_either(world: World, page: str) -> None:
    response = client_of("superuser").get(f"/stijlgids/{page}")
    assert response.status_code == 200
    assert faults(response.content.decode()) == []
    assert_safe(response)


# --- previews ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["cases.CasePage", "figures.FigurePage", "pages.KnowledgePage", "pages.ContentPage"]
)
def test_a_preview_is_the_page_and_may_be_framed_by_ourselves_alone(world: World, kind: str) -> None:
    """An editor's draft, rendered as the visitor's page would be: same policy, but for the frame around it."""
    draft: Page = world.pages[kind, "open"]
    draft.specific.save_revision()
    response = client_of("editor").get(f"/beheer/pages/{draft.pk}/view_draft/")
    assert response.status_code == 200
    assert policy(response) == {**STRICT, "frame-ancestors": "'self'"}
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert faults(response.content.decode()) == []
