"""People in the staff admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_user_display_name
from wagtail.users.views.users import IndexView, UserColumn, UserViewSet

from portal.accounts.forms.staff import StaffUserCreationForm, StaffUserEditForm


class StaffUserIndexView(IndexView):
    @property
    def columns(self) -> list[Any]:
        """Wagtail sorts by first and last name; ours is one name."""
        checkbox, _name, *others = IndexView.columns.func(self)
        name = self._get_title_column_class(UserColumn)(
            "name",
            accessor=get_user_display_name,
            label=_("Naam"),
            sort_key="name",
            get_url=self.get_edit_url,
            classname="name",
        )
        return [checkbox, name, *others]

    @property
    def search_fields(self) -> set[str]:
        return {"name", "email"}

    def order_queryset(self, queryset: Any) -> Any:
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering)
        return super().order_queryset(queryset)


class StaffUserViewSet(UserViewSet):
    index_view_class = StaffUserIndexView
    template_prefix = "accounts/users/"
    # Only the two forms are ours; the rest keeps Wagtail's templates.
    index_template_name = "wagtailusers/users/index.html"
    index_results_template_name = "wagtailusers/users/index_results.html"
    delete_template_name = "wagtailusers/users/confirm_delete.html"

    def get_form_class(
        self, for_update: bool = False
    ) -> type[StaffUserCreationForm] | type[StaffUserEditForm]:
        return StaffUserEditForm if for_update else StaffUserCreationForm
