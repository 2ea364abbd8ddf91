"""Finding a party by its name, as people type it."""

from typing import TypeVar

from django.db import models

from chungtay.records.names import fold

Rows = TypeVar("Rows", bound="models.QuerySet[models.Model]")


def matching(rows: Rows, text: str) -> Rows:
    """The rows whose folded name holds every word of `text` as the start of one of its words."""
    for word in fold(text).split():
        rows = rows.filter(models.Q(name_folded__startswith=word) | models.Q(name_folded__contains=f" {word}"))
    return rows
