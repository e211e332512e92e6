"""The steps of the form, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SITUATION, APPROACH, RESULTS, PROOF, COMPANY, CHECK = (
    "situatie", "aanpak", "resultaten", "bewijs", "bedrijf", "controleren",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    slug: str
    title: str | Promise


STEPS = (
    Step(SITUATION, _("Situatie")),
    Step(APPROACH, _("Aanpak")),
    Step(RESULTS, _("Resultaten")),
    Step(PROOF, _("Bewijs en bron")),
    Step(COMPANY, _("Bedrijf en namen")),
    Step(CHECK, _("Controleren")),
)
SLUGS = [step.slug for step in STEPS]


def next_step(slug: str) -> str:
    return SLUGS[min(SLUGS.index(slug) + 1, len(SLUGS) - 1)]


def previous_step(slug: str) -> str:
    """Empty before the first."""
    number = SLUGS.index(slug)
    return SLUGS[number - 1] if number else ""
