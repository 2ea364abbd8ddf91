"""The open books tell sums to everybody, and nothing by which one household could be told."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from chungtay.law.funds import FundKind, Income, Purpose
from chungtay.ledger import actions, open_books
from chungtay.ledger.cells import LEAST_CELL, Cell, merged
from tests.ledger.make import DAY, MILLION, build_house, fund, give, told
from tests.make import Province

SECRET = "Danh Thị Sa Phol"


def cells(*sizes: int | None) -> list[Cell]:
    return [Cell(f"Xã {n}", 10 * (n + 1), size) for n, size in enumerate(sizes)]


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ([4, 9], [("gộp", 13)]),  # four alone could be told from the total
        ([5, 9], [("Xã 1", 9), ("Xã 0", 5)]),
        ([1, 2, 9, 8], [("gộp", 11), ("Xã 2", 9)]),  # three together are still too few: the next smallest joins
        ([2, 3, 9], [("Xã 2", 9), ("gộp", 5)]),
        ([1], [("gộp", 1)]),  # one house in one commune: nobody is told where
        ([], []),
        ([None, 3, 4], [("gộp", 7), ("Xã 0", None)]),
    ],
)
def test_cells_of_few_households_stand_together(sizes: list[int | None], told: list[tuple[str, int | None]]) -> None:
    assert [(cell.label, cell.households) for cell in merged(cells(*sizes), "gộp")] == told


def test_from_two_visits_nobody_reckons_what_one_more_household_got(province: Province) -> None:
    """The control: with five more the commune's line grows."""
    front, own = fund(province), province.places["kg-30847"]
    give(province, front, 900 * MILLION, date(2020, 2, 1))
    build_house(province, front, 250 * MILLION, date(2020, 2, 2), households=5, place=own)
    build_house(province, front, 300 * MILLION, date(2020, 2, 3), households=6, place=province.places["kg-30850"])
    build_house(province, front, 41 * MILLION, date(2020, 3, 21), households=1, place=own)

    def line(on: date) -> tuple[int, int | None]:
        [year] = open_books.years(front, on)
        [cell] = [cell for cell in year.places if cell.label == "Xã Thổ Sơn, Huyện Hòn Đất"]
        return cell.amount, cell.households

    assert line(date(2020, 3, 5)) == (250 * MILLION, 5)
    assert line(date(2020, 4, 2)) == (250 * MILLION, 5)
    [april] = open_books.years(front, date(2020, 4, 2))
    assert [(cell.label, cell.told) for cell in april.places if cell.amount == 41 * MILLION] == [
        (open_books.SINCE, "dưới 5")
    ]
    assert 291 * MILLION not in {cell.amount for cell in april.places}
    build_house(province, front, 160 * MILLION, date(2020, 4, 21), households=4, place=own)
    assert line(date(2020, 5, 2)) == (451 * MILLION, 10)


def test_a_cell_of_few_says_only_that_they_are_few() -> None:
    assert [Cell("x", 1, size).told for size in (0, 4, 5, 1200, None)] == ["dưới 5", "dưới 5", "5", "1.200", ""]


@given(st.lists(st.integers(1, 30), max_size=12))
def test_no_line_tells_of_fewer_than_five_and_nothing_is_lost(sizes: list[int]) -> None:
    found = merged(cells(*sizes), "gộp")
    assert sum(cell.households or 0 for cell in found) == sum(sizes)
    assert sum(cell.amount for cell in found) == sum(cell.amount for cell in cells(*sizes))
    assert all(cell.label == "gộp" for cell in found if (cell.households or 0) < LEAST_CELL)
    if sum(sizes) >= LEAST_CELL:
        assert all((cell.households or 0) >= LEAST_CELL for cell in found)


@pytest.mark.clause("KH III.3")
def test_everybody_reads_what_came_and_went_and_nobody_reads_for_whom(province: Province) -> None:
    front = fund(province)
    give(province, front, 900 * MILLION, date(2020, 9, 1))
    build_house(province, front, 50 * MILLION, date(2020, 9, 2))
    build_house(
        province, front, 300 * MILLION, date(2020, 9, 3), households=6, place=province.places["kg-30850"],
        words="Xây nhà cho sáu hộ ấp Vàm",
    )  # fmt: skip
    stranger = Client()
    said = unescape(stranger.get(f"/cong-khai/quy/{front.pk}/").content.decode()).replace("\xa0", " ")
    assert "900.000.000" in said
    assert "350.000.000" in said
    for secret in (SECRET, "ấp Vàm", "Thổ Sơn", "Sơn Kiên"):  # one house in Thổ Sơn: the two communes stand together
        assert secret not in said
    assert "gộp chung" in said
    listed = unescape(stranger.get("/cong-khai/quy/").content.decode()).replace("\xa0", " ")
    assert "550.000.000 đ" in listed
    assert front.name in listed


def test_communes_with_enough_households_are_named(province: Province) -> None:
    front = fund(province)
    give(province, front, 900, date(2020, 9, 1))
    for key, households in (("kg-30847", 5), ("kg-30850", 7)):
        build_house(province, front, 100, date(2020, 9, 2), households=households, place=province.places[key])
    [year] = open_books.years(front, date(2020, 10, 20))
    assert [(cell.label.split(",")[0], cell.households) for cell in year.places] == [
        ("Xã Sơn Kiên", 7),
        ("Xã Thổ Sơn", 5),
    ]
    assert [(cell.label, cell.amount, cell.told) for cell in year.purposes] == [
        ("Xây, sửa nhà Đại đoàn kết", 200, "12")
    ]


def test_what_was_taken_back_is_not_told(province: Province) -> None:
    front, by = fund(province), province.seats["front"]
    give(province, front, 900, date(2020, 9, 1))
    wrong = build_house(province, front, 100, date(2020, 9, 2), households=9)
    build_house(province, front, 200, date(2020, 9, 2), households=8)
    actions.counter(wrong, reason="Ghi hai lần một khoản", key="a" * 20, by=by, on=date(2020, 9, 5))
    [year] = open_books.years(front, date(2020, 10, 20))
    assert [(cell.amount, cell.households) for cell in (*year.purposes, *year.places)] == [(200, 8), (200, 8)]


@pytest.mark.parametrize(("today", "told"), [(date(2020, 9, 30), []), (date(2020, 10, 1), [6])])
def test_whom_it_helped_is_told_in_whole_months(province: Province, today: date, told: list[int]) -> None:
    front = fund(province)
    give(province, front, 900, date(2020, 9, 1))
    build_house(province, front, 100, date(2020, 9, 30), households=6)
    [year] = open_books.years(front, today)
    assert [cell.households for cell in year.places] == told
    assert year.sums.went == 100


def test_the_books_of_award_funds_are_not_among_them(province: Province) -> None:
    award = fund(province, "province", FundKind.AWARD)
    actions.pay_in(award, 5, Income.BUDGET, told(), by=province.seats["board"], on=DAY)
    assert open_books.totals() == open_books.Totals(0, 0, 0, 0, [])
    assert Client().get(f"/cong-khai/quy/{award.pk}/").status_code == 404


def test_the_totals_are_those_of_all_funds_for_the_poor_and_count_no_passing_on(province: Province) -> None:
    front, commune = fund(province), fund(province, "commune")
    give(province, front, 100)
    actions.transfer(front, commune, 60, told(), by=province.seats["front"], on=DAY)
    build_house(province, commune, 25)
    actions.pay_out(front, 5, Purpose.OTHER, told(), by=province.seats["front"], on=DAY)
    found = open_books.totals()
    assert (found.came, found.carried, found.went, found.left) == (100, 0, 30, 70)
