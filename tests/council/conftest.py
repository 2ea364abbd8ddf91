"""A province with a Council of fifteen, two secretaries, and one seat of every desk that has to do with it or not."""

from datetime import date
from pathlib import Path

import pytest

from chungtay.accounts.models import Desk
from chungtay.council.models import Member
from chungtay.law.procedure import Desk as DeskKind
from chungtay.movements.actions import load_plan
from chungtay.movements.models import Round
from chungtay.parties.kinds import PartyKind
from chungtay.records.journal import System
from tests.council.people import NAMES, OFFICES, SINCE, Council, make_party, make_place, make_seat, other_seats

PLAN = Path(__file__).parents[2] / "plans" / "kien-giang-2016-2020.yaml"


@pytest.fixture
def council(db: None) -> Council:
    place = make_place()
    committee = make_party("Ủy ban nhân dân tỉnh Kiên Giang", PartyKind.DEPARTMENT, place)
    body = make_party("Hội đồng Thi đua - Khen thưởng tỉnh Kiên Giang", PartyKind.DEPARTMENT, place)
    commune = make_party("Ủy ban nhân dân xã Đông Hòa", PartyKind.PEOPLE_COMMITTEE_COMMUNE, place)
    load_plan(PLAN, by=System("test"), on=date(2018, 1, 2))
    desk = Desk.objects.create(kind=DeskKind.COUNCIL.value, name="Thành viên Hội đồng", body=body, place=place)
    seats = [make_seat(DeskKind.COUNCIL, name, body, place, desk) for name in NAMES]
    members = [
        Member.objects.create(
            council=body, user=seat.user, office=office, since=SINCE,
            body=make_party(f"Sở của {seat.user}", PartyKind.DEPARTMENT, place),
        )
        for seat, office in zip(seats, OFFICES, strict=True)
    ]  # fmt: skip
    return Council(
        body=body,
        place=place,
        round=Round.objects.get(kind="yearly", year=2018),
        secretary=make_seat(DeskKind.SECRETARY, "Thư Ký Một", body, place),
        other_secretary=make_seat(DeskKind.SECRETARY, "Thư Ký Hai", body, place),
        members=members,
        seats={member.pk: seat for member, seat in zip(members, seats, strict=True)},
        others=other_seats(
            place,
            [
                (DeskKind.CHAIR, "Chủ Tịch Tỉnh", committee),
                (DeskKind.BOARD, "Trưởng Ban Thi Đua", committee),
                (DeskKind.AUDITOR, "Người Kiểm Tra", committee),
                (DeskKind.OFFICE, "Cán Bộ Một Cửa", committee),
                (DeskKind.ADMIN, "Quản Trị Viên", committee),
                (DeskKind.COMMUNE, "Cán Bộ Xã", commune),
            ],
        ),
    )
