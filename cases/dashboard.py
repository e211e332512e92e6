"""Panel on the first page of the staff admin: how sure the live cases are."""

from __future__ import annotations

from collections import Counter
from typing import Any

from wagtail.admin.ui.components import Component

from cases.evidence import levels_of
from cases.exporting import evidence_word
from cases.models import CasePage
from portal.evidence.ladder import EvidenceLevel


class EvidencePanel(Component):
    """Live cases on each step of the evidence ladder."""

    name = "cases_by_evidence"
    template_name = "cases/admin/evidence_panel.html"
    order = 240

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        cases = list(CasePage.objects.live().with_figures().prefetch_related("citations"))
        counts = Counter(levels_of(cases).values())
        rows = [(evidence_word(level), counts[level]) for level in EvidenceLevel]
        return {"rows": rows, "total": sum(counts.values())}
