"""The commune's part and the Council's vote on a phone, 390 px wide."""

from datetime import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chungtay.council import actions as council
from chungtay.council import roll
from chungtay.nominations.models import Dossier
from tests.journeys.person import PHONE, Person
from tests.journeys.test_whole_round import (
    HOUSEHOLD,
    open_a_nomination,
    register_a_community,
    submit,
    vote_on_the_phone,
    wish_to_leave_poverty,
    write_the_dossier,
)
from tests.journeys.town import Town
from tests.make import TODAY

pytestmark = pytest.mark.browser


def every_target_is_large_enough(person: Person) -> None:
    """Buttons and links outside running text are at least 44 px high on a phone."""
    small = person.page.evaluate(
        """() => Array.from(document.querySelectorAll("main .btn, .nav-main a, .nav-main button, main select"))
          .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
          .map((one) => one.outerHTML.slice(0, 100))"""
    )
    person.complaints += [f"too small to touch at {person.page.url}: {one}" for one in small]


def test_a_commune_registers_writes_and_hands_in_on_a_phone(town: Town, tmp_path: Path) -> None:
    commune = town.person("commune", PHONE)
    every_target_is_large_enough(commune)
    wish_to_leave_poverty(commune)
    every_target_is_large_enough(commune)
    commune.press("Thêm")
    expect(commune.page.get_by_role("button", name="Đóng")).to_be_visible()
    register_a_community(commune)
    key = open_a_nomination(commune)
    every_target_is_large_enough(commune)
    write_the_dossier(commune, tmp_path)
    submit(commune, key)
    every_target_is_large_enough(commune)
    assert Dossier.objects.get(key=key).state == "submitted"
    commune.fill("Tìm hồ sơ, tên người, đơn vị", "thach thi soc")
    commune.page.keyboard.press("Enter")
    commune.arrive("Tìm")
    commune.sees(HOUSEHOLD)


def test_a_member_reads_and_votes_on_a_phone(town: Town) -> None:
    p = town.province
    secretary = p.seats["secretary"]
    dossier = p.appraised(p.household(HOUSEHOLD))
    title = "Về việc xét, đề nghị khen thưởng đợt 1 năm 2020"
    meeting = council.plan_meeting(
        p.bodies["council"], title=title, held_on=TODAY, venue="Phòng họp số 2", by=secretary, on=TODAY
    )
    (item,) = council.list_items(meeting, dossiers=[dossier], by=secretary, on=TODAY)
    council.open_meeting(meeting, at=time(8), by=secretary, on=TODAY)
    members = [row.member_id for row in roll.attendances(meeting)]
    marks = {member: roll.Mark(True) for member in members}
    council.mark_attendance(meeting, marks=marks, presider=members[0], by=secretary, on=TODAY)
    item.refresh_from_db()
    council.open_item(item, by=secretary, on=TODAY)

    member = town.person("member", PHONE)
    member.row(HOUSEHOLD)
    member.arrive(title)
    member.link(f"Xem hồ sơ {HOUSEHOLD}")
    member.arrive(HOUSEHOLD)
    every_target_is_large_enough(member)
    member.sees("Số đếm hiện sau khi bạn biểu quyết")
    member.go("/ban-lam-viec/")
    vote_on_the_phone(member)
    member.sees("Biểu quyết của bạn đã được ghi.")
    assert [vote.choice for vote in item.votes.all()] == ["yes"]
