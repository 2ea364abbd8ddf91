"""Loading a plan: the same text twice changes nothing; a changed one is a new version, nothing decided moves (P1)."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from chungtay.law.refusals import Refused
from chungtay.movements import actions
from chungtay.movements.models import Movement, PlanVersion, Round
from chungtay.movements.plan_file import PlanFaults
from chungtay.parties.kinds import PartyKind
from chungtay.records import journal
from chungtay.records.journal import System
from chungtay.registrations.actions import Wish, register
from tests.make import PLAN, TODAY, Province
from tests.parties.cast import text_of

ELSEWHERE = Path(__file__).parent / "plans" / "dong-thap-2026-2030.yaml"
BY = System("test")
CHANGED = ("title: Hộ gia đình vượt khó vươn lên thoát nghèo", "title: Hộ vươn lên thoát nghèo")


def changed(*pairs: tuple[str, str]) -> bytes:
    """The real plan with other words."""
    text = PLAN.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def test_the_same_plan_again_is_no_new_version(province: Province) -> None:
    version, created = actions.load_plan(PLAN, by=BY, on=TODAY)
    assert (version.number, created) == (1, False)
    assert PlanVersion.objects.count() == 1
    assert Round.objects.count() == 6


def test_other_spaces_and_comments_are_no_new_version(province: Province) -> None:
    again = b"# chu thich\n" + PLAN.read_bytes()
    assert actions.load_plan(again, by=BY, on=TODAY)[1] is False


@pytest.mark.clause("KH V.7")
def test_a_changed_plan_is_a_new_version_from_its_day_and_the_day_before_keeps_the_old(province: Province) -> None:
    version, created = actions.load_plan(changed(CHANGED), by=BY, on=TODAY)
    assert (version.number, version.valid_from, created) == (2, TODAY, True)
    movement = province.movement
    assert movement.plan_on(TODAY - timedelta(days=1)).plan.content("a").title.startswith("Hộ gia đình vượt khó")
    assert movement.plan_on(TODAY).plan.content("a").title == "Hộ vươn lên thoát nghèo"
    assert movement.plan_on(date(2016, 1, 1)).number == 1
    assert [entry.body["number"] for entry in journal.of(version)] == [2]


@pytest.mark.clause("KH V.7")
def test_what_was_registered_and_opened_stays_with_its_version(province: Province) -> None:
    wish = Wish(province.movement, "a", 2020, household_class="poor")
    row = register(province.household(), wish, by=province.seats["commune"], on=TODAY)
    five_year = province.round("five_year")
    actions.load_plan(changed(CHANGED), by=BY, on=TODAY)
    row.refresh_from_db()
    assert (row.content, row.version) == ("a", 1)
    assert province.round("five_year").plan_version_id == five_year.plan_version_id


def with_other_days(province: Province, kind: str) -> tuple[bytes, date]:
    """The real plan in which the last round of that kind closes on another day; and that day."""
    closes = province.round(kind).closes
    later = closes + timedelta(days=3)
    return changed((f"closes: {closes}", f"closes: {later}")), later


@pytest.mark.parametrize("kind", ["yearly", "five_year"])
@pytest.mark.parametrize(("days_from_opening", "moves"), [(-1, True), (0, False)])
def test_a_round_follows_the_new_version_until_the_day_before_it_opens(
    province: Province, kind: str, days_from_opening: int, moves: bool
) -> None:
    text, later = with_other_days(province, kind)
    on = province.round(kind).opens + timedelta(days=days_from_opening)
    version, _ = actions.load_plan(text, by=BY, on=on)
    found = province.round(kind)
    assert (found.plan_version == version) is moves
    assert (found.closes == later) is moves
    assert Round.objects.count() == 6


def test_a_round_that_the_new_version_no_longer_has_goes_unless_it_opened(province: Province) -> None:
    text = PLAN.read_text(encoding="utf-8")
    first, last = text.index("  - id: yearly-2018"), text.index("  - id: yearly-2019")
    actions.load_plan((text[:first] + text[last:]).encode(), by=BY, on=province.round(year=2018).opens)
    assert Round.objects.filter(year=2018).exists()
    Round.objects.filter(year=2018).delete()
    actions.load_plan(changed(CHANGED), by=BY, on=date(2018, 12, 1))
    version, _ = actions.load_plan((text[:last] + text[text.index("  - id: yearly-2020"):]).encode(), by=BY,
                                   on=date(2018, 12, 2))  # fmt: skip
    assert not Round.objects.filter(year=2019).exists()
    (entry,) = journal.of(version)
    assert entry.body["dropped"] == ["Đợt xét khen hằng năm 2019"]


def test_a_text_that_was_in_force_before_does_not_come_back_unseen(province: Province) -> None:
    actions.load_plan(changed(CHANGED), by=BY, on=TODAY)
    with pytest.raises(Refused, match="giống hệt bản 1 đã thôi áp dụng"):
        actions.load_plan(PLAN, by=BY, on=TODAY)


def test_a_new_version_does_not_begin_before_the_one_in_force(province: Province) -> None:
    with pytest.raises(Refused, match="phải có hiệu lực từ 15/09/2017"):
        actions.load_plan(changed(CHANGED), by=BY, on=date(2017, 9, 14))
    assert actions.load_plan(changed(CHANGED), by=BY, on=date(2017, 9, 15))[1]


def test_a_version_is_never_changed_nor_removed(province: Province) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanVersion.objects.update(valid_from=TODAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        PlanVersion.objects.all()._raw_delete("default")


def test_a_wrong_file_leaves_nothing_behind(province: Province) -> None:
    with pytest.raises(PlanFaults):
        actions.load_plan(changed((CHANGED[0], "title: ''")), by=BY, on=TODAY)
    assert PlanVersion.objects.count() == 1


def test_the_command_prints_every_fault_with_its_line_and_ends_with_one(
    province: Province, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sai.yaml"
    file.write_bytes(changed((CHANGED[0], "title: ''"), ("year: 2019", "year: hai nghìn")))
    with pytest.raises(CommandError, match="2 faults, nothing was loaded") as wrong:
        call_command("load_plan", str(file))
    assert wrong.value.returncode == 1
    said = capsys.readouterr().err
    assert said.count(", dòng ") == 2
    assert "contents[0].title" in said
    assert "rounds[2].year" in said


def test_the_command_says_what_it_did(province: Province, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_plan", str(PLAN))
    assert "version 1 says the same, nothing to do" in capsys.readouterr().out
    file = tmp_path / "moi.yaml"
    file.write_bytes(changed(CHANGED))
    call_command("load_plan", str(file), "--valid-from", "2020-10-21")
    assert "version 2 is in force from 21/10/2020" in capsys.readouterr().out
    with pytest.raises(CommandError, match="nothing was loaded"):
        call_command("load_plan", str(tmp_path / "khong-co.yaml"))


def test_a_plan_of_a_province_that_nobody_loaded_is_refused(province: Province) -> None:
    with pytest.raises(Refused, match="Danh mục địa bàn không có “Tỉnh Đồng Tháp” vào ngày 01/07/2026"):
        actions.load_plan(ELSEWHERE, by=BY, on=date(2026, 7, 1))


@pytest.fixture
def elsewhere(province: Province) -> Movement:
    """The plan of another province, in force."""
    province.place("dt", "tinh", "Đồng Tháp", "province")
    return actions.load_plan(ELSEWHERE, by=BY, on=date(2026, 7, 1))[0].movement


@pytest.fixture
def there(province: Province, elsewhere: Movement) -> Any:
    """A commune's officer of the other province."""
    home = province.places["dt"]
    commune = province.place("dt-1", "xa", "Mỹ Thọ", "commune", home)
    body = province.party("UBND xã Mỹ Thọ", PartyKind.PEOPLE_COMMITTEE_COMMUNE.value, commune)
    return province.seat("there", province.seats["commune"].kind, body, commune)


