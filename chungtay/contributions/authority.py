"""Who may speak for those who received a gift, who may write of it, and why anybody else may not."""

from collections.abc import Sequence
from datetime import date

from chungtay.accounts.models import Seat
from chungtay.contributions import givers
from chungtay.contributions.gifts import Contribution, Share, State
from chungtay.contributions.recording import RECORDERS
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Reasons
from chungtay.parties.authority import in_sight
from chungtay.parties.models import Party
from chungtay.records import walls

CONFIRMERS = frozenset({Desk.COMMUNE, Desk.DISTRICT, Desk.FRONT, Desk.LABOUR})
"""Desks that speak for whoever received a gift."""
CLAUSE = "KH IV.1.2.e"


def faults_of_receiver(gift: Contribution, by: Seat, on: date) -> Reasons:
    """Why `by` may not speak for those who received the gift."""
    return faults_of_receivers([gift], by, on)[gift.pk]


def faults_of_receivers(gifts: Sequence[Contribution], by: Seat, on: date) -> dict[int, Reasons]:
    """The same for many gifts. Two queries."""
    found = {gift.pk: Reasons() for gift in gifts}
    scope = by.scope(on)
    for gift in gifts:
        if by.kind not in CONFIRMERS or not scope.covers(gift.area_path):
            found[gift.pk].add("Chỉ nơi nhận đóng góp mới được làm việc này.", clause=CLAUSE)
    own = givers.joined({by.body_id})[by.body_id]
    with walls.everything("whoever gave does not confirm, wherever the giver is"):
        gave = set(Share.objects.filter(gift__in=found, party__in=own).order_by().values_list("gift_id", flat=True))
    for key in gave:
        if not found[key]:
            found[key].add(
                "Người đóng góp không tự xác nhận khoản của mình; cấp trên hoặc Mặt trận xác nhận.", clause=CLAUSE
            )
    return found


def faults_of_writer(gift: Contribution, by: Seat, on: date) -> Reasons:
    """Why `by` may not change its mind about the gift: neither wrote it, nor received it, nor manages a giver.

    What the receiving side has confirmed only that side corrects, or the Board.
    """
    if by.kind in RECORDERS and gift.state == State.CONFIRMED:
        return Reasons() if by.kind == Desk.BOARD else faults_of_receiver(gift, by, on)
    return faults_of_writing(gift, by, on)


def faults_of_writing(gift: Contribution, by: Seat, on: date) -> Reasons:
    """Why `by` has nothing to write of the gift: neither wrote it, nor received it, nor manages a giver."""
    found = Reasons()
    here = by.scope(on).covers(gift.area_path)
    if by.kind not in RECORDERS:
        found.add(f"Việc này không phải của {by.kind.label}.")
    elif not here and by.body_id != gift.recorded_body_id:
        shares = gift.shares.select_related("party")
        if not any(one.party is not None and in_sight(one.party, by, on) for one in shares):
            found.add("Khoản này không do bạn ghi, cũng không thuộc địa bàn của bạn.")
    return found


def gives_receipt(gift: Contribution, by: Seat) -> bool:
    """Whether `by` sits at the body that confirmed the gift; where none is known, that wrote it and gave none of it."""
    if gift.state != State.CONFIRMED or by.kind not in RECORDERS:
        return False
    if gift.confirmed_body_id is not None:
        return by.body_id == gift.confirmed_body_id
    return by.body_id == gift.recorded_body_id and all(one.party_id != by.body_id for one in gift.shares.all())


def gives_statement(party: Party, by: Seat, on: date) -> bool:
    """Whether `by` sends the giver its statement: the unit that manages it, itself, the Front, the Board."""
    if by.body_id in (party.managing_unit_id, party.pk):
        return by.kind in RECORDERS
    return by.kind in (Desk.FRONT, Desk.BOARD) and in_sight(party, by, on)


def name_of(by: Seat) -> str:
    """Who acts, with the desk, as it is written into rows."""
    _, name, desk, _ = by.journal_identity()
    return f"{name}, {desk}"[:300]
