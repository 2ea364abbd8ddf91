"""What is held of a fund's money for acts that have not paid yet stands beside its balance."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_every_dong_in_and_out"),
    ]

    operations = [
        migrations.AddField(
            model_name="balance",
            name="held",
            field=models.PositiveBigIntegerField(default=0, verbose_name="đã giữ (đồng)"),
        ),
    ]
