"""Lists pass over the rows out of sight without reading them: each index ends with all that a list asks of a row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("nominations", "0001_award_dossiers")]

    operations = [
        migrations.RemoveIndex(model_name="dossier", name="dossier_work"),
        migrations.RemoveIndex(model_name="dossier", name="dossier_by_state"),
        migrations.RemoveIndex(model_name="dossier", name="dossier_all"),
        migrations.RemoveIndex(model_name="dossier", name="dossier_by_area"),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["waits_for", "due_on", "id", "area_path", "is_handed_in"], name="dossier_work"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["state", "-id", "area_path", "is_handed_in", "unit", "round"], name="dossier_by_state"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["-id", "area_path", "is_handed_in", "unit", "state", "round"], name="dossier_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["area_path", "id", "is_handed_in", "unit", "state", "round"], name="dossier_by_area"
            ),
        ),
    ]
