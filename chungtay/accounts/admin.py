"""Users and desks in the back office. Rights come from seats, which are given through the pages, with the journal."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from chungtay.accounts.models import Desk, User


@admin.register(User)
class OfficialAdmin(UserAdmin):
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
class DeskAdmin(admin.ModelAdmin):
    """Desks: reference data of the province."""

    list_display = ["name", "kind", "body", "place"]
    list_filter = ["kind"]
    search_fields = ["name", "body__name_folded"]
    raw_id_fields = ["body", "place"]
