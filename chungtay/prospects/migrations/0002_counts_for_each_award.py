from typing import Any

from django.db import migrations, models


def forget_counts(apps: Any, schema_editor: Any) -> None:
    """A count is made anew by a press of a button; one of the main award alone would be read as one of all."""
    apps.get_model("prospects", "Survey").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("prospects", "0001_counts_kept_and_help_after_an_award")]

    operations = [
        migrations.RunPython(forget_counts, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="tally",
            options={"ordering": ["survey", "area_path", "content", "award"], "verbose_name": "số đã tính"},
        ),
        migrations.RemoveConstraint(model_name="tally", name="one_tally_an_area_and_content"),
        migrations.AddField(
            model_name="tally",
            name="award",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="hình thức khen"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("survey", "area_path", "content", "award"), name="one_tally_an_area_content_and_award"
            ),
        ),
    ]
