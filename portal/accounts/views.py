"""One's own account, the way out, and what must happen besides when a second step changes."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.logout import logout
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.design.shapes import Link


@never_cache
@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """What one can change about one's account."""
    breadcrumb = [Link(label=settings.SITE_NAME, url="/")]
    return render(request, "account/overview.html", {"robots": "noindex", "breadcrumb": breadcrumb})


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """By POST alone; an image on any page could send a GET."""
    logout(request)
    return HttpResponseRedirect(settings.LOGOUT_REDIRECT_URL)


@never_cache
@require_safe
def staff_sign_in(request: HttpRequest) -> HttpResponse:
    """The staff admin has no door of its own: one door, one set of rules."""
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("wagtailadmin_home")
    return redirect_to_login(target, reverse("account_login"))


class EndsOtherSessions:
    """After a change of the second step, who is signed in elsewhere signs in again."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc] # of the view that this stands before
        end_other_sessions(self.request, self.request.user)
        return response


@method_decorator([never_cache, login_required], name="dispatch")
class ActivateAppView(EndsOtherSessions, ActivateTOTPView):  # type: ignore[misc] # allauth is untyped
    pass


@method_decorator([never_cache, login_required], name="dispatch")
class DeactivateAppView(EndsOtherSessions, DeactivateTOTPView):  # type: ignore[misc] # allauth is untyped
    pass


@method_decorator([never_cache, login_required], name="dispatch")
class AddPasskeyView(EndsOtherSessions, AddWebAuthnView):  # type: ignore[misc] # allauth is untyped
    pass


@method_decorator([never_cache, login_required], name="dispatch")
class RemovePasskeyView(EndsOtherSessions, RemoveWebAuthnView):  # type: ignore[misc] # allauth is untyped
    pass


@method_decorator([never_cache, login_required], name="dispatch")
class NewRecoveryCodesView(EndsOtherSessions, GenerateRecoveryCodesView):  # type: ignore[misc] # allauth is untyped
    pass


activate_totp = ActivateAppView.as_view()
deactivate_totp = DeactivateAppView.as_view()
add_passkey = AddPasskeyView.as_view()
remove_passkey = RemovePasskeyView.as_view()
generate_recovery_codes = NewRecoveryCodesView.as_view()
