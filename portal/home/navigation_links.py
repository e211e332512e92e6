from django.utils.translation import gettext_lazy as _

from portal.pages.navigation import offer_entry

offer_entry(_("Meedoen"), "home:together")
