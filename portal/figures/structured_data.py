"""A figure as schema.org's Dataset."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal.figures.downloads import TYPES
from portal.figures.models import FigurePage
from portal.figures.shapes import CSV_NAME, XLSX_NAME, file_url, unit_text


def dataset(page: FigurePage) -> dict[str, Any]:
    source = ", ".join(str(part) for part in (page.source.publisher, page.source.title) if part)
    found: dict[str, Any] = {
        "@type": "Dataset",
        "name": page.title,
        "description": " ".join((page.summary, page.measure + ".", _("Let op:"), page.caveat)),
        "url": f"{settings.BASE_URL}{page.own_url}",
        "inLanguage": "nl",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": page.source.publisher or page.source.short_name},
        "isBasedOn": page.source.url or source,
        "measurementTechnique": page.get_established_display(),
        "variableMeasured": {
            "@type": "PropertyValue",
            "name": page.measure,
            "unitText": unit_text(page.unit),
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{settings.BASE_URL}{file_url(page, name)}",
                "encodingFormat": TYPES[name].split(";")[0],
            }
            for name in (CSV_NAME, XLSX_NAME)
        ],
    }
    if page.last_published_at:
        found["dateModified"] = page.last_published_at.isoformat()
    if page.period_start and page.period_end:
        found["temporalCoverage"] = f"{page.period_start}/{page.period_end}"
    elif page.period_start or page.period_end:
        found["temporalCoverage"] = str(page.period_start or page.period_end)
    return found
