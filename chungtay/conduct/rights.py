"""Who reads the registers of this room, and who writes in which of them."""

from collections.abc import Iterator
from datetime import date

from chungtay.accounts.models import Seat
from chungtay.law.procedure import PROPOSING, Desk
from chungtay.law.refusals import Reason
from chungtay.parties.authority import in_sight
from chungtay.parties.kinds import BODIES, PartyKind
from chungtay.parties.models import Party

READERS = frozenset(Desk) - {Desk.ADMIN}
"""Desks that read what units owed and did; whoever runs the machine has no business with it."""
ASSIGNERS = frozenset({Desk.DISTRICT, Desk.LABOUR, Desk.BOARD, Desk.FRONT})
"""Desks of a level above: they say what the units of their area owe, and confirm what those hand in."""
HANDERS = PROPOSING | {Desk.BOARD}
"""Desks that hand in what their own body owes."""
LOAN_READERS = frozenset({Desk.COMMUNE, Desk.DISTRICT, Desk.LABOUR, Desk.BOARD, Desk.UNIT})
"""Desks that read a household's loans: those of the register, who judges, and the bank that lent."""
LOAN_WRITERS = frozenset({Desk.COMMUNE, Desk.DISTRICT, Desk.LABOUR})
"""Desks that enter a household's loan, from its papers or from the bank's list."""
PROGRAMME_WRITERS = frozenset({Desk.COMMUNE, Desk.DISTRICT, Desk.LABOUR})
PROMISERS = PROPOSING
"""Desks that enter a commitment of their own body, or of one that it manages."""
DEBTORS = BODIES | {PartyKind.GRASSROOTS_ORGANISATION, PartyKind.COLLECTIVE}
"""Kinds of parties that owe reports: organisations, never people or households."""
ISSUERS = frozenset({PartyKind.PEOPLE_COMMITTEE_COMMUNE, PartyKind.PEOPLE_COMMITTEE_DISTRICT})


def reads_loans(seat: Seat) -> bool:
    """Whether loans are any business of the seat's: of units, only of banks."""
    if seat.kind is Desk.UNIT:
        return seat.desk.body.kind == PartyKind.BANK
    return seat.kind in LOAN_READERS


def is_own(party: Party, by: Seat) -> bool:
    """Whether the party is the seat's own body, or one that it manages."""
    return by.body_id in (party.pk, party.managing_unit_id)


def may_answer(owed_to_id: int, by: Seat) -> bool:
    """Whether the seat answers for the body that a duty is owed to."""
    return by.kind in ASSIGNERS and by.body_id == owed_to_id


def may_keep_loan(party: Party, by: Seat, on: date) -> bool:
    """Whether the seat enters and corrects a household's loans."""
    return by.kind in LOAN_WRITERS and in_sight(party, by, on)


def may_follow_loan(party: Party, bank_id: int | None, by: Seat, on: date) -> bool:
    """Whether the seat says what became of a loan: who keeps it, and the bank itself."""
    return may_keep_loan(party, by, on) or (by.kind in LOAN_READERS and bank_id == by.body_id)


def may_keep_programme(party: Party, by: Seat, on: date) -> bool:
    """Whether the seat enters a programme of that commune or district."""
    return by.kind in PROGRAMME_WRITERS and party.kind in ISSUERS and in_sight(party, by, on)


def may_promise(party: Party, by: Seat) -> bool:
    """Whether the seat enters a commitment of that party and tells its results."""
    return by.kind in PROMISERS and is_own(party, by)


def may_confirm_help(area_path: str, by: Seat, on: date) -> bool:
    """Whether the seat speaks for the commune that was helped."""
    return by.kind is Desk.COMMUNE and by.scope(on).covers(area_path)


def faults_of_debtor(party: Party, by: Seat, on: date) -> Iterator[Reason]:
    """Why `party` cannot be given a duty by this seat."""
    if party.pk == by.body_id:
        yield Reason("Không giao việc cho chính cơ quan mình.", "KH III.4", "units")
    elif party.kind not in DEBTORS:
        yield Reason(f"“{party.name}” không phải cơ quan, tổ chức nên không giao báo cáo.", "KH III.4", "units")
    elif not in_sight(party, by, on):
        yield Reason(f"“{party.name}” không thuộc địa bàn của bạn.", "KH III.4", "units")
