"""Who makes an account agrees to the rules of the portal."""

from __future__ import annotations

from portal.accounts.agreements import Agreement, register
from portal.privacy.forms import terms_field
from portal.privacy.services import accept_terms, withdraw_terms

register(Agreement(name="terms", field=terms_field, accept=accept_terms, withdraw=withdraw_terms))
