"""The staff admin of organisations and of who belongs to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from portal.organisations import rules, screens
from portal.organisations.dashboard import OrganisationTasksPanel
from portal.organisations.filters import OrganisationFilterSet
from portal.organisations.models import Membership, Organisation, OrganisationEvent
from portal.organisations.services.standing import record
from portal.text import cell_text

Kind = OrganisationEvent.Kind


class SafeExportIndexView(IndexView):
    """A list whose export holds no formula: members name their organisations themselves."""

    custom_value_preprocess = {
        **IndexView.custom_value_preprocess,
        str: {"csv": cell_text, "xlsx": cell_text},
    }


class StandingOnly:
    """What went into another organisation isn't chosen any more."""

    def get_object_list(self) -> Any:
        return super().get_object_list().standing()  # type: ignore[misc] # of the view that this stands before


class StandingChooseView(StandingOnly, ChooseView):
    pass


class StandingChooseResultsView(StandingOnly, ChooseResultsView):
    pass


class OrganisationChooserViewSet(SnippetChooserViewSet):
    choose_view_class = StandingChooseView
    choose_results_view_class = StandingChooseResultsView


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "site"
    list_display = [
        "name",
        "kind",
        "sector",
        "region",
        "origin",
        BooleanColumn("verified_at", label=_("Gecontroleerd")),
    ]
    filterset_class = OrganisationFilterSet
    search_fields = ["name", "description", "kvk_number"]
    index_view_class = SafeExportIndexView
    chooser_viewset_class = OrganisationChooserViewSet
    list_export = [
        "name", "slug", "kind", "kvk_number", "sector", "size_class", "region", "website", "parent", "merged_into",
        "origin", "created_at", "verified_at",
    ]  # fmt: skip
    export_filename = "organisaties"
    copy_view_enabled = False
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("slug"),
                FieldPanel("kind"),
                FieldPanel("description"),
                FieldRowPanel([FieldPanel("website"), FieldPanel("kvk_number")]),
            ],
            heading=_("Wie het is"),
        ),
        MultiFieldPanel(
            [FieldPanel("sector"), FieldRowPanel([FieldPanel("size_class"), FieldPanel("region")])],
            heading=_("Waar het bij hoort"),
            help_text=_("Laat leeg wat je niet zeker weet."),
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Organisation.objects.select_related("sector", "region", "size_class", "parent", "merged_into")


class LoggedCreateView(CreateView):
    def save_instance(self) -> Any:
        member = super().save_instance()
        record(
            member.organisation,
            Kind.JOINED,
            actor=self.request.user,
            subject=member.user,
            text=str(member.get_role_display()),
        )
        return member


class LoggedEditView(EditView):
    def save_instance(self) -> Any:
        member = super().save_instance()
        if {"role", "ends_on", "is_contact"} & set(self.form.changed_data):
            text = str(member.get_role_display())
            record(
                member.organisation,
                Kind.ROLE_CHANGED,
                actor=self.request.user,
                subject=member.user,
                text=text,
            )
        return member


class LoggedDeleteView(DeleteView):
    def delete_action(self) -> None:
        record(self.object.organisation, Kind.REMOVED, actor=self.request.user, subject=self.object.user)
        super().delete_action()


class MembershipViewSet(SnippetViewSet):
    """By hand, for administrators; what they do stands in the log of the organisation."""

    model = Membership
    icon = "user"
    list_display = ["user", "organisation", "role", BooleanColumn("is_contact"), "started_at", "ends_on"]
    list_filter = ["role", "is_contact"]
    index_view_class = SafeExportIndexView
    add_view_class = LoggedCreateView
    edit_view_class = LoggedEditView
    delete_view_class = LoggedDeleteView
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("user"), FieldPanel("organisation")]),
        FieldRowPanel([FieldPanel("role"), FieldPanel("ends_on")]),
        FieldPanel("is_contact"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Membership.objects.select_related("user", "organisation")


class OrganisationViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Organisaties")
    menu_icon = "site"
    menu_order = 310
    items = (OrganisationViewSet, MembershipViewSet)


register_snippet(OrganisationViewSetGroup)


@hooks.register("register_admin_urls")
def organisation_urls() -> list[URLPattern]:
    return [
        path(
            "organisaties/<int:organisation_id>/", screens.organisation_standing, name="organisation_standing"
        ),
        path(
            "organisaties/<int:organisation_id>/samenvoegen/",
            screens.organisation_merge,
            name="organisation_merge",
        ),
    ]


@hooks.register("register_snippet_listing_buttons")
def standing_button(snippet: Model, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Organisation) and rules.can_verify(user):
        url = reverse("organisation_standing", args=[snippet.pk])
        yield Button(_("Controle, beheerders en logboek"), url=url, icon_name="clipboard-list", priority=15)


@hooks.register("construct_homepage_panels")
def tasks_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(OrganisationTasksPanel())
