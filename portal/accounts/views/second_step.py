"""The second step: asked at sign-in, and set up, used as proof and removed in one's own account."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from portal.accounts.adapters import SecondStepAdapter
from portal.accounts.models import User
from portal.accounts.qr import qr_svg
from portal.accounts.roles import needs_second_step
from portal.accounts.rules import can_lose, enters_staff_admin, has_second_step
from portal.accounts.shown import second_step_tasks
from portal.accounts.signed_in import user_of
from portal.accounts.stages import SecondStepStage
from portal.accounts.totp import use_code
from portal.accounts.views.proof import end_other_sessions, fresh_sign_in_required
from portal.mail.letters import as_plain_text

at_second_step = login_stage_required(stage=SecondStepStage.key, redirect_urlname="account_login")


@method_decorator(at_second_step, name="dispatch")
class SecondStepView(base.AuthenticateView):  # type: ignore[misc] # allauth is untyped
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        stage: SecondStepStage = request._login_stage  # type: ignore[attr-defined] # set by the decorator
        if not stage.is_of_now():
            return stage.abort()
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        passkeys = Authenticator.objects.filter(user=self.stage.login.user, type=Authenticator.Type.WEBAUTHN)
        return {**super().get_context_data(**kwargs), "has_passkey": passkeys.exists()}


class EndsOtherSessions:
    """After a change of the second step, who is signed in elsewhere signs in again."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc] # of the view that this stands before
        end_other_sessions(self.request)
        return response


class KeepsTheLast:
    """Two requests at once don't remove the last two second steps of who needs one."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        User.objects.select_for_update().get(pk=request.user.pk or 0)
        response: HttpResponseBase = super().post(request, *args, **kwargs)  # type: ignore[misc] # of a view
        return response

    def form_valid(self, form: Any) -> HttpResponseBase:
        authenticator = self.get_object()  # type: ignore[attr-defined] # of a view of one thing
        if not can_lose(authenticator):
            words = SecondStepAdapter.error_messages["cannot_delete_authenticator"]
            messages.error(self.request, words)  # type: ignore[attr-defined] # of a view
            return HttpResponseRedirect(reverse("mfa_index"))
        response: HttpResponseBase = super().form_valid(form)  # type: ignore[misc] # of a view
        return response


class ActivateAppView(EndsOtherSessions, ActivateTOTPView):  # type: ignore[misc] # allauth is untyped
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        # The code that set it up has been used; it doesn't sign in as well.
        made = Authenticator.objects.get(user_id=self.request.user.pk, type=Authenticator.Type.TOTP)
        use_code(made, form.cleaned_data["code"])
        return response


class DeactivateAppView(KeepsTheLast, EndsOtherSessions, DeactivateTOTPView):  # type: ignore[misc]
    def get_object(self) -> Authenticator:
        authenticator: Authenticator = self.authenticator
        return authenticator

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "can_remove": can_lose(self.authenticator)}


class NewRecoveryCodesView(EndsOtherSessions, GenerateRecoveryCodesView):  # type: ignore[misc] # allauth is untyped
    pass


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """What there is of second steps, and what can be added."""
    user = user_of(request)
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    context = {
        "tasks": second_step_tasks(user),
        "unseen_codes": codes is not None and not codes.wrap().did_view,
        "is_on": has_second_step(user),
        "is_needed": settings.MFA_REQUIRED and (needs_second_step(user) or enters_staff_admin(user)),
    }
    return render(request, "mfa/index.html", context)


@login_required
def app_qr(request: HttpRequest) -> HttpResponse:
    """The secret that is being set up, for a telephone to read; at its own address, since no page may hold `data:`."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = SecondStepAdapter()
    return HttpResponse(qr_svg(adapter.build_totp_url(request.user, secret)), content_type="image/svg+xml")


@login_required
@reauthentication_required(app="allauth.mfa")  # type: ignore[misc] # allauth is untyped
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes, until their owner says that they are kept; from then on only how many are left."""
    codes = own_codes(request)
    if request.method == "POST":
        codes.wrap().mark_as_viewed()
        messages.success(request, _("Mooi. Je noodcodes zijn nu alleen nog bij jou."))
        return HttpResponseRedirect(reverse("mfa_index"))
    shown = [] if codes.wrap().did_view else codes.wrap().get_unused_codes()
    context = {"codes": shown, "left": len(codes.wrap().get_unused_codes())}
    return render(request, "mfa/recovery_codes/index.html", context)


@login_required
@reauthentication_required(app="allauth.mfa")  # type: ignore[misc] # allauth is untyped
def recovery_codes_file(request: HttpRequest) -> HttpResponse:
    """The codes as a text file, as long as they are shown."""
    codes = own_codes(request)
    if codes.wrap().did_view:
        raise Http404
    context = {"codes": codes.wrap().get_unused_codes()}
    text = as_plain_text("mfa/recovery_codes/download.txt", context)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="noodcodes-slimmer-werken.txt"'
    return response


def own_codes(request: HttpRequest) -> Authenticator:
    mine = Authenticator.objects.filter(user_id=request.user.pk)
    return get_object_or_404(mine, type=Authenticator.Type.RECOVERY_CODES)


authenticate = SecondStepView.as_view()
prove = base.reauthenticate
activate_app = login_required(fresh_sign_in_required(ActivateAppView.as_view()))
deactivate_app = login_required(DeactivateAppView.as_view())
new_recovery_codes = login_required(fresh_sign_in_required(NewRecoveryCodesView.as_view()))
