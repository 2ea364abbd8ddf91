"""Delegating one's seat to a colleague of the same body, until a day; and taking it back."""

from datetime import date, timedelta

import pytest

from chungtay.accounts.models import Seat, User
from chungtay.law.procedure import Desk as DeskKind
from chungtay.records import journal
from tests.parties.cast import DAY, Cast, at, text_of


@pytest.fixture
def mai(cast: Cast) -> Seat:
    """Mai sits at another desk of An's body."""
    body = cast.an.desk.body
    return cast.province.seat("mai", DeskKind.COMMUNE, body, body.place, name="Trần Thị Mai")


def address(seat: Seat) -> str:
    return f"/phan-cong/{seat.pk}/uy-quyen/"


def test_a_colleague_works_in_my_place_until_the_day_and_the_journal_says_for_whom(cast: Cast, mai: Seat) -> None:
    answer = at(cast.an).send(address(cast.an), {"user": str(mai.user_id), "until": "31/10/2020"})
    assert answer["Location"] == "/phan-cong/"
    made = Seat.objects.get(delegated_from=cast.an)
    assert (made.user, made.desk, made.since, made.until) == (mai.user, cast.an.desk, DAY, date(2020, 10, 31))
    assert [entry.act for entry in journal.of(made)] == ["delegate"]
    assert made.journal_identity()[1] == f"Trần Thị Mai (thay {cast.an.user})"
    assert "Trần Thị Mai" in text_of(at(cast.an).get("/phan-cong/"))
    assert f"{cast.an.user}" in text_of(at(mai).get("/phan-cong/"))


@pytest.mark.parametrize(("until", "is_good"), [("20/10/2020", True), ("19/10/2020", False), ("", False), ("x", False)])
def test_the_last_day_is_today_or_later(cast: Cast, mai: Seat, until: str, is_good: bool) -> None:
    answer = at(cast.an).send(address(cast.an), {"user": str(mai.user_id), "until": until})
    assert answer.status_code == (302 if is_good else 422)
    assert Seat.objects.filter(delegated_from=cast.an).exists() is is_good


def test_a_delegation_does_not_outlive_the_seat(cast: Cast, mai: Seat) -> None:
    Seat.objects.filter(pk=cast.an.pk).update(until=DAY + timedelta(days=1))
    late = at(cast.an).send(address(cast.an), {"user": str(mai.user_id), "until": "22/10/2020"})
    assert "Không thể ủy quyền quá ngày mình thôi việc này" in text_of(late)
    assert at(cast.an).send(address(cast.an), {"user": str(mai.user_id), "until": "21/10/2020"}).status_code == 302


def test_only_people_of_the_same_body_are_offered_and_taken(cast: Cast, mai: Seat) -> None:
    page = text_of(at(cast.an).get(address(cast.an)))
    assert "Trần Thị Mai" in page
    assert cast.binh.user.full_name not in page
    for user in (cast.binh.user, cast.an.user):
        answer = at(cast.an).send(address(cast.an), {"user": str(user.pk), "until": "31/10/2020"})
        assert "không làm việc trong cơ quan của bạn" in text_of(answer)


def test_nobody_delegates_the_seat_of_another_nor_one_delegated_to_them(cast: Cast, mai: Seat) -> None:
    at(cast.an).send(address(cast.an), {"user": str(mai.user_id), "until": "31/10/2020"})
    lent = Seat.objects.get(delegated_from=cast.an)
    said = {"user": str(cast.an.user_id), "until": "31/10/2020"}
    for seat in (cast.an, lent):
        assert at(mai).send(address(seat), said).status_code == 404
    assert at(cast.binh).get(address(cast.an)).status_code == 404


def test_the_same_person_is_not_seated_twice_at_a_desk(cast: Cast, mai: Seat) -> None:
    said = {"user": str(mai.user_id), "until": "31/10/2020"}
    at(cast.an).send(address(cast.an), said)
    again = at(cast.an).send(address(cast.an), said)
    assert again.status_code == 422
    assert "đang ngồi ở chính bàn này" in text_of(again)
    assert Seat.objects.filter(delegated_from=cast.an).count() == 1


