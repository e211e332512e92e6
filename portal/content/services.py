"""Laying out the site and filling it with the content that comes with the portal."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from wagtail.models import Locale, Page, Site

from cases.models import CaseIndexPage, CasePage
from network.moderation.moderators import setup_moderators
from portal.evidence.services import load_vocabulary
from portal.figures.models import FigureIndexPage, FigurePage
from portal.home.models import FrontPageProof, HomePage
from portal.pages.importing.services import ImportReport, import_files, read_directory
from portal.pages.models import KnowledgeIndexPage
from portal.pages.staff import setup_staff
from portal.taxonomy.services import load_lists
from search.steering.planting import plant

CONTENT = Path(__file__).parent
FOLDERS = ("figures", "cases", "knowledge", "pages")

# The cases whose first figure stands on the front page, and the figure beside them.
FRONT_PAGE_PROOFS = ("almi-machinefabriek", "dsm-delft", "noordrijn-westfalen")
FRONT_PAGE_FIGURE = "groei-slimmer-werken"

INDEX_PAGES = (
    (CaseIndexPage, "praktijkvoorbeelden", "Praktijkvoorbeelden",
     "Wat andere bedrijven deden om slimmer te werken, wat het opleverde en hoe zeker dat is."),
    (KnowledgeIndexPage, "kennis", "Kennis", "Wat er bekend is over slimmer werken, kort en met bronnen."),
    (FigureIndexPage, "cijfers", "Cijfers", "Kerncijfers over slimmer werken, elk met bron, kanttekening en gegevens."),
)  # fmt: skip


@transaction.atomic
def load_content(*, restore_deleted: bool = False) -> ImportReport:
    """Load lists, site, pages, and the first words and judged queries of search; a second time only what changed in the
    files and no editor changed in the portal. What an editor deleted stays away, unless `restore_deleted`.
    """
    load_lists()
    load_vocabulary(CONTENT)
    home = ensure_site()
    setup_staff()
    setup_moderators()
    files = [file for folder in FOLDERS for file in read_directory(CONTENT / folder)]
    report = import_files(files, leave_deleted=not restore_deleted)
    _fill_front_page(home)
    plant(CONTENT / "search")
    return report


def ensure_site() -> HomePage:
    """The front page with the indexes below it; what is there already stays as it is."""
    home: HomePage = HomePage.objects.first() or _make_home()
    for model, slug, title, summary in INDEX_PAGES:
        if not model.objects.exists():
            page = model(title=title, slug=slug, summary=summary, search_description=summary)
            home.add_child(instance=page)
            page.save_revision().publish()
    fresh: HomePage = HomePage.objects.get(pk=home.pk)
    return fresh


def _make_home() -> HomePage:
    root = Page.get_first_root_node()
    welcome = root.get_children().filter(slug="home").first()
    if welcome is not None:
        # Wagtail's own first page; its address is needed for ours.
        welcome.delete()
        root = Page.get_first_root_node()
    summary = "Praktijkvoorbeelden van slimmer werken in het mkb, met gemeten resultaten en hun bron."
    home = HomePage(
        title="Slimmer Werken",
        slug="home",
        summary=summary,
        search_description=summary,
        locale=Locale.get_default(),
    )
    root.add_child(instance=home)
    home.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "site_name": "Slimmer Werken", "root_page": home},
    )
    return home


def _fill_front_page(home: HomePage) -> None:
    """Choose the front page's proofs once; an editor's choice stays."""
    if home.proofs.exists() or home.figure_id:
        return
    cases = {case.slug: case for case in CasePage.objects.filter(slug__in=FRONT_PAGE_PROOFS)}
    home.proofs = [
        FrontPageProof(case=cases[slug], sort_order=order)
        for order, slug in enumerate(FRONT_PAGE_PROOFS)
        if slug in cases
    ]
    home.figure = FigurePage.objects.filter(slug=FRONT_PAGE_FIGURE).first()
    home.save_revision().publish()
