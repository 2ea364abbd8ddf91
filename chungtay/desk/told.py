"""Thông báo bằng lời thật: notices as a desk reads them. One that leads nowhere any more says what became of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.accounts.models import Notice, Seat
from chungtay.law.procedure import State
from chungtay.nominations.models import Dossier
from chungtay.records import walls

DOSSIER = re.compile(r"/ho-so/(?P<key>[0-9a-z]+)/")
TAKEN_BACK = "Đơn vị đã lấy lại hồ sơ này để sửa; họ nộp lại thì hồ sơ trở về danh sách của bạn."
OUT_OF_SIGHT = "Hồ sơ này không còn nằm trong phần bạn được xem."


@dataclass(frozen=True)
class Told:
    """One notice, where it leads (nowhere: empty), and what became of the matter where it leads nowhere."""

    notice: Notice
    link: str
    became: str = ""


def told(notices: Sequence[Notice], seat: Seat, on: date) -> list[Told]:
    """The notices in the order given; links to dossiers only where this seat may open them. At most two queries."""
    keys = {found["key"] for notice in notices if (found := DOSSIER.match(notice.link))}
    if not keys:
        return [Told(notice, notice.link) for notice in notices]
    open_ = set(Dossier.objects.visible_to(seat, on).filter(key__in=keys).values_list("key", flat=True))
    with walls.everything("a desk that was told of a dossier is told why it no longer opens"):
        states = dict(Dossier.objects.filter(key__in=keys - open_).values_list("key", "state")) if keys - open_ else {}
    return [_told(notice, open_, states) for notice in notices]


def _told(notice: Notice, open_: set[str], states: dict[str, str]) -> Told:
    found = DOSSIER.match(notice.link)
    if found is None or found["key"] in open_:
        return Told(notice, notice.link)
    back = states.get(found["key"]) == State.DRAFT.value
    return Told(notice, "", TAKEN_BACK if back else OUT_OF_SIGHT)
