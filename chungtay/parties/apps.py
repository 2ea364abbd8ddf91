from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "chungtay.parties"
    label = "parties"

    def ready(self) -> None:
        """A SQLite migration that alters a table drops its triggers, so they are laid again after every migrate."""
        from chungtay.parties import name_index
        from chungtay.records import triggers

        triggers.lay_also(name_index.install_where_it_stands)
