from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "Mensen"
    default = True

    def ready(self) -> None:
        autodiscover_modules("audiences", "roles", "own_pages", "arrivals", "agreements")


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's administration of users, with forms that know our user: an e-mail address and one name."""

    user_viewset = "portal.accounts.staff_admin.StaffUserViewSet"
    default = False
