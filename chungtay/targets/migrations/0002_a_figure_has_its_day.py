"""A figure that is assigned anew is to be a new row: what stood on a past day stays to be read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
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
    ]
