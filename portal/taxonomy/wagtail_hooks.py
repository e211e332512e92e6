"""The staff admin of the reference lists.

Themes and goals are wording, so editors change them. Sectors, regions and size classes are facts that are loaded: they
are shown, and not changed here.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.taxonomy.models import Goal, Municipality, Region, Sector, SizeClass, Theme


class LoadedListPolicy(ModelPermissionPolicy):
    """Looking is as Django's permissions say; changing is for `load_reference` alone, administrators included."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Any) -> Any:
        return super().users_with_any_permission([action for action in actions if action == "view"])


for loaded in (Sector, Region, SizeClass, Municipality):
    register_permission_policy(loaded, LoadedListPolicy(loaded))


class TermViewSet(SnippetViewSet):
    list_display = ["name", "description", "sort_order"]
    search_fields = ["name", "description"]
    ordering = ["sort_order", "name"]
    copy_view_enabled = False
    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("description")], heading=_("Wat de lezer ziet")),
        FieldPanel("search_words"),
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("sort_order")],
            heading=_("Adres en volgorde"),
            help_text=_(
                "Het deel van het adres staat in links en in inhoudsbestanden. Verander het liever niet."
            ),
        ),
    ]


class ThemeViewSet(TermViewSet):
    model = Theme
    icon = "tag"


class GoalViewSet(TermViewSet):
    model = Goal
    icon = "pick"


class LoadedViewSet(SnippetViewSet):
    copy_view_enabled = False
    inspect_view_enabled = True


class SectorViewSet(LoadedViewSet):
    model = Sector
    icon = "cogs"
    list_display = ["code", "name", "level"]
    list_filter = ["level"]
    search_fields = ["code", "name"]


class RegionViewSet(LoadedViewSet):
    model = Region
    icon = "globe"
    list_display = ["code", "name", "kind"]
    list_filter = ["kind"]
    search_fields = ["code", "name"]


class SizeClassViewSet(LoadedViewSet):
    model = SizeClass
    icon = "group"
    list_display = ["name", "minimum", "maximum"]


class TaxonomyViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Indelingen")
    menu_icon = "list-ul"
    menu_order = 330
    items = (ThemeViewSet, GoalViewSet, SectorViewSet, RegionViewSet, SizeClassViewSet)


register_snippet(TaxonomyViewSetGroup)
