"""A small province and the people in it: two communes of one district, a department, the board, the administrator.

Addresses are posted to as a browser would: with the hidden key of the form.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from chungtay.accounts.models import Desk, Seat, User
from chungtay.law.procedure import Desk as DeskKind
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.places.models import Kind, Level, Place, PlaceVersion

DAY = date(2020, 10, 20)


def make_place(key: str, kind: Kind, name: str, above: Place | None = None, since: date = date(1990, 1, 1)) -> Place:
    """A place that has always been there, under `above`."""
    levels = {Kind.TINH: Level.PROVINCE, Kind.HUYEN: Level.DISTRICT, Kind.XA: Level.COMMUNE}
    place = Place.objects.create(level=levels[kind], key=key, title=f"{kind.label} {name}", since=since)
    version = PlaceVersion(place=place, since=since, kind=kind, name=name, parent=above, source="thử")
    version.fill_derived(above.path_on(DAY) if above is not None else "")
    version.save()
    return place


def make_party(kind: PartyKind, name: str, place: Place, **facts: Any) -> Party:
    """A party that is in the register."""
    party = Party(kind=kind.value, name=name, place=place, registered_on=DAY, **facts)
    party.fill_derived(DAY)
    party.save()
    return party


def sit(kind: DeskKind, body: Party, username: str, full_name: str) -> Seat:
    """A person at a desk of `body`."""
    user = User.objects.create_user(username=username, full_name=full_name)
    desk, _ = Desk.objects.get_or_create(kind=kind.value, body=body, name=body.name, defaults={"place": body.place})
    return Seat.objects.create(user=user, desk=desk, since=date(2016, 1, 1))


@dataclass
class Cast:
    """An and Bình work in two communes, Dung in their district, Lan in a department, Hoa at the board, Quân runs it."""

    province: Place
    district: Place
    commune_a: Place
    commune_b: Place
    an: Seat
    binh: Seat
    dung: Seat
    lan: Seat
    hoa: Seat
    quan: Seat

    def household(self, name: str = "Danh Thị Mỹ", place: Place | None = None, **facts: Any) -> Party:
        """A household of An's commune, or of `place`."""
        here = place or self.commune_a
        keeper = self.binh if here == self.commune_b else self.an
        return make_party(PartyKind.HOUSEHOLD, name, here, managing_unit=keeper.desk.body, **facts)


@pytest.fixture
def cast(db: None, settings: Settings) -> Cast:
    """The small province, on a working day within the movement."""
    settings.WORKING_DAY = DAY
    province = make_place("kg", Kind.TINH, "Kiên Giang")
    district = make_place("am", Kind.HUYEN, "An Minh", province)
    a, b = make_place("dh", Kind.XA, "Đông Hòa", district), make_place("vk", Kind.XA, "Vân Khánh", district)
    bodies = {
        "a": make_party(PartyKind.PEOPLE_COMMITTEE_COMMUNE, "UBND xã Đông Hòa", a),
        "b": make_party(PartyKind.PEOPLE_COMMITTEE_COMMUNE, "UBND xã Vân Khánh", b),
        "d": make_party(PartyKind.PEOPLE_COMMITTEE_DISTRICT, "UBND huyện An Minh", district),
        "l": make_party(PartyKind.DEPARTMENT, "Sở Công Thương", province),
        "h": make_party(PartyKind.DEPARTMENT, "Ban Thi đua - Khen thưởng", province),
    }
    return Cast(
        province,
        district,
        a,
        b,
        an=sit(DeskKind.COMMUNE, bodies["a"], "an", "Nguyễn Văn An"),
        binh=sit(DeskKind.COMMUNE, bodies["b"], "binh", "Lê Thị Bình"),
        dung=sit(DeskKind.DISTRICT, bodies["d"], "dung", "Trần Dung"),
        lan=sit(DeskKind.UNIT, bodies["l"], "lan", "Võ Thị Lan"),
        hoa=sit(DeskKind.BOARD, bodies["h"], "hoa", "Phạm Hoa"),
        quan=sit(DeskKind.ADMIN, bodies["h"], "quan", "Đỗ Quân"),
    )


class Browser(Client):
    """A client that fills in the hidden key of a form, a new one each time unless told."""

    def send(self, address: str, said: dict[str, Any] | None = None, *, key: str = "") -> HttpResponse:
        return self.post(address, {**(said or {}), "_key": key or secrets.token_urlsafe(18)})


def at(seat: Seat) -> Browser:
    """A browser in which the person of `seat` is signed in."""
    browser = Browser()
    browser.force_login(seat.user)
    return browser


def text_of(answer: Any) -> str:
    """What a page says."""
    return str(answer.content.decode())
