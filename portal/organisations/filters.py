"""What the lists of the staff admin can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from portal.organisations.models import Organisation

UNVERIFIED, WITHOUT_MANAGER, MERGED, DOMAINS = "unverified", "without-manager", "merged", "domains"


class OrganisationFilterSet(WagtailFilterSet):
    standing = django_filters.ChoiceFilter(
        label=_("Wat er speelt"),
        choices=[
            (UNVERIFIED, _("door een lid gemaakt, nog te controleren")),
            (WITHOUT_MANAGER, _("zonder beheerder")),
            (DOMAINS, _("domein te bevestigen")),
            (MERGED, _("opgegaan in een andere")),
        ],
        method="by_standing",
    )

    class Meta:
        model = Organisation
        fields = ["standing", "kind", "size_class"]

    def by_standing(self, queryset: Any, name: str, value: str) -> Any:
        if value == UNVERIFIED:
            return queryset.standing().filter(origin=Organisation.Origin.MEMBER, verified_at=None)
        if value == WITHOUT_MANAGER:
            return queryset.without_manager(timezone.localdate())
        if value == DOMAINS:
            waiting = Organisation.objects.filter(domains__confirmed_at=None, domains__isnull=False)
            return queryset.standing().filter(pk__in=waiting.values("pk"))
        return queryset.merged()
