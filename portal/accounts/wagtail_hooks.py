"""The staff admin about people: one name and no portrait on one's own page, and help for who lost a telephone."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.account import AvatarSettingsPanel, NameEmailSettingsPanel
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from portal.accounts import screens
from portal.accounts.forms.staff import OwnNameForm
from portal.accounts.models import User
from portal.accounts.services import SECOND_STEPS_REMOVED


def never(panel: AvatarSettingsPanel) -> bool:
    return False


# Wagtail lists its own panels in code and offers no hook to leave one out. Nobody needs a portrait, so it isn't kept.
NameEmailSettingsPanel.form_class = OwnNameForm
AvatarSettingsPanel.is_active = never


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def second_step_urls() -> list[URLPattern]:
    return [path("mensen/<int:pk>/tweede-stap/", screens.second_steps, name="accounts_second_steps")]


@hooks.register("register_user_listing_buttons")  # type: ignore[untyped-decorator]
def second_step_button(user: User, request_user: User) -> Iterator[Button]:
    if request_user.is_superuser:
        url = reverse("accounts_second_steps", args=[user.pk])
        yield Button(_("Tweede stap weghalen"), url, icon_name="mobile-alt", priority=50)


@hooks.register("register_log_actions")  # type: ignore[untyped-decorator]
def account_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(SECOND_STEPS_REMOVED, _("Tweede stap weghalen"), _("Tweede stap weggehaald"))
