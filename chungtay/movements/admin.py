"""Movements, plan versions and rounds in the back office: to look at. A plan is changed by its file, never by hand."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from chungtay.movements.models import Movement, PlanVersion, Round


class ReadOnly(admin.ModelAdmin):
    """Shows rows; changes none."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Movement)
class MovementAdmin(ReadOnly):
    list_display = ["name", "code", "place"]


@admin.register(PlanVersion)
class PlanVersionAdmin(ReadOnly):
    list_display = ["movement", "number", "valid_from", "loaded_on", "digest"]


@admin.register(Round)
class RoundAdmin(ReadOnly):
    list_display = ["title", "year", "kind", "opens", "closes"]
