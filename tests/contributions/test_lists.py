"""Lists of gifts and bank statements that come as spreadsheets."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from chungtay.contributions import lists
from chungtay.contributions.models import Contribution, State
from chungtay.ledger import actions as ledger
from chungtay.parties.kinds import PartyKind
from chungtay.records import journal
from chungtay.sheets import accepting, registry
from chungtay.sheets.layouts import Accepted, Flaw, Staged
from tests.contributions.doing import MILLION, giver, recorded
from tests.make import TODAY, Province
from tests.sheets import lists as books

HEADINGS = ["STT", "Nhà hảo tâm", "Ngày nhận", "Hình thức", "Nội dung", "Số tiền", "Số phiếu thu"]
BANK = ["Ngày giao dịch", "Số tham chiếu", "Ghi có", "Người chuyển", "Diễn giải"]


def taken_in(province: Province, seat: str, name: str, headings: list[str], *rows: list[Any]) -> Any:
    """A workbook handed in at the desk, its good rows approved and taken in."""
    by, known = province.seats[seat], registry.known()[name]
    layout = known.layout_for(by, TODAY)
    upload = books.staged(province, books.book([headings, *rows]), layout)
    if upload.good:
        accepting.approve(upload, by=by, on=TODAY)
        accepting.accept(upload, layout=layout, writer=known.writer(by, TODAY))
    return upload


def flaws(province: Province, name: str, *rows: dict[str, Any], seat: str = "commune") -> list[Flaw]:
    """What the list asks about these rows."""
    check = registry.known()[name].layout_for(province.seats[seat], TODAY).check
    assert check is not None
    return [flaw for _, flaw in check([Staged(0, n, values) for n, values in enumerate(rows)])]


def line(**more: Any) -> dict[str, Any]:
    """The values of a row of the bank's, as the staging reads them."""
    values = {
        "day": date(2020, 10, 1),
        "reference": "FT1",
        "value": MILLION,
        "giver": "Lý Thị Hai",
        "purpose": "Ủng hộ",
    }
    return {**values, **more}


def write(province: Province, name: str, seat: str, rows: Iterable[dict[str, Any]], **answers: str) -> Any:
    writer = registry.known()[name].writer(province.seats[seat], TODAY)
    return writer([Accepted(n, 0, n, values, answers) for n, values in enumerate(rows)])


def test_a_list_of_gifts_becomes_gifts_that_wait_to_be_confirmed(province: Province) -> None:
    company = giver(province)
    upload = taken_in(
        province, "commune", lists.GIFT_LIST, HEADINGS,
        [1, company.name, "05/03/2020", "Tiền mặt", "Quà Tết", "20 triệu", "PT 1"],
        [2, "Bà Sáu chợ", "06/03/2020", "Hiện vật", "Gạo", 3_000_000, "PT 2"],
        [3, "Ông Bảy", "06/03/2021", "Tiền", "Mai sau", 1_000_000, "PT 3"],
    )  # fmt: skip
    assert (upload.accepted, upload.bad) == (2, 1)
    first, second = Contribution.objects.order_by("pk")
    assert (first.value, first.state, first.method, first.place) == (
        20 * MILLION, State.RECEIVED, "counted", province.places["kg-30847"],
    )  # fmt: skip
    assert first.shares.get().party == company, "the one public body of that name"
    assert (second.nature, second.method, second.shares.get().words) == ("goods", "market", "Bà Sáu chợ")
    assert [entry.act for entry in journal.of(first)] == ["record_gift"]


def test_a_bank_statement_goes_to_the_fund_of_the_body_and_each_transfer_once(province: Province) -> None:
    by = province.seats["commune"]
    fund = ledger.open_fund(owner=province.bodies["commune"], kind="poor", name="Quỹ", by=by, on=TODAY)
    rows = [["01/10/2020", "FT 01", 2_000_000, "LY THI HAI", "UNG HO"], ["02/10/2020", "FT 02", 500_000, "", ""]]
    assert taken_in(province, "commune", lists.BANK_LIST, BANK, *rows).accepted == 2
    first, second = Contribution.objects.order_by("pk")
    assert (first.fund, first.bank_reference, first.evidence) == (fund, "FT01", "Sao kê ngân hàng, giao dịch FT01")
    assert (second.purpose, second.shares.get().words) == ("Ủng hộ qua ngân hàng", "Người chuyển không ghi tên")
    again = taken_in(province, "commune", lists.BANK_LIST, BANK, *rows, ["03/10/2020", "FT 03", 1_000, "A", "B"])
    assert (again.accepted, again.bad) == (1, 2)
    assert Contribution.objects.count() == 3


def test_a_transfer_that_stands_in_the_book_is_refused_even_when_it_came_between(province: Province) -> None:
    recorded(province, commune="kg-30850", seat="commune_b", bank_reference="FT1")
    (flaw,) = flaws(province, lists.BANK_LIST, line(reference="ft 1"))
    assert flaw.sentence == "Giao dịch ngân hàng FT1 đã có trong sổ đóng góp."
    lost = write(province, lists.BANK_LIST, "commune", [line(reference="ft 1"), line(reference="FT2")])
    assert list(lost) == [0]
    assert Contribution.objects.filter(bank_reference="FT2").exists()


