"""A figure, a survey or an answer is taken back by a new row; what stood before stays to be read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("targets", "0004_a_figure_is_replaced_never_changed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="assigned",
            name="value",
            field=models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name="mức giao"),
        ),
        migrations.AddField(
            model_name="incomesurvey",
            name="withdrawn",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="lý do rút"),
        ),
        migrations.AlterField(
            model_name="infrastructure",
            name="met",
            field=models.BooleanField(null=True, verbose_name="đạt"),
        ),
    ]