@pytest.fixture
def household(province: Province, there: Any) -> Any:
    """A household of the other province."""
    return province.party("Hộ Sen", "household", there.desk.place, managing_unit=there.desk.body)


def test_the_registrations_of_another_province_follow_its_own_file(
    province: Province, elsewhere: Movement, there: Any, household: Any, settings: Any
) -> None:
    settings.WORKING_DAY = date(2026, 7, 1)
    page = text_of(province.client("there").get(f"/dang-ky/moi/{household.pk}/"))
    mine = {content.id for content in elsewhere.plan_on(date(2026, 7, 1)).plan.contents_for("household")}
    assert mine
    for content in elsewhere.plan_on(date(2026, 7, 1)).plan.contents:
        assert (f'value="{content.id}"' in page) is (content.id in mine)
    assert "Cả giai đoạn 2026-2030" in page
    assert "Năm 2027" not in page  # this plan registers for the whole phase only


Attempt = Callable[[int, date], Any]


@pytest.fixture
def attempt(elsewhere: Movement, there: Any, household: Any) -> Attempt:
    """Register the household for a year (0: the whole phase) on a day."""
    return lambda year, on: (
        register(household, Wish(elsewhere, "ho", year, household_class="poor"), by=there, on=on).year
    )


def test_another_plan_opens_and_closes_registration_on_its_own_days(attempt: Attempt) -> None:
    with pytest.raises(Refused, match="từ 01/07/2026 đến hết 30/06/2030"):
        attempt(0, date(2026, 6, 30))
    with pytest.raises(Refused, match="không cho đăng ký từng năm"):
        attempt(2027, date(2026, 7, 1))
    assert attempt(0, date(2030, 6, 30)) == 0


def test_another_plan_without_own_wishes_has_none(elsewhere: Movement, there: Any, household: Any) -> None:
    plan = elsewhere.plan_on(date(2026, 7, 1)).plan
    asks = any(one.fact == "registered_to_leave_poverty" for content in plan.contents for one in content.criteria)
    wish = Wish(elsewhere, "ho", 0, kind="leave_poverty", household_class="poor")
    if asks:
        assert register(household, wish, by=there, on=date(2026, 7, 1)).kind == "leave_poverty"
    else:
        with pytest.raises(Refused, match="không có đăng ký thoát nghèo"):
            register(household, wish, by=there, on=date(2026, 7, 1))


def test_an_officer_of_one_province_is_offered_no_plan_of_another(
    province: Province, elsewhere: Movement, settings: Any
) -> None:
    settings.WORKING_DAY = date(2026, 7, 1)
    mine = province.household()
    address = f"/dang-ky/moi/{mine.pk}/"
    assert province.client("commune").get(address, {"phong-trao": elsewhere.code}).status_code == 404
    assert "vươn lên thoát nghèo" in text_of(province.client("commune").get(address))