def test_money_that_went_out_is_none_of_ours(province: Province) -> None:
    """A statement lists both ways; what left the account is passed over, and the total at the end is no transfer."""
    ledger.open_fund(owner=province.bodies["commune"], kind="poor", name="Quỹ", by=province.seats["commune"], on=TODAY)
    upload = taken_in(
        province, "commune", lists.BANK_LIST, BANK,
        ["01/10/2020", "FT 01", 2_000_000, "LY THI HAI", "UNG HO"], ["02/10/2020", "FT 02", "", "", "RUT TIEN MAT"],
        ["03/10/2020", "FT 03", 0, "", "PHI"], ["Tổng cộng", "", 2_000_000, "", ""],
    )  # fmt: skip
    assert (upload.accepted, upload.bad, upload.skipped) == (1, 0, 3)
    said = {row.number: row.faults[0]["sentence"] for row in upload.rows.filter(state="skipped")}
    assert sorted(said.values()) == ["Dòng này không phải tiền vào."] * 2 + ["Dòng tổng cộng."]


def test_a_namesake_is_a_question_and_the_answer_is_followed(province: Province) -> None:
    person = province.party("Lý Thị Hai", PartyKind.PERSON, province.places["kg-30847"], birth_year=1960)
    (flaw,) = flaws(province, lists.BANK_LIST, line())
    assert (flaw.ask, flaw.is_doubtful) == (lists.GIVER, True)
    assert [answer.key for answer in flaw.answers] == [str(person.pk), lists.UNNAMED]
    assert flaw.answers[0].label == "Lý Thị Hai (cá nhân, Xã Thổ Sơn, sinh 1960)", "the page says “Xem” before it"
    write(province, lists.BANK_LIST, "commune", [line()], **{lists.GIVER: str(person.pk)})
    write(province, lists.BANK_LIST, "commune", [line(reference="FT2")], **{lists.GIVER: lists.UNNAMED})
    first, second = Contribution.objects.order_by("pk")
    assert (first.shares.get().party, second.shares.get().party) == (person, None)


def test_a_namesake_beyond_the_desks_area_is_not_told(province: Province) -> None:
    province.household("Lý Thị Hai", "kg-30850")
    assert flaws(province, lists.BANK_LIST, line()) == []


@pytest.mark.parametrize("seat", ["district", "front"])
def test_a_desk_of_several_communes_says_which(province: Province, seat: str) -> None:
    row = {
        "giver": "A", "day": TODAY, "nature": "money", "purpose": "B", "value": 1, "method": None, "evidence": "C",
        "commune": None, "hamlet": None,
    }  # fmt: skip
    assert write(province, lists.GIFT_LIST, seat, [row]) == {0: "Cần ghi xã, phường, thị trấn."}
    assert write(province, lists.GIFT_LIST, seat, [{**row, "commune": "kg-30847", "method": "counted"}]) == {}


@pytest.mark.parametrize(
    ("more", "column", "said"),
    [
        ({"nature": "knowledge"}, "value", "Cần ghi giá trị bằng đồng."),
        ({"method": "unvalued", "nature": "knowledge", "value": 5}, "value", "thì không ghi giá trị"),
        ({"method": "counted", "nature": "goods", "value": 5}, "method", "Hiện vật được định giá bằng"),
    ],
)
def test_what_the_book_would_refuse_is_said_at_its_column_when_the_row_is_looked_at(
    province: Province, more: dict[str, Any], column: str, said: str
) -> None:
    row = {
        "giver": "A", "day": TODAY, "nature": "money", "purpose": "B", "value": 0, "method": None, "evidence": "C",
        "commune": None, "hamlet": None,
    }  # fmt: skip
    (flaw,) = flaws(province, lists.GIFT_LIST, {**row, **more})
    assert flaw.column == column
    assert said in flaw.sentence
    assert not flaw.is_doubtful
    assert flaws(province, lists.GIFT_LIST, {**row, "nature": "knowledge", "method": "unvalued"}) == []
    assert flaws(province, lists.GIFT_LIST, {**row, "value": 1}) == []


def test_a_row_without_value_is_wrong_at_once_and_its_value_is_the_cell_that_is_marked(province: Province) -> None:
    upload = taken_in(
        province, "commune", lists.GIFT_LIST, HEADINGS, [1, "Ông Bảy", "06/03/2020", "Trí tuệ", "Dạy nghề", 0, "BB 1"]
    )
    assert (upload.good, upload.bad) == (0, 1)
    assert [(fault["column"], fault["cell"]) for fault in upload.rows.get().faults] == [("value", "F2")]


def test_what_the_book_refuses_is_said_of_its_row(province: Province) -> None:
    row = {
        "giver": "A", "day": TODAY, "nature": "goods", "purpose": "B", "value": 0, "method": "counted", "evidence": "C",
        "commune": None, "hamlet": None,
    }  # fmt: skip
    lost = write(province, lists.GIFT_LIST, "commune", [row])
    assert "Hiện vật được định giá bằng" in lost[0]
    assert not Contribution.objects.exists()
