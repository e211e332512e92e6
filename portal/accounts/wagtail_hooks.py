"""The page "Account" of a staff member: one name, and no portrait (nobody needs it, so it isn't kept)."""

from __future__ import annotations

from wagtail.admin.views.account import AvatarSettingsPanel, NameEmailSettingsPanel

from portal.accounts.forms.staff import OwnNameForm


def never(panel: AvatarSettingsPanel) -> bool:
    return False


# Wagtail lists its own panels in code and offers no hook to leave one out.
NameEmailSettingsPanel.form_class = OwnNameForm
AvatarSettingsPanel.is_active = never
