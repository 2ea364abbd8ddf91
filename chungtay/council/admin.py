"""Members of the Council: named and released by the administrator, each act in the journal."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from chungtay.accounts.admin import Administrator
from chungtay.council import actions
from chungtay.council.models import Member
from chungtay.records.clock import today
from chungtay.records.journal import Author


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin[Member]):
    """A membership is opened once and ended once; what was in between is never rewritten."""

    list_display = ("user", "office", "body", "council", "since", "until")
    list_select_related = ("user", "body", "council")
    autocomplete_fields = ()
    raw_id_fields = ("council", "user", "body")

    def get_readonly_fields(self, request: HttpRequest, obj: Member | None = None) -> tuple[str, ...]:
        return () if obj is None else ("council", "user", "body", "office", "since")

    def has_delete_permission(self, request: HttpRequest, obj: Member | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Member, form: forms.ModelForm[Any], change: bool) -> None:
        by: Author = Administrator(request.user)
        if change and obj.until is not None:
            actions.end_membership(obj, until=obj.until, by=by, on=today())
        elif not change:
            actions.appoint(obj, by=by, on=today())
