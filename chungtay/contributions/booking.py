"""Vào sổ quỹ: money given to a fund or a drive stands in its book from the confirmation on, in the same transaction.

The money of a gift comes in by one transfer for each source that the book tells apart (people, units, abroad). The key
of each is made of the gift, so that no gift is written twice. What is corrected is taken back by counter-entries.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from chungtay.accounts.models import Seat
from chungtay.contributions.gifts import ENDED, Contribution, State
from chungtay.contributions.recording import income_of
from chungtay.law.funds import Income
from chungtay.law.giving import Nature
from chungtay.law.refusals import Reasons
from chungtay.ledger import on_behalf
from chungtay.ledger.actions import Told as Words
from chungtay.ledger.models import APART, Fund, Transfer
from chungtay.ledger.on_behalf import Taking
from chungtay.parties.models import Party
from chungtay.records import walls
from chungtay.records.names import clean

ORIGIN = "gift"
"""This room's word in the keys of its transfers."""


def day_in_book(fund: Fund, received_on: date) -> date | None:
    """The day on which money received then stands in the fund's book.

    None where it came before the book was opened: it is part of what the old book carried over. A drive carries nothing
    over: what it took within its own days stands on the day it came, whenever its book was opened.
    """
    return received_on if received_on >= fund.first_day else None


def goes_to_book(gift: Contribution) -> bool:
    """Whether this gift, once confirmed, is money in a fund's book."""
    if gift.fund is None or gift.nature != Nature.MONEY or gift.received_on is None:
        return False
    return day_in_book(gift.fund, gift.received_on) is not None


def takings(gift: Contribution) -> list[Taking]:
    """What the confirmation of this gift writes; nothing where it is no money of a fund."""
    if gift.fund is None or gift.received_on is None or not goes_to_book(gift):
        return []
    day = day_in_book(gift.fund, gift.received_on) or gift.received_on
    shares = list(gift.shares.all())
    sums, named = defaultdict[Income, int](int), defaultdict[Income, list[Party | None]](list)
    for share in shares:
        source = income_of(share.party)
        sums[source] += share.amount
        named[source].append(share.party)
    givers = tuple(share.party for share in shares if share.party is not None)
    words = clean(f"Khoản đóng góp số {gift.pk}: {gift.purpose}")[:300]
    return [
        Taking(
            gift.fund, amount, source,
            Words(
                day=day, words=words, key=f"{gift.pk}{APART}{source}",
                party=named[source][0] if len(named[source]) == 1 else None,
            ),
            givers,
        )
        for source, amount in sums.items()
        if amount
    ]  # fmt: skip


def faults(gifts: Sequence[Contribution], *, by: Seat, on: date) -> dict[int, Reasons]:
    """By the key of each gift what stands against its money coming into the book. One query whatever their number."""
    asked = [(gift.pk, taking) for gift in gifts for taking in takings(gift)]
    found: dict[int, Reasons] = defaultdict(Reasons)
    if asked:
        told = on_behalf.faults([taking for _, taking in asked], by=by, on=on)
        for (key, _), reasons in zip(asked, told, strict=True):
            known = {reason.text for reason in found[key]}
            for reason in reasons:
                if reason.text not in known:
                    found[key].add(reason.text, clause=reason.clause)
    return found


def book(gifts: Sequence[Contribution], *, by: Seat, on: date) -> list[Transfer]:
    """Write the money of confirmed gifts into the books of their funds, in a fixed number of statements."""
    return on_behalf.pay_in_many([one for gift in gifts for one in takings(gift)], origin=ORIGIN, by=by, on=on)


@walls.everything("the money of a gift is one, whoever sees the book")
def standing(gift: Contribution) -> list[Transfer]:
    """The transfers of a gift that nobody has taken back."""
    return [row for row in entries([gift.pk])[gift.pk] if row.corrects_id is None and not hasattr(row, "countered_by")]


def faults_of_taking_back(gift: Contribution, *, by: Seat, on: date) -> Reasons:
    """What stands against taking the money of this gift out of the book again."""
    return on_behalf.faults_of_taking_back(standing(gift), _givers(gift), by=by, on=on)


def take_back(gift: Contribution, *, reason: str, by: Seat, on: date) -> list[Transfer]:
    """The counter-entries of a gift that is corrected."""
    return on_behalf.take_back(standing(gift), _givers(gift), reason=reason, by=by, on=on)


def _givers(gift: Contribution) -> list[Party]:
    return [share.party for share in gift.shares.select_related("party") if share.party is not None]


def entries(gifts: Iterable[int]) -> dict[int, list[Transfer]]:
    """By the key of each of these gifts its transfers, counter-entries among them, in the order written. One query."""
    wanted = {f"{ORIGIN}{APART}{gift}{APART}{source}": gift for gift in gifts for source in Income}
    back = {f"{key}{APART}back": gift for key, gift in wanted.items()}
    keys = {**wanted, **back}
    found: dict[int, list[Transfer]] = {gift: [] for gift in wanted.values()}
    rows = Transfer.objects.filter(key__in=keys).select_related("debit__fund__owner", "credit__fund", "countered_by")
    for row in rows.order_by("pk"):
        found[keys[row.key]].append(row)
    return found


def words_about(gift: Contribution) -> str:
    """What the page of a gift of money to a fund says of the fund's book; empty for any other gift."""
    if gift.fund is None or gift.nature != Nature.MONEY or gift.state in ENDED:
        return ""
    if gift.received_on is None:
        return "Nhận tiền và xác nhận xong thì khoản này tự vào sổ quỹ."
    day = day_in_book(gift.fund, gift.received_on)
    if day is None:
        opened = f"Nhận trước ngày mở sổ quỹ ({gift.fund.opened_on:%d/%m/%Y})"
        return f"{opened}: đã nằm trong số dư sổ cũ chuyển sang, không ghi thu lần nữa."
    return "" if gift.state == State.CONFIRMED else f"Xác nhận xong thì tự vào sổ quỹ, ngày {day:%d/%m/%Y}."


def gift_of(row: Transfer) -> int | None:
    """The key of the gift that wrote this transfer; None for one that no gift wrote."""
    parts = row.key.split(APART)
    return int(parts[1]) if row.origin == ORIGIN and len(parts) > 2 and parts[1].isdecimal() else None
