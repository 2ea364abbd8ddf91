"""Who sees what here: verdicts, who is due, what another threshold would change, whom to help after an award."""

from collections.abc import Mapping

from chungtay.households.rights import READERS as OF_HOUSEHOLDS
from chungtay.law.criteria import Known
from chungtay.law.procedure import PROPOSING, Desk
from chungtay.parties.kinds import PartyKind
from chungtay.parties.requests import READERS

VERDICTS = READERS
"""Desks that see parties at all; each the verdicts on those that it sees."""
DUE = PROPOSING | {Desk.BOARD, Desk.SECRETARY, Desk.CHAIR}
"""Desks that propose, appraise or prepare the Council's work."""
COUNTERS = frozenset({Desk.LABOUR, Desk.BOARD, Desk.SECRETARY})
"""Desks that have the whole province counted anew."""
TRIERS = frozenset({Desk.BOARD, Desk.SECRETARY, Desk.CHAIR, Desk.LABOUR})
"""Desks that prepare or issue the Council's yearly guidance (KH IV.2.2.a)."""
HELPERS = frozenset({Desk.COMMUNE, Desk.DISTRICT, Desk.FRONT, Desk.LABOUR})
"""Desks that can do something for an honoured household or commune in need."""
POVERTY = frozenset({"household_left_poverty", "loan_used_and_repaid", "registered_to_leave_poverty"})
"""Facts whose words tell that a household is or was poor."""


def reads_poverty(kind: Desk) -> bool:
    """Whether the desk may read of a named household that it is poor: those of the register, and who appraises."""
    return kind in OF_HOUSEHOLDS or kind is Desk.BOARD


def may_list(kind: Desk, content: str, party_kind: str, known: Mapping[str, Known | None]) -> bool:
    """Whether the desk's list of who is due may name this party of `content`.

    A household of a content for poor ones is named to other desks than those of the register only once it has left
    poverty: a list of names must not be a list of the poor.
    """
    if party_kind != PartyKind.HOUSEHOLD or content != "a" or kind in OF_HOUSEHOLDS:
        return True
    left = known.get("household_left_poverty")
    return left is not None and left.value is True