def test_what_was_delegated_is_taken_back_by_its_owner_alone(cast: Cast, mai: Seat) -> None:
    at(cast.an).send(address(cast.an), {"user": str(mai.user_id), "until": "31/10/2020"})
    lent = Seat.objects.get(delegated_from=cast.an)
    assert at(cast.binh).send(f"/phan-cong/{lent.pk}/thoi-uy-quyen/").status_code == 404
    assert at(cast.an).send(f"/phan-cong/{lent.pk}/thoi-uy-quyen/").status_code == 302
    lent.refresh_from_db()
    assert lent.until == DAY
    assert Seat.objects.valid(DAY).filter(pk=lent.pk).exists()
    assert not Seat.objects.valid(DAY + timedelta(days=1)).filter(pk=lent.pk).exists()


def test_the_administrator_sees_every_desk_and_seats_people(cast: Cast) -> None:
    browser, desk = at(cast.quan), cast.an.desk
    new = User.objects.create_user(username="moi", full_name="Người Mới")
    assert cast.binh.desk.name in text_of(browser.get("/phan-cong/ban/"))
    assert cast.binh.desk.name not in text_of(browser.get("/phan-cong/ban/?q=tho son"))
    answer = browser.send(
        f"/phan-cong/ban/{desk.pk}/phan-cong/", {"user": str(new.pk), "title": "Phó Chủ tịch", "until": ""}
    )
    assert answer["Location"] == f"/phan-cong/ban/{desk.pk}/"
    seat = Seat.objects.get(user=new)
    assert (seat.desk, seat.since, seat.until, seat.title) == (desk, DAY, None, "Phó Chủ tịch")
    assert "Người Mới" in text_of(browser.get(f"/phan-cong/ban/{desk.pk}/"))
    assert browser.send(f"/phan-cong/ban/{desk.pk}/thoi/{seat.pk}/").status_code == 302
    seat.refresh_from_db()
    assert seat.until == DAY
    assert [entry.act for entry in journal.of(seat)] == ["give_seat", "end_seat"]


def test_a_wrong_seat_is_refused_with_every_reason(cast: Cast) -> None:
    address = f"/phan-cong/ban/{cast.an.desk_id}/phan-cong/"
    answer = at(cast.quan).send(address, {"user": str(cast.an.user_id), "until": "19/10/2020"})
    assert answer.status_code == 422
    assert "Người này đang ngồi ở bàn này" in text_of(answer)
    assert "phải từ hôm nay trở đi" in text_of(answer)


def test_ending_a_seat_ends_what_was_delegated_from_it(cast: Cast, mai: Seat) -> None:
    at(cast.an).send(address(cast.an), {"user": str(mai.user_id), "until": "31/10/2020"})
    at(cast.quan).send(f"/phan-cong/ban/{cast.an.desk_id}/thoi/{cast.an.pk}/")
    assert set(Seat.objects.filter(desk=cast.an.desk).values_list("until", flat=True)) == {DAY}


def test_the_administrator_does_not_end_the_seat_in_use(cast: Cast) -> None:
    answer = at(cast.quan).send(f"/phan-cong/ban/{cast.quan.desk_id}/thoi/{cast.quan.pk}/")
    assert answer.status_code == 422
    assert "Không thể tự thôi phân công của chính mình" in text_of(answer)


def test_other_desks_find_no_desks_to_manage(cast: Cast) -> None:
    for key in cast.province.seats:
        found = cast.province.client(key).get("/phan-cong/ban/").status_code
        assert found == (200 if key == "admin" else 404), key
        assert cast.province.client(key).get("/phan-cong/").status_code == 200
    answer = at(cast.an).send(f"/phan-cong/ban/{cast.binh.desk_id}/phan-cong/", {"user": str(cast.an.user_id)})
    assert answer.status_code == 404
