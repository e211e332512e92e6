"""The outbox of mail, tasks and sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.mail.models import Mail
from portal.mail.services import KEEP
from portal.privacy.addresses import addresses_of
from portal.privacy.registry import Departure, Ground, NotTaken, Own, PersonalData, Purpose, Term, register
from portal.privacy.rows import Columns
from portal.privacy.services.retention import UNHANDLED_TERM

_shown = Columns(("kind", "to", "subject", "state", "created_at", "sent_at"))


def mails_to(user: User) -> Iterator[Mapping[str, object]]:
    """Without their texts: those may hold what opens something, and one has the mail itself."""
    return _shown.rows(Mail.objects.filter(to__in=addresses_of(user)))


def forget_mail(departure: Departure) -> None:
    Mail.objects.filter(to__in=addresses_of(departure.user)).delete()


register(
    PersonalData(
        field="mail.Mail.to",
        name=_("Mail die we je stuurden"),
        purpose=Purpose.MESSAGES,
        why=_("Om mail te versturen, en na te gaan of hij aankwam."),
        ground=Ground.AGREEMENT,
        term=Term(
            KEEP,
            since="created_at",
            job="mail.forget-old",
            only=Q(state="sent") | Q(state__in=["refused", "uncertain"], handled_at__isnull=False),
        ),
        export=mails_to,
        erasure=Own(
            _("Mail die nog wacht, gaat niet meer weg. Wat er van mail bewaard is, wissen we."), forget_mail
        ),
        person="",
    ),
    PersonalData(
        field="mail.Mail.text",
        name=_("De tekst van mail die niet aankwam"),
        purpose=Purpose.MESSAGES,
        why=_("Zodat een medewerker kan beslissen of hij nog een keer weg moet."),
        ground=Ground.INTEREST,
        term=Term(
            UNHANDLED_TERM,
            since="created_at",
            job="privacy.forget-old",
            only=~Q(state__in=["waiting", "sending"]),
        ),
        export=NotTaken(_("Een mail kan een code bevatten. De mail zelf heb je al, of hij kwam niet aan.")),
        erasure=Own(_("Dit wissen we."), forget_mail),
        person="",
    ),
)
