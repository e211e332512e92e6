"""The staff admin of moderation: the texts that moderators begin with. Cases are pages of the portal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from network.moderation.models import ReasonTemplate


class ReasonTemplateViewSet(SnippetViewSet):
    model = ReasonTemplate
    icon = "comment"
    menu_label = _("Redenen bij moderatie")
    menu_order = 330
    add_to_admin_menu = True
    list_display = ["title", "ground", "rule", "is_active"]
    list_filter = ["ground", "is_active"]
    search_fields = ["title", "rule", "reason"]
    copy_view_enabled = False
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("ground"), FieldPanel("rule")]),
        FieldPanel("reason"),
        FieldPanel("is_active"),
    ]


register_snippet(ReasonTemplateViewSet)
