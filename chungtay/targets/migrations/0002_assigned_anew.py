"""A figure that is assigned anew is a new row: what stood on a past day stays to be read."""

from datetime import date

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def tell_the_day(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The day of the last act on each row, by the journal."""
    assigned, entries = apps.get_model("targets", "Assigned"), apps.get_model("records", "Entry")
    days = entries.objects.filter(noun="targets.Assigned", act="assign_target").order_by("seq")
    told = dict(days.values_list("noun_key", "on"))
    for row in assigned.objects.order_by("pk"):
        row.assigned_on = told.get(str(row.pk), date(row.year, 1, 1))
        row.save(update_fields=["assigned_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("movements", "0001_plans_and_rounds"),
        ("places", "0001_places"),
        ("records", "0001_the_journal_and_form_keys"),
        ("targets", "0001_assigned_and_measured"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="assigned", name="assigned_once"),
        migrations.RemoveField(model_name="assigned", name="version"),
        migrations.AddField(
            model_name="assigned",
            name="assigned_on",
            field=models.DateField(null=True, verbose_name="ngày giao"),
        ),
        migrations.AddField(model_name="assigned", name="replaced", field=models.BooleanField(default=False)),
        migrations.RunPython(tell_the_day, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="assigned",
            name="assigned_on",
            field=models.DateField(verbose_name="ngày giao"),
        ),
        migrations.AddConstraint(
            model_name="assigned",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced", False)),
                fields=("movement", "goal", "place", "year"),
                name="assigned_once",
            ),
        ),
    ]
