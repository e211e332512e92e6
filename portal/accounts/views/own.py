"""One's own account: what there is to change, address, password, where one is signed in, and the way out."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.email_verification_by_code import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
    EmailVerificationProcess,
)
from allauth.account.internal.flows.logout import logout
from allauth.account.views import EmailView, PasswordChangeView, PasswordSetView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.own_pages import Place, sections_of
from portal.accounts.rules import enters_staff_admin
from portal.accounts.sessions import open_sessions
from portal.accounts.shown import overview_items
from portal.accounts.signed_in import user_of
from portal.accounts.views.company import company_doors
from portal.accounts.views.proof import end_other_sessions, fresh_sign_in_required, proof_required, safe_next


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """What one can change about one's account, and how it stands."""
    user = user_of(request)
    items = overview_items(
        user,
        sessions=max(1, len(open_sessions(user, request.session.session_key))),
        has_company_doors=bool(company_doors(request)),
    )
    context = {
        "items": items,
        "sections": sections_of(user, Place.ACCOUNT),
        "works_in_staff_admin": enters_staff_admin(user),
    }
    return render(request, "account/overview.html", context)


def sign_out(request: HttpRequest) -> HttpResponse:
    """By POST alone; an image on any page could send a GET. Also the way out of a sign-in that is halfway."""
    target = safe_next(request)
    logout(request)
    request.session.pop(EMAIL_VERIFICATION_CODE_SESSION_KEY, None)
    return HttpResponseRedirect(target or settings.LOGOUT_REDIRECT_URL)


def staff_sign_in(request: HttpRequest) -> HttpResponse:
    """The staff admin has no door of its own: one door, one set of rules."""
    return redirect_to_login(safe_next(request) or reverse("wagtailadmin_home"), reverse("account_login"))


@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; the form ends all but this one."""
    user = user_of(request)
    if request.method == "POST":
        end_other_sessions(request)
        messages.success(request, _("Je bent overal uitgelogd, behalve hier."))
        return HttpResponseRedirect(reverse("usersessions_list"))
    lines = open_sessions(user, request.session.session_key)
    return render(
        request,
        "accounts/sessions.html",
        {"sessions": lines, "others": any(not line.is_current for line in lines)},
    )


class OwnAddressView(EmailView):  # type: ignore[misc] # allauth is untyped
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """One address: there is nothing to do but to change it."""
        return super(EmailView, self).post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        pending = EmailVerificationProcess.resume(self.request)
        return {**context, "pending_address": pending.email if pending else ""}


class OwnPasswordView(PasswordChangeView):  # type: ignore[misc] # allauth is untyped
    def form_valid(self, form: Any) -> Any:
        response = super().form_valid(form)
        end_other_sessions(self.request)
        return response


class FirstPasswordView(PasswordSetView):  # type: ignore[misc] # allauth is untyped
    def form_valid(self, form: Any) -> Any:
        response = super().form_valid(form)
        end_other_sessions(self.request)
        return response


address = fresh_sign_in_required(OwnAddressView.as_view())
password = OwnPasswordView.as_view()
# allauth asks who has a second step but no password for nothing here.
first_password = login_required(proof_required(fresh_sign_in_required(FirstPasswordView.as_view())))
