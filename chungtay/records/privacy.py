"""Design D8: every model field declares its class, and everything that leaves the system derives from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db import models


class FieldClass(StrEnum):
    """Who may ever see a field, from everybody to nobody but a ballot box."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    BALLOT = "ballot"


@dataclass(frozen=True)
class Privacy:
    """The field classes of one model: field names separated by spaces. `id` is internal without being named."""

    public: str = ""
    internal: str = ""
    personal: str = ""
    sensitive: str = ""
    ballot: str = ""
    by_name: dict[str, FieldClass] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for kind in FieldClass:
            for name in str(getattr(self, kind.value)).split():
                if name in self.by_name:
                    raise ValueError(f"field {name!r} has two classes")
                self.by_name[name] = kind

    def __add__(self, other: "Privacy") -> "Privacy":
        return Privacy(
            **{kind.value: f"{getattr(self, kind.value)} {getattr(other, kind.value)}" for kind in FieldClass}
        )


def our_models() -> Iterator[type[models.Model]]:
    """Every concrete model of this project."""
    return (model for model in apps.get_models() if model.__module__.startswith("chungtay."))


def class_of(model: type[models.Model], name: str) -> FieldClass:
    """The declared class of `model.name`. Raises KeyError when nobody declared it."""
    if name in ("id", "password", "last_login"):
        return FieldClass.INTERNAL
    declared: Privacy = model.privacy  # type: ignore[attr-defined]
    return declared.by_name[name]


def undeclared(model: type[models.Model]) -> list[str]:
    """Names of `model`'s concrete fields without a class, and of declared names that are no field (with a `-`)."""
    declared: Privacy | None = getattr(model, "privacy", None)
    own: set[str] = {f.name for f in model._meta.concrete_fields} - {"id"}
    if declared is None:
        return sorted(own)
    return sorted(own - declared.by_name.keys()) + [f"-{name}" for name in sorted(declared.by_name.keys() - own)]


def at_most(model: type[models.Model], limit: FieldClass) -> list[str]:
    """Names of the fields of `model` whose class is `limit` or more open, in the model's order."""
    order: list[Any] = list(FieldClass)
    return [f.name for f in model._meta.concrete_fields if order.index(class_of(model, f.name)) <= order.index(limit)]
