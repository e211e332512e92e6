"""Moderators read what others reported: they sign in with a second step."""

from django.utils.translation import gettext_lazy as _

from network.moderation.moderators import moderates_portal
from portal.accounts.roles import Role, register

MODERATOR = register(Role("moderator", _("moderator"), moderates_portal, needs_second_step=True))
