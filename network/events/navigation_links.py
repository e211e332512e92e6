from django.utils.translation import gettext_lazy as _

from portal.pages.navigation import offer_link

offer_link(_("Bijeenkomsten"), "events:list", together=True)
