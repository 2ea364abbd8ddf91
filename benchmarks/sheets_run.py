"""One engine's part of `sheets.py`: the list, the table that it goes to, and the rounds. Prints one line of JSON."""

import hashlib
import io
import json
import resource
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import django
import orjson
from python_calamine import CalamineWorkbook

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402

from chungtay.accounts.models import Desk, Seat, User  # noqa: E402
from chungtay.law.procedure import Desk as Kind  # noqa: E402
from chungtay.parties.kinds import PartyKind  # noqa: E402
from chungtay.parties.models import Party  # noqa: E402
from chungtay.places.models import Place, PlaceVersion  # noqa: E402
from chungtay.records.clock import today  # noqa: E402
from chungtay.records.models import FormKey  # noqa: E402
from chungtay.sheets import accepting, actions, bulk, codes, giving_back, guessing, kinds, staging  # noqa: E402
from chungtay.sheets.layouts import Accepted, Column, Layout  # noqa: E402
from chungtay.sheets.models import Row, Upload  # noqa: E402

READING = """
import sys, time
from python_calamine import CalamineWorkbook
begun = time.perf_counter()
rows = sum(1 for _ in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows())
print(time.perf_counter() - begun, rows)
"""
YES = kinds.choice({"yes": ("x", "có")})
COMMUNES = 140


class Household(models.Model):
    """The table that rows are accepted into, as a register would keep them."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    born = models.DateField(null=True)
    id_number = models.CharField(max_length=12)
    members = models.IntegerField()
    told = models.JSONField()

    class Meta:
        app_label = "sheets"
        db_table = "bench_household"
        indexes = (
            models.Index(fields=["name"], name="bench_name"),
            models.Index(fields=["id_number"], name="bench_id"),
        )

    def __str__(self) -> str:
        return self.name


def layout() -> Layout:
    """The list's twenty columns."""
    communes = [(str(n), "xa", f"số {n}", f"{30_000 + n}") for n in range(COMMUNES)]
    text, number = kinds.text(), kinds.integer(0, 10_000_000)
    classes = {"poor": ("Hộ nghèo",), "near": ("Hộ cận nghèo",), "middle": ("Hộ trung bình",)}
    some = (
        ("order", "STT", number), ("name", "Họ và tên chủ hộ", text), ("born", "Ngày sinh", kinds.day()),
        ("sex", "Giới tính", kinds.choice({"m": ("Nam",), "f": ("Nữ",)})),
        ("id_number", "Số CMND/CCCD", codes.id_number()),
        ("people", "Dân tộc", kinds.choice({"kinh": ("Kinh",), "khmer": ("Khmer",), "hoa": ("Hoa",)})),
        ("commune", "Xã", codes.commune_of(communes)), ("hamlet", "Ấp", text), ("house", "Số nhà", text),
        ("members", "Số khẩu", number), ("class", "Phân loại hộ", kinds.choice(classes)),
        ("income", "Thu nhập bình quân", kinds.dong()), ("b1", "Điểm B1", number), ("b2", "Điểm B2", number),
        ("health", "Thiếu hụt y tế", YES), ("school", "Thiếu hụt giáo dục", YES), ("home", "Thiếu hụt nhà ở", YES),
        ("reviewed", "Ngày rà soát", kinds.day()), ("phone", "Số điện thoại", text), ("note", "Ghi chú", text),
    )  # fmt: skip
    required = {"name", "id_number", "commune", "class"}
    columns = tuple(Column(name, (heading,), kind, name in required) for name, heading, kind in some)
    return Layout("bench", "Danh sách", columns, unique=("id_number",))


def seat() -> Seat:
    """A person at a commune's desk."""
    place = Place.objects.create(key="bench", level="commune", since=date(2010, 1, 1), title="Xã Đo")
    version = PlaceVersion(place=place, since=date(2010, 1, 1), code="1", kind="xa", name="Đo", source="benchmark")
    version.fill_derived("")
    version.save()
    body = Party(name="Ủy ban nhân dân xã", kind=PartyKind.PEOPLE_COMMITTEE_COMMUNE, place=place, registered_on=today())
    body.fill_derived(today())
    body.save()
    desk = Desk.objects.create(kind=Kind.COMMUNE.value, name="Bàn", body=body, place=place)
    user = User.objects.create_user(username="bench", full_name="Người đo")
    return Seat.objects.create(user=user, desk=desk, since=date(2017, 1, 1))


class Writer:
    """The register's own bulk writer."""

    def __init__(self, place: int) -> None:
        self.place = place

    def __call__(self, rows: Sequence[Accepted]) -> None:
        bulk.insert(
            Household,
            ("place", "name", "born", "id_number", "members", "told"),
            [
                (self.place, v["name"], v["born"], v["id_number"], v["members"] or 0,
                 orjson.dumps({"class": v["class"], "income": v["income"], "b1": v["b1"], "b2": v["b2"]}).decode())
                for v in (row.values for row in rows)
            ],
        )  # fmt: skip


