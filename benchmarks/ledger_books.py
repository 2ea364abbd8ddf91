"""The books that `ledger.py` measures: funds, the same rows for both sides, and what is asked of them."""

import secrets
import time
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Sum

from chungtay.law.funds import FundKind, Income, Purpose
from chungtay.ledger import actions, books, checking, posting
from chungtay.ledger.actions import Told
from chungtay.ledger.models import Account, Balance, Fund, Transfer
from chungtay.ledger.posting import Posting
from chungtay.parties.models import Party
from chungtay.places.models import Place, PlaceVersion
from chungtay.records import journal, keyset
from chungtay.records.journal import System

BY = System("benchmark")
TYPES = (
    '"id" {key}, "key" varchar(64) UNIQUE, "debit_id" bigint, "credit_id" bigint, "amount" bigint, "on" date,'
    ' "words" varchar(300), "party_id" bigint, "place_id" bigint, "households" integer, "evidence_id" bigint,'
    ' "corrects_id" bigint UNIQUE, "written_on" date, "is_demo" boolean'
)
INDEXED = (
    '"debit_id", "on", "id"',
    '"credit_id", "on", "id"',
    *(f'"{name}_id"' for name in ("debit", "credit", "party", "place", "evidence")),
)
KEY = {"sqlite": "integer PRIMARY KEY", "postgresql": "bigserial PRIMARY KEY"}
MOST = 1_000_000


class Books:
    """So many drives of one body, each with its accounts, and a bare table of the same columns."""

    def __init__(self, count: int, opened: date) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        self.opened = opened
        place = Place.objects.create(key="kg", level="province", since=date(2010, 1, 1), title="Tỉnh Kiên Giang")
        version = PlaceVersion(
            place=place, since=date(2010, 1, 1), code="91", kind="tinh", name="Kiên Giang", source="benchmark"
        )
        version.fill_derived("")
        version.save()
        owner = Party(name="Ủy ban Mặt trận Tổ quốc", kind="fatherland_front", place=place, registered_on=opened)
        owner.fill_derived(opened)
        owner.save()
        self.funds = [self._fund(owner, n) for n in range(count)]
        self.money = [posting.cash(fund) for fund in self.funds]
        self.incomes = [posting.account(fund, Account.Kind.INCOME, Income.PEOPLE) for fund in self.funds]
        self.purposes = [posting.account(fund, Account.Kind.PURPOSE, Purpose.OTHER) for fund in self.funds]
        self._lay_bare()

    def _fund(self, owner: Party, n: int) -> Fund:
        return actions.open_fund(
            owner=owner, kind=FundKind.DRIVE, name=f"Đợt vận động {n}", by=BY, on=self.opened, starts=self.opened,
            ends=date(2020, 12, 31),
        )  # fmt: skip

    def _lay_bare(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE bare ({TYPES.format(key=KEY[connection.vendor])})")
            for n, columns in enumerate(INDEXED):
                cursor.execute(f"CREATE INDEX bare_{n} ON bare ({columns})")

    def postings(self, count: int, dice: Random, days: Sequence[date]) -> list[Posting]:
        """Money in and out, three to one; what goes out is always there."""
        left = [0] * len(self.funds)
        rows = []
        for n in range(count):
            at, amount, day = dice.randrange(len(left)), dice.randrange(1, MOST), days[dice.randrange(len(days))]
            is_out = left[at] > MOST and dice.random() < 0.25
            debit, credit = (self.purposes[at], self.money[at]) if is_out else (self.money[at], self.incomes[at])
            left[at] += -amount if is_out else amount
            rows.append(Posting(f"row-{n:09d}", debit, credit, amount, day, f"Khoản thứ {n} theo danh sách"))
        return rows

    def bare(self, batches: Sequence[Sequence[Posting]]) -> None:
        """The yardstick: the rows of each batch, and a commit."""
        day = connection.ops.adapt_datefield_value
        names, marks = ", ".join(f'"{name}"' for name in posting.COLUMNS), ", ".join(["%s"] * len(posting.COLUMNS))
        insert = f"INSERT INTO bare ({names}) VALUES ({marks})"
        for batch in batches:
            rows = [
                (p.key, p.debit.pk, p.credit.pk, p.amount, day(p.on), p.words, *[None] * 5, day(self.opened), False)
                for p in batch
            ]
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.executemany(insert, rows)

    def ours(self, batches: Sequence[Sequence[Posting]], on: date) -> None:
        """The same through the product, each batch in the journal."""
        for batch in batches:
            with transaction.atomic():
                written = posting.post_many(batch, written_on=on)
                journal.record("post_many", by=BY, on=on, noun=self.funds[0], body={"rows": written})

    def one_by_one(self, count: int, on: date) -> None:
        """As a form does it: checks, row, balances, journal, commit."""
        for n in range(count):
            told = Told(day=on, words="Một khoản ghi bằng tờ mẫu", key=secrets.token_urlsafe(18))
            actions.pay_in(self.funds[n % len(self.funds)], 1_000, Income.PEOPLE, told, by=BY, on=on)

    def bare_one_by_one(self, count: int) -> float:
        """Seconds for so many bare rows, each with its commit."""
        rows = [
            Posting(f"bare-{n:09d}", self.money[0], self.incomes[0], 1_000, self.opened, "Một khoản ghi bằng tờ mẫu")
            for n in range(count)
        ]
        begun = time.perf_counter()
        self.bare([[row] for row in rows])
        return time.perf_counter() - begun

    def kept(self) -> list[int]:
        """The balance of each fund as it is kept."""
        rows = Balance.objects.filter(is_money=True).order_by("account_id")
        return [row.amount for row in rows]

    def fresh(self) -> list[int]:
        """The same summed anew."""
        sums = [
            dict(Transfer.objects.order_by().values_list(side).annotate(Sum("amount"))) for side in ("debit", "credit")
        ]
        return [sums[0].get(one.pk, 0) - sums[1].get(one.pk, 0) for one in self.money]

    def faults(self) -> list[str]:
        """What the check of all books finds."""
        return checking.faults()

    def page(self) -> Any:
        """What the page of one book asks: years, purposes, the first fifty rows with the money left."""
        money = self.money[0]
        parts = [part.select_related(*books.BESIDE) for part in books.transfers(money)]
        found = keyset.page(parts, order=books.ORDER, show=lambda rows: rows.select_related(*books.BESIDE))
        years = books.by_year(money)
        whole = books.Sums("", sum(one.came for one in years), sum(one.went for one in years))
        return years, books.parts(money, whole), books.lines(found, money)
