"""What happens to organisations and to who belongs to them: one verb a function, all of it or nothing."""

from portal.joining.services import Invited, refuse_other_address
from portal.organisations.services.domains import confirm_domain, propose_domain, remove_domain
from portal.organisations.services.founding import (
    Details,
    change_details,
    found_organisation,
    free_slug,
    set_holding,
    verify_organisation,
    withdraw_verification,
)
from portal.organisations.services.invitations import (
    accept_invitation,
    find_invitation,
    invite_people,
    withdraw_invitation,
)
from portal.organisations.services.merging import merge_organisations
from portal.organisations.services.people import (
    appoint_manager,
    change_role,
    hand_over,
    leave_organisation,
    release_for_erasure,
    remove_member,
    set_contact,
    set_listed,
)
from portal.organisations.services.places import (
    Place,
    add_establishment,
    change_establishment,
    remove_establishment,
)
from portal.organisations.services.refusals import (
    ChangedMeanwhile,
    InvitationGone,
    InvitationUnknown,
    LastManager,
    NameTaken,
    NotAllowed,
    Refused,
    WrongAddress,
)
from portal.organisations.services.requests import (
    ask_to_join,
    belongs_by_domain,
    decide_join_request,
    suggested_organisations,
    withdraw_join_request,
)
from portal.organisations.services.retention import forget_old
from portal.organisations.services.standing import current_managers, membership_of

__all__ = [
    "ChangedMeanwhile",
    "Details",
    "InvitationGone",
    "InvitationUnknown",
    "Invited",
    "LastManager",
    "NameTaken",
    "NotAllowed",
    "Place",
    "Refused",
    "WrongAddress",
    "accept_invitation",
    "add_establishment",
    "appoint_manager",
    "ask_to_join",
    "belongs_by_domain",
    "change_details",
    "change_establishment",
    "change_role",
    "confirm_domain",
    "current_managers",
    "decide_join_request",
    "find_invitation",
    "forget_old",
    "found_organisation",
    "free_slug",
    "hand_over",
    "invite_people",
    "leave_organisation",
    "membership_of",
    "merge_organisations",
    "propose_domain",
    "refuse_other_address",
    "release_for_erasure",
    "remove_domain",
    "remove_establishment",
    "remove_member",
    "set_contact",
    "set_holding",
    "set_listed",
    "suggested_organisations",
    "verify_organisation",
    "withdraw_invitation",
    "withdraw_join_request",
    "withdraw_verification",
]
