"""The database itself refuses what no page could write: a changed transfer, an overdrawn fund, a nonsense row."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from chungtay.law.funds import FundKind, Income, Purpose
from chungtay.ledger import posting
from chungtay.ledger.models import Account, Balance, Fund, Transfer
from tests.ledger.make import DAY, OPENED, drive, fund, give
from tests.make import Province


@pytest.mark.parametrize("change", [{"amount": 1}, {"words": "khác"}, {"on": OPENED}, {"corrects": None}])
def test_a_transfer_is_never_changed(province: Province, change: dict[str, Any]) -> None:
    gift = give(province, fund(province), 100)
    if change == {"corrects": None}:
        change = {"corrects": gift}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Transfer.objects.filter(pk=gift.pk).update(**change)


def test_a_transfer_and_an_account_are_never_deleted(province: Province) -> None:
    gift = give(province, fund(province), 100)
    for rows in (Transfer.objects.filter(pk=gift.pk), Account.objects.filter(pk=gift.debit_id)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows._raw_delete(rows.db)


def wrong_rows(front: Fund) -> dict[str, Transfer]:
    money, source = posting.cash(front), posting.account(front, Account.Kind.INCOME, Income.UNITS)
    fine: dict[str, Any] = {
        "key": "y" * 20, "debit": money, "credit": source, "amount": 1, "on": DAY, "written_on": DAY, "words": "Thu",
    }  # fmt: skip
    return {
        "transfer_moves_money": Transfer(**{**fine, "amount": 0}),
        "transfer_between_two_accounts": Transfer(**{**fine, "credit": money}),
        "transfer_has_key": Transfer(**{**fine, "key": ""}),
        "transfer_not_ahead": Transfer(**{**fine, "on": DAY + timedelta(1)}),
        "key": Transfer(**{**fine, "key": "x" * 20}),
        "corrects": Transfer(**{**fine, "corrects": Transfer.objects.get(key="x" * 20)}),
    }


@pytest.mark.parametrize("name", ["transfer_moves_money", "transfer_between_two_accounts", "transfer_has_key",
                                  "transfer_not_ahead", "key", "corrects"])  # fmt: skip
def test_a_transfer_that_says_nonsense_is_refused(province: Province, name: str) -> None:
    front = fund(province)
    gift = give(province, front, 100, key="x" * 20)
    back = posting.Posting("z" * 20, gift.credit, gift.debit, 100, DAY, "Đảo", corrects=gift)
    posting.post(back, written_on=DAY)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        wrong_rows(front)[name].save(force_insert=True)


def test_the_database_keeps_a_fund_from_owing(province: Province) -> None:
    front = fund(province)
    give(province, front, 100)
    rows = Balance.objects.filter(account=posting.cash(front))
    rows.update(credited=100)
    with pytest.raises(IntegrityError, match="a_fund_never_owes"), transaction.atomic():
        rows.update(credited=101)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("fund_kind_known", {"kind": "loan"}),
        ("fund_has_name", {"name": ""}),
        ("fund_closes_after_opening", {"closed_on": OPENED - timedelta(1)}),
        ("only_a_drive_has_days", {"starts": DAY, "ends": DAY}),
        ("only_a_drive_has_days", {"kind": "drive"}),
        ("only_a_drive_has_days", {"kind": "drive", "starts": DAY, "ends": DAY - timedelta(1)}),
    ],
)
def test_a_fund_that_says_nonsense_is_refused(province: Province, name: str, change: dict[str, Any]) -> None:
    front = fund(province)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Fund.objects.filter(pk=front.pk).update(**change)


def test_a_body_has_one_running_fund_of_a_kind_whoever_writes(province: Province) -> None:
    front, peak = fund(province), drive(province)
    for one in (peak, front):
        copied = Fund.objects.get(pk=one.pk)
        copied.pk = None
        if one == peak:
            copied.save(force_insert=True)
            continue
        with pytest.raises(IntegrityError), transaction.atomic():
            copied.save(force_insert=True)


@pytest.mark.parametrize(
    ("kind", "code"),
    [("cash", Income.UNITS), ("income", Purpose.HOUSE), ("purpose", Income.UNITS), ("purpose", ""), ("loan", "")],
)
def test_an_account_has_a_code_of_its_kind(province: Province, kind: str, code: str) -> None:
    front = fund(province, "commune", FundKind.POOR)
    made = Account(fund=front, kind=kind, code=str(code), owner=front.owner, area_path=front.area_path)
    with pytest.raises(IntegrityError, match="account_code_of_its_kind"), transaction.atomic():
        made.save(force_insert=True)


def test_an_account_stands_once(province: Province) -> None:
    front = fund(province)
    again = Account(fund=front, kind="cash", code="", owner=front.owner, area_path=front.area_path)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    assert posting.cash(front) == posting.cash(front)
