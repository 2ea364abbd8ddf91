"""Writing transfers: the row, and the kept balances of its two accounts, in one transaction (design D2).

A balance moves by what is added to it, never to a value that somebody read before; where there is not enough money, or
the fund was closed meanwhile, the update finds no row and nothing of the transfer stays. Accounts are taken in the
order of their keys, so that two transfers never wait for each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from chungtay.documents.models import StoredFile
from chungtay.law.funds import Income, Purpose
from chungtay.law.money import dong
from chungtay.law.refusals import Conflict, Reason, Refused
from chungtay.ledger.models import Account, Balance, Fund, Transfer
from chungtay.parties.models import Party
from chungtay.places.models import Place

BATCH = 1_000


@dataclass(frozen=True)
class Posting:
    """Một khoản sắp ghi: what a transfer is to say. `key` is made by the form, or by the sheet and its line."""

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
    for key, (came, went) in sorted(_moved([made]).items()):
        move(key, came, went)
    return made, True


def post_many(postings: Sequence[Posting], *, written_on: date) -> list[Transfer]:
    """Write many transfers, all or none: the rows in batches, each balance once. None of the keys may be used yet.

    Raises `Refused` as `post`, and `Conflict` when a key was used before. Within the batch only the end counts: a fund
    may pay out what the same batch brings in.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("transfers and their balances need one transaction")
    rows = [posting.row(written_on) for posting in postings]
    try:
        with transaction.atomic():
            Transfer.objects.bulk_create(rows, batch_size=BATCH)
    except IntegrityError as used:
        raise Conflict([Reason("Có khoản trong danh sách này đã được ghi sổ trước đó.")]) from used
    for key, (came, went) in sorted(_moved(rows).items()):
        move(key, came, went)
    return rows


def move(account_id: int, came: int, went: int) -> None:
    """Add to what came to an account and what left it, in one guarded statement.

    Raises `Refused` when a fund would pay what it does not have, or is closed.
    """
    rows = Balance.objects.filter(account=account_id, is_open=True)
    enough = rows.filter(is_money=False) | rows.filter(debited__gte=F("credited") + went - came)
    if enough.update(debited=F("debited") + came, credited=F("credited") + went) == 1:
        return
    kept = Balance.objects.select_related("account__fund").get(account=account_id)
    name = kept.account.fund.name
    if not kept.is_open:
        raise Refused.because(f"{name} đã đóng, không ghi thêm được.", clause="KH III.3")
    text = f"{name} chỉ còn {dong(kept.amount)} đồng, không đủ để chi {dong(went - came)} đồng."
    raise Refused.because(text, clause="KH III.3", field="amount")


def _moved(rows: Iterable[Transfer]) -> dict[int, tuple[int, int]]:
    """Key of each account to (what came, what left)."""
    came: dict[int, int] = defaultdict(int)
    went: dict[int, int] = defaultdict(int)
    for row in rows:
        came[row.debit_id] += row.amount
        went[row.credit_id] += row.amount
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
