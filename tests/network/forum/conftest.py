from tests.network.conversations.conftest import limits_counted_anew, members
from tests.network.ecosystems.conftest import circle, portal

__all__ = ["circle", "limits_counted_anew", "members", "portal"]
