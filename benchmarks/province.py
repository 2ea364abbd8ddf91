"""Fill an empty database with a large, seeded province, the same one on every engine. Runs in a process of its own.

`python benchmarks/province.py --parties N --dossiers N` prints one line of JSON: cookies of people at their desks, and
what the benchmarks need to know about the rows.
"""

import argparse
import itertools
import json
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.test import Client  # noqa: E402

from chungtay.accounts.models import Desk, Seat, User  # noqa: E402
from chungtay.law.procedure import Desk as Kind  # noqa: E402
from chungtay.law.procedure import State  # noqa: E402
from chungtay.movements.models import Round  # noqa: E402
from chungtay.nominations.models import Dossier, waiting_desk  # noqa: E402
from chungtay.parties import name_index  # noqa: E402
from chungtay.parties.kinds import PartyKind  # noqa: E402
from chungtay.parties.models import Party  # noqa: E402
from chungtay.parties.search import searchable  # noqa: E402
from chungtay.places.models import Level, Place  # noqa: E402
from chungtay.records.clock import today  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "plans" / "kien-giang-2016-2020.yaml"
FIRST = 10_001  # id of the first generated row; bodies and the like have smaller ones
FAMILIES = {
    "Nguyễn": 380, "Trần": 110, "Lê": 95, "Phạm": 70, "Huỳnh": 50, "Phan": 45, "Võ": 40, "Danh": 40, "Đặng": 20,
    "Bùi": 20, "Thị": 10, "Đỗ": 14, "Hồ": 13, "Ngô": 13, "Dương": 10, "Lý": 8, "Trương": 15, "Đinh": 10, "Trịnh": 7,
    "Lâm": 12, "Cao": 6, "Mai": 6, "Châu": 5, "Tô": 4, "Quách": 2, "Thạch": 3, "Kiên": 1, "Sơn": 2,
}  # fmt: skip
MIDDLES = (
    "Đức Hữu Công Minh Quốc Thanh Ngọc Hoàng Xuân Kim Mỹ Thúy Hồng Bích Kiều Phương Anh Tuấn Trung Đình Gia "
    "Thế Nhựt Chí"
)
GIVENS = (
    "Anh An Ân Bình Bảo Bé Châu Chi Chí Cường Công Danh Dung Dũng Đức Duy Đào Đạt Giang Hà Hải Hạnh Hằng Hiền "
    "Hiếu Hoa Hòa Hoài Hồng Hùng Hưng Hương Huy Khanh Khánh Khoa Kiệt Kiên Kim Lan Lệ Liên Linh Loan Lộc Long "
    "Luân Ly Mai Mãn Minh Mỹ Nam Nga Ngân Ngoan Ngọc Nguyên Nhân Nhi Nhung Như Oanh Phát Phong Phúc Phượng "
    "Quân Quang Quốc Quý Quyên Quỳnh Sang Sơn Sương Tài Tâm Tân Thạch Thái Thắng Thành Thảo Thi Thiện Thịnh "
    "Thọ Thu Thuận Thủy Thương Tiên Tín Toàn Trang Trí Trinh Trọng Trúc Trung Tú Tuấn Tuyết Uyên Út Vân Vi "
    "Việt Vinh Vũ Vương Xuân Xuyến Yến Em Phal Rinh Sol Hên Rôn Lúp"
)
STATES = {
    State.AWARDED: 560, State.DECLINED: 50, State.REFUSED: 60, State.WITHDRAWN: 40, State.REVOKED: 5, State.DRAFT: 50,
    State.SUBMITTED: 30, State.CHECKING: 15, State.RETURNED: 30, State.RECEIVED: 60, State.APPRAISED: 50,
    State.RECOMMENDED: 30, State.FORWARDED: 20,
}  # fmt: skip
NO_CODE = (State.DRAFT, State.SUBMITTED, State.CHECKING, State.RETURNED, State.WITHDRAWN)


def names(count: int) -> Iterator[str]:
    """People and households as a province's register holds them."""
    dice = random.Random(20201020)
    families, weights = list(FAMILIES), list(itertools.accumulate(FAMILIES.values()))
    middles, givens = MIDDLES.split(), GIVENS.split()
    for _ in range(count):
        said = [dice.choices(families, cum_weights=weights)[0]]
        common, share = ("Thị", 0.65) if dice.random() < 0.5 else ("Văn", 0.5)
        said.append(common if dice.random() < share else dice.choice(middles))
        if dice.random() < 0.3:
            said.append(dice.choice(middles))
        said.append(dice.choice(givens))
        yield " ".join(said)


def whole_rows(model: type[models.Model], some: Iterable[dict[str, Any]]) -> Iterator[list[Any]]:
    """Each row with every column, what is not given at the model's default."""
    blank = model()
    fields = [
        (f.column, f.get_db_prep_save(getattr(blank, f.attname), connection)) for f in model._meta.concrete_fields
    ]
    for row in some:
        yield [row.get(column, value) for column, value in fields]


def load(model: type[models.Model], some: Iterable[dict[str, Any]]) -> None:
    """Write the rows by the engine's quickest way, past the ORM."""
    columns = ", ".join(f'"{f.column}"' for f in model._meta.concrete_fields)
    name = f"{model._meta.db_table} ({columns})"
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        with connection.connection.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in whole_rows(model, some):
                copy.write_row(row)
        return
    raw = connection.connection
    for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-1048576"):
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("BEGIN IMMEDIATE")
    marks = ", ".join("?" * len(model._meta.concrete_fields))
    raw.executemany(f"INSERT INTO {name} VALUES ({marks})", whole_rows(model, some))
    raw.execute("COMMIT")


