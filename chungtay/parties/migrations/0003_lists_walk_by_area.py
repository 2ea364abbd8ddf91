"""Lists and searches walk an area's parties side by side in one index, also those of one kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_find_by_any_word")]

    operations = [
        migrations.RemoveIndex(model_name="party", name="party_by_manager"),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["managing_unit", "area_path", "name_folded", "id"], name="party_by_manager"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["kind", "area_path", "name_folded", "id"], name="party_by_kind"),
        ),
    ]
