"""Prizes are paid in as many statements for many names as for one, and only the recovery of a prize takes it back."""

from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chungtay.contributions import actions as contributions
from chungtay.decisions import paying
from chungtay.decisions.models import Award, Commitment, Decision
from chungtay.law.refusals import Refused
from chungtay.ledger import actions as ledger
from chungtay.ledger import checking
from chungtay.ledger.models import Transfer
from tests.contributions.doing import recorded
from tests.decisions.test_money import MILLION, PRIZE, allot, fund, hand, sign, stands, withdraw
from tests.decisions.test_sign import drafted, enterprise, group
from tests.make import TODAY, Province, build
from tests.racing import together


def signed(province: Province, count: int) -> Decision:
    """A decision for so many collectives."""
    return sign(province, drafted(province, *(group(province, name=f"Tập thể {n:02}") for n in range(count))))


@pytest.mark.clause("KH IV.3")
def test_many_names_are_handed_over_in_as_many_statements_as_two(province: Province) -> None:
    fund(province)
    hand(province, signed(province, 1))  # the first payment opens an account of the book
    taken = {}
    for count in (2, 9):
        decision = signed(province, count)
        with CaptureQueriesContext(connection) as asked:
            assert len(hand(province, decision)) == count
        taken[count] = len(asked)
    assert taken[9] == taken[2]
    assert checking.faults() == []


def test_a_prize_in_the_book_is_not_taken_back_by_hand(province: Province) -> None:
    """Else the list would tell of a prize that was paid, and the book of money that is back."""
    award = fund(province)
    [handed] = hand(province, signed(province, 1))
    assert handed.transfer is not None
    with pytest.raises(Refused, match="sửa ở việc đó thì sổ tự đảo"):
        ledger.counter(
            handed.transfer, reason="Ghi nhầm khoản chi này", key="by-hand-000000001", by=province.seats["board"],
            on=TODAY,
        )  # fmt: skip
    assert stands(award)[0] == 100 * MILLION - PRIZE


@pytest.mark.clause("KH IV.3.2")
def test_an_allotment_that_was_taken_back_leaves_room_under_the_ceiling(province: Province) -> None:
    award = fund(province, 0)
    wrong = allot(province, award, 10_000 * MILLION)
    with pytest.raises(Refused, match="Vượt mức trần"):
        allot(province, award, 10_000 * MILLION, document="Quyết định thứ hai")
    ledger.counter(
        wrong.transfer, reason="Trích nhầm năm ngân sách", key="by-hand-000000002", by=province.seats["board"], on=TODAY
    )
    allot(province, award, 10_000 * MILLION, document="Quyết định thứ hai")
    assert stands(award)[0] == 10_000 * MILLION


# --- two at once ---


@pytest.mark.django_db(transaction=True)
def test_an_award_withdrawn_while_it_is_paid_is_paid_and_waits_or_is_not_paid(settings: Any) -> None:
    settings.WORKING_DAY = TODAY
    p = build()
    fund(p)
    decision = signed(p, 1)
    granted = decision.awards.get()
    together(partial(hand, p, decision), partial(withdraw, p, granted))
    bound = sum(Commitment.objects.filter(decision=decision).values_list("amount", flat=True))
    assert bound == 0
    row = Award.objects.select_related("handover__transfer").prefetch_related("changes").get(pk=granted.pk)
    assert paying.is_withdrawn(row)
    assert paying.to_recover(row) is Transfer.objects.filter(key__startswith=paying.ORIGIN).exists()


@pytest.mark.clause("KH IV.3.1")
def test_an_emblem_for_a_gift_that_nobody_confirmed_is_told_before_signing(province: Province) -> None:
    """The control: once the receiving side has confirmed, nothing is told."""
    dossier = enterprise(province)
    page = f"/quyet-dinh/{drafted(province, dossier).pk}/"
    chair = province.client("chair")
    gift = recorded(province, dossier.party)
    assert "chưa có khoản nào được bên nhận xác nhận" in chair.get(page).content.decode()
    contributions.confirm(gift, by=province.seats["commune"], on=TODAY, version=gift.version)
    assert "chưa có khoản nào được bên nhận xác nhận" not in chair.get(page).content.decode()
