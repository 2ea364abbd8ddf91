"""The day of each figure that stands already is that of the last act on it, by the journal."""

from datetime import date

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def tell_the_day(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Row by row; one that the journal does not know has the first day of its year."""
    assigned, entries = apps.get_model("targets", "Assigned"), apps.get_model("records", "Entry")
    days = entries.objects.filter(noun="targets.Assigned", act="assign_target").order_by("seq")
    told = dict(days.values_list("noun_key", "on"))
    for row in assigned.objects.order_by("pk"):
        row.assigned_on = told.get(str(row.pk), date(row.year, 1, 1))
        row.save(update_fields=["assigned_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_the_journal_and_form_keys"),
        ("targets", "0002_a_figure_has_its_day"),
    ]

    operations = [migrations.RunPython(tell_the_day, migrations.RunPython.noop)]
