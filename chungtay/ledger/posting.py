"""Writing transfers: the row, and the kept balances of its two accounts, in one transaction (design D2).

A balance moves by what is added to it, never to a value that somebody read before; where there is not enough money, or
the fund was closed meanwhile, the update finds no row and nothing of the transfer stays. Accounts are taken in the
order of their keys, so that two transfers never wait for each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, models, transaction
from django.db.models import F

from chungtay.documents.models import StoredFile
from chungtay.law.funds import Income, Purpose
from chungtay.law.money import dong
from chungtay.law.refusals import Conflict, Reason, Refused
from chungtay.ledger.models import Account, Balance, Fund, Transfer
from chungtay.parties.models import Party
from chungtay.places.models import Place

COLUMNS = (
    "key", "debit_id", "credit_id", "amount", "on", "words", "party_id", "place_id", "households", "evidence_id",
    "corrects_id", "written_on", "is_demo",
)  # fmt: skip
_NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
_MARKS = ", ".join(["%s"] * len(COLUMNS))
_INSERT = f'INSERT INTO "{Transfer._meta.db_table}" ({_NAMES}) VALUES ({_MARKS})'  # noqa: S608 - our own columns

_MOVE = (
    f'UPDATE "{Balance._meta.db_table}" SET "debited" = "debited" + %s, "credited" = "credited" + %s'  # noqa: S608
    ' WHERE "account_id" = %s AND "is_open" AND (NOT "is_money" OR "debited" + %s >= "credited" + %s)'
)


@dataclass(frozen=True)
class Posting:
    """Một khoản sắp ghi: what a transfer is to say. `key` is made by the form, or by the sheet and its line.

    `spares_held`: it takes nothing of what is held of the paying fund for somebody else's acts.
    """

    key: str
    debit: Account
    credit: Account
    amount: int
    on: date
    words: str
    party: Party | None = None
    place: Place | None = None
    households: int | None = None
    evidence: StoredFile | None = None
    corrects: Transfer | None = None
    spares_held: bool = False

    def row(self, written_on: date) -> Transfer:
        """As it will stand in the book."""
        return Transfer(
            key=self.key, debit=self.debit, credit=self.credit, amount=self.amount, on=self.on, words=self.words,
            party=self.party, place=self.place, households=self.households, evidence=self.evidence,
            corrects=self.corrects, written_on=written_on,
            is_demo=self.debit.fund.is_demo or self.credit.fund.is_demo,
        )  # fmt: skip


def account(fund: Fund, kind: Account.Kind, code: Income | Purpose | str = "") -> Account:
    """The account of a fund, opened when it is first needed."""
    rows = Account.objects.select_related("fund").filter(fund=fund, kind=kind, code=str(code))
    found = rows.first()
    if found is None:
        new = Account(fund=fund, kind=kind, code=str(code), owner_id=fund.owner_id, area_path=fund.area_path)
        Account.objects.bulk_create([new], ignore_conflicts=True)
        found = rows.get()
        kept = Balance(account=found, is_money=kind == Account.Kind.CASH)
        Balance.objects.bulk_create([kept], ignore_conflicts=True)
    return found


def accounts(wanted: Iterable[tuple[Fund, Account.Kind, str]]) -> dict[tuple[int, str, str], Account]:
    """Many accounts at once, opened where needed, by (key of the fund, kind, code). Four statements at most."""
    funds = {(fund.pk, kind.value, str(code)): fund for fund, kind, code in wanted}
    rows = Account.objects.select_related("fund").filter(fund__in={key[0] for key in funds})
    found = {(row.fund_id, row.kind, row.code): row for row in rows}
    missing = [key for key in funds if key not in found]
    if missing:
        Account.objects.bulk_create(
            (
                Account(
                    fund=funds[key], kind=key[1], code=key[2], owner_id=funds[key].owner_id,
                    area_path=funds[key].area_path,
                )
                for key in missing
            ),
            ignore_conflicts=True,
        )  # fmt: skip
        found = {(row.fund_id, row.kind, row.code): row for row in rows.all()}
        Balance.objects.bulk_create(
            (Balance(account=found[key], is_money=key[1] == Account.Kind.CASH) for key in missing),
            ignore_conflicts=True,
        )
    return {key: found[key] for key in funds}


def cash(fund: Fund) -> Account:
    """The money of a fund."""
    return account(fund, Account.Kind.CASH)


def post(posting: Posting, *, written_on: date) -> tuple[Transfer, bool]:
    """Write one transfer; (row, whether it is new). The same key with the same words is the first one's answer.

    Raises `Refused` when the fund is closed or holds too little, or when the key was used for something else.
    """
    made = posting.row(written_on)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return _again(made), False
    for key, (came, went) in sorted(_moved([posting]).items()):
        if posting.spares_held and key == posting.credit.pk:
            spend(key, went)
        else:
            move(key, came, went)
    return made, True


def post_many(postings: Sequence[Posting], *, written_on: date) -> int:
    """Write many transfers, all or none: the rows by one prepared statement, each balance once. How many they are.

    None of the keys may be used yet. Raises `Refused` as `post`, and `Conflict` when a key was used before. Only the
    end of the batch counts: a fund may pay out what the same batch brings in.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("transfers and their balances need one transaction")
    day = connection.ops.adapt_datefield_value
    days = {one.on: day(one.on) for one in postings}
    today = day(written_on)
    rows: list[tuple[str | int | bool | None, ...]] = [
        (
            one.key, one.debit.pk, one.credit.pk, one.amount, days[one.on], one.words, _key(one.party),
            _key(one.place), one.households, _key(one.evidence),
            _key(one.corrects), today, one.debit.fund.is_demo or one.credit.fund.is_demo,
        )
        for one in postings
    ]  # fmt: skip
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_INSERT, rows)
    except IntegrityError as used:
        raise Conflict([Reason("Có khoản trong danh sách này đã được ghi sổ trước đó.")]) from used
    move_many(_moved(postings))
    return len(rows)


