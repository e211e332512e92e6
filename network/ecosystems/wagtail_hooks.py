"""The staff admin of ecosystems: which there are, and founding one for an organisation."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from network.ecosystems import services
from network.ecosystems.models import Ecosystem
from portal.text import cell_text


class SafeExportIndexView(IndexView):
    """A list whose export holds no formula: members name their working groups themselves."""

    custom_value_preprocess = {
        **IndexView.custom_value_preprocess,
        str: {"csv": cell_text, "xlsx": cell_text},
    }


class FoundView(CreateView):
    """Founding as managers found a working group: through the service."""

    def is_valid(self, form: Any) -> bool:
        if form.is_valid():
            try:
                self.founded = services.found_ecosystem(by=self.request.user, **form.cleaned_data)
            except services.Refused as refused:
                form.add_error(None, str(refused))
        return bool(super().is_valid(form))

    def save_instance(self) -> Any:
        return self.founded


class NeverDeleted(ModelPermissionPolicy):  # type: ignore[misc] # Wagtail is untyped
    """An ecosystem is closed by who manages it; what people said there isn't thrown away from here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))


class EcosystemViewSet(SnippetViewSet):
    """What is said in them isn't here: that is for who takes part."""

    model = Ecosystem
    icon = "group"
    menu_label = _("Ecosystemen")
    menu_order = 320
    add_to_admin_menu = True
    list_display = [
        "name",
        "organisation",
        "parent",
        "visibility",
        "joining",
        Column("company_count", label=_("Bedrijven")),
        BooleanColumn("closed_at", label=_("Gesloten")),
    ]
    list_filter = ["visibility", "joining", "organisation"]
    search_fields = ["name", "summary"]
    list_export = [
        "name",
        "slug",
        "organisation",
        "parent",
        "visibility",
        "joining",
        "created_at",
        "closed_at",
    ]
    export_filename = "ecosystemen"
    index_view_class = SafeExportIndexView
    add_view_class = FoundView
    copy_view_enabled = False
    panels = [
        MultiFieldPanel(
            [FieldPanel("organisation"), FieldPanel("name"), FieldPanel("summary"), FieldPanel("about")],
            heading=_("Wat het is"),
        ),
        FieldRowPanel([FieldPanel("visibility"), FieldPanel("joining")]),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        belonging = Count("companies", filter=Q(companies__ended_at=None))
        return Ecosystem.objects.select_related("organisation", "parent").annotate(company_count=belonging)


register_permission_policy(Ecosystem, NeverDeleted(Ecosystem))
register_snippet(EcosystemViewSet)
