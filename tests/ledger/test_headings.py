"""The headings of a book add up to what came and went, of all years and of one; and places bear the name of the day."""

from datetime import date
from html import unescape

import pytest

from chungtay.law.funds import FundKind, Income, Purpose
from chungtay.ledger import actions, books
from chungtay.ledger.models import Fund
from chungtay.ledger.where import Names
from chungtay.places.models import PlaceVersion
from tests.ledger.make import DAY, MILLION, build_house, fund, give, told
from tests.make import TODAY, Province

RENAMED = date(2019, 7, 1)


def page(p: Province, seat: str, address: str) -> str:
    answer = p.client(seat).get(address)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).replace("\xa0", " ").split())


def written(p: Province) -> tuple[Fund, Fund]:
    """Two funds: 2018 gifts and a house, 2019 gifts, 30 passed on, and 7 by mistake."""
    front, commune = fund(p), fund(p, "commune")
    give(p, front, 200, date(2018, 5, 2))
    build_house(p, front, 50, date(2018, 5, 3))
    give(p, front, 10, date(2019, 5, 2))
    actions.pay_in(front, 3, Income.INTEREST, told(date(2019, 5, 2)), by=p.seats["front"], on=DAY)
    actions.transfer(front, commune, 30, told(date(2019, 6, 3)), by=p.seats["front"], on=DAY)
    wrong = actions.transfer(front, commune, 7, told(date(2019, 6, 4)), by=p.seats["front"], on=DAY)
    actions.counter(wrong, reason="Chuyển nhầm quỹ xã", key="k" * 20, by=p.seats["front"], on=DAY)
    build_house(p, commune, 25, date(2019, 8, 1))
    return front, commune


def headings(of: Fund, year: int | None = None) -> tuple[dict[str, int], dict[str, int], tuple[int, int]]:
    """(where it came from, what for, what both are to add up to)."""
    money = books.money_of(of)
    shown = books.by_month(money, year) if year else books.by_year(money)
    whole = books.Sums("", sum(one.came for one in shown), sum(one.went for one in shown))
    found = books.parts(money, whole, year)
    came, went = ({one["label"]: one["amount"] for one in rows} for rows in (found.income, found.purpose))
    return came, went, (whole.came, whole.went)


HOUSE, UNITS = Purpose.HOUSE.label, Income.UNITS.label


@pytest.mark.clause("KH III.3")
def test_what_funds_pass_on_to_each_other_is_a_heading_on_both_sides(province: Province) -> None:
    front, commune = written(province)
    assert headings(front) == (
        {UNITS: 210, Income.INTEREST.label: 3}, {HOUSE: 50, "Chuyển sang quỹ khác": 30}, (213, 80),
    )  # fmt: skip
    assert headings(commune) == ({"Quỹ khác chuyển đến": 30}, {HOUSE: 25}, (30, 25))


def test_the_headings_of_a_year_are_those_of_that_year(province: Province) -> None:
    front, commune = written(province)
    assert headings(front, 2018) == ({UNITS: 200}, {HOUSE: 50}, (200, 50))
    assert headings(front, 2019) == (
        {UNITS: 10, Income.INTEREST.label: 3}, {"Chuyển sang quỹ khác": 30}, (13, 30),
    )  # fmt: skip
    assert headings(commune, 2019) == ({"Quỹ khác chuyển đến": 30}, {HOUSE: 25}, (30, 25))
    assert books.houses(books.money_of(front), 2019) == 0
    assert books.houses(books.money_of(front), 2018) == 1


def test_the_page_of_a_year_says_that_its_sums_are_of_that_year(province: Province) -> None:
    front, _ = written(province)
    said = page(province, "front", f"/quy/{front.pk}/?nam=2019")
    for words in ("Tiền từ đâu năm 2019", "Tiền chi cho việc gì năm 2019", "đã thu năm 2019", "Chuyển sang quỹ khác"):
        assert words in said
    assert "200 đ" not in said.split("Tiền từ đâu")[1].split("Từng khoản")[0]
    assert "Tiền từ đâu</h2>" in page(province, "front", f"/quy/{front.pk}/")


def test_a_heading_that_was_taken_back_wholly_is_not_told(province: Province) -> None:
    front, by = fund(province), province.seats["front"]
    give(province, front, 9)
    wrong = actions.pay_out(front, 4, Purpose.OTHER, told(), by=by, on=DAY)
    actions.counter(wrong, reason="Ghi nhầm trên phiếu", key="k" * 20, by=by, on=DAY)
    for year in (None, 2019):
        assert headings(front, year) == ({UNITS: 9}, {}, (9, 0))


# --- names of places ---


def rename(p: Province) -> None:
    """Hòn Đất becomes a town on 01/07/2019, and everything is called after its last name."""
    district, commune = p.places["kg-903"], p.places["kg-30847"]
    old = PlaceVersion.objects.get(place=district)
    PlaceVersion.objects.filter(pk=old.pk).update(until=RENAMED)
    new = PlaceVersion(
        place=district, since=RENAMED, code=old.code, kind="thi_xa", name="Hòn Đất", parent=old.parent, source="test"
    )
    new.fill_derived(p.places["kg"].path)
    new.path = old.path
    new.save()
    for place, title in ((district, "Thị xã Hòn Đất"), (commune, "Xã Thổ Sơn, Thị xã Hòn Đất")):
        type(place).objects.filter(pk=place.pk).update(title=title)
        place.refresh_from_db()


@pytest.mark.parametrize(
    ("day", "name"), [(date(2019, 6, 30), "Xã Thổ Sơn, Huyện Hòn Đất"), (RENAMED, "Xã Thổ Sơn, Thị xã Hòn Đất")]
)
def test_a_place_is_called_as_on_the_day_of_the_payment(province: Province, day: date, name: str) -> None:
    rename(province)
    place = province.places["kg-30847"]
    assert Names([place.pk]).on(place, day) == name
    front = fund(province)
    give(province, front, 100 * MILLION, date(2018, 5, 2))
    paid = build_house(province, front, 50 * MILLION, day)
    assert f"<dd>{name}</dd>" in page(province, "front", f"/quy/but-toan/{paid.pk}/")


@pytest.mark.parametrize(("day", "district"), [(date(2019, 6, 30), "Huyện Hòn Đất"), (TODAY, "Thị xã Hòn Đất")])
def test_the_communes_of_the_form_stand_under_their_district_as_of_the_working_day(
    province: Province, settings: object, day: date, district: str
) -> None:
    rename(province)
    settings.WORKING_DAY = day  # type: ignore[attr-defined]
    front = fund(province)
    said = page(province, "front", f"/quy/{front.pk}/chi/")
    group = said.split(f'<optgroup label="{district}">')[1].split("</optgroup>")[0]
    assert ">Xã Thổ Sơn</option>" in group
    assert (f'label="{"Thị xã" if district.startswith("Huyện") else "Huyện"} Hòn Đất"') not in said


def test_a_place_that_was_not_there_yet_keeps_its_last_title(province: Province) -> None:
    place = province.places["kg-30847"]
    assert Names([place.pk]).on(place, date(1999, 1, 1)) == str(place)
    assert Names([]).on(None, DAY) == ""


def test_the_award_fund_has_headings_too(province: Province) -> None:
    award = fund(province, "province", FundKind.AWARD)
    actions.pay_in(award, 5, Income.BUDGET, told(), by=province.seats["board"], on=DAY)
    assert headings(award) == ({Income.BUDGET.label: 5}, {}, (5, 0))
