"""A receipt is given by the body that confirmed the gift: each gift says which one that was."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0003_an_award_of_the_state_uses_gifts_too"),
        ("parties", "0003_lists_walk_by_area"),
    ]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="confirmed_body",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.party",
            ),
        ),
    ]
