"""What happens in an ecosystem: each verb one transaction, refused with a sentence for who asked."""

from network.ecosystems.services.companies import admit_company, end_company
from network.ecosystems.services.founding import change_house_rules, close_ecosystem, found_ecosystem
from network.ecosystems.services.people import (
    accept_rules,
    end_lapsed,
    end_participation,
    set_role,
    take_part,
)
from network.ecosystems.services.refusals import NotAllowed, Refused

__all__ = [
    "NotAllowed",
    "Refused",
    "accept_rules",
    "admit_company",
    "change_house_rules",
    "close_ecosystem",
    "end_company",
    "end_lapsed",
    "end_participation",
    "found_ecosystem",
    "set_role",
    "take_part",
]
