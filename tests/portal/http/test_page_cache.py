from __future__ import annotations

import gzip
import time

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory

from portal.http import page_cache
from tests.at_once import all_at_once
from tests.portal.http.addresses import made


def test_a_public_page_is_made_once(visitor):
    first = visitor.get("/openbaar/")
    assert visitor.get("/openbaar/").content == first.content
    assert Client().get("/openbaar/").content == first.content
    assert made["count"] == 1


def test_each_answer_has_its_own_request_id(visitor):
    first, second = visitor.get("/openbaar/"), visitor.get("/openbaar/")
    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_publishing_forgets_all_pages(visitor):
    visitor.get("/openbaar/")
    with transaction.atomic():
        page_cache.forget_pages()
    visitor.get("/openbaar/")
    assert made["count"] == 2


@pytest.mark.django_db(transaction=True)
def test_the_generation_moves_on_only_with_the_commit():
    before = page_cache.current_generation()
    with transaction.atomic():
        page_cache.bump_generation()
        assert all_at_once([page_cache.current_generation]) == [before]
    assert page_cache.current_generation() != before
    after = page_cache.current_generation()
    with pytest.raises(ValueError, match="rolled back"), transaction.atomic():
        page_cache.bump_generation()
        raise ValueError("rolled back")
    assert page_cache.current_generation() == after


def test_a_page_made_while_something_was_published_is_not_served_afterwards(settings):
    """The old content may be stored, but only under the generation in which its making began."""

    def slow_view(request):
        page_cache.forget_pages()
        return HttpResponse("oud")

    request = RequestFactory().get("/langzaam/")
    page_cache.PageCacheMiddleware(slow_view)(request)
    answer = page_cache.PageCacheMiddleware(lambda request: HttpResponse("nieuw"))(request)
    assert answer.content == b"nieuw"


def test_known_parameters_are_part_of_the_key_in_any_order(visitor):
    visitor.get("/openbaar/?thema=proces&pagina=2")
    visitor.get("/openbaar/?pagina=2&thema=proces")
    assert made["count"] == 1
    visitor.get("/openbaar/?pagina=3&thema=proces")
    visitor.get("/openbaar/")
    assert made["count"] == 3


@pytest.mark.parametrize("query", ["utm_source=x", "pagina=2&x=1", "thema=" + "a" * 81])
def test_a_page_with_anything_else_in_its_address_is_not_stored(visitor, query):
    visitor.get(f"/openbaar/?{query}")
    visitor.get(f"/openbaar/?{query}")
    assert made["count"] == 2


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "messages", "bedrijf", "bewaard"])
def test_a_visitor_with_a_cookie_of_ours_gets_a_page_of_his_own(visitor, cookie):
    visitor.get("/openbaar/")
    visitor.cookies[cookie] = "iets"
    visitor.get("/openbaar/")
    visitor.get("/openbaar/")
    assert made["count"] == 3


def test_a_page_that_looks_at_cookies_is_only_for_visitors_without_any(visitor):
    assert b"voor niemand" in visitor.get("/kijkt-naar-cookies/").content
    visitor.get("/kijkt-naar-cookies/")
    assert made["count"] == 1
    visitor.cookies["voorkeur"] = "metaal"
    assert b"voor metaal" in visitor.get("/kijkt-naar-cookies/").content
    assert b"voor niemand" in Client().get("/kijkt-naar-cookies/").content
    assert made["count"] == 2


@pytest.mark.parametrize("address", ["/eigen/", "/formulier/", "/weg/", "/beheer/scherm/", "/zoeken/"])
def test_what_is_not_for_everybody_is_not_stored(visitor, address):
    visitor.get(address)
    Client().get(address)
    assert made["count"] == 2


@pytest.mark.parametrize("headers", [{"Authorization": "Basic eA=="}, {"HX-Request": "true"}])
def test_other_kinds_of_requests_pass_by(visitor, headers):
    visitor.get("/openbaar/")
    visitor.get("/openbaar/", headers=headers)
    assert made["count"] == 2


def test_another_host_has_pages_of_its_own(visitor):
    visitor.get("/openbaar/")
    visitor.get("/openbaar/", headers={"Host": "localhost"})
    assert made["count"] == 2


def test_compressed_where_the_browser_can(visitor):
    plain = visitor.get("/openbaar/")
    packed = visitor.get("/openbaar/", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert {name.strip() for name in packed["Vary"].split(",")} == {"Accept-Encoding", "Cookie"}


def test_unchanged_is_answered_with_304_and_no_body(visitor):
    first = visitor.get("/openbaar/")
    again = visitor.get("/openbaar/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    page_cache.forget_pages()
    assert visitor.get("/openbaar/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_stored_page_needs_no_query_and_hardly_any_time(visitor, django_assert_num_queries):
    visitor.get("/openbaar/")
    with django_assert_num_queries(0):
        visitor.get("/openbaar/")
    middleware = page_cache.PageCacheMiddleware(lambda request: HttpResponse("x" * 60_000))
    request = RequestFactory().get("/groot/", headers={"Accept-Encoding": "gzip"})
    middleware(request)
    started = time.process_time()
    for _ in range(200):
        middleware(request)
    assert (time.process_time() - started) / 200 < 0.001


def test_a_page_lasts_its_time_and_no_longer(visitor, settings):
    settings.PAGE_CACHE_SECONDS = -1
    visitor.get("/openbaar/")
    visitor.get("/openbaar/")
    assert made["count"] == 2


def test_a_value_never_passes_for_another_parameter(settings):
    """Else a stranger's address would be stored as that of a page which many ask for."""
    settings.PAGE_CACHE_PARAMETERS = ["thema", "doel"]
    keys = {
        page_cache.cache_key(RequestFactory().get(f"/praktijk/?{query}"))
        for query in ("thema=a&doel=b", "doel=b%26thema%3Da", "thema=a%26doel%3Db", "doel=b&thema=a&thema=")
    }
    assert len(keys) == 4 and None not in keys
