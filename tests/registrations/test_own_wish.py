"""A household's own wish to leave poverty: one form, one step, also for a household that is not in the register."""

import pytest

from chungtay.movements.models import Movement
from chungtay.parties.models import Different, Party
from chungtay.records import journal
from chungtay.records.models import Reading
from chungtay.registrations.models import Registration
from tests.parties.cast import DAY, Cast, at, text_of

ADDRESS = "/dang-ky/thoat-ngheo/"
ANSWERS = {"household_class": "poor", "year": "2020", "pledge": "Nuôi tôm"}
NEW = {"name": "Danh Thị Mỹ", "birth_year": "1975", "hamlet": "ấp Kinh 5", **ANSWERS}


@pytest.mark.clause("KH IV.1.2.a", "KH II.2.a")
def test_a_new_household_is_registered_and_wishes_in_one_step(cast: Cast, movement: Movement) -> None:
    answer = at(cast.an).send(ADDRESS, {**NEW, "place": str(cast.commune_a.pk)})
    household, row = Party.objects.get(kind="household"), Registration.objects.get()
    assert answer["Location"] == f"/dang-ky/{row.pk}/"
    assert (row.party, row.kind, row.content, row.year) == (household, "leave_poverty", "a", 2020)
    assert (household.managing_unit, household.birth_year) == (cast.an.desk.body, 1975)
    assert [entry.act for entry in journal.of(household)] == ["register_party"]
    assert [entry.act for entry in journal.of(row)] == ["register"]


def test_the_only_commune_of_the_desk_is_chosen_and_years_outside_are_not_offered(
    cast: Cast, movement: Movement
) -> None:
    page = text_of(at(cast.an).get(ADDRESS))
    assert "Xã Thổ Sơn" in page
    assert "Xã Sơn Kiên" not in page
    assert 'value="2016"' in page
    assert 'value="2021"' not in page


def test_nothing_is_written_when_one_answer_is_wrong_and_all_faults_are_said(cast: Cast, movement: Movement) -> None:
    said = {"name": " ", "place": str(cast.commune_b.pk), "birth_year": "2021", "id_number": "12", "year": "2021",
            "household_class": "newly_escaped", "pledge": "Giữ lời"}  # fmt: skip
    answer = at(cast.an).send(ADDRESS, said)
    assert answer.status_code == 422
    for part in ("Cần ghi tên đầy đủ", "không thuộc địa bàn của bàn bạn", "2021 ở tương lai", "9 chữ số",
                 "ở ngoài giai đoạn", "Hãy chọn diện hộ", "Giữ lời"):  # fmt: skip
        assert part in text_of(answer)
    assert not Party.objects.filter(kind="household").exists()


def test_a_look_alike_is_offered_and_the_same_household_is_taken(cast: Cast, movement: Movement) -> None:
    old = cast.household("Danh Thi My", birth_year=1975)
    browser, said = at(cast.an), {**NEW, "place": str(cast.commune_a.pk)}
    offered = browser.send(ADDRESS, said)
    assert offered.status_code == 422
    assert "trùng tên và cùng địa bàn, trùng năm sinh" in text_of(offered)
    assert "Nuôi tôm" in text_of(offered)
    assert not Registration.objects.exists()
    browser.send(ADDRESS, {**said, "chinh-la": str(old.pk)})
    assert Registration.objects.get().party == old
    assert Party.objects.filter(kind="household").count() == 1


def test_a_look_alike_that_is_another_household_is_told_apart_by_a_person(cast: Cast, movement: Movement) -> None:
    old = cast.household("Danh Thi My", birth_year=1975)
    at(cast.an).send(ADDRESS, {**NEW, "place": str(cast.commune_a.pk), "khac": str(old.pk)})
    new = Registration.objects.get().party
    assert new != old
    assert Different.objects.get().party == new


def test_a_known_household_is_found_without_accents_and_registered(cast: Cast, movement: Movement) -> None:
    old, browser = cast.household(), at(cast.an)
    assert f"?ho={old.pk}" in text_of(browser.get(ADDRESS, {"q": "thi my"}))
    assert "Danh Thị Mỹ" in text_of(browser.get(ADDRESS, {"ho": old.pk}))
    answer = browser.send(ADDRESS, {**ANSWERS, "chinh-la": str(old.pk)})
    assert answer.status_code == 302
    again = browser.send(ADDRESS, {**ANSWERS, "chinh-la": str(old.pk)})
    assert again.status_code == 422
    assert "Đã đăng ký nội dung này cho năm 2020" in text_of(again)
    assert Registration.objects.get().registered_on == DAY


def test_a_household_of_another_commune_is_not_there(cast: Cast, movement: Movement) -> None:
    theirs = cast.household("Hộ khác", cast.commune_b)
    assert at(cast.an).send(ADDRESS, {**ANSWERS, "chinh-la": str(theirs.pk)}).status_code == 404
    assert not Registration.objects.exists()


def test_reading_the_wish_of_a_household_leaves_a_trace(cast: Cast, movement: Movement) -> None:
    browser = at(cast.an)
    browser.send(ADDRESS, {**NEW, "place": str(cast.commune_a.pk)})
    row = Registration.objects.get()
    browser.get(f"/dang-ky/{row.pk}/")
    assert [(trace.noun, trace.noun_key, trace.desk) for trace in Reading.objects.order_by("id")] == [
        ("parties.Party", str(row.party_id), cast.an.desk.name)
    ]
