"""No more households escape by a model, or by its copy, than take part in it."""

from django.db import migrations, models

FEWER_ESCAPED = (
    models.Q(escaped__isnull=True)
    | models.Q(escaped=0)
    | models.Q(households__isnull=False, escaped__lte=models.F("households"))
)


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_good_models_and_their_copies")]

    operations = [
        migrations.AddConstraint(
            model_name=model,
            constraint=models.CheckConstraint(condition=FEWER_ESCAPED, name=f"{model}_escaped_took_part"),
        )
        for model in ("practice", "adoption")
    ]
