"""Rows of the registers of conduct for tests, through the same actions that the pages call."""

from datetime import date
from typing import Any

from chungtay.conduct import actions, lending, promising
from chungtay.conduct.actions import Task
from chungtay.conduct.lending import Happening, Terms
from chungtay.conduct.models import Commitment, Duty, Loan, LoanEvent, Programme, Result
from chungtay.conduct.promising import Issued, Promise
from chungtay.parties.models import Party
from tests.make import TODAY, Province

DUE = date(2019, 12, 15)
GIVEN = date(2019, 3, 1)


def task(**more: Any) -> Task:
    """A report of 2019, due on 15/12/2019."""
    return Task(**{"kind": "report", "title": "Báo cáo giảm nghèo", "year": 2019, "due_on": DUE, **more})


def duty(province: Province, to: str = "commune", *, by: str = "district", on: date = GIVEN, **more: Any) -> Duty:
    """A duty that the desk `by` gave to the body `to`."""
    [made] = actions.assign(task(**more), [province.bodies[to]], by=province.seats[by], on=on).made
    return made


def handed(row: Duty, province: Province, *, by: str = "district", handed_on: date = DUE, **more: Any) -> Any:
    """What was handed in for a duty; by the receiver it is confirmed."""
    told = {"paper": "45/BC-UBND", "on": TODAY, **more}
    return actions.hand_in(row, handed_on=handed_on, by=province.seats[by], **told)


def terms(**more: Any) -> Terms:
    """Thirty million đồng for two cows, from 2018 to 2019."""
    told: dict[str, Any] = {
        "bank_name": "Ngân hàng Chính sách xã hội", "purpose": "Nuôi hai con bò", "amount": 30_000_000,
        "lent_on": date(2018, 2, 5), "due_on": date(2019, 12, 15), "contract": "KU-01",
    }  # fmt: skip
    return Terms(**{**told, **more})


def loan(province: Province, party: Party | None = None, *, by: str = "commune", **more: Any) -> Loan:
    return lending.enter(party or province.household(), terms(**more), by=province.seats[by], on=TODAY)


def happened(row: Loan, province: Province, kind: str, day: date, amount: int | None = None, **more: Any) -> LoanEvent:
    """Something that became of a loan."""
    told = Happening(kind, day, amount, more.pop("who", "Tổ tiết kiệm và vay vốn"))
    return lending.follow(row, told, by=province.seats[more.pop("by", "commune")], on=TODAY)


def programme(province: Province, of: str = "commune", *, by: str = "commune", **more: Any) -> Programme:
    told: dict[str, Any] = {
        "kind": "resolution", "number": "12/NQ-HĐND", "title": "Về giảm nghèo bền vững của xã",
        "issued_on": date(2018, 7, 20), "budget": 500_000_000,
    }  # fmt: skip
    return promising.issue(province.bodies[of], Issued(**{**told, **more}), by=province.seats[by], on=TODAY)


def commitment(province: Province, *, by: str = "unit", place: str = "kg-30847", **more: Any) -> Commitment:
    """The department of health promises a commune two houses."""
    told: dict[str, Any] = {
        "hamlet": "Ấp Hòn Me", "what": "Xây hai căn nhà cho hộ nghèo", "since": date(2018, 1, 1),
        "until": date(2019, 12, 31),
    }  # fmt: skip
    party = more.pop("party", province.bodies[by])
    promised = Promise(place=province.places[place], **{**told, **more})
    return promising.promise(party, promised, by=province.seats[by], on=TODAY)


def result(row: Commitment, province: Province, day: date = date(2019, 6, 1), *, by: str = "unit") -> Result:
    text = "Đã xây hai căn nhà, 120 triệu đồng"
    return promising.tell_result(row, day=day, text=text, by=province.seats[by], on=TODAY)


def answered(row: Result, province: Province, accepted: bool = True, *, by: str = "commune") -> Result:
    answer = "" if accepted else "Mới xây được một căn"
    return promising.answer_result(row, accepted=accepted, answer=answer, by=province.seats[by], on=TODAY)
