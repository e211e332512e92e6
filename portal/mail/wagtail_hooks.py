"""The report "Mail die niet aankwam" of the staff admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.mail import screens


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


@hooks.register("register_permissions")  # type: ignore[untyped-decorator]
def mail_permissions() -> object:
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(
        content_type__app_label="mail", codename__in=["view_mail", "change_mail"]
    )
