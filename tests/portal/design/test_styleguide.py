"""The style guide: for staff only, and sound in a browser at both widths and in both schemes."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory

from portal.design.views import PAGES, styleguide


class Person:
    def __init__(self, is_staff: bool) -> None:
        self.is_staff = is_staff


def ask(page: str = "", *, is_staff: bool) -> int:
    request = RequestFactory().get("/stijlgids/")
    request.user = Person(is_staff)
    return styleguide(request, page).status_code


@pytest.mark.django_db
@pytest.mark.parametrize("page", sorted(PAGES))
def test_staff_see_every_page(page):
    assert ask(page, is_staff=True) == 200


def test_others_see_nothing():
    with pytest.raises(Http404):
        ask(is_staff=False)


@pytest.mark.django_db
def test_it_is_public_where_the_settings_say_so(settings):
    settings.STYLEGUIDE_PUBLIC = True
    assert ask(is_staff=False) == 200


def test_an_unknown_page_is_not_found():
    with pytest.raises(Http404):
        ask("nergens", is_staff=True)


def test_it_is_never_indexed():
    assert 'content="noindex"' in render_to_string(
        "design/page.html", {"title": "x", "site_name": "y", "robots": "noindex"}
    )
