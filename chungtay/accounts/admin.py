"""Users and desks in the back office. Rights come from seats, which are given through the pages, with the journal."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.http import HttpRequest

from chungtay.accounts.models import Desk, User
from chungtay.records import journal
from chungtay.records.clock import today

# One way in: with the limit on failed passwords and the second factor of the pages.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class Administrator:
    """The person at the administration page, as the journal names them."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    def journal_identity(self) -> tuple[str, str, str, str]:
        return str(self.user.pk), str(self.user), "Trang quản trị", ""


class Journalled(admin.ModelAdmin[Any]):
    """Writes what is changed in the back office to the journal, by the names of the fields; nothing is deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        self._tell("add_by_admin", request, obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        self._tell("change_by_admin", request, obj, message)
        return super().log_change(request, obj, message)

    def _tell(self, act: str, request: HttpRequest, obj: models.Model, message: Any) -> None:
        with transaction.atomic():
            journal.record(act, by=Administrator(request.user), on=today(), noun=obj, body={"changes": message})


@admin.register(User)
class OfficialAdmin(Journalled, UserAdmin):
    """Accounts: name, password, whether they may still log in."""

    list_display = ["username", "full_name", "is_active"]
    search_fields = ["username", "full_name"]
    ordering = ["username"]
    filter_horizontal = []
    list_filter = ["is_active", "is_staff"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Người dùng", {"fields": ["full_name", "email"]}),
        ("Quyền vào hệ thống", {"fields": ["is_active", "is_staff", "is_superuser"]}),
    ]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["username", "full_name", "password1", "password2"]})]


@admin.register(Desk)
class DeskAdmin(Journalled):
    """Desks: reference data of the province."""

    list_display = ["name", "kind", "body", "place"]
    list_filter = ["kind"]
    search_fields = ["name", "body__name_folded"]
    raw_id_fields = ["body", "place"]
