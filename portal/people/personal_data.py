"""The profile, as its person takes it along and leaves it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.people.services import erase_profile
from portal.privacy.registry import (
    DELETE,
    WITH_ACCOUNT,
    Departure,
    Ground,
    Own,
    PersonalData,
    Purpose,
    register,
)
from portal.privacy.rows import columns


def forget_profile(departure: Departure) -> None:
    erase_profile(departure.user)


register(
    PersonalData(
        field="people.Profile.user",
        name=_("Je profiel"),
        purpose=Purpose.PROFILE,
        why=_("Zodat anderen weten wie je bent en waar je iets van weet. Je kiest zelf wie wat ziet."),
        ground=Ground.CONSENT,
        term=WITH_ACCOUNT,
        export=columns(
            "role_at_work",
            "about",
            "open_to_questions",
            "show_name",
            "show_photo",
            "show_about",
            "show_expertise",
            "shown",
            "changed_at",
        ),
        erasure=Own(_("Dit wissen we, met je foto."), forget_profile),
    ),
    PersonalData(
        field="people.Expertise.profile",
        name=_("Thema's waar je iets van weet"),
        purpose=Purpose.PROFILE,
        why=_("Zodat iemand met een vraag jou kan vinden."),
        ground=Ground.CONSENT,
        term=WITH_ACCOUNT,
        export=columns(theme__name=_("thema")),
        erasure=DELETE,
        person="profile__user",
    ),
)
