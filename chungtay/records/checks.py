"""System checks: a model that forgets a field's class or its clerk's name does not start."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register

from chungtay.records import wall_laying
from chungtay.records.privacy import our_models, undeclared


def every_field_has_a_class(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Design D8: an undeclared field is an error, so that it can never leak by being forgotten."""
    return [
        Error(f"{model.__name__}.{name} declares no privacy class", id="records.E001", obj=model)
        for model in our_models()
        for name in undeclared(model)
    ]


def register_checks() -> None:
    register(every_field_has_a_class)
    register(wall_laying.check_before_migrate, Tags.database)
