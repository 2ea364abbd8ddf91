"""A workbook of 100,000 rows x 20 columns, from upload to accepted rows, as a ratio to merely reading it.

    python benchmarks/sheets.py --rows 100000 --engine both --rounds 3

The yardstick is the fastest reader (python-calamine) going once over all rows. Ours: keep the file, unpack it, guess
the columns, read and judge every cell, stage the rows, accept them into a table with a primary key, a foreign key and
two indexes, with the journal. One row in a hundred is bad. Goal: within 4 times, under 400 MB, on both engines.
Meanwhile a neighbour writes a small row every 20 ms; its latency is reported. `--texts shared` writes the file as Excel
does, `inline` as many programs do. Fails unless the accepted rows and the list of errors are those of plain Python.
"""

import argparse
import hashlib
import json
import random
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import common
import openpyxl
import python_calamine

GOAL = 4.0
MEMORY_GOAL = 400
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Danh", "Thị", "Võ", "Đặng", "Lâm", "Châu", "Tô")
GIVEN = ("Văn Bình", "Thị Ánh", "Sa Phol", "Ngọc Hạnh", "Quốc Dũng", "Minh Tâm", "Út Em", "Kim Sang", "Hữu Đức")
LAST = ("An", "Bé", "Cường", "Diệu", "Giang", "Hòa", "Khởi", "Liên", "Mẫn", "Nhàn", "Oanh", "Phúc", "Rinh", "Sương")
HEADINGS = (
    "STT", "Họ và tên chủ hộ", "Ngày sinh", "Giới tính", "Số CMND/CCCD", "Dân tộc", "Xã", "Ấp", "Số nhà", "Số khẩu",
    "Phân loại hộ", "Thu nhập bình quân", "Điểm B1", "Điểm B2", "Thiếu hụt y tế", "Thiếu hụt giáo dục",
    "Thiếu hụt nhà ở", "Ngày rà soát", "Số điện thoại", "Ghi chú",
)  # fmt: skip


def make(path: Path, rows: int, *, is_shared: bool = False) -> int:
    """Write the workbook, each text in its cell or all of them apart as Excel does; how many rows are bad."""
    dice = random.Random(7)
    book = openpyxl.Workbook(write_only=not is_shared)
    sheet = book.create_sheet("Danh sách", 0)
    sheet.append(["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO"])
    sheet.append(list(HEADINGS))
    bad = 0
    for n in range(rows):
        is_bad = n % 107 == 13
        bad += is_bad
        sheet.append([
            n + 1, f"{dice.choice(FAMILIES)} {dice.choice(GIVEN)} {dice.choice(LAST)}",
            date(1940, 1, 1) + timedelta(days=dice.randrange(22_000)), dice.choice(("Nam", "Nữ")),
            f"{dice.randrange(91, 97):03d}{n:09d}", dice.choice(("Kinh", "Kinh", "Khmer", "Hoa")),
            f"Xã số {dice.randrange(140)}", f"Ấp {dice.choice(LAST)}", f"{dice.randrange(400)}", dice.randrange(1, 9),
            "Hộ gì đó" if is_bad else dice.choice(("Hộ nghèo", "Hộ cận nghèo", "Hộ trung bình")),
            dice.randrange(300, 3_000) * 1_000, dice.randrange(200), dice.randrange(80),
            *(dice.choice(("x", None, None)) for _ in range(3)), date(2018, 10, 1) + timedelta(days=dice.randrange(60)),
            f"09{n:08d}" if n % 2 else None, "Hộ mới phát sinh" if n % 50 == 0 else None,
        ])  # fmt: skip
    book.save(path)
    return bad


def plainly(path: Path) -> dict[str, object]:
    """What plain Python makes of the file: a digest of the good rows' names, births and numbers, and its errors."""
    told, errors = hashlib.sha256(), []
    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    for number, row in enumerate(rows[2:], start=3):
        if row[10] in ("Hộ nghèo", "Hộ cận nghèo", "Hộ trung bình"):
            told.update(f"{row[1]}|{row[2]}|{row[4]}|{int(str(row[9]).partition('.')[0])}\n".encode())
        else:
            errors.append((number, f"K{number}"))
    return {"digest": told.hexdigest(), "errors": errors}


def main() -> int:
    """0 if both goals are met on every engine asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--engine", choices=(*common.ENGINES, "both"), default="both")
    asked.add_argument("--texts", choices=("inline", "shared"), default="inline")
    told = asked.parse_args()
    engines = common.ENGINES if told.engine == "both" else (told.engine,)
    lines, is_met = [], True
    with tempfile.TemporaryDirectory(prefix="chungtay-bench-sheets-") as directory:
        path = Path(directory) / "danh-sach.xlsx"
        bad = make(path, told.rows, is_shared=told.texts == "shared")
        path.with_suffix(".json").write_text(json.dumps(plainly(path)))
        print(f"{common.machine()}\n{told.rows:,} rows x {len(HEADINGS)} columns, {path.stat().st_size / 2**20:.1f} MB")
        for engine in engines:
            with common.place(engine) as env:
                runs = common.child(env, "sheets_run.py", path, told.rounds, told.rows, bad)
            middle = {name: common.middle([run[name] for run in runs["rounds"]]) for name in runs["rounds"][0]}
            ratio = common.middle([run["ours"] / run["reading"] for run in runs["rounds"]])
            is_met &= ratio <= GOAL and runs["memory"] <= MEMORY_GOAL
            parts = [middle[name] for name in ("reading", "receive", "open", "stage", "accept", "ours")]
            lines.append([engine, *parts, ratio, runs["memory"], runs["quiet_p99"], runs["busy_p99"],
                          runs["back"], runs["back_memory"]])  # fmt: skip
    heads = [
        "engine",
        "reading s",
        "receive",
        "unpack",
        "stage",
        "accept",
        "ours s",
        "ratio",
        "MB",
        "p99 ms",
        "p99 busy",
        "given back s",
        "MB",
    ]
    print(common.table(heads, lines))
    print(f"goal: ratio within {GOAL:g}, memory under {MEMORY_GOAL} MB: {'met' if is_met else 'MISSED'}")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
