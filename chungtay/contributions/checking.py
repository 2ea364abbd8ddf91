"""Kiểm đóng góp: what was given to funds against what stands in their books."""

from collections import Counter, defaultdict

from chungtay.contributions import booking
from chungtay.contributions.gifts import Contribution
from chungtay.law.giving import Nature
from chungtay.ledger.models import APART, Account, Transfer
from chungtay.records import walls

MANY = 20
"""So many of one sort are told."""


@walls.everything("gifts and books are checked as a whole")
def faults() -> list[str]:
    """One English sentence for each gift whose money does not stand in the book as it should; empty when all do.

    Two scans: the confirmed gifts of money to funds, and the transfers that gifts wrote.
    """
    due = _due()
    booked, odd = _booked()
    found = list(odd[:MANY])
    wrong = [key for key in sorted(due.keys() | booked.keys()) if due.get(key, 0) != booked.get(key, 0)]
    for gift, fund in wrong[:MANY]:
        expected, held = due.get((gift, fund), 0), booked.get((gift, fund), 0)
        found.append(f"gift {gift}: {expected} confirmed for fund {fund}, its book holds {held}")
    if len(wrong) > MANY:
        found.append(f"and {len(wrong) - MANY} gifts more")
    return found


def _due() -> dict[tuple[int, int], int]:
    """By gift and fund what a confirmation was to bring."""
    rows = Contribution.objects.counted().filter(fund__isnull=False, nature=Nature.MONEY.value)
    found = {}
    for gift in rows.select_related("fund").iterator(chunk_size=2000):
        if booking.goes_to_book(gift) and gift.fund_id is not None:
            found[gift.pk, gift.fund_id] = gift.value
    return found


def _booked() -> tuple[dict[tuple[int, int], int], list[str]]:
    """By gift and fund what its transfers brought, less what was taken back; and keys that no gift can have written."""
    sums: dict[tuple[int, int], int] = defaultdict(int)
    odd = []
    rows = Transfer.objects.filter(key__startswith=f"{booking.ORIGIN}{APART}").order_by()
    rows = rows.select_related("debit", "credit").only(
        "key", "amount", "corrects", "debit__fund", "debit__kind", "credit__fund", "credit__kind"
    )
    for row in rows.iterator(chunk_size=2000):
        gift = booking.gift_of(row)
        is_back = row.corrects_id is not None
        money = row.credit if is_back else row.debit
        if gift is None or money.kind != Account.Kind.CASH:
            odd.append(f"transfer {row.pk}: no gift writes one like this ({row.key})")
            continue
        sums[gift, money.fund_id] += -row.amount if is_back else row.amount
    return {key: amount for key, amount in sums.items() if amount}, odd


def counted() -> Counter[str]:
    """How many gifts and transfers were looked at, for whoever is told that all is well."""
    with walls.everything("gifts and books are checked as a whole"):
        gifts = Contribution.objects.counted().filter(fund__isnull=False, nature=Nature.MONEY.value)
        written = Transfer.objects.filter(key__startswith=f"{booking.ORIGIN}{APART}")
        return Counter(gifts=gifts.count(), transfers=written.count())
