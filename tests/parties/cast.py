"""The people of these tests, by name, over the small province of `tests.make`; and a browser that sends forms.

An and Bình work in the communes Thổ Sơn and Sơn Kiên, Dung in their district, Lan in a department, Hoa at the board;
Quân runs the machine.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from django.test import Client

from chungtay.accounts.models import Seat
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.places.models import Place
from tests.make import TODAY, Province

DAY = TODAY


def make_party(kind: PartyKind, name: str, place: Place, **facts: Any) -> Party:
    """A party that is in the register."""
    party = Party(kind=kind.value, name=name, place=place, registered_on=DAY, **facts)
    party.fill_derived(DAY)
    party.save()
    return party


@dataclass
class Cast:
    """Who is who."""

    province: Province

    def __post_init__(self) -> None:
        seats = self.province.seats
        self.an, self.binh, self.dung = seats["commune"], seats["commune_b"], seats["district"]
        self.lan, self.hoa, self.quan = seats["unit"], seats["board"], seats["admin"]
        self.commune_a, self.commune_b = self.an.desk.place, self.binh.desk.place

    def household(self, name: str = "Danh Thị Mỹ", place: Place | None = None, **facts: Any) -> Party:
        """A household of An's commune, or of Bình's."""
        here = place or self.commune_a
        keeper = self.binh if here == self.commune_b else self.an
        return make_party(PartyKind.HOUSEHOLD, name, here, managing_unit=keeper.desk.body, **facts)


class Browser(Client):
    """A client that fills in the hidden key of a form, a new one each time unless told."""

    def send(self, address: str, said: dict[str, Any] | None = None, *, key: str = "") -> Any:
        return self.post(address, {**(said or {}), "_key": key or secrets.token_urlsafe(18)})


def at(seat: Seat) -> Browser:
    """A browser in which the person of `seat` is signed in."""
    browser = Browser()
    browser.force_login(seat.user)
    return browser


def text_of(answer: Any) -> str:
    """What a page says."""
    return str(answer.content.decode())
