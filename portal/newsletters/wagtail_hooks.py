"""The newsletter in the staff admin: writing an edition, and the screen from which it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import widgets
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import DateColumn
from wagtail.log_actions import LogActionRegistry
from wagtail.models import ModelLogEntry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from portal.newsletters import screens
from portal.newsletters.models import Edition
from portal.taxonomy.models import Sector


class EditionForm(WagtailAdminModelForm):  # type: ignore[misc] # Wagtail is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sectors = self.fields.get("sectors")
        if isinstance(sectors, forms.ModelMultipleChoiceField):
            sectors.queryset = Sector.objects.filter(level=Sector.Level.SECTION)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        # What readers have in their mailbox doesn't change in the archive; asked anew, since it may go out meanwhile.
        if self.instance.pk and not Edition.objects.filter(pk=self.instance.pk, state="draft").exists():
            raise ValidationError(_("Deze nieuwsbrief is al verstuurd. Je kunt hem niet meer wijzigen."))
        return cleaned


class EditionCreateView(CreateView):  # type: ignore[misc] # Wagtail is untyped
    def save_instance(self) -> Edition:
        self.form.instance.created_by = self.request.user
        edition: Edition = super().save_instance()
        return edition


class EditionViewSet(SnippetViewSet):  # type: ignore[misc] # Wagtail is untyped
    model = Edition
    icon = "mail"
    menu_label = _("Nieuwsbrief")
    menu_order = 340
    add_to_admin_menu = True
    add_view_class = EditionCreateView
    copy_view_enabled = False
    list_display = ["subject", "get_state_display", DateColumn("sent_at", label=_("Verstuurd"))]
    list_filter = ["state"]
    search_fields = ["subject"]

    def get_edit_handler(self) -> Any:
        targeting = _("Voor wie (niets gekozen: voor iedereen die hem wil)")
        panels = [
            HelpPanel(template="newsletters/admin/ways.html", heading=_("Verstuur")),
            FieldPanel("subject"),
            FieldPanel("introduction"),
            FieldPanel("body"),
            MultiFieldPanel(
                [
                    FieldPanel("themes", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("sectors", widget=forms.CheckboxSelectMultiple),
                ],
                heading=targeting,
            ),
        ]
        return ObjectList(panels, base_form_class=EditionForm).bind_to_model(self.model)


register_snippet(EditionViewSet)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def newsletter_urls() -> list[URLPattern]:
    return [
        path("nieuwsbrief/<int:pk>/versturen/", screens.sending, name="newsletters_sending"),
        path("nieuwsbrief/<int:pk>/proef/", screens.test, name="newsletters_test"),
        re_path(
            r"^nieuwsbrief/(?P<pk>[0-9]+)/(?P<form>mail|tekst)/$", screens.preview, name="newsletters_preview"
        ),
    ]


@hooks.register("register_snippet_listing_buttons")  # type: ignore[untyped-decorator]
def sending_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Any]:
    if isinstance(snippet, Edition) and user.has_perm(screens.SEND):
        url = reverse("newsletters_sending", args=[snippet.pk])
        yield widgets.ListingButton(_("Bekijk en verstuur"), url, icon_name="mail", priority=5)


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def newsletter_permissions() -> object:
    return Permission.objects.filter(content_type__app_label="newsletters", codename="send_edition")


@hooks.register("register_log_actions")  # type: ignore[untyped-decorator]
def newsletter_log_actions(actions: LogActionRegistry) -> None:
    actions.register_model(Edition, ModelLogEntry)
    actions.register_action(screens.SENT, _("Verstuur"), _("Verstuurd"))
