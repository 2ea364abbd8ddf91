"""Who may read the register of households, and who may write in it."""

from collections.abc import Iterator
from datetime import date

from chungtay.accounts.models import Seat
from chungtay.households.models import Household
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Reason
from chungtay.places.models import Level, NoPlaceThen, Place

READERS = (Desk.COMMUNE, Desk.DISTRICT, Desk.LABOUR)
"""Desks whose work is the register: only they see names, peoples and ID numbers of households."""
WRITERS = (Desk.COMMUNE,)
"""Desks that write in it, each for its own area."""


def faults_of_desk(household: Household, by: Seat, on: date) -> Iterator[Reason]:
    """Why `by` may not write about `household`, whether it stands or not: another desk, another area."""
    if by.kind not in WRITERS:
        yield Reason("Chỉ Ủy ban nhân dân cấp xã mới được ghi sổ hộ.")
    elif not by.scope(on).covers(household.area_path):
        yield Reason("Hộ này không thuộc địa bàn của bạn.")


def faults_of_writer(household: Household, by: Seat, on: date) -> Iterator[Reason]:
    """The same, and that the household is no more."""
    yield from faults_of_desk(household, by, on)
    if household.closed_on is not None:
        yield Reason(f"Hộ {household.code} đã ra khỏi sổ ngày {household.closed_on:%d/%m/%Y}.")


def faults_of_place(place: Place, by: Seat | None, on: date) -> Iterator[Reason]:
    """Why a household may not be written into `place`; `by` is asked when it has to be of the writer's own area."""
    if place.level != Level.COMMUNE:
        yield Reason("Hãy chọn xã, phường hoặc thị trấn.", field="place")
        return
    try:
        path = place.path_on(on)
    except NoPlaceThen as gone:
        yield Reason(gone.reasons[0].text, field="place")
        return
    if by is not None and by.kind not in WRITERS:
        yield Reason("Chỉ Ủy ban nhân dân cấp xã mới được ghi sổ hộ.")
    elif by is not None and not by.scope(on).covers(path):
        yield Reason("Xã, phường này không thuộc địa bàn của bạn.", field="place")


def faults_of_day(day: date, on: date, *, since: date | None = None) -> Iterator[Reason]:
    """Why something cannot have happened on `day`: it lies ahead of `on`, or before the household or person was."""
    if day > on:
        yield Reason(f"Ngày {day:%d/%m/%Y} ở tương lai.", field="day")
    elif since is not None and day < since:
        yield Reason(f"Ngày {day:%d/%m/%Y} trước ngày có trong sổ ({since:%d/%m/%Y}).", field="day")
