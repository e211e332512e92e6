"""The staff admin of organisations and of who belongs to them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.organisations.models import Membership, Organisation


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "site"
    list_display = ["name", "kind", "sector", "region"]
    list_filter = ["kind", "size_class"]
    search_fields = ["name", "description", "kvk_number"]
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


class MembershipViewSet(SnippetViewSet):
    model = Membership
    icon = "user"
    list_display = ["user", "organisation", "role", "started_at", "ends_on"]
    list_filter = ["role"]
    copy_view_enabled = False
    panels = [
        FieldRowPanel([FieldPanel("user"), FieldPanel("organisation")]),
        FieldRowPanel([FieldPanel("role"), FieldPanel("ends_on")]),
    ]


class OrganisationViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Organisaties")
    menu_icon = "site"
    menu_order = 310
    items = (OrganisationViewSet, MembershipViewSet)


register_snippet(OrganisationViewSetGroup)