def timed(times: dict[str, float], name: str, act: Any) -> Any:
    """Do it and note the seconds."""
    begun = time.perf_counter()
    answer = act()
    times[name] = time.perf_counter() - begun
    return answer


def ours(upload: Upload) -> tuple[str, list[tuple[int, str]]]:
    """Of what was accepted a digest, of the rows that are bad their places: to be held against plain Python."""
    told = hashlib.sha256()
    rows = Household.objects.order_by("id_number").values_list("name", "born", "id_number", "members")
    lines = sorted(
        (number[3:], f"{name}|{born}|{number}|{members}\n") for name, born, number, members in rows.iterator()
    )
    for _, line in lines:  # numbers end in the row's place in the file
        told.update(line.encode())
    bad = Row.objects.filter(upload=upload, state="bad").order_by("number")
    return told.hexdigest(), [(row.number, row.faults[0]["cell"]) for row in bad]


def is_whole(data: bytes, rows: int, bad: int) -> None:
    """Fails unless all rows and a comment at each bad one are in the workbook that is given back."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    assert sheet.height == rows + 2, sheet.height
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        notes = next(name for name in archive.namelist() if "comments" in name)
        assert archive.read(notes).count(b"<comment ") == bad


def one_round(
    path: Path, mine: Layout, by: Seat, rows: int, bad: int, *, gives_back: bool = False
) -> dict[str, float]:  # fmt: skip
    """From bytes to accepted rows. Fails unless exactly the expected rows came through."""
    on, times = today(), {}
    told = subprocess.run([sys.executable, "-c", READING, str(path)], capture_output=True, text=True, check=True)
    times["reading"] = float(told.stdout.split()[0])
    content = path.read_bytes()
    begun = time.perf_counter()
    upload = timed(times, "receive", lambda: actions.receive(content, path.name, layout=mine, by=by, on=on))
    timed(times, "open", lambda: staging.open_file(upload, mine))
    plan = guessing.plan(staging.guesses(upload, mine))
    actions.confirm(upload, plan, layout=mine, by=by, on=on)
    timed(times, "stage", lambda: staging.stage(upload, mine))
    writer = Writer(by.desk.place_id)
    accepting.approve(upload, by=by, on=on)
    timed(times, "accept", lambda: accepting.accept(upload, layout=mine, writer=writer))
    upload.refresh_from_db()
    times["ours"] = time.perf_counter() - begun
    found = (upload.accepted, upload.bad, upload.good, upload.doubtful, Household.objects.count())
    assert found == (rows - bad, bad, 0, 0, rows - bad), found
    told = json.loads(path.with_suffix(".json").read_text())
    assert ours(upload) == (told["digest"], [tuple(one) for one in told["errors"]]), "not what plain Python says"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM bench_household")
    if gives_back:
        is_whole(timed(times, "back", lambda: giving_back.workbook(upload)), rows, bad)
    actions.close(upload, by=by, on=on, reason="đo xong")
    actions.erase(upload, by=by, on=on)
    Upload.objects.filter(pk=upload.pk).update(state=Upload.State.WITHDRAWN)
    return times


def neighbour() -> None:
    """Another user: a small write every 20 ms until told to stop; prints the 99th percentile in milliseconds."""
    taken = []
    last = time.monotonic() + float(sys.argv[2])
    while time.monotonic() < last:
        begun = time.perf_counter()
        with transaction.atomic():
            FormKey.objects.create(key=f"{sys.argv[3]}-{len(taken):030}", path="/", body_digest="")
        taken.append(1000 * (time.perf_counter() - begun))
        time.sleep(0.02)
    print(statistics.quantiles(taken, n=100)[98])


def beside(seconds: float, mark: str) -> "subprocess.Popen[str]":
    command = [sys.executable, str(Path(__file__)), "neighbour", str(seconds), mark]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def main() -> None:
    """Rounds first, undisturbed; then one more beside a neighbour."""
    path, rounds, rows, bad = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Household)
    mine, by = layout(), seat()
    found = [one_round(path, mine, by, rows, bad) for _ in range(rounds)]
    sizes = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    back = one_round(path, mine, by, rows, bad, gives_back=True)["back"]
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    quiet = float(beside(5, "quiet").communicate()[0])
    other = beside(statistics.median(run["ours"] + run["reading"] for run in found), "busy")
    one_round(path, mine, by, rows, bad)
    busy = float(other.communicate()[0])
    print(json.dumps({"rounds": found, "memory": max(sizes) / 1024, "quiet_p99": quiet, "busy_p99": busy,
                      "back": back, "back_memory": size}))  # fmt: skip


if __name__ == "__main__":
    neighbour() if sys.argv[1] == "neighbour" else main()
