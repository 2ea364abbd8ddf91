"""The bank's list of borrowers as a spreadsheet: matched to households, sent again as often as the bank likes."""

from typing import Any

import pytest

from chungtay.conduct import lists
from chungtay.conduct.models import Loan, LoanEvent
from chungtay.sheets import accepting
from chungtay.sheets.layouts import Flaw, Staged
from tests.conduct.made import loan
from tests.make import TODAY, Province
from tests.sheets import lists as books

HEADINGS = [
    "STT", "Họ và tên người vay", "CMND", "Nơi cho vay", "Số khế ước", "Mục đích vay", "Số tiền vay", "Ngày vay",
    "Hạn trả nợ", "Đã trả gốc", "Ngày trả gần nhất", "Quá hạn từ ngày",
]  # fmt: skip
BANK = "Ngân hàng Chính sách xã hội"


def row(name: str = "Danh Thị Sa Phol", **more: Any) -> list[Any]:
    told = {
        "n": 1, "name": name, "id": None, "bank": BANK, "contract": "KU-1", "purpose": "Nuôi bò", "amount": "30 triệu",
        "lent": "05/02/2018", "due": "15/12/2019", "repaid": None, "on": None, "late": None,
    }  # fmt: skip
    return list({**told, **more}.values())


def taken_in(province: Province, *rows: list[Any]) -> Any:
    """The list handed in by commune A, its good rows approved and taken in."""
    seat = province.seats["commune"]
    layout = lists.layout(seat, TODAY)
    upload = books.staged(province, books.book([HEADINGS, *rows]), layout)
    if upload.good:
        accepting.approve(upload, by=seat, on=TODAY)
        accepting.accept(upload, layout=layout, writer=lists.writer(seat, TODAY))
    return upload


@pytest.mark.clause("KH IV.1.2.a")
def test_a_list_of_the_bank_becomes_loans_with_what_was_repaid(province: Province) -> None:
    home = province.household()
    upload = taken_in(province, row(repaid="10 triệu", on="01/03/2019"), row("Nguyễn Không Có"))
    assert (upload.accepted, upload.bad) == (1, 1)
    made = Loan.objects.get()
    assert (made.party, made.amount, made.contract, made.bank_name) == (home, 30_000_000, "KU-1", BANK)
    assert [(one.kind, one.amount, f"{one.day:%d/%m/%Y}") for one in made.events.order_by("id")] == [
        ("repaid", 10_000_000, "01/03/2019")
    ]


def test_the_list_sent_again_adds_only_what_was_repaid_since(province: Province) -> None:
    province.household()
    taken_in(province, row(repaid="10 triệu", on="01/03/2019"))
    taken_in(province, row(repaid="10 triệu", on="01/03/2019", n=2))  # the same bytes are the same file
    assert (Loan.objects.count(), LoanEvent.objects.count()) == (1, 1)
    for number in (3, 4):
        taken_in(province, row(repaid="25 triệu", on="01/06/2019", late="01/07/2019", n=number))
    told = [(one.kind, one.amount) for one in LoanEvent.objects.order_by("id")]
    assert told == [("repaid", 10_000_000), ("repaid", 15_000_000), ("overdue", None)]


def flaws(province: Province, seat: str = "commune", **more: Any) -> list[Flaw]:
    names = ("name", "id_number", "commune", "bank_name", "contract", "purpose", "amount", "lent_on", "due_on",
             "repaid", "repaid_on", "overdue_on")  # fmt: skip
    values = dict.fromkeys(names) | {"name": "Danh Thị Sa Phol"} | more
    check = lists.layout(province.seats[seat], TODAY).check
    assert check is not None
    return [flaw for _, flaw in check([Staged(0, 1, values)])]


def test_of_two_households_of_one_name_a_person_says_which(province: Province) -> None:
    first, second = province.household(), province.household()
    [flaw] = flaws(province)
    assert (flaw.ask, [one.key for one in flaw.answers]) == (lists.WHO, [str(first.pk), str(second.pk)])
    type(first).objects.filter(pk=second.pk).update(id_number="371234567")
    assert flaws(province, id_number="371234567") == []


def test_a_household_of_another_commune_is_not_found(province: Province) -> None:
    province.household(commune="kg-30850")
    assert [flaw.column for flaw in flaws(province)] == ["name"]
    assert flaws(province, "district", commune="kg-30850") == []


def test_numbers_that_do_not_fit_together_are_marked(province: Province) -> None:
    province.household()
    lent, day = loan(province, province.household("Khác")).lent_on, TODAY
    found = flaws(province, lent_on=day, due_on=day, amount=5, repaid=6, overdue_on=lent)
    assert sorted(flaw.column for flaw in found) == ["due_on", "overdue_on", "repaid", "repaid_on"]


def test_a_list_that_would_repay_more_than_was_lent_loses_only_that_row(province: Province) -> None:
    home = province.household()
    taken_in(province, row())
    made = Loan.objects.get()
    assert made.party == home
    upload = taken_in(province, row(repaid="31 triệu", on="01/03/2019"))
    assert (upload.bad, LoanEvent.objects.count()) == (1, 0)
