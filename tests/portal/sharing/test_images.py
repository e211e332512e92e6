"""Share images: drawn in the background, served while everybody may read the page."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from PIL import Image

from portal.background.models import Schedule
from portal.design.covers import FAMILIES, cover_drawing
from portal.http import page_cache
from portal.sharing import images
from portal.sharing.drawing import BAND, HEIGHT, WIDTH, ShareCard, draw
from portal.sharing.lettering import lettering, wrap
from portal.sharing.outlines import colours, outlines, path_points
from portal.sharing.services import IMAGE_JOB, refresh_images, share_card
from tests.factories.pages import make_case, make_figure, make_knowledge, restrict

pytestmark = pytest.mark.django_db


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def served(client, pk: int):
    return client.get(f"/deelbeeld/{pk}.png")


def og_image(client, page) -> str:
    page_cache.forget_pages()
    found = re.search(
        r'<meta property="og:image" content="([^"]*)"', client.get(page.get_url()).content.decode()
    )
    return found[1] if found else ""


# --- drawing


def test_an_image_has_the_size_that_networks_want_and_is_light():
    content = draw(ShareCard(title="Minder voorraad", figure="−8%", figure_label="voorraad", theme="proces"))
    assert content.startswith(b"\x89PNG")
    assert opened(content).size == (WIDTH, HEIGHT) == (1200, 630)
    assert len(content) < 60_000


def test_the_same_card_is_drawn_the_same():
    card = ShareCard(title="Minder voorraad", theme="proces")
    assert draw(card) == draw(card)


def words_area(content: bytes) -> Image.Image:
    return opened(content).crop((0, BAND, WIDTH, HEIGHT))


def test_title_and_figure_are_on_it():
    plain = words_area(draw(ShareCard(title="Eén", theme="proces")))
    assert words_area(draw(ShareCard(title="Twee", theme="proces"))).tobytes() != plain.tobytes()
    assert words_area(draw(ShareCard(title="Eén", figure="−8%", theme="proces"))).tobytes() != plain.tobytes()


def test_a_figure_that_does_not_fit_is_left_out_and_never_cut():
    long = ShareCard(title="Omzet", figure="€ 155.000.000.000.000", figure_label="omzet", theme="proces")
    without = ShareCard(title="Omzet", theme="proces")
    assert words_area(draw(long)).tobytes() == words_area(draw(without)).tobytes()


@pytest.mark.parametrize(
    "title", ["", "x", "woord " * 60, "a" * 250, "\x00\x07\n", "日本語 العربية", "<b>&amp;</b>"]
)
def test_any_title_can_be_drawn(title):
    assert opened(draw(ShareCard(title=title, kicker=title, figure=title, figure_label=title))).size == (
        1200,
        630,
    )


@pytest.mark.parametrize("theme", FAMILIES)
def test_every_cover_can_be_drawn(theme):
    tones = {outline.tone for outline in outlines(cover_drawing(theme, "25"))}
    assert tones
    band = opened(draw(ShareCard(title="x", theme=theme, sector="25"))).crop((0, 0, WIDTH, BAND))
    assert len(band.getcolors(WIDTH * BAND)) > 1


def test_a_path_that_covers_do_not_use_is_refused():
    with pytest.raises(ValueError, match="other commands"):
        list(path_points("M0 0C1 1 2 2 3 3"))


def test_an_arc_keeps_its_distance_from_the_middle():
    (points,) = path_points("M10 20h40a40 40 0 0 1-40 40z")
    arc = points[1:-1]
    assert {round(((x - 10) ** 2 + (y - 20) ** 2) ** 0.5, 6) for x, y in arc} == {40.0}


def test_colours_are_those_of_the_design_system():
    assert {"paper", "ink", "act", "line", "cover-deep", "cover-paper-c"} <= set(colours())


def test_without_a_font_of_the_machine_dutch_stays_readable():
    letters = lettering(40, allowed=("BestaatNiet.ttf",))
    assert not letters.complete
    assert letters.words("Coëfficiënt −8% → € 5 – één") == "Coefficient -8% -> EUR 5 - een"
    lines, fits = wrap(letters, "een twee drie vier vijf zes", 150, 2)
    assert (len(lines), fits) == (2, False)
    assert lines[-1].endswith("…")


# --- what is drawn, and when


def test_a_card_shows_the_case_and_its_figure(portal):
    case = make_case(portal, "Minder voorraad", organisation="ALMI", measurements=[{"change": Decimal(-8)}])
    card = share_card(case)
    assert (card.title, card.kicker, card.figure, card.theme) == ("Minder voorraad", "ALMI", "−8%", "proces")


def test_all_public_pages_get_one_and_only_once(portal):
    make_case(portal, "Zaak")
    make_knowledge(portal, "Kennis één")
    make_figure(portal, "Cijfer één")
    restrict(make_figure(portal, "Geheim"))
    make_figure(portal, "Concept", live=False)
    assert refresh_images() == 7
    assert refresh_images() == 0
    assert len(images.made()) == 7


def test_a_page_published_again_is_drawn_again(portal):
    page = make_figure(portal, "Oud")
    refresh_images()
    before = images.path_of(page.pk).read_bytes()
    page.title = "Nieuw"
    page.save()
    page.save_revision().publish()
    assert refresh_images() == 1
    assert images.path_of(page.pk).read_bytes() != before


def test_what_nobody_may_see_any_more_is_thrown_away(portal):
    hidden, gone = make_figure(portal, "Verborgen"), make_figure(portal, "Weg")
    refresh_images()
    restrict(hidden)
    gone.unpublish()
    refresh_images()
    assert not images.path_of(hidden.pk).exists()
    assert not images.path_of(gone.pk).exists()


def test_one_page_that_cannot_be_drawn_holds_up_no_other(client, portal, monkeypatch):
    broken, sound = make_figure(portal, "Stuk"), make_figure(portal, "Heel")
    drawn = type(broken).as_card
    # A page whose card raises, as one with broken content would.
    monkeypatch.setattr(
        type(broken), "as_card", lambda page: drawn(page) if page.pk != broken.pk else [].pop()
    )
    refresh_images()
    assert images.url_of(sound.pk)
    assert images.url_of(broken.pk) == ""
    assert served(client, broken.pk).status_code == 404
    assert refresh_images() == 0


def test_a_half_written_image_is_never_seen(portal):
    page = make_figure(portal, "Half")
    images.directory().mkdir(parents=True)
    images.path_of(page.pk).with_suffix(".1.new").write_bytes(b"half")
    assert images.url_of(page.pk) == ""
    refresh_images()
    assert opened(images.path_of(page.pk).read_bytes()).size == (1200, 630)


def test_publishing_in_the_staff_admin_wakes_the_worker(
    admin_client, portal, django_capture_on_commit_callbacks
):
    page = make_figure(portal, "Weg")
    later = timezone.now() + timedelta(hours=1)
    Schedule.objects.update_or_create(name=IMAGE_JOB, defaults={"next_run_at": later})
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(f"/beheer/pages/{page.pk}/unpublish/").status_code == 302
    assert Schedule.objects.get(name=IMAGE_JOB).next_run_at < later


# --- serving


def test_a_page_names_its_image_once_it_is_drawn(client, portal):
    page = make_figure(portal, "Groei")
    assert og_image(client, page) == ""
    refresh_images()
    address = og_image(client, page)
    assert address.startswith(f"http://testserver/deelbeeld/{page.pk}.png?v=")
    assert opened(client.get(address).getvalue()).size == (1200, 630)


def test_a_stored_page_is_made_again_when_its_image_is_there(client, portal):
    page = make_figure(portal, "Groei")
    client.get(page.get_url())
    refresh_images()
    page_cache.forget_pages()
    assert b"og:image" in client.get(page.get_url()).content


def test_no_request_draws(client, portal):
    page = make_figure(portal, "Groei")
    assert served(client, page.pk).status_code == 404
    client.get(page.get_url())
    assert images.made() == {}


def test_an_image_may_be_kept_and_shown_elsewhere(client, portal):
    page = make_figure(portal, "Groei")
    refresh_images()
    response = served(client, page.pk)
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    again = client.get(f"/deelbeeld/{page.pk}.png", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_the_image_of_a_page_that_became_private_is_gone_at_once(client, portal, admin_user):
    page = make_figure(portal, "Kanarie")
    refresh_images()
    restrict(page)
    assert served(client, page.pk).status_code == 404
    client.force_login(admin_user)
    assert served(client, page.pk).status_code == 404
