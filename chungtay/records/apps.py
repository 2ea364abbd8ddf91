from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "chungtay.records"
    label = "records"

    def ready(self) -> None:
        """A SQLite migration that alters a table drops its triggers, so they are laid again after every migrate."""
        from chungtay.records import checks, converters, triggers, wall_laying

        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="records.triggers")
        triggers.lay_also(wall_laying.lay_after_migrate)
        checks.register_checks()
        converters.register()
