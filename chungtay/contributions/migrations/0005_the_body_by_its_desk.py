"""Gifts that were confirmed already were signed with the name of a desk: its body is the one that confirmed."""

from collections import Counter

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def tell_the_body(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Desk by desk; a name that two bodies bear tells nothing, and the gift stays without one."""
    gifts, desks = apps.get_model("contributions", "Contribution"), apps.get_model("accounts", "Desk")
    known = sorted(set(desks.objects.order_by().values_list("name", "body_id")))
    bearers = Counter(name for name, _ in known)
    signed = gifts.objects.filter(confirmed_on__isnull=False, confirmed_body__isnull=True)
    for name, body in known:
        if bearers[name] == 1:
            signed.filter(confirmed_by__endswith=f", {name}").update(confirmed_body_id=body)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_users_desks_and_seats"),
        ("contributions", "0004_which_body_confirmed"),
    ]

    operations = [migrations.RunPython(tell_the_body, migrations.RunPython.noop)]
