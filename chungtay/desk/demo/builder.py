"""Builds the demo province: places and plan are there, all else is made here, through the actions of the rooms."""

from datetime import date
from functools import partial

from django.contrib.auth.hashers import make_password
from django.db import transaction

from chungtay.accounts.actions import give_seat
from chungtay.accounts.models import Desk, User
from chungtay.desk.demo import (
    bodies,
    dossiers,
    funds,
    gifts,
    good_models,
    meetings,
    obligations,
    people,
    poverty,
    prospecting,
    signing,
    specimens,
    turns,
    wishes,
)
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.names import KINH, Names
from chungtay.desk.demo.people import Somebody
from chungtay.desk.demo.province import DAY, REGISTERED, RENAMED, SEATED, SEED, Demo
from chungtay.law.procedure import Desk as DeskKind
from chungtay.movements.models import Movement, Round
from chungtay.parties import actions as parties
from chungtay.parties.kinds import OUTSIDE, PEOPLE, PROPOSERS
from chungtay.parties.kinds import PartyKind as Kind
from chungtay.parties.models import Party
from chungtay.places.kinds import Kind as PlaceKind
from chungtay.places.models import Place
from chungtay.records.journal import System
from chungtay.records.names import fold

SHORT = {
    PlaceKind.XA: "xa", PlaceKind.PHUONG: "phuong", PlaceKind.THI_TRAN: "thitran", PlaceKind.HUYEN: "huyen",
    PlaceKind.THI_XA: "tx", PlaceKind.THANH_PHO: "tp",
}  # fmt: skip


@transaction.atomic
def build(seed: int = SEED, *, everywhere: bool = False) -> Demo:
    """The whole demo province in one transaction. Needs the real places, and the plan of Kiên Giang.

    `everywhere`: households one by one in all communes, not only in those that work with the system.
    """
    movement = Movement.objects.get()
    rounds = Round.objects.filter(plan_version__movement=movement).select_related("plan_version__movement")
    demo = Demo(
        names=Names(seed), by=System("make_demo"), password=make_password(bodies.PASSWORD),
        places={place.key: place for place in Place.objects.as_of(SEATED)}, movement=movement,
        rounds={(one.kind, one.year): one for one in rounds}, papers=specimens.keep(date(2018, 10, 1)),
    )  # fmt: skip
    diary = Diary()
    diary.at(SEATED, partial(_open_offices, demo))
    diary.at(REGISTERED, partial(_register_people, demo))
    diary.at(RENAMED, partial(_rename_ha_tien, demo))
    poverty.write(demo, diary, everywhere=everywhere)
    wishes.write(demo, diary)
    dossiers.write(demo, diary)
    turns.write(demo, diary)
    meetings.write(demo, diary)
    signing.write(demo, diary)
    funds.write(demo, diary)
    gifts.write(demo, diary)
    obligations.write(demo, diary)
    good_models.write(demo, diary)
    prospecting.write(demo, diary)
    diary.play()
    return demo


def _open_offices(demo: Demo, on: date) -> None:
    """Bodies, desks and who sits there; the Council of fifteen."""
    for body in (*bodies.PROVINCE, *bodies.WITHOUT_DESK):
        _body(demo, body, on)
    for key in bodies.DISTRICTS:
        _people_committee(demo, key, Kind.PEOPLE_COMMITTEE_DISTRICT, DeskKind.DISTRICT, on)
    for key in bodies.COMMUNES:
        _people_committee(demo, key, Kind.PEOPLE_COMMITTEE_COMMUNE, DeskKind.COMMUNE, on)
    for username, kind, body_key, name, title in bodies.OFFICES:
        _seat(demo, username, kind, demo.parties[body_key], name, on, title=title)
    others = [person_with_account(demo, f"hoidong{n}") for n in range(1, len(bodies.COUNCIL))]
    meetings.appoint(demo, [demo.seats["chutich"].user, *others], on)


def _body(demo: Demo, body: bodies.Body, on: date) -> None:
    party = Party(kind=body.kind, name=body.name, place=demo.places[body.place], is_demo=True)
    party.managing_unit = demo.parties[body.by] if body.by else None
    demo.parties[body.key] = parties.register(party, by=demo.by, on=on)
    if body.desk is not None:
        _seat(demo, body.key, body.desk, party, body.desk_name or body.name, on)


