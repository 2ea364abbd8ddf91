"""Tiền đã giữ: what another room's acts bind of a fund's money, kept beside the balance that they will be paid from.

Whoever binds and frees it tells it here, in the transaction of the act. A transfer written by hand leaves it alone.
"""

from django.db import connection
from django.db.models import F

from chungtay.ledger.models import Account, Balance, Fund


def hold(fund: Fund | int, more: int) -> None:
    """Hold `more` of the fund's money, less where it is below zero; one statement. It may be more than there is.

    Raises IntegrityError where more would be freed than was ever held.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("what is held needs the transaction of the act that binds it")
    if more:
        cash = Account.objects.filter(fund=fund, kind=Account.Kind.CASH).values("pk")
        Balance.objects.filter(account__in=cash).update(held=F("held") + more)


def money_of(fund: Fund) -> Balance:
    """What the fund has and what is held of it. One query."""
    return Balance.objects.select_related("account").get(account__fund=fund, is_money=True)
