"""An award of the State uses gifts too, without counting starting anew; all that are known so far restarted it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0002_papers_of_a_gift"),
    ]

    operations = [
        migrations.AddField(
            model_name="awardcase",
            name="restarts",
            field=models.BooleanField(default=True, verbose_name="tính lại từ đầu sau lần khen này"),
        ),
    ]