def _people_committee(demo: Demo, place_key: str, kind: Kind, desk: DeskKind, on: date) -> None:
    """The people's committee of a place, its desk and its officer: "xa.thoson", "huyen.hondat", "tp.hatien"."""
    place = demo.places[place_key]
    then, now = place.on(on), Place.objects.get(pk=place.pk).on(DAY)
    name = f"Ủy ban nhân dân {_lower(then.full_name)}"
    party = Party(kind=kind, name=name, place=place, is_demo=True)
    parties.register(party, by=demo.by, on=on)
    username = f"{SHORT[PlaceKind(now.kind)]}.{fold(now.name).replace(' ', '')}"
    demo.parties[place_key] = demo.parties[f"pc.{username}"] = party
    _seat(demo, username, desk, party, name, on, place=place)


def _seat(
    demo: Demo, username: str, kind: DeskKind, body: Party, name: str, on: date, *, place: Place | None = None,
    title: str = "",
) -> None:  # fmt: skip
    """A new person with an account, at a new desk."""
    user = person_with_account(demo, username)
    desk = Desk.objects.create(kind=kind.value, name=name[:160], body=body, place=place or demo.places["kg"])
    demo.seats[username] = give_seat(user, desk, by=demo.by, on=on, title=title)


def person_with_account(demo: Demo, username: str) -> User:
    """An invented person who can log in with the demo's password."""
    name = demo.names.person(KINH, demo.names.gender())
    return User.objects.create(username=username, password=demo.password, full_name=name)


def _register_people(demo: Demo, on: date) -> None:
    """Everybody whom dossiers and registrations speak of."""
    for somebody in (*people.NAMED, *people.others(demo.names)):
        demo.parties[somebody.key] = parties.register(_party(demo, somebody), by=demo.by, on=on)
    _register_look_alikes(demo, on)


def _register_look_alikes(demo: Demo, on: date) -> None:
    first = _party(demo, Somebody(people.FIRST_LOOK_ALIKE, Kind.HOUSEHOLD, "kg-30841", gender="f"))
    second = _party(demo, Somebody(people.SECOND_LOOK_ALIKE, Kind.HOUSEHOLD, "kg-30841", name=first.name, hamlet=1))
    demo.parties[people.FIRST_LOOK_ALIKE] = parties.register(first, by=demo.by, on=on)
    demo.parties[people.SECOND_LOOK_ALIKE] = parties.register(second, by=demo.by, on=on, different_from=[first])


def _party(demo: Demo, one: Somebody) -> Party:
    """The party as it is written into the register."""
    is_person = one.kind in PEOPLE or one.kind == Kind.HOUSEHOLD
    is_outside = one.kind in OUTSIDE
    return Party(
        kind=one.kind,
        name=one.name or demo.names.person(one.people, one.gender),
        place=demo.places[one.place],
        managing_unit=None if is_outside or one.kind in PROPOSERS else demo.parties.get(one.by or one.place),
        hamlet=people.hamlet_of(one.place, one.hamlet),
        address=one.address,
        post=one.post,
        gender=one.gender if is_person else "",
        birth_year=demo.names.number(1949, 1989) if is_person else None,
        id_number=f"3700{len(demo.parties):05d}" if is_person and not is_outside else "",
        ethnicity=one.people if is_person and not is_outside else "",
        is_demo=True,
    )


def _rename_ha_tien(demo: Demo, on: date) -> None:
    """Thị xã Hà Tiên became a city on 11/09/2018; its people's committee took the new name the day after."""
    party = demo.parties["kg-900"]
    name = f"Ủy ban nhân dân {_lower(Place.objects.get(key='kg-900').name_on(on))}"
    parties.correct(party, by=demo.by, on=on, version=party.version, changes={"name": name})
    Desk.objects.filter(body=party).update(name=name)


def _lower(full_name: str) -> str:
    return f"{full_name[0].lower()}{full_name[1:]}"
