"""Ấp, khu phố: one hamlet is written in one way; a new one is confirmed on the page and asked about in the sheet."""

import html
from typing import Any

import pytest
from django.test import Client

from chungtay.households import actions, correcting, hamlets, joining, lists
from chungtay.households.facts import Home
from chungtay.households.models import Household
from chungtay.sheets.layouts import Accepted, Flaw, Staged
from tests.households.make import household, member, person
from tests.households.test_lists import told, write
from tests.households.test_pages import OPENING, sent
from tests.make import TODAY, Province, post_form

QUEO = "Ấp Hòn Quéo"


@pytest.fixture
def home(province: Province) -> Household:
    return household(province, "Lâm Một", "Lâm Hai", "Lâm Con", hamlet=QUEO)


@pytest.fixture
def clerk(province: Province) -> Client:
    return province.client("commune")


def page(answer: Any) -> str:
    return html.unescape(answer.content.decode())


# --- as it is written ---


@pytest.mark.parametrize("typed", ["ấp hòn quéo", "ẤP HÒN QUÉO", "Ap Hon  Queo"])
def test_a_hamlet_of_the_same_folded_name_is_stored_as_the_commune_writes_it(
    province: Province, home: Household, typed: str
) -> None:
    assert household(province, person("Lý Hai"), hamlet=typed).hamlet == QUEO
    assert set(Household.objects.values_list("hamlet", flat=True)) == {QUEO}


def test_where_two_spellings_stand_the_typed_one_and_then_the_more_used_one_holds(
    province: Province, home: Household
) -> None:
    for name in ("Lý Hai", "Lý Ba"):
        household(province, person(name), hamlet="Ấp Khác")
    Household.objects.filter(head_name__startswith="Lý").update(hamlet="ấp Hòn Quéo")
    place = province.places["kg-30847"]
    assert hamlets.as_written(place, "ấp Hòn Quéo") == "ấp Hòn Quéo"
    assert hamlets.as_written(place, QUEO) == QUEO
    assert hamlets.as_written(place, "AP HON QUEO") == "ấp Hòn Quéo"


def test_the_hamlets_of_another_commune_and_of_closed_households_do_not_count(
    province: Province, home: Household
) -> None:
    assert hamlets.as_written(province.places["kg-30850"], "ap hon queo") == "ap hon queo"
    actions.close_household(home, "mistake", by=province.seats["commune"], on=TODAY, version=1)
    assert hamlets.as_written(province.places["kg-30847"], "ap hon queo") == "ap hon queo"


def test_splitting_moving_and_correcting_write_the_hamlet_as_it_stands(province: Province, home: Household) -> None:
    seat, place = province.seats["commune"], province.places["kg-30847"]
    far = household(province, person("Lý Hai"), hamlet="Ấp Vạn Thanh")
    child = member(home, "Lâm Con")
    new = joining.split(home, [child], Home(place, "ap van thanh"), head=child, by=seat, on=TODAY, version=1)
    assert new.hamlet == "Ấp Vạn Thanh"
    assert joining.move(far, place, hamlet="ap hon queo", address="", by=seat, on=TODAY, version=1).hamlet == QUEO
    assert correcting.correct_household(new, Home(place, "ap hon queo"), by=seat, on=TODAY, version=1).hamlet == QUEO


def test_a_correction_may_put_right_how_a_hamlet_is_written(province: Province, home: Household) -> None:
    household(province, person("Lý Hai"), hamlet=QUEO)
    seat, place = province.seats["commune"], province.places["kg-30847"]
    right = correcting.correct_household(home, Home(place, "Ấp Hòn Quèo"), by=seat, on=TODAY, version=1)
    assert right.hamlet == "Ấp Hòn Quèo"


# --- the page ---


def test_the_first_hamlet_of_a_commune_is_not_asked_about(province: Province, clerk: Client) -> None:
    assert post_form(clerk, "/ho/ghi/", OPENING).status_code == 302


def test_a_new_hamlet_is_confirmed_on_the_form_and_nothing_typed_is_lost(
    province: Province, home: Household, clerk: Client
) -> None:
    typed = {**OPENING, "hamlet": "Ấp Hòn Quéo Hai", "address": "Tổ 4"}
    answer = post_form(clerk, "/ho/ghi/", typed)
    asked = page(answer)
    assert answer.status_code == 422
    assert "Chưa có hộ nào ở “Ấp Hòn Quéo Hai”" in asked
    assert f"Gần giống: “{QUEO}”" in asked
    for kept in ("Danh Sol", "371 234 567", "Tổ 4"):
        assert f'value="{kept}"' in asked
    assert Household.objects.count() == 1
    assert post_form(clerk, "/ho/ghi/", {**typed, "new_hamlet": "Ấp Hòn Quéo Hai"}).status_code == 302
    assert Household.objects.latest("pk").hamlet == "Ấp Hòn Quéo Hai"


def test_a_confirmation_holds_only_for_the_name_that_was_confirmed(
    province: Province, home: Household, clerk: Client
) -> None:
    answer = post_form(clerk, "/ho/ghi/", {**OPENING, "hamlet": "Ấp Không Có Thật", "new_hamlet": "Ấp Khác"})
    assert answer.status_code == 422
    assert "Chưa có hộ nào ở “Ấp Không Có Thật”" in page(answer)
    assert "checked" not in page(answer).split('name="new_hamlet"')[1].split(">")[0]


