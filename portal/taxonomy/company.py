"""The visitor's own kind of company: what "bedrijven als het mijne" means, kept in a cookie and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from portal.taxonomy.labels import Label, labels

COOKIE = "bedrijf"
# Where a visitor names his company; the page stands in a room above those that link to it.
EDIT_PATH = "/mijn-bedrijf/"
MAX_LENGTH = 60
SEPARATOR = "."


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    """Codes of a sector (section or division), a size class and a region (province or COROP); empty is not said."""

    sector: str = ""
    size: str = ""
    region: str = ""

    @classmethod
    def from_cookie(cls, value: str) -> CompanyProfile | None:
        """What `to_cookie` wrote; codes that don't exist are left out, and None is given where nothing is left."""
        parts = value[:MAX_LENGTH].split(SEPARATOR)
        if len(parts) != 3 or not any(parts):
            return None
        known = labels()
        profile = cls(
            sector=_known(parts[0], known.sectors),
            size=_known(parts[1], known.sizes),
            region=_known(parts[2], known.regions),
        )
        return profile if profile else None

    def to_cookie(self) -> str:
        """Three codes with a dot between them: `25.15-49.PV23`."""
        return SEPARATOR.join((self.sector, self.size, self.region))

    def __bool__(self) -> bool:
        return bool(self.sector or self.size or self.region)

    def labels(self) -> list[str]:
        """What was named, in words."""
        known = labels()
        named = (known.sectors.get(self.sector), known.sizes.get(self.size), known.regions.get(self.region))
        return [label.name for label in named if label is not None]

    def preferred(self) -> dict[str, tuple[str, ...]]:
        """The facet values to put first; documents carry a section with its divisions, a province with its regions."""
        named = {"sector": self.sector, "size": self.size, "region": self.region}
        return {facet: (code,) for facet, code in named.items() if code}


def company_of(request: HttpRequest) -> CompanyProfile | None:
    """The company that this visitor named, if any."""
    value = request.COOKIES.get(COOKIE, "")
    return CompanyProfile.from_cookie(value) if value else None


def _known(code: str, known: Mapping[str, Label]) -> str:
    return code if code in known else ""
