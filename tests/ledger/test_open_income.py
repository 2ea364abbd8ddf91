"""Where the money came from, as everybody reads it: no source of fewer than five givers, and each table adds up."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from chungtay.law.funds import Income, Purpose
from chungtay.ledger import actions, books, open_books, open_income
from chungtay.ledger.cells import Cell, merged
from chungtay.ledger.models import Fund
from chungtay.parties.models import Party
from tests.ledger.make import MILLION, build_house, fund, give, told
from tests.make import TODAY, Province

PEOPLE, UNITS = Income.PEOPLE.label, Income.UNITS.label


def came(p: Province, to: Fund, amount: int, day: date, source: Income = Income.PEOPLE, **more: Party) -> None:
    actions.pay_in(to, amount, source, told(day, **more), by=p.seats["front"], on=max(day, TODAY))


def firms(p: Province, count: int) -> list[Party]:
    return [p.party(f"Công ty {n}", "enterprise", p.places["kg"]) for n in range(count)]


def sources(of: Fund, on: date = TODAY) -> dict[str, int]:
    [year] = open_books.years(of, on)
    assert sum(cell.amount for cell in year.sources) == year.sums.came
    assert sum(cell.amount for cell in year.purposes) == year.sums.went
    return {cell.label: cell.amount for cell in year.sources}


@pytest.mark.clause("KH III.3")
@pytest.mark.parametrize(("givers", "is_told"), [(4, False), (5, True)])
def test_a_source_is_told_alone_once_five_gave_to_it(province: Province, givers: int, is_told: bool) -> None:
    front = fund(province)
    for n, firm in enumerate(firms(province, givers)):
        came(province, front, 10 + n, date(2020, 3, 1 + n), Income.UNITS, party=firm)
    for n in range(9):
        came(province, front, 1, date(2020, 4, 1 + n))
    came(province, front, 3, date(2020, 5, 1), Income.INTEREST)
    found = sources(front)
    assert (UNITS in found) is is_told
    assert (open_income.FEW in found) is not is_told  # with the next source, so that nobody subtracts it
    assert found[Income.INTEREST.label] == 3
    assert (PEOPLE in found) is is_told


def test_one_who_gives_five_times_is_one_giver(province: Province) -> None:
    """The control is the test above."""
    front = fund(province)
    [firm] = firms(province, 1)
    for month in range(1, 7):
        came(province, front, 10, date(2020, month, 1), Income.UNITS, party=firm)
    assert sources(front) == {open_income.FEW: 60}


def test_what_was_taken_back_makes_nobody_a_giver(province: Province) -> None:
    front, by = fund(province), province.seats["front"]
    for firm in firms(province, 5):
        came(province, front, 10, date(2020, 3, 1), Income.UNITS, party=firm)
    assert sources(front) == {UNITS: 50}
    wrong = front.accounts.get(kind="cash").debits.order_by("pk")[0]
    actions.counter(wrong, reason="Phiếu thu ghi hai lần", key="k" * 20, by=by, on=date(2020, 3, 5))
    assert sources(front) == {open_income.FEW: 40}


def test_from_two_visits_nobody_reckons_what_one_more_gave(province: Province) -> None:
    front = fund(province)
    many = firms(province, 11)
    for firm in many[:5]:
        came(province, front, 10, date(2020, 2, 1), Income.UNITS, party=firm)
    came(province, front, 41, date(2020, 3, 21), Income.UNITS, party=many[5])
    assert sources(front, date(2020, 3, 30)) == {UNITS: 50, open_income.THIS_MONTH: 41}
    assert sources(front, date(2020, 4, 2)) == {UNITS: 50, open_income.SINCE: 41}
    for firm in many[6:10]:
        came(province, front, 1, date(2020, 4, 21), Income.UNITS, party=firm)
    assert sources(front, date(2020, 5, 2)) == {UNITS: 95}


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 50)), min_size=1, max_size=4))
def test_no_line_of_few_givers_bears_the_name_of_a_source(rows: list[tuple[int, int]]) -> None:
    cells = [Cell(f"Nguồn {n}", amount, givers) for n, (givers, amount) in enumerate(rows)]
    told_of = merged(cells, open_income.FEW)
    assert all((cell.households or 0) >= 5 for cell in told_of if cell.label != open_income.FEW)
    assert sum(cell.amount for cell in told_of) == sum(amount for _, amount in rows)


# --- the pages ---


def said(address: str) -> str:
    return " ".join(unescape(Client().get(address).content.decode()).replace("\xa0", " ").split())


@pytest.mark.clause("KH III.3")
def test_what_the_old_book_carried_over_is_not_money_received(province: Province) -> None:
    front = fund(province)
    came(province, front, 125 * MILLION, date(2018, 1, 2), Income.CARRIED)
    give(province, front, 40 * MILLION, date(2018, 5, 2))
    found = open_books.totals()
    assert (found.came, found.carried, found.left) == (40 * MILLION, 125 * MILLION, 165 * MILLION)
    assert [(cell.label, cell.amount) for cell in found.sources] == [(open_books.GIFTS, 40 * MILLION)]
    [year] = open_books.years(front, TODAY)
    assert (year.sums.came, year.carried) == (40 * MILLION, 125 * MILLION)
    listed = said("/cong-khai/quy/")
    for words in ("40.000.000 đ", "125.000.000 đ", "số dư sổ cũ chuyển sang", "Tiền từ đâu"):
        assert words in listed
    assert "165.000.000 đ</small> đã nhận" not in listed
    page = said(f"/cong-khai/quy/{front.pk}/")
    assert '<th scope="col" class="is-number">Số dư sổ cũ chuyển sang</th>' in page
    assert 'Cộng thu</td><td class="is-number">40.000.000' in page


def test_a_book_that_carried_nothing_over_has_no_column_for_it(province: Province) -> None:
    front = fund(province)
    give(province, front, 40 * MILLION, date(2018, 5, 2))
    assert "Số dư sổ cũ" not in said(f"/cong-khai/quy/{front.pk}/")


@pytest.mark.clause("KH III.3")
def test_what_is_passed_on_stands_in_both_open_books_and_the_tables_add_up(province: Province) -> None:
    front, commune, by = fund(province), fund(province, "commune"), province.seats["front"]
    give(province, front, 900, date(2019, 5, 2))
    actions.transfer(front, commune, 30, told(date(2019, 6, 3)), by=by, on=TODAY)
    wrong = actions.transfer(front, commune, 7, told(date(2019, 6, 4)), by=by, on=TODAY)
    actions.counter(wrong, reason="Chuyển nhầm quỹ xã", key="k" * 20, by=by, on=date(2019, 6, 5))
    build_house(province, front, 100, date(2019, 8, 1), households=6)
    sources(front)
    [year] = open_books.years(front, TODAY)
    assert {cell.label: cell.amount for cell in year.purposes} == {Purpose.HOUSE.label: 100, books.TO_OTHERS: 30}
    assert sources(commune) == {books.FROM_OTHERS: 30}
    page = said(f"/cong-khai/quy/{front.pk}/")
    assert "Chuyển sang quỹ khác" in page
    assert 'Cộng chi</td><td class="is-number">130' in page


def test_this_months_spending_stands_in_one_line_without_a_purpose(province: Province) -> None:
    front = fund(province)
    give(province, front, 900, date(2020, 5, 2))
    build_house(province, front, 100, date(2020, 10, 2), households=6)
    [year] = open_books.years(front, TODAY)
    assert [(cell.label, cell.amount, cell.told) for cell in year.purposes] == [(open_books.THIS_MONTH, 100, "")]
    assert year.places == []
