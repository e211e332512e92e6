"""The panel of organisations on the first page of the staff admin."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from portal.organisations import rules
from portal.organisations.filters import UNVERIFIED, WITHOUT_MANAGER
from portal.organisations.models import Organisation

SHOWN = 5


class OrganisationTasksPanel(Component):
    """What staff have to do: give organisations a manager, and look at what members founded."""

    name = "organisation_tasks"
    template_name = "organisations/admin/tasks_panel.html"
    order = 220

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        if not rules.can_verify(parent_context["request"].user):
            return {}
        new = Organisation.objects.standing().filter(origin=Organisation.Origin.MEMBER, verified_at=None)
        alone = Organisation.objects.without_manager(timezone.localdate())
        return {
            "alone": list(alone.order_by("name_key")[:SHOWN]),
            "alone_count": alone.count(),
            "alone_url": _filtered(WITHOUT_MANAGER),
            "new": list(new.order_by("created_at")[:SHOWN]),
            "new_count": new.count(),
            "new_url": _filtered(UNVERIFIED),
        }


def _filtered(standing: str) -> str:
    return f"{reverse('wagtailsnippets_organisations_organisation:list')}?standing={standing}"
