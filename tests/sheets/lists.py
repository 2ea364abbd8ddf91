"""A list of households as a consuming room would declare it, and workbooks as people really send them."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import openpyxl

from chungtay.sheets import accepting, actions, codes, guessing, kinds, looking, staging
from chungtay.sheets.layouts import Accepted, Check, Column, Layout, Writer
from chungtay.sheets.models import Row, Upload
from chungtay.sheets.plans import Plan

ON = date(2020, 10, 20)
HEADINGS = ["STT", "Họ và tên chủ hộ", "Ngày sinh", "Số CMND/CCCD", "Phân loại", "Thu nhập", "Số khẩu"]
GOOD = [1, "Danh Thị Sa Phol", "05/02/1960", "370123456", "Hộ nghèo", 700_000, 4]
COMMUNES = [("tho-son", "xa", "Thổ Sơn", "30847"), ("thu-ba-xa", "xa", "Thứ Ba", "30990"),
            ("thu-ba", "thi_tran", "Thứ Ba", "30985"), ("son-kien", "xa", "Sơn Kiên", "00850")]  # fmt: skip


def households(*, unique: tuple[str, ...] = ("id_number",), check: Check | None = None) -> Layout:
    """Name, birth, ID number, class, income, members."""
    classes = {"poor": ("Hộ nghèo", "Nghèo", "HN"), "near_poor": ("Hộ cận nghèo", "Cận nghèo")}

    def too_many(members: int) -> str:
        return f"Hộ có {members} khẩu: có đúng không?" if members > 15 else ""

    return Layout(
        "households", "Danh sách hộ nghèo",
        (
            Column("name", ("Họ và tên chủ hộ", "Họ tên", "Chủ hộ"), kinds.text(), is_required=True),
            Column("born", ("Ngày sinh", "Ngày tháng năm sinh", "Năm sinh"), kinds.birth(ON)),
            Column("id_number", ("Số CMND/CCCD", "CMND", "CCCD", "Số định danh"), codes.id_number()),
            Column("class", ("Phân loại", "Diện hộ"), kinds.choice(classes), is_required=True),
            Column("income", ("Thu nhập", "Thu nhập bình quân"), kinds.dong()),
            Column("members", ("Số khẩu", "Nhân khẩu"), kinds.integer(1, 60), doubts=(too_many,)),
        ),
        unique=unique, check=check,
    )  # fmt: skip


def book(*sheets: Sequence[Sequence[Any]], names: Sequence[str] = ()) -> bytes:
    """A workbook of these sheets, each a list of rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for n, rows in enumerate(sheets):
        sheet = made.create_sheet(names[n] if names else f"Ấp {n + 1}")
        for row in rows:
            sheet.append(list(row))
    return saved(made)


def saved(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def pasted(*some: Sequence[Any]) -> str:
    """Rows as they come from Excel's clipboard, with the plain headings."""
    return "\n".join("\t".join(str(cell) for cell in row) for row in (HEADINGS, *some))


def simple(*rows: Sequence[Any]) -> bytes:
    """One sheet with the plain headings."""
    return book([HEADINGS, *rows])


def persons(count: int, first: int = 0) -> list[list[Any]]:
    """Good rows, all different."""
    return [[n + 1, f"Nguyễn Văn {n}", "01/01/1970", f"{370_000_000 + n}", "Hộ nghèo", 650_000, 3]
            for n in range(first, first + count)]  # fmt: skip


def opened(
    province: Any, content: bytes, layout: Layout, name: str = "danh-sach.xlsx", seat: str = "commune"
) -> Upload:
    """Received and unpacked."""
    upload = actions.receive(content, name, layout=layout, by=province.seats[seat], on=ON)
    return staging.open_file(upload, layout)


def confirmed(province: Any, content: bytes, layout: Layout, plan: Plan | None = None, **more: Any) -> Upload:
    """With the guessed columns confirmed, unless another plan is given."""
    upload = opened(province, content, layout, **more)
    plan = plan or guessing.plan(staging.guesses(upload, layout))
    return actions.confirm(upload, plan, layout=layout, by=province.seats[more.get("seat", "commune")], on=ON)


def staged(province: Any, content: bytes, layout: Layout, **more: Any) -> Upload:
    """All rows read."""
    return staging.stage(confirmed(province, content, layout, **more), layout)


def alone(upload: Upload) -> list[Row]:
    """The rows that a person has to look at, or has looked at."""
    return list(Row.objects.filter(upload=upload).order_by("sheet", "number"))


def rows(upload: Upload) -> list[Row]:
    """All rows of the file, those that lie in packs too."""
    packed = looking.packed_rows(Upload.objects.get(pk=upload.pk))
    return sorted([*alone(upload), *packed], key=lambda row: row.place)


def accept(
    province: Any, upload: Upload, layout: Layout, writer: Writer, *, chunks: int | None = None
) -> accepting.Outcome:
    """Approved by the commune, and taken in."""
    accepting.approve(upload, by=province.seats["commune"], on=ON)
    return accepting.accept(upload, layout=layout, writer=writer, chunks=chunks)


def states(upload: Upload) -> list[tuple[int, str]]:
    return [(row.number, row.state) for row in rows(upload)]


class Register:
    """The consuming room's writer: keeps what it was given."""

    def __init__(self) -> None:
        self.taken: list[Accepted] = []

    def __call__(self, some: Sequence[Accepted]) -> None:
        self.taken += some

    @property
    def names(self) -> list[str]:
        return [row.values["name"] for row in self.taken]


def sentences(row: Row) -> Iterable[str]:
    return [fault["sentence"] for fault in row.faults]