def move(account_id: int, came: int, went: int) -> None:
    """Add to what came to an account and what left it, in one guarded statement.

    Raises `Refused` when a fund would pay what it does not have, or is closed.
    """
    rows = Balance.objects.filter(account=account_id, is_open=True)
    enough = rows.filter(is_money=False) | rows.filter(debited__gte=F("credited") + went - came)
    if enough.update(debited=F("debited") + came, credited=F("credited") + went) == 1:
        return
    kept = Balance.objects.select_related("account__fund").get(account=account_id)
    if kept.is_open:
        raise Refused([short(kept, went - came)])
    raise Refused.because(f"{kept.account.fund.name} đã đóng, không ghi thêm được.", clause=kept.account.fund.clause)


def spend(account_id: int, went: int) -> None:
    """Take that much of a fund's money, in one guarded statement, and leave what is held of it.

    Raises `Refused` when the fund has not so much, holds it for somebody, or is closed.
    """
    rows = Balance.objects.filter(account=account_id, debited__gte=F("credited") + F("held") + went)
    if rows.filter(is_open=True).update(credited=F("credited") + went) == 1:
        return
    kept = Balance.objects.select_related("account__fund").get(account=account_id)
    if kept.is_open:
        raise Refused([short(kept, went, spares_held=True)])
    raise Refused.because(f"{kept.account.fund.name} đã đóng, không ghi thêm được.", clause=kept.account.fund.clause)


def short(kept: Balance, asked: int, *, spares_held: bool = False) -> Reason:
    """Why so much is not paid out of this balance; expects its account and fund."""
    fund = kept.account.fund
    text = f"{fund.name} chỉ còn {dong(kept.amount)} đồng, không đủ để chi {dong(asked)} đồng."
    if spares_held and kept.held and asked <= kept.amount:
        text = (
            f"{fund.name} còn {dong(kept.amount)} đồng, đã giữ {dong(kept.held)} đồng cho quyết định khen thưởng: "
            f"chỉ chi được {dong(kept.free)} đồng, không đủ để chi {dong(asked)} đồng."
        )
    return Reason(text, fund.clause, "amount")


def _key(row: models.Model | None) -> int | None:
    return None if row is None else row.pk


def move_many(moved: dict[int, tuple[int, int]]) -> None:
    """As `move` for many accounts by one prepared statement; where one of them refuses, they are asked one by one."""
    rows = [(came, went, key, came, went) for key, (came, went) in sorted(moved.items())]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_MOVE, rows)
            if cursor.rowcount != len(rows):
                raise _RefusesError
    except _RefusesError:
        for came, went, key, _, _ in rows:
            move(key, came, went)


class _RefusesError(Exception):
    """An account is closed, or holds too little."""


def _moved(rows: Iterable[Posting]) -> dict[int, tuple[int, int]]:
    """Key of each account to (what came, what left)."""
    came: dict[int, int] = defaultdict(int)
    went: dict[int, int] = defaultdict(int)
    for row in rows:
        came[row.debit.pk] += row.amount
        went[row.credit.pk] += row.amount
    return {key: (came[key], went[key]) for key in came.keys() | went.keys()}


def _again(made: Transfer) -> Transfer:
    """The transfer that was written under this key before."""
    found = Transfer.objects.filter(key=made.key).first()
    if found is None:  # not the key: it takes back a transfer that was taken back meanwhile
        raise Conflict([Reason("Bút toán này đã có bút toán đảo.")])
    said = ("debit_id", "credit_id", "amount", "on", "words", "corrects_id", "place_id", "households", "party_id")
    if any(getattr(found, name) != getattr(made, name) for name in said):
        raise Refused.because("Tờ mẫu này đã được dùng để ghi một khoản khác. Mở lại tờ mẫu rồi ghi.")
    return found
