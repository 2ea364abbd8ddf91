"""Requests of people who sit at a desk, with the seat that they sit in."""

from typing import Any

from django.http import HttpRequest

from chungtay.accounts.models import Seat, User
from chungtay.records.requests import at_desk

__all__ = ["DeskRequest", "at_desk"]


class DeskRequest(HttpRequest):
    """A request that has passed `at_desk`: its seat is known."""

    seat: Seat
    seats: list[Seat]
    user: User
    htmx: Any
