"""Nothing is held of an income or a purpose."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_money_held_for_decisions"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="balance",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_money", True), ("held", 0), _connector="OR"), name="only_money_is_held"
            ),
        ),
    ]
