"""The staff admin as a whole: its lists, its previews, and that it asks nothing of anybody else."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks import Block, StreamBlock

from cases.models import CasePage
from portal.accounts.models import User
from portal.evidence.models import Source
from portal.pages.blocks import ApproachBlock, BodyBlock, PointsBlock
from portal.pages.models import KnowledgePage
from portal.taxonomy.models import Sector, Theme
from portal.taxonomy.services import load_lists
from tests.factories.pages import Portal, make_case, make_portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal() -> Portal:
    load_lists()
    return make_portal()


@pytest.fixture
def staff(client: Client, portal: Portal) -> Client:
    client.force_login(User.objects.create_superuser("baas@example.org", name="Baas"))
    return client


PAGES = [
    "/beheer/",
    "/beheer/snippets/taxonomy/theme/",
    "/beheer/snippets/taxonomy/goal/add/",
    "/beheer/snippets/taxonomy/sector/",
    "/beheer/snippets/taxonomy/region/",
    "/beheer/snippets/taxonomy/sizeclass/",
    "/beheer/snippets/evidence/source/add/",
    "/beheer/snippets/evidence/indicator/",
    "/beheer/snippets/organisations/organisation/add/",
    "/beheer/snippets/organisations/membership/add/",
    "/beheer/images/",
    "/beheer/images/multiple/add/",
    "/beheer/documents/",
    "/beheer/users/",
    "/beheer/account/",
    "/beheer/redirects/",
    "/beheer/reports/workflow/",
    "/beheer/rapporten/na-te-kijken/",
    "/beheer/rapporten/dode-links/",
    "/beheer/rapporten/praktijkvoorbeelden/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_admin_opens_in_dutch_and_loads_nothing_from_elsewhere(
    staff: Client, path: str
) -> None:
    response = staff.get(path)
    assert response.status_code == 200
    page = response.content.decode()
    assert '<html lang="nl"' in page
    loaded = re.findall(r"""<(?:script|img|link|iframe)[^>]+(?:src|href)=["'](https?://[^"']+)""", page)
    assert loaded == []
    assert "'self'" in response["Content-Security-Policy"]


def test_themes_are_changed_here_and_loaded_lists_are_not(staff: Client) -> None:
    theme, sector = Theme.objects.get(slug="proces"), Sector.objects.get(code="25")
    staff.post(
        f"/beheer/snippets/taxonomy/theme/edit/{theme.pk}/",
        {"name": "Werkstroom", "description": "Hoe het loopt.", "slug": "proces", "sort_order": 10},
    )
    assert Theme.objects.get(slug="proces").name == "Werkstroom"
    for address in ("add/", f"edit/{sector.pk}/", f"delete/{sector.pk}/"):
        response = staff.post(f"/beheer/snippets/taxonomy/sector/{address}", {"name": "Anders"})
        assert response.status_code == 302, address
    assert Sector.objects.get(code="25").name == "Metaalproducten maken"


def test_a_source_in_use_is_not_deleted(staff: Client, portal: Portal) -> None:
    make_case(portal, "Minder op de plank")
    source = Source.objects.get()
    response = staff.post(f"/beheer/snippets/evidence/source/delete/{source.pk}/", follow=True)
    assert "is nog in gebruik (1 keer) en kan niet weg." in response.content.decode().replace("&#x27;", "'")
    assert Source.objects.filter(pk=source.pk).exists()


# --- blocks -----------------------------------------------------------------------------------------------------------


def choices(block: StreamBlock) -> list[Block]:
    return list(block.child_blocks.values())


ALL_BLOCKS = [*choices(BodyBlock()), *choices(ApproachBlock()), *choices(PointsBlock())]


def test_there_are_few_blocks_each_with_help_and_preview() -> None:
    assert len(choices(BodyBlock())) <= 15
    for block in ALL_BLOCKS:
        assert block.is_previewable, block.name
        assert block.get_description(), block.name
        assert str(block.label) != block.name, block.name


@pytest.mark.parametrize(
    ("model", "field"), [(KnowledgePage, "body"), (CasePage, "approach"), (CasePage, "lessons")], ids=str
)
def test_every_block_previews_in_a_frame_of_the_admin(staff: Client, model: type, field: str) -> None:
    for block in choices(model._meta.get_field(field).stream_block):
        response = staff.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert response.status_code == 200, block.name
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
        page = response.content.decode()
        assert "design/portal" in page
        shown = page.split('<main class="wrap">')[1].split("</main>")[0]
        assert shown.strip(), block.name
        assert "style=" not in shown
        assert "<script" not in shown


def test_a_draft_is_previewed_in_a_frame_of_the_admin(staff: Client, portal: Portal) -> None:
    case = make_case(portal, "Minder op de plank", live=False)
    case.save_revision()
    response = staff.get(reverse("wagtailadmin_pages:view_draft", args=[case.pk]))
    assert response.status_code == 200
    assert "Minder op de plank" in response.content.decode()
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]