def test_a_known_hamlet_typed_without_accents_is_not_asked_about(
    province: Province, home: Household, clerk: Client
) -> None:
    assert post_form(clerk, "/ho/ghi/", {**OPENING, "hamlet": "ap hon queo"}).status_code == 302
    assert Household.objects.latest("pk").hamlet == QUEO


def test_every_other_form_that_names_a_hamlet_asks_the_same(province: Province, home: Household, clerk: Client) -> None:
    place = province.places["kg-30847"].pk
    child = member(home, "Lâm Con").pk
    typed: dict[str, dict[str, Any]] = {
        "sua/": {"hamlet": "Ấp Lạ", "unnamed": "0"},
        "tach/": {"members": [str(child)], "head": str(child), "hamlet": "Ấp Lạ"},
        "chuyen/": {"place": place, "hamlet": "Ấp Lạ"},
    }
    for where, data in typed.items():
        answer = sent(clerk, home, where, **data)
        assert (answer.status_code, "Chưa có hộ nào ở “Ấp Lạ”" in page(answer)) == (422, True), where
    assert not Household.objects.filter(hamlet="Ấp Lạ").exists()
    assert sent(clerk, home, "sua/", **typed["sua/"], new_hamlet="Ấp Lạ").status_code == 302
    home.refresh_from_db()
    assert home.hamlet == "Ấp Lạ"


def test_a_move_to_another_commune_asks_without_naming_its_hamlets(
    province: Province, home: Household, clerk: Client
) -> None:
    there = household(province, person("Lý Hai"), commune="kg-30850", seat="commune_b", hamlet="Ấp Xa Xôi")
    answer = sent(clerk, home, "chuyen/", place=there.place_id, hamlet="Ấp Xa Xô")
    assert answer.status_code == 422
    assert "Ấp Xa Xôi" not in page(answer)
    sent(clerk, home, "chuyen/", place=there.place_id, hamlet="ap xa xoi")
    home.refresh_from_db()
    assert (home.place_id, home.hamlet) == (there.place_id, "Ấp Xa Xôi")


# --- the sheet ---


def asked(province: Province, *rows: dict[str, Any]) -> list[tuple[int, Flaw]]:
    check = lists.households_layout(province.seats["commune"], TODAY).check
    assert check is not None
    return [(row.number, flaw) for row, flaw in check([Staged(0, n, values) for n, values in enumerate(rows)])]


def test_a_row_of_a_new_hamlet_is_a_question_with_the_hamlets_that_may_be_meant(
    province: Province, home: Household
) -> None:
    rows = [told(name="Lý A", hamlet="Ấp Hòn Quéu"), told(name="Lý B", hamlet="ấp HÒN quéo"),
            told(name="Lý C", hamlet="Ấp Không Có")]  # fmt: skip
    (first, near), (second, far) = asked(province, *rows)
    assert (first, near.column, near.is_doubtful, near.ask) == (0, "hamlet", True, lists.HAMLET)
    assert [one.key for one in near.answers] == [QUEO, lists.NEW]
    assert (second, [one.key for one in far.answers]) == (2, [lists.NEW])


def test_the_first_list_of_a_commune_asks_about_no_hamlet(province: Province) -> None:
    assert asked(province, told(name="Lý A", hamlet="Ấp Một"), told(name="Lý B", hamlet="Ấp Hai")) == []


def test_a_new_hamlet_with_many_rows_is_asked_about_once_unless_it_looks_like_another(
    province: Province, home: Household
) -> None:
    new = [told(name=f"Lý {letter}", hamlet="Ấp Tân Lập") for letter in "ABCDE"]
    [(number, flaw)] = asked(province, *new)
    assert number == 0
    assert "5 dòng" in flaw.sentence
    assert len(asked(province, *new[:4])) == 4
    assert len(asked(province, *(row | {"hamlet": "Ấp Hòn Quéu"} for row in new))) == 5


def test_the_answer_says_where_the_household_of_the_row_lives(province: Province, home: Household) -> None:
    row = told(name="Lý A", hamlet="Ấp Hòn Quéu")
    write(province, row, answers=[{lists.HAMLET: QUEO}])
    write(province, row | {"name": "Lý B"}, answers=[{lists.HAMLET: lists.NEW}])
    found = dict(Household.objects.values_list("head_name", "hamlet"))
    assert (found["Lý A"], found["Lý B"]) == (QUEO, "Ấp Hòn Quéu")


def test_the_rows_of_one_list_write_a_hamlet_in_one_way(province: Province, home: Household) -> None:
    names = ["ấp hòn quéo", "Ấp Tân Lập", "ấp tân lập", "AP TAN LAP"]
    writer = lists.households_writer(province.seats["commune"], TODAY)
    writer([Accepted(n, 0, n, told(name=f"Lý {n}a", hamlet=name)) for n, name in enumerate(names)])
    assert set(Household.objects.values_list("hamlet", flat=True)) == {QUEO, "Ấp Tân Lập"}
