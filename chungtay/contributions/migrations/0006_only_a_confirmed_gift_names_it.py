"""No body stands behind a confirmation that was never given."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0005_the_body_by_its_desk"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_body__isnull", True), ("confirmed_on__isnull", False), _connector="OR"),
                name="gift_confirmed_by_body",
            ),
        ),
    ]
