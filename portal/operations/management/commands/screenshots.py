from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from PIL import Image

from portal.operations.trial import NotStarted, TrialPortal, trial_portal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PUBLIC = {
    "voorpagina": "/",
    "zoeken": "/zoeken/?q=te+veel+voorraad",
    "praktijkvoorbeeld": "/praktijkvoorbeelden/almi-machinefabriek/",
    "cijfer": "/cijfers/groei-slimmer-werken/",
}
WIDTHS = {1280: 900, 320: 640}
MOST_BYTES = 150_000
# Fewer colours until the file is small enough; a page has few of its own.
PALETTES = (256, 128, 64, 32)


class Command(BaseCommand):
    help = "Maakt de schermafdrukken van README en handleidingen opnieuw, met een tijdelijk portaal en de echte inhoud."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=Path(settings.BASE_DIR) / "docs" / "beeld")

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        try:
            from playwright.sync_api import sync_playwright
        except ImportError as error:
            raise CommandError(
                "Playwright ontbreekt; installeer het gereedschap voor ontwikkelaars: make install"
            ) from error
        if chromium is None:
            raise CommandError("Chromium ontbreekt; installeer het (Debian: apt-get install chromium)")
        to.mkdir(parents=True, exist_ok=True)
        try:
            with (
                tempfile.TemporaryDirectory(prefix="portal-") as place,
                trial_portal(Path(place) / "data") as portal,
                sync_playwright() as playwright,
            ):
                flags = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"]
                browser = playwright.chromium.launch(executable_path=chromium, args=flags)
                self.public_pages(browser, portal, to)
                self.staff_pages(browser, portal, to)
                browser.close()
        except NotStarted as error:
            raise CommandError(f"Het tijdelijke portaal startte niet:\n{error}") from error

    def public_pages(self, browser: Browser, portal: TrialPortal, to: Path) -> None:
        for width, height in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": height}, locale="nl-NL")
            for name, address in PUBLIC.items():
                page.goto(portal.url + address)
                self.keep(page, to / f"{name}-{width}.png")
            page.close()

    def staff_pages(self, browser: Browser, portal: TrialPortal, to: Path) -> None:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="nl-NL", base_url=portal.url)
        page.goto("/beheer/")
        page.fill("input[name=login]", portal.email)
        page.fill("input[name=password]", portal.password)
        page.get_by_role("button", name="Inloggen", exact=True).click()
        page.wait_for_url("**/beheer/")
        self.keep(page, to / "beheer-start.png")
        page.goto(PUBLIC["praktijkvoorbeeld"])
        page.get_by_role("link", name="Bewerken").click()
        page.wait_for_load_state("networkidle")
        self.keep(page, to / "beheer-praktijkvoorbeeld.png")
        page.goto("/beheer/rapporten/praktijkvoorbeelden/")
        self.keep(page, to / "beheer-rapport.png")
        page.close()

    def keep(self, page: Page, path: Path) -> None:
        path.write_bytes(small_png(page.screenshot(animations="disabled")))
        self.stdout.write(f"{path.name}: {path.stat().st_size // 1000} kB")


def small_png(content: bytes) -> bytes:
    """The picture with no more colours than it takes to stay below MOST_BYTES."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    packed = b""
    for colours in PALETTES:
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, format="PNG", optimize=True)
        packed = out.getvalue()
        if len(packed) <= MOST_BYTES:
            break
    return packed
