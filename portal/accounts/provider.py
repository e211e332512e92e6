"""A company's own sign-in by OpenID Connect, stricter than allauth's.

allauth finds this module by its name. What it leaves out and stands here: the nonce, the signature, the issuer, that
both answers are about one person, and that nobody but us says what is asked of the other party. No claim is trusted
for an account of ours.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

# Only keys of two halves: with a shared one, whoever knows it could sign in as anybody.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
NEEDED_CLAIMS = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LEEWAY = 60  # seconds: clocks differ
STATE_LENGTH = 32
# What reading an answer ends in that is no answer.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)
KEPT_CLAIMS = ("sub", "name", "email")


def nonce_for(state: str) -> str:
    """What the token must repeat, made of the state, which is kept in the session of who began and is good for once."""
    return salted_hmac("portal.accounts.company", state, algorithm="sha256").hexdigest()


class CompanyConnection(OpenIDConnectOAuth2Adapter):  # type: ignore[misc] # allauth is untyped
    """The conversation with the issuer. Raises OAuth2Error (or what `requests` raises) where anything is not right."""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        issuer = self.get_provider().app.settings["server_url"]
        if config.get("issuer", "").rstrip("/") != issuer.rstrip("/"):
            raise OAuth2Error("the discovery document is of another issuer")
        return config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        path = reverse("company_callback", kwargs={"provider_id": self.provider_id})
        return str(request.build_absolute_uri(path))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        try:
            claims = self.checked_claims(app, kwargs["response"]["id_token"], nonce_for(request.GET["state"]))
            data = {"id_token": {**claims, **self.more_claims(claims, token)}}
            return self.get_provider().sociallogin_from_response(request, data)
        except (jwt.PyJWTError, *UNREADABLE) as error:
            raise OAuth2Error(f"{type(error).__name__}: {error}") from error

    def checked_claims(self, app: Any, id_token: str, nonce: str) -> dict[str, Any]:
        """OpenID Connect Core, section 3.1.3.7."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json())
        claims: dict[str, Any] = jwt.decode(
            id_token,
            keys[jwt.get_unverified_header(id_token)["kid"]].key,
            algorithms=ALGORITHMS,
            audience=app.client_id,
            issuer=self.openid_config["issuer"],
            leeway=LEEWAY,
            options={"require": NEEDED_CLAIMS},
        )
        if not constant_time_compare(str(claims["nonce"]), nonce):
            raise ValueError("the nonce is not ours")
        if claims.get("azp", app.client_id) != app.client_id:
            raise ValueError("the token was made for another party")
        return claims

    def more_claims(self, claims: dict[str, Any], token: Any) -> dict[str, Any]:
        """What the userinfo endpoint tells besides, where there is one (section 5.3.2: of the same person)."""
        if "userinfo_endpoint" not in self.openid_config:
            return {}
        told: dict[str, Any] = self._fetch_user_info(token.token)
        if told["sub"] != claims["sub"]:
            raise ValueError("the two answers are about different people")
        return told


class CompanyProvider(OpenIDConnectProvider):  # type: ignore[misc] # allauth is untyped
    id = "company"
    name = "OpenID Connect"
    oauth2_adapter_class = CompanyConnection

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        url = reverse("company_login", kwargs={"provider_id": self.app.provider_id})
        return f"{url}?{urlencode(kwargs)}" if kwargs else url

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        """Nothing of what is asked of the issuer comes from the visitor's address bar."""
        state = get_random_string(STATE_LENGTH)
        params = {**self.get_auth_params(), "nonce": nonce_for(state)}
        response: HttpResponse = super().redirect(
            request, process, next_url, data, state_id=state, auth_params=params
        )
        return response

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """No more than what an owner recognises the link by."""
        claims = data["id_token"]
        return {name: str(claims[name]) for name in KEPT_CLAIMS if claims.get(name)}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """None: an address is proved here, whatever another party says of it."""
        return []


provider_classes = [CompanyProvider]