def parties(count: int, communes: list[tuple[int, str, int]]) -> Iterator[dict[str, Any]]:
    """Households and persons, commune by commune as they are registered."""
    for n, name in enumerate(names(count)):
        place, path, unit = communes[n * len(communes) // count]
        kind = PartyKind.HOUSEHOLD if n % 3 else PartyKind.PERSON
        yield {
            "id": FIRST + n, "kind": kind.value, "name": name, "name_folded": searchable(name), "place_id": place,
            "area_path": path, "managing_unit_id": unit, "hamlet": f"Ấp {n % 9 + 1}", "registered_on": "2018-03-01",
        }  # fmt: skip


def dossiers(count: int, communes: list[tuple[int, str, int]], rounds: list[int]) -> Iterator[dict[str, Any]]:
    """Dossiers of five years in all states, from all communes in turn of chance."""
    dice = random.Random(5)
    states, weights = list(STATES), list(itertools.accumulate(STATES.values()))
    for n, name in enumerate(names(count)):
        _, path, unit = communes[n * len(communes) // count]
        state = dice.choices(states, cum_weights=weights)[0]
        opened = date(2017, 10, 1) + timedelta(days=dice.randrange(1100))
        has_code = state not in NO_CODE
        yield {
            # each commune's dossiers lie scattered over the ids, as over the years
            "id": FIRST + (n * 7_919) % count if count % 7_919 else FIRST + n,
            "key": f"b{n:09d}", "code": f"HS-{opened.year}-{n:07d}" if has_code else None,
            "round_id": rounds[n % len(rounds)], "party_id": FIRST + n, "unit_id": unit,
            "content": "a", "award": "province_certificate", "state": state.value,
            "waits_for": waiting_desk(state), "state_since": opened.isoformat(),
            "due_on": (opened + timedelta(days=dice.randrange(10, 60))).isoformat(),
            "promised_on": (opened + timedelta(days=40)).isoformat() if has_code else None,
            "received_on": opened.isoformat() if has_code else None, "is_handed_in": state is not State.DRAFT,
            "area_path": path, "party_name": name, "party_name_folded": searchable(name),
            "opened_on": opened.isoformat(),
            "report": "Gia đình đã chuyển hai công lúa kém sang nuôi tôm, trả hết nợ vay và giúp bốn hộ cùng ấp. " * 6,
        }  # fmt: skip


def sit(key: str, kind: Kind, body: Party, place: Place) -> str:
    """A person at a new desk; the cookie of somebody who is logged in there."""
    user = User.objects.create_user(username=key, password=None, full_name=f"Người {key}")
    desk = Desk.objects.create(kind=kind.value, name=f"{body.name}", body=body, place=place)
    Seat.objects.create(user=user, desk=desk, since=date(2017, 1, 1))
    client = Client()
    client.force_login(user)
    return f"sessionid={client.cookies['sessionid'].value}"


def bodies(on: date) -> tuple[list[tuple[int, str, int]], dict[str, str]]:
    """(place, path, People's Committee) of each commune, and the cookies of one desk of each breadth."""
    made: dict[int, Party] = {}
    kinds = {
        Level.PROVINCE: PartyKind.DEPARTMENT,
        Level.DISTRICT: PartyKind.PEOPLE_COMMITTEE_DISTRICT,
        Level.COMMUNE: PartyKind.PEOPLE_COMMITTEE_COMMUNE,
    }
    units = [unit for unit in Place.objects.as_of(on) if unit.level in kinds]
    for unit in units:
        body = Party(name=f"Ủy ban nhân dân {unit.version.full_name}", kind=kinds[Level(unit.level)], place=unit)
        body.fill_derived(on)
        body.save()
        made[unit.pk] = body
    communes = [(u.pk, u.version.path, made[u.pk].pk) for u in units if u.level == Level.COMMUNE]
    province = next(u for u in units if u.level == Level.PROVINCE)
    district = next(u for u in units if u.level == Level.DISTRICT)
    commune = next(u for u in units if u.level == Level.COMMUNE)
    return communes, {
        "board": sit("board", Kind.BOARD, made[province.pk], province),
        "district": sit("district", Kind.DISTRICT, made[district.pk], district),
        "commune": sit("commune", Kind.COMMUNE, made[commune.pk], commune),
    }


def main() -> None:
    """Make the tables, the bodies and the rows; print what the benchmarks need."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--parties", type=int, required=True)
    parser.add_argument("--dossiers", type=int, required=True)
    asked = parser.parse_args()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with open("/dev/null", "w") as silence:
        call_command("load_places", stdout=silence)
        call_command("load_plan", str(PLAN), stdout=silence)
    on = today()
    communes, cookies = bodies(on)
    lift_triggers()
    load(Party, parties(asked.parties, communes))
    name_index.install(connection)
    load(Dossier, dossiers(asked.dossiers, communes, list(Round.objects.order_by("id").values_list("pk", flat=True))))
    if connection.vendor == "postgresql":
        connection.cursor().execute("VACUUM ANALYZE")
    told = {"cookies": cookies, "round": Round.objects.order_by("id").values_list("pk", flat=True)[0]}
    print(json.dumps(told), flush=True)


def lift_triggers() -> None:
    """The index of names is made at once after the load, as after a migration, and not row by row."""
    with connection.cursor() as cursor:
        for name in name_index.TRIGGERS[connection.vendor]:
            cursor.execute(f"DROP TRIGGER {name}" + (" ON parties_party" if connection.vendor == "postgresql" else ""))


if __name__ == "__main__":
    main()
