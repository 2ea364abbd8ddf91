"""What the actions on seats refuse, whoever calls them: other desks, other areas, other bodies, and longer seats."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from chungtay.accounts import actions
from chungtay.accounts.models import Seat, User
from chungtay.law.procedure import Desk
from chungtay.law.refusals import Refused
from chungtay.records import journal
from chungtay.records.journal import System
from tests.make import TODAY, Province

TOMORROW = TODAY + timedelta(days=1)
MONTH = TODAY + timedelta(days=30)


@pytest.fixture
def newcomer(province: Province) -> User:
    """Somebody with an account and no desk."""
    return User.objects.create_user(username="moi", password="mat-khau-du-dai", full_name="Người Mới")


@pytest.mark.parametrize("desk", sorted(set(Desk) - {Desk.ADMIN}))
def test_only_the_administrator_gives_and_ends_seats(province: Province, newcomer: User, desk: Desk) -> None:
    by = next(seat for seat in province.seats.values() if seat.kind is desk)
    target = province.seats["commune_c"]
    with pytest.raises(Refused, match="Phân công do quản trị hệ thống làm"):
        actions.give_seat(newcomer, target.desk, by=by, on=TODAY)
    with pytest.raises(Refused, match="Phân công do quản trị hệ thống làm"):
        actions.end_seat(target, by=by, on=TODAY)
    target.refresh_from_db()
    assert target.until is None


def test_an_administrator_of_another_province_seats_and_sees_nobody_here(province: Province, newcomer: User) -> None:
    stranger = province.stranger(Desk.ADMIN)
    target = province.seats["commune"]
    acts: tuple[Callable[[], Seat], ...] = (
        lambda: actions.give_seat(newcomer, target.desk, by=stranger, on=TODAY),
        lambda: actions.end_seat(target, by=stranger, on=TODAY),
    )
    for act in acts:
        with pytest.raises(Refused, match="ngoài địa bàn của bàn quản trị"):
            act()
    client = province.client("dt-admin")
    assert "Thổ Sơn" not in client.get("/phan-cong/ban/").content.decode()
    assert client.get(f"/phan-cong/ban/{target.desk_id}/").status_code == 404


def test_nobody_is_seated_twice_or_with_a_locked_account_or_for_a_day_past(province: Province, newcomer: User) -> None:
    admin, desk = province.seats["admin"], province.seats["commune"].desk
    with pytest.raises(Refused, match="Ngày thôi việc phải từ hôm nay"):
        actions.give_seat(newcomer, desk, by=admin, on=TODAY, until=TODAY - timedelta(days=1))
    actions.give_seat(newcomer, desk, by=admin, on=TODAY, until=TODAY)
    with pytest.raises(Refused, match="đang ngồi ở bàn này"):
        actions.give_seat(newcomer, desk, by=admin, on=TODAY)
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    newcomer.refresh_from_db()
    with pytest.raises(Refused, match="đã khóa"):
        actions.give_seat(newcomer, province.seats["district"].desk, by=admin, on=TODAY)
    assert actions.give_seat(province.seats["unit"].user, desk, by=System("test"), on=TODAY).pk


def test_nobody_delegates_the_work_of_somebody_else(province: Province) -> None:
    chair, admin, auditor = province.seats["chair"], province.seats["admin"], province.seats["auditor"]
    with pytest.raises(Refused, match="Chỉ người đang ngồi bàn này"):
        actions.delegate(chair, auditor.user, by=admin, on=TODAY, until=MONTH)
    assert actions.delegate(chair, auditor.user, by=chair, on=TODAY, until=MONTH).delegated_from == chair


def test_work_is_delegated_within_the_body_only(province: Province, newcomer: User) -> None:
    chair = province.seats["chair"]
    for other in (province.seats["board"].user, newcomer):
        with pytest.raises(Refused, match="không làm việc trong cơ quan"):
            actions.delegate(chair, other, by=chair, on=TODAY, until=MONTH)
    actions.give_seat(newcomer, chair.desk, by=province.seats["admin"], on=TODAY)
    with pytest.raises(Refused, match="không cần ủy quyền"):
        actions.delegate(chair, newcomer, by=chair, on=TODAY, until=MONTH)


def test_a_seat_that_has_ended_delegates_nothing(province: Province) -> None:
    chair, auditor = province.seats["chair"], province.seats["auditor"]
    actions.end_seat(chair, by=province.seats["admin"], on=TODAY)
    assert actions.delegate(chair, auditor.user, by=chair, on=TODAY, until=TODAY).pk
    with pytest.raises(Refused, match="không còn làm việc tại bàn này"):
        actions.delegate(chair, auditor.user, by=chair, on=TOMORROW, until=TOMORROW)


@pytest.mark.parametrize("last", [TODAY - timedelta(days=5), TODAY])
def test_ending_a_seat_never_makes_it_longer(province: Province, last: date) -> None:
    seat, admin = province.seats["commune"], province.seats["admin"]
    Seat.objects.filter(pk=seat.pk).update(until=last)
    seat.refresh_from_db()
    with pytest.raises(Refused, match=f"đã có ngày cuối là {last:%d/%m/%Y}"):
        actions.end_seat(seat, by=admin, on=TODAY)
    stale = Seat.objects.get(pk=seat.pk)
    stale.until = None
    with pytest.raises(Refused, match="đã có ngày cuối"):
        actions.end_seat(stale, by=admin, on=TODAY)
    seat.refresh_from_db()
    assert seat.until == last
    assert not journal.of(seat).exists()


def test_ending_a_seat_today_shortens_one_that_ends_tomorrow_and_what_was_delegated_from_it(province: Province) -> None:
    chair, admin, auditor = province.seats["chair"], province.seats["admin"], province.seats["auditor"]
    given = actions.delegate(chair, auditor.user, by=chair, on=TODAY, until=MONTH)
    Seat.objects.filter(pk=chair.pk).update(until=MONTH)
    actions.end_seat(chair, by=admin, on=TODAY)
    for seat in (chair, given):
        seat.refresh_from_db()
        assert seat.until == TODAY


def test_a_seat_that_has_not_begun_is_not_ended(province: Province, newcomer: User) -> None:
    admin = province.seats["admin"]
    seat = actions.give_seat(newcomer, province.seats["unit"].desk, by=admin, on=MONTH)
    with pytest.raises(Refused, match="chưa đến ngày"):
        actions.end_seat(seat, by=admin, on=TODAY)


def test_whoever_delegated_takes_it_back_and_others_do_not(province: Province) -> None:
    chair, auditor = province.seats["chair"], province.seats["auditor"]
    given = actions.delegate(chair, auditor.user, by=chair, on=TODAY, until=MONTH)
    with pytest.raises(Refused, match="Phân công do quản trị hệ thống làm"):
        actions.end_seat(given, by=province.seats["board"], on=TODAY)
    assert actions.end_seat(given, by=chair, on=TODAY).until == TODAY
    with pytest.raises(Refused, match="Không thể tự thôi phân công"):
        actions.end_seat(province.seats["admin"], by=province.seats["admin"], on=TODAY)
