"""Danh sách nhân khẩu: one row a person of a household that stands in the register.

The household is found by its code; without one by its head's name and the hamlet, which is always a question.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.households import received, writing
from chungtay.households.bulk_people import Joining, add_many
from chungtay.households.lists import NEW, RELATIONS, SAME, of_people, people_columns, person_of, settle, told_apart
from chungtay.households.models import Household, Member
from chungtay.households.rights import WRITERS
from chungtay.records.names import fold
from chungtay.sheets import kinds
from chungtay.sheets.layouts import Accepted, Answer, Check, Column, Flaw, Layout, Staged, Writer
from chungtay.sheets.registry import SheetList

WHICH = "home"
OFFERED = 6


def people_layout(seat: Seat, on: date) -> Layout:
    """The household by code, or by head and hamlet; then the person."""
    return Layout(
        "danh-sach-nhan-khau", "Danh sách nhân khẩu",
        (
            Column("code", ("Mã hộ", "Mã số hộ"), kinds.text(20)),
            Column("head", ("Chủ hộ", "Họ và tên chủ hộ", "Họ tên chủ hộ", "Tên chủ hộ"), kinds.text()),
            Column("hamlet", ("Ấp, khu phố", "Ấp", "Khu phố", "Thôn", "Khóm"), kinds.text(120)),
            *people_columns(on, ("Họ và tên", "Họ tên", "Họ và tên nhân khẩu")),
            Column("relation", ("Quan hệ với chủ hộ", "Quan hệ"), kinds.choice(RELATIONS), is_required=True),
        ),
        unique=("code", "name", "birth"), single=("id_number",),
        check=people_check(seat, on),
    )  # fmt: skip


class Homes:
    """The standing households of the seat's area that the rows may mean: by code, by head's name."""

    def __init__(self, seat: Seat, on: date) -> None:
        self._rows = Household.objects.visible_to(seat, on).standing().select_related("place")
        self.by_code: dict[str, Household] = {}
        self.by_key: dict[str, Household] = {}
        self.by_head: dict[str, list[Household]] = {}

    def read(self, rows: Sequence[Mapping[str, Any]], keys: Iterable[str] = ()) -> None:
        """Look up what these rows name. Two statements for a few hundred of them."""
        for one in self._among("code", {row["code"] for row in rows if row["code"]}):
            self.by_code[one.code] = self.by_key[str(one.pk)] = one
        heads = {fold(row["head"]) for row in rows if not row["code"] and row["head"]}
        for one in self._among("head_folded", heads):
            self.by_head.setdefault(one.head_folded, []).append(one)
        for one in self._among("pk", {int(key) for key in keys}):
            self.by_key[str(one.pk)] = one

    def _among(self, field: str, wanted: Iterable[Any]) -> Iterator[Household]:
        asked = sorted(wanted)
        for start in range(0, len(asked), writing.READ):
            part = asked[start : start + writing.READ]
            yield from self._rows.filter(**{f"{field}__in": part}).order_by("pk")

    def alike(self, values: Mapping[str, Any]) -> list[Household]:
        """The households of that head; those of that hamlet only, where there are any."""
        rows = self.by_head.get(fold(values["head"]), [])
        here = [one for one in rows if fold(one.hamlet) == fold(values["hamlet"] or "")]
        return (here or rows)[:OFFERED]


def people_check(seat: Seat, on: date) -> Check:
    """Codes that are no household of ours, heads that may be several, taken numbers, namesakes."""

    def check(rows: Sequence[Staged]) -> Iterable[tuple[Staged, Flaw]]:
        homes = Homes(seat, on)
        homes.read([row.values for row in rows])
        known: dict[int, Household] = {}
        for row in rows:
            flaw, found = _household(row.values, homes)
            if flaw is not None:
                yield row, flaw
            if found is not None:
                known[id(row)] = found
        asked = [row for row in rows if id(row) in known]
        places = {id(row): known[id(row)].place_id for row in asked}
        yield from of_people(asked, places, id, lambda row, one: _is_written(row, one, known[id(row)]), by=seat, on=on)

    return check


def _is_written(row: Staged, one: Member, home: Household) -> bool:
    same = one.household_id == home.pk and one.relation == row.values["relation"]
    return same and received.is_person(row.values, one)


def _household(values: Mapping[str, Any], homes: Homes) -> tuple[Flaw | None, Household | None]:
    """What is to be asked about a row's household, and the household (or the likeliest) if there is one."""
    code, head = values["code"], values["head"]
    if code and code in homes.by_code:
        return None, homes.by_code[code]
    if code:
        return Flaw("code", f"Không có hộ mang mã “{code}” trong địa bàn của bạn."), None
    if not head:
        return Flaw("code", "Cần ghi mã hộ, hoặc tên chủ hộ và ấp."), None
    alike = homes.alike(values)
    if not alike:
        return Flaw("head", f"Không có hộ nào của chủ hộ “{head}” trong địa bàn của bạn."), None
    question = f"Không ghi mã hộ: có phải cùng một hộ với chủ hộ {head}?"
    answers = tuple(_answer(one) for one in alike)
    return Flaw("", question, is_doubtful=True, ask=WHICH, answers=answers), alike[0]


def _answer(one: Household) -> Answer:
    label = f"Hộ {one.code}: {one.head_name}, {one.hamlet}, {one.place}, {one.persons} người"
    return Answer(str(one.pk), label, reverse("households:detail", args=[one.pk]))


def people_writer(seat: Seat, on: date) -> Writer:
    """Writes the people who are not in the register yet into their households."""

    def write(rows: Sequence[Accepted]) -> Mapping[int, str]:
        new = [row for row in rows if row.answers.get(SAME, NEW) == NEW]
        homes = Homes(seat, on)
        homes.read([row.values for row in new], {row.answers[WHICH] for row in new if WHICH in row.answers})
        told = {row.key: _chosen(row, homes) for row in new}
        lost = {key: "Hộ này không còn trong sổ." for key, home in told.items() if home is None}
        fit = [(row, home) for row in new if (home := told[row.key]) is not None]
        joining = [Joining(home, person_of(row.values, row.values["relation"])) for row, home in fit]
        members = add_many(joining, by=seat, on=on)
        said = [member for member, (row, _) in zip(members, fit, strict=True) if SAME in row.answers]
        if said:
            told_apart(said, on)
        return lost

    return write


def _chosen(row: Accepted, homes: Homes) -> Household | None:
    """The household of an accepted row: by its code, or the one that a person chose."""
    if row.values["code"]:
        return homes.by_code.get(row.values["code"])
    return homes.by_key.get(row.answers.get(WHICH, ""))


PEOPLE = SheetList(
    "danh-sach-nhan-khau", "Danh sách nhân khẩu", frozenset(WRITERS), people_layout, people_writer, settle,
    "Mỗi dòng một người của hộ đã có trong sổ, theo mã hộ hoặc chủ hộ và ấp.",
)  # fmt: skip
