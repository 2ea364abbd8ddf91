"""Who may write in the register of parties. Every action asks here, whoever calls it."""

from datetime import date

from chungtay.law.procedure import Desk
from chungtay.law.refusals import Reasons
from chungtay.parties.models import Party
from chungtay.parties.requests import KEEPERS, REGISTRARS, Registrar
from chungtay.records.journal import System

CLAUSE = "KH III.1"
Writer = Registrar | System
"""A seat, or a command of the province's own machine, which knows no area."""


def in_sight(party: Party, by: Registrar, on: date) -> bool:
    """Whether the seat may act for `party`: in its area, managed by its body, or the body itself."""
    return by.body_id in (party.managing_unit_id, party.pk) or by.scope(on).covers(party.area_path)


def may_register(by: Writer) -> Reasons:
    """What stands against `by` writing in the register at all."""
    return _at_one_of(by, REGISTRARS, "Sổ đối tượng do đơn vị đề nghị hoặc Ban Thi đua - Khen thưởng ghi", CLAUSE)


def may_keep_disciplines(by: Writer) -> Reasons:
    """What stands against `by` putting disciplines on record (KH IV.1.1)."""
    return _at_one_of(
        by, KEEPERS, "Kỷ luật do Ban Thi đua - Khen thưởng, UBND cấp huyện hoặc Sở Lao động ghi", "KH IV.1.1"
    )


def out_of_sight(party: Party, by: Writer, on: date) -> Reasons:
    """A reason when `party` is not the seat's to act for on that day."""
    found = Reasons()
    if not isinstance(by, System) and not in_sight(party, by, on):
        found.add("Đối tượng này không thuộc địa bàn hoặc đơn vị bạn quản lý.", clause=CLAUSE, field="place")
    return found


def foreign_unit(party: Party, unit_before: int | None, by: Writer, on: date) -> Reasons:
    """A reason when `party` is put under a unit that the seat does not see. The unit on record may stay."""
    found = Reasons()
    unit = party.managing_unit_id
    if isinstance(by, System) or unit in (None, unit_before, by.body_id):
        return found
    if not Party.objects.visible_to(by, on).filter(pk=unit).exists():
        found.add("Đơn vị quản lý này không nằm trong địa bàn của bàn bạn.", clause=CLAUSE, field="managing_unit")
    return found


def _at_one_of(by: Writer, desks: frozenset[Desk], sentence: str, clause: str) -> Reasons:
    found = Reasons()
    if not isinstance(by, System) and by.kind not in desks:
        found.add(f"{sentence}, không phải {by.kind.label}.", clause=clause)
    return found
