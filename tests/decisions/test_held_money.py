"""What drafts and decisions bind stands in the book of the award fund through every step, and nobody spends it."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from chungtay.decisions import actions, funding
from chungtay.decisions.models import Decision
from chungtay.law.funds import Purpose
from chungtay.law.refusals import Refused
from chungtay.ledger import actions as ledger
from chungtay.ledger import holding
from chungtay.ledger.models import Balance, Fund
from tests.decisions.test_money import MILLION, PRIZE, fund, hand, row, sign, stands, withdraw
from tests.decisions.test_sign import drafted, group
from tests.ledger.make import told
from tests.make import TODAY, Province


def held(of: Fund) -> int:
    """In prizes of a group, and the same as the commitments sum to."""
    kept = holding.money_of(of).held
    assert kept == stands(of)[1]
    assert funding.faults() == []
    return kept // PRIZE


@pytest.mark.clause("KH IV.3.2")
def test_every_step_of_a_decision_changes_what_the_book_holds(province: Province) -> None:
    award = fund(province)
    draft = drafted(province, *(group(province, f"Tập thể {n}") for n in range(4)))
    assert held(award) == 4
    listing = draft.listings.select_related("decision__body", "dossier").first()
    assert listing is not None
    actions.take_off(listing, by=province.seats["board"], on=TODAY)
    assert held(award) == 3
    decision = sign(province, Decision.objects.get(pk=draft.pk))
    assert held(award) == 3
    first, second, _ = decision.awards.order_by("ordinal")
    hand(province, decision, TODAY, first.name)
    assert held(award) == 2
    withdraw(province, row(second))
    assert held(award) == 1


@pytest.mark.clause("KH IV.3.2")
def test_the_book_does_not_spend_what_a_draft_binds_and_the_prize_is_still_paid(province: Province) -> None:
    award, board = fund(province, 10 * MILLION), province.seats["board"]
    draft = drafted(province, group(province))
    words = told(TODAY, words="Mua khung bằng khen năm 2021")
    free = 10 * MILLION - PRIZE
    with pytest.raises(Refused, match=r"đã giữ 2\.980\.000 đồng cho quyết định khen thưởng"):
        ledger.pay_out(award, free + 1, Purpose.OTHER, words, by=board, on=TODAY)
    ledger.pay_out(award, free, Purpose.OTHER, words, by=board, on=TODAY)
    assert stands(award) == (PRIZE, PRIZE, 0)
    hand(province, sign(province, draft))
    assert stands(award) == (0, 0, 0)


def test_the_check_finds_a_book_that_holds_something_else(province: Province) -> None:
    award = fund(province)
    drafted(province, group(province))
    out = StringIO()
    call_command("check_commitments", stdout=out)
    assert "is what the books hold" in out.getvalue()
    kept = Balance.objects.filter(account=holding.money_of(award).account)
    kept.update(held=5)
    with pytest.raises(CommandError, match=f"fund {award.pk}: its decisions bind {PRIZE}, its book holds 5"):
        call_command("check_commitments")


def test_what_was_bound_before_is_held_after_the_migration(province: Province) -> None:
    award = fund(province)
    drafted(province, group(province), group(province, "Tập thể B"))
    Balance.objects.filter(account=holding.money_of(award).account).update(held=0)
    migration = import_module("chungtay.decisions.migrations.0004_what_drafts_and_decisions_hold")
    migration.hold(apps, None)
    assert held(award) == 2
