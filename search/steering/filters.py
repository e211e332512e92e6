"""What the lists of the staff admin can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from search.steering.models import JudgedQuery, OneWaySynonym, PromotedResult, SynonymGroup, WholeWord


def who(request: HttpRequest | None) -> QuerySet[Any]:
    """Whoever changed anything here."""
    changed = Q()
    for model in (SynonymGroup, OneWaySynonym, WholeWord, PromotedResult, JudgedQuery):
        changed |= Q(pk__in=model._default_manager.values("changed_by"))
    return get_user_model()._default_manager.filter(changed)


class ChangedFilterSet(WagtailFilterSet):
    changed_by = django_filters.ModelChoiceFilter(label=_("Gewijzigd door"), queryset=who)


def filter_set(model: type[Model]) -> type[WagtailFilterSet]:
    """Filters by who changed a row, for this model."""
    meta = type("Meta", (), {"model": model, "fields": ["changed_by"]})
    return type(f"{model.__name__}FilterSet", (ChangedFilterSet,), {"Meta": meta})


class PromotedFilterSet(ChangedFilterSet):
    running = django_filters.ChoiceFilter(
        label=_("Looptijd"),
        choices=[("now", _("nu")), ("later", _("straks")), ("past", _("voorbij"))],
        method="by_running",
    )

    class Meta:
        model = PromotedResult
        fields = ["running", "match", "changed_by"]

    def by_running(
        self, queryset: QuerySet[PromotedResult], name: str, value: str
    ) -> QuerySet[PromotedResult]:
        today = timezone.localdate()
        if value == "later":
            return queryset.filter(starts_on__gt=today)
        if value == "past":
            return queryset.filter(ends_on__lt=today)
        return queryset.exclude(starts_on__gt=today).exclude(ends_on__lt=today)
