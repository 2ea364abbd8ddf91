"""The kinds of duties, of what became of loans and of programmes are those that the rooms above know how to judge."""

from django.db import migrations, models

KINDS = (
    ("duty", ["report", "settlement", "guidance"], "duty_kind_known"),
    ("loanevent", ["used", "misused", "repaid", "overdue"], "loan_event_kind_known"),
    ("programme", ["resolution", "programme", "plan", "decision"], "programme_kind_known"),
)


class Migration(migrations.Migration):
    dependencies = [("conduct", "0001_what_units_owed_and_did")]

    operations = [
        migrations.AddConstraint(
            model_name=model,
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", kinds)), name=name),
        )
        for model, kinds, name in KINDS
    ]
