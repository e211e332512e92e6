"""The report "Mail die niet aankwam" of the staff admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import ModelLogEntry

from portal.mail import screens
from portal.mail.models import Mail


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def mail_urls() -> list[URLPattern]:
    return [
        path("rapporten/mail/", screens.troubles, name="mail_troubles"),
        path("rapporten/mail/<int:pk>/", screens.decide, name="mail_decide"),
    ]


class MailMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(screens.SEE))


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def mail_menu_item() -> MenuItem:
    return MailMenuItem(
        _("Mail die niet aankwam"), reverse("mail_troubles"), name="mail", icon_name="mail", order=960
    )


@hooks.register("register_log_actions")  # type: ignore[untyped-decorator]
def mail_log_actions(actions: LogActionRegistry) -> None:
    actions.register_model(Mail, ModelLogEntry)
    actions.register_action(screens.SENT_AGAIN, _("Stuur opnieuw"), _("Opnieuw verstuurd"))
    actions.register_action(screens.LEFT, _("Laat zo"), _("Zo gelaten"))


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def mail_permissions() -> object:
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(
        content_type__app_label="mail", codename__in=["view_mail", "change_mail"]
    )
