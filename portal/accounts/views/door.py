"""At the door: signing in with a password, making an account, and codes by mail."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage, LoginStageController
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from portal.accounts.rules import enters_staff_admin
from portal.accounts.services import end_sessions, take_possession
from portal.accounts.tries import take_try, use_up
from portal.accounts.views.company import company_doors


class SignInView(allauth_views.LoginView):  # type: ignore[misc] # allauth is untyped
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "company_doors": company_doors(self.request)}

    def get_authenticated_redirect_url(self) -> str:
        """Wagtail sends who may not enter its admin here; back there he would come here again, for ever."""
        url: str = super().get_authenticated_redirect_url()
        to_staff_admin = urlsplit(url).path.startswith(settings.STAFF_ADMIN_PREFIX)
        return reverse(settings.LOGIN_REDIRECT_URL) if to_staff_admin and not self.may_enter() else url

    def may_enter(self) -> bool:
        return enters_staff_admin(self.request.user)


class NewAccountView(allauth_views.SignupView):  # type: ignore[misc] # allauth is untyped
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "company_doors": company_doors(self.request)}


class CountsTries:
    """A code may be tried three times and used once, also by many requests at the same moment."""

    request: HttpRequest
    _process: Any
    begin_anew = "account_login"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_try() and not take_try(request, self._process):
            return self.give_up()
        response: HttpResponseBase = super().post(request, *args, **kwargs)  # type: ignore[misc] # of a view
        return response

    def form_valid(self, form: Any) -> HttpResponseBase:
        if self.is_try() and not use_up(self.request, self._process):
            return self.give_up()
        response: HttpResponseBase = super().form_valid(form)  # type: ignore[misc] # of a view
        return response

    def is_try(self) -> bool:
        return getattr(self, "_action", "verify") == "verify"

    def give_up(self) -> HttpResponseBase:
        self._process.abort()
        words = get_adapter().error_messages["too_many_login_attempts"]
        get_adapter().add_message(self.request, messages.ERROR, message=words)
        return HttpResponseRedirect(reverse(self.begin_anew))


class LoginCodeView(CountsTries, allauth_views.ConfirmLoginCodeView):  # type: ignore[misc] # allauth is untyped
    begin_anew = "account_request_login_code"

    def _verify_form_valid(self, form: Any) -> HttpResponseBase:
        take_possession(self._process.user, email=self._process.state["email"])
        response: HttpResponseBase = super()._verify_form_valid(form)
        return response


class AddressCodeView(CountsTries, allauth_views.ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    """The code that proves an address: of a new account, or of a change."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_anonymous and not self.is_open(request):
            return HttpResponseRedirect(reverse("account_login"))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def is_open(self, request: HttpRequest) -> bool:
        """In the middle of a sign-in, for an account whose address nobody proved meanwhile in another way.

        Who began an account with somebody else's address still has this page open when its owner comes.
        """
        stage = LoginStageController.enter(request, EmailVerificationStage.key)
        process = EmailVerificationProcess.resume(request)
        if stage is None or process is None:
            return False
        if process.user and EmailAddress.objects.filter(user_id=process.user.pk, verified=True).exists():
            process.abort()
            return False
        return True


class ForgottenCodeView(CountsTries, allauth_views.ConfirmPasswordResetCodeView):  # type: ignore[misc]
    begin_anew = "account_reset_password"

    def form_valid(self, form: Any) -> HttpResponseBase:
        take_possession(self._process.user, email=self._process.state["email"])
        return super().form_valid(form)


class NewPasswordView(allauth_views.CompletePasswordResetView):  # type: ignore[misc] # allauth is untyped
    def form_valid(self, form: Any) -> Any:
        response = super().form_valid(form)
        end_sessions(form.user)
        return response


sign_in = SignInView.as_view()
new_account = NewAccountView.as_view()
request_code = allauth_views.request_login_code
login_code = LoginCodeView.as_view()
address_code = AddressCodeView.as_view()
forgotten = allauth_views.password_reset
forgotten_code = ForgottenCodeView.as_view()
new_password = NewPasswordView.as_view()
new_password_done = allauth_views.password_reset_from_key_done
closed = allauth_views.account_inactive
