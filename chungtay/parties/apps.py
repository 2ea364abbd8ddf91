from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PartiesConfig(AppConfig):
    name = "chungtay.parties"
    label = "parties"

    def ready(self) -> None:
        """A SQLite migration that alters a table drops its triggers, so they are laid again after every migrate."""
        from chungtay.parties import name_index

        post_migrate.connect(name_index.install_after_migrate, sender=self, dispatch_uid="parties.name_index")
