"""What the register's own actions refuse, whoever calls them: another desk's work, and what lies out of sight."""

from collections.abc import Callable
from typing import Any

import pytest

from chungtay.law.procedure import PROPOSING, Desk
from chungtay.law.refusals import Refused
from chungtay.parties import actions
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Discipline, Party
from chungtay.records.journal import System
from tests.parties.cast import DAY, Cast

DESKS = sorted(Desk)


def new(cast: Cast, **facts: Any) -> Party:
    return Party(kind=PartyKind.HOUSEHOLD, name="Danh Thị Mới", **{"place": cast.commune_a, **facts})


def discipline(party: Party) -> Discipline:
    return Discipline(party=party, form="reprimand", since=DAY, source="Quyết định 12")


def does(act: Callable[[], object]) -> bool:
    """Whether the act is done and not refused."""
    try:
        act()
    except Refused:
        return False
    return True


@pytest.mark.clause("KH III.1")
@pytest.mark.parametrize("desk", DESKS)
def test_the_register_is_written_by_proposing_desks_and_the_board_only(cast: Cast, desk: Desk) -> None:
    seat = next(seat for seat in cast.province.seats.values() if seat.kind is desk)
    writes = desk in PROPOSING or desk is Desk.BOARD
    mine = new(cast, managing_unit=seat.desk.body)
    assert does(lambda: actions.register(mine, by=seat, on=DAY)) is writes
    party = cast.household("Hộ sửa")
    Party.objects.filter(pk=party.pk).update(managing_unit=seat.desk.body)
    party.refresh_from_db()
    changes = {"hamlet": "Ấp 2"}
    assert does(lambda: actions.correct(party, by=seat, on=DAY, version=party.version, changes=changes)) is writes


@pytest.mark.clause("KH IV.1.1")
@pytest.mark.parametrize("desk", DESKS)
def test_disciplines_are_kept_by_the_board_the_district_and_labour_only(cast: Cast, desk: Desk) -> None:
    seat = next(seat for seat in cast.province.seats.values() if seat.kind is desk)
    keeps = desk in (Desk.BOARD, Desk.DISTRICT, Desk.LABOUR)
    party = cast.household()
    assert does(lambda: actions.put_on_record(discipline(party), by=seat, on=DAY)) is keeps
    row = actions.put_on_record(discipline(party), by=cast.hoa, on=DAY)
    assert does(lambda: actions.lift(row, by=seat, on=DAY, until=DAY)) is keeps


@pytest.mark.clause("KH III.1")
def test_a_household_of_another_commune_is_neither_written_nor_corrected(cast: Cast) -> None:
    with pytest.raises(Refused, match="không thuộc địa bàn"):
        actions.register(new(cast, place=cast.commune_b), by=cast.an, on=DAY)
    theirs = cast.household("Hộ xã bên", cast.commune_b)
    with pytest.raises(Refused, match="không thuộc địa bàn"):
        actions.correct(theirs, by=cast.an, on=DAY, version=theirs.version, changes={"name": "Tên khác"})
    theirs.refresh_from_db()
    assert theirs.name == "Hộ xã bên"


def test_nobody_corrects_a_household_out_of_their_own_sight_or_under_a_unit_they_do_not_see(cast: Cast) -> None:
    mine = cast.household()
    away = {"place": cast.commune_b, "managing_unit_id": None}
    with pytest.raises(Refused, match="không thuộc địa bàn"):
        actions.correct(mine, by=cast.an, on=DAY, version=mine.version, changes=away)
    foreign = {"managing_unit_id": cast.binh.desk.body_id}
    with pytest.raises(Refused, match="Đơn vị quản lý này không nằm trong địa bàn"):
        actions.correct(mine, by=cast.an, on=DAY, version=mine.version, changes=foreign)
    assert actions.correct(mine, by=cast.dung, on=DAY, version=mine.version, changes=foreign).version == mine.version


def test_a_board_of_another_province_puts_nothing_on_record_here(cast: Cast) -> None:
    stranger = cast.province.stranger(Desk.BOARD)
    party = cast.household()
    with pytest.raises(Refused, match="không thuộc địa bàn"):
        actions.put_on_record(discipline(party), by=stranger, on=DAY)
    row = actions.put_on_record(discipline(party), by=cast.hoa, on=DAY)
    with pytest.raises(Refused, match="không thuộc địa bàn"):
        actions.lift(row, by=stranger, on=DAY, until=DAY)


def test_a_command_of_the_provinces_own_machine_knows_no_area(cast: Cast) -> None:
    assert actions.register(new(cast, place=cast.commune_b), by=System("test"), on=DAY).pk
