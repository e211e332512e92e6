"""What happens in an ecosystem: each verb one transaction, refused with a sentence for who asked."""

from network.ecosystems.services.companies import admit_company, end_company
from network.ecosystems.services.founding import (
    Details,
    change_details,
    change_house_rules,
    close_ecosystem,
    found_ecosystem,
)
from network.ecosystems.services.invitations import (
    accept_invitation,
    find_invitation,
    invite_people,
    withdraw_invitation,
)
from network.ecosystems.services.people import (
    accept_rules,
    end_lapsed,
    end_participation,
    set_guest_until,
    set_role,
    take_part,
)
from network.ecosystems.services.refusals import (
    ChangedMeanwhile,
    Closed,
    InvitationGone,
    InvitationUnknown,
    NotAllowed,
    Refused,
    RulesNotAccepted,
    WrongAddress,
)
from network.ecosystems.services.requests import ask_to_join, decide_join_request, withdraw_join_request
from network.ecosystems.services.telling import next_portion, people_to_tell

__all__ = [
    "ChangedMeanwhile",
    "Closed",
    "Details",
    "InvitationGone",
    "InvitationUnknown",
    "NotAllowed",
    "Refused",
    "RulesNotAccepted",
    "WrongAddress",
    "accept_invitation",
    "accept_rules",
    "admit_company",
    "ask_to_join",
    "change_details",
    "change_house_rules",
    "close_ecosystem",
    "decide_join_request",
    "end_company",
    "end_lapsed",
    "end_participation",
    "find_invitation",
    "found_ecosystem",
    "invite_people",
    "next_portion",
    "people_to_tell",
    "set_guest_until",
    "set_role",
    "take_part",
    "withdraw_invitation",
    "withdraw_join_request",
]
