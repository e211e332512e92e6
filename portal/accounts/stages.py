"""Halfway a sign-in: what was true when it began must still be true when it ends."""

from __future__ import annotations

from typing import Any

from allauth.mfa.stages import AuthenticateStage

BEGUN_AS = "begun_as"


class SecondStepStage(AuthenticateStage):  # type: ignore[misc] # allauth is untyped
    """Remembers which generation of the account passed the first step."""

    def handle(self) -> tuple[Any, bool]:
        if self.login.user is not None:
            self.state[BEGUN_AS] = self.login.user.get_session_auth_hash()
        response: tuple[Any, bool] = super().handle()
        return response

    def is_of_now(self) -> bool:
        """False where the password was changed, or all were signed out, since the first step."""
        return bool(self.state.get(BEGUN_AS) == self.login.user.get_session_auth_hash())
