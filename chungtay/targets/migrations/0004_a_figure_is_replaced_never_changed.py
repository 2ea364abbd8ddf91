"""Every figure has its day, and of each place, goal and year one stands."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("targets", "0003_the_day_by_the_journal"),
    ]

    operations = [
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
