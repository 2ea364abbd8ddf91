"""A list with a question of its own, as a room above would register it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from chungtay.accounts.models import Seat
from chungtay.law.procedure import Desk
from chungtay.sheets.layouts import Accepted, Answer, Flaw, Layout, Staged, Writer
from chungtay.sheets.registry import SheetList
from tests.sheets import lists

KNOWN = "Danh Thị Sa Phol"
WRITTEN: list[Accepted] = []
"""What the room took in, in this test."""


def check(rows: Sequence[Staged]) -> Iterable[tuple[Staged, Flaw]]:
    """Whoever has the name of somebody in the register is asked about."""
    answers = (Answer("17", "Là hộ HO-17", "/doi-tuong/"), Answer("new", "Là hộ khác"))
    for row in rows:
        if row.values["name"] == KNOWN:
            question = f"Đã có hộ {KNOWN}: có phải cùng một hộ?"
            yield row, Flaw("", question, is_doubtful=True, ask="same", answers=answers)


def settle(row: Staged, answers: Mapping[str, str]) -> Iterable[Flaw]:
    """The household that is known has four members at most."""
    if answers.get("same") == "17" and row.values["members"] > 4:
        yield Flaw("members", "Hộ HO-17 chỉ có 4 khẩu.")


def layout(seat: Seat, on: date) -> Layout:
    return lists.households(check=check)


def writer(seat: Seat, on: date) -> Writer:
    def write(rows: Sequence[Accepted]) -> None:
        WRITTEN.extend(rows)

    return write


LIST = SheetList(
    "households", "Danh sách hộ nghèo", frozenset({Desk.COMMUNE, Desk.DISTRICT}), layout, writer, settle,
    "Mỗi dòng một hộ.",
)  # fmt: skip
TWIN = SheetList("households", "Trùng tên", frozenset({Desk.COMMUNE}), layout, writer)
MISNAMED = SheetList("khac", "Sai tên", frozenset({Desk.COMMUNE}), layout, writer)
