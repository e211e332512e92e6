"""Erasing on request, by staff: in the list of users, and instead of Wagtail's own removal, which knows no rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.privacy.forms import StaffErasureForm
from portal.privacy.services import ask_erasure_now
from portal.privacy.shapes import told_before_erasure

ERASE = "accounts.delete_user"
ASKED = "privacy.erasure_on_request"  # in Wagtail's log, with who and why


@permission_required(ERASE, raise_exception=True)
def erase_on_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody asked staff to erase their account, and can't or won't do it themself. The worker does it at once."""
    user = get_object_or_404(User, pk=pk)
    if not may_erase(request.user, user):
        raise PermissionDenied
    form = StaffErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        log(user, ASKED, user=request.user, data={"reason": form.cleaned_data["reason"]})
        ask_erasure_now(user, texts_go=form.texts_go)
        messages.success(request, _("Het account wordt gewist. Dat duurt hoogstens een paar minuten."))
        return redirect("wagtailusers_users:index")
    context = {
        "page_title": _("Wis een account op verzoek"),
        "header_title": _("Wis een account op verzoek"),
        "header_icon": "bin",
        "person": user,
        "form": form,
        "told": told_before_erasure(user),
        "is_self": user.pk == request.user.pk,
    }
    return TemplateResponse(request, "privacy/admin/erase.html", context)


def may_erase(by: Any, user: User) -> bool:
    """Of who may do everything only an equal ends the account, as Wagtail has it too."""
    return bool(by.has_perm(ERASE)) and (by.is_superuser or not user.is_superuser)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("privacy/wissen/<int:pk>/", erase_on_request, name="privacy_erase_on_request")]


@hooks.register("register_user_listing_buttons")
def erase_button(user: User, request_user: Any = None, **_more: Any) -> Iterator[Button]:
    if request_user is not None and may_erase(request_user, user):
        yield Button(
            gettext_lazy("Wis op verzoek"),
            url=reverse("privacy_erase_on_request", args=[user.pk]),
            icon_name="bin",
            priority=30,
        )


@hooks.register("before_delete_user")
def by_the_rules(request: HttpRequest, user: User) -> HttpResponse:
    """What Wagtail would do leaves a name in every text."""
    return HttpResponseRedirect(reverse("privacy_erase_on_request", args=[user.pk]))


@hooks.register("before_bulk_action")
def one_by_one(
    request: HttpRequest, action_type: str, objects: Any, action_class_instance: Any
) -> HttpResponse | None:
    """Of each is said why, and what becomes of their texts."""
    if action_type != "delete" or not any(isinstance(each, User) for each in objects):
        return None
    messages.error(request, _("Wis accounts een voor een, met ‘Wis op verzoek’."))
    return redirect("wagtailusers_users:index")


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        ASKED, gettext_lazy("Account laten wissen"), gettext_lazy("Liet het account wissen")
    )
