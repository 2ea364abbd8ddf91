"""What the commitments of each fund sum to is held beside its balance from now on."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Sum


def hold(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """One row for each fund with commitments."""
    commitments, accounts = apps.get_model("decisions", "Commitment"), apps.get_model("ledger", "Account")
    balances = apps.get_model("ledger", "Balance")
    for fund, bound in commitments.objects.order_by().values_list("fund").annotate(Sum("amount")):
        cash = accounts.objects.filter(fund=fund, kind="cash").values("pk")
        balances.objects.filter(account__in=cash).update(held=max(bound, 0))


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_money_held_for_decisions"),
        ("decisions", "0003_award_money_and_stock"),
    ]

    operations = [migrations.RunPython(hold, migrations.RunPython.noop)]
