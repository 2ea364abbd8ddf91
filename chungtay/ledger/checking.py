"""Kiểm sổ: the kept balances against a fresh sum of all transfers, and what no transfer may ever be."""

from django.db.models import F, Q, Sum

from chungtay.ledger.models import Account, Balance, Transfer
from chungtay.records import walls


@walls.everything("the books are checked as a whole")
def faults() -> list[str]:
    """One English sentence for each thing that does not fit; empty when the books are right. Three table scans."""
    found = [*_balances(), *_counters()]
    debited = Balance.objects.aggregate(all=Sum("debited"), out=Sum("credited"))
    if debited["all"] != debited["out"]:
        found.append(f"all accounts together do not sum to zero: {debited['all']} came, {debited['out']} left")
    return found


def _balances() -> list[str]:
    """Each kept balance beside the sums of its account's transfers."""
    sums = {
        side: dict(Transfer.objects.order_by().values_list(side).annotate(Sum("amount")))
        for side in ("debit", "credit")
    }
    kept = {row.account_id: row for row in Balance.objects.order_by("account_id")}
    found = []
    for key in sorted(kept.keys() | sums["debit"].keys() | sums["credit"].keys()):
        fresh = sums["debit"].get(key, 0), sums["credit"].get(key, 0)
        row = kept.get(key)
        held = (row.debited, row.credited) if row is not None else None
        if held != fresh:
            found.append(f"account {key}: kept {held}, its transfers sum to {fresh}")
    return found


def _counters() -> list[str]:
    """A counter-entry is the mirror of what it corrects; a transfer touches the money of a fund."""
    mirror = Q(debit=F("corrects__credit"), credit=F("corrects__debit"), amount=F("corrects__amount"))
    bent = Transfer.objects.filter(corrects__isnull=False).exclude(mirror).order_by("id")
    odd = Transfer.objects.exclude(debit__kind=Account.Kind.CASH).exclude(credit__kind=Account.Kind.CASH)
    return [
        *(f"transfer {key} is no mirror of the one it corrects" for key in bent.values_list("pk", flat=True)[:20]),
        *(f"transfer {key} touches no fund's money" for key in odd.order_by("id").values_list("pk", flat=True)[:20]),
    ]


def counted() -> tuple[int, int]:
    """(transfers, accounts), for whoever is told that all is well."""
    with walls.everything("the books are checked as a whole"):
        return Transfer.objects.count(), Account.objects.count()
