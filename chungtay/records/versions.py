"""Lost updates (design D6): a guarded UPDATE on version, and on state where there is one, decides who wins."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import F

from chungtay.law.refusals import Conflict, Reason
from chungtay.records.models import Editable

Row = TypeVar("Row", bound=Editable)


def guarded_update(row: Row, *, version: int | None = None, where: dict[str, Any] | None = None, **changes: Any) -> Row:
    """Write `changes` to `row` if nobody was faster: same version (`row.version` unless given) and `where` still true.

    The row in hand carries the new values afterwards. Raises `Conflict` when somebody else was first.
    """
    expected = row.version if version is None else version
    rows: models.QuerySet[Any] = type(row)._default_manager.filter(pk=row.pk, version=expected, **(where or {}))
    if rows.update(version=F("version") + 1, **changes) != 1:
        raise Conflict([Reason("Người khác vừa sửa hồ sơ này trước bạn. Xem bản mới bên cạnh rồi làm lại.")])
    for name, value in changes.items():
        setattr(row, name, value)
    row.version = expected + 1
    return row
