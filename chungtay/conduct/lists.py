"""Danh sách vay vốn chính sách: the bank's list of borrowers as a spreadsheet, as often as the bank sends one.

A loan that is in the register already is not written again: only what was repaid since is added to it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.conduct import lending
from chungtay.conduct.lending import Happening, Terms
from chungtay.conduct.models import Loan, LoanEvent
from chungtay.conduct.rights import LOAN_WRITERS
from chungtay.law.refusals import Refused
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.parties.search import searchable
from chungtay.places.models import Level, Place
from chungtay.records.names import clean
from chungtay.sheets import codes, kinds
from chungtay.sheets.layouts import Accepted, Answer, Check, Column, Flaw, Layout, Staged, Writer
from chungtay.sheets.registry import SheetList

NAME = "danh-sach-vay-von"
WHO = "party"
READ = 300
OFFERED = 5
Places = Mapping[str | None, int]
Found = Mapping[tuple[int, str], Sequence[Party]]


def places_of(seat: Seat, on: date) -> dict[str | None, int]:
    """The communes of the seat's area by key; by None too where there is only one."""
    rows = Place.objects.as_of(on).filter(seat.scope(on).where("version__path"), level=Level.COMMUNE)
    found: dict[str | None, int] = {row.key: row.pk for row in rows}
    if len(found) == 1:
        found[None] = next(iter(found.values()))
    return found


def layout(seat: Seat, on: date) -> Layout:
    """Borrower, loan, what was repaid; the commune only where the desk has several."""
    several = None not in places_of(seat, on)
    return Layout(
        NAME, "Danh sách vay vốn chính sách",
        (
            Column("name", ("Họ và tên người vay", "Họ tên người vay", "Người vay", "Chủ hộ", "Họ và tên"),
                   kinds.text(), is_required=True),
            Column("id_number", ("Số CMND/CCCD", "CMND", "CCCD", "Số CMND", "Số CCCD"), codes.id_number()),
            Column("commune", ("Xã, phường, thị trấn", "Xã", "Phường", "Xã/phường"),
                   codes.commune(on, seat.scope(on)), is_required=several),
            Column("bank_name", ("Nơi cho vay", "Ngân hàng", "Tổ chức cho vay"), kinds.text(200), is_required=True),
            Column("contract", ("Số khế ước", "Khế ước", "Mã món vay", "Số sổ vay vốn"), kinds.text(60)),
            Column("purpose", ("Mục đích vay", "Mục đích", "Chương trình vay"), kinds.text(300), is_required=True),
            Column("amount", ("Số tiền vay (đồng)", "Số tiền vay", "Số tiền", "Mức vay"), kinds.dong(lending.MOST),
                   is_required=True),
            Column("lent_on", ("Ngày vay", "Ngày giải ngân", "Ngày nhận nợ"), kinds.day(last=on), is_required=True),
            Column("due_on", ("Hạn trả hết", "Hạn trả", "Ngày đến hạn", "Hạn trả nợ"), kinds.day(), is_required=True),
            Column("repaid", ("Đã trả gốc (đồng)", "Đã trả gốc", "Gốc đã trả", "Số tiền đã trả"),
                   kinds.dong(lending.MOST)),
            Column("repaid_on", ("Ngày trả gần nhất", "Ngày trả", "Ngày trả hết"), kinds.day(last=on)),
            Column("overdue_on", ("Ngày chậm trả", "Quá hạn từ ngày", "Ngày chuyển nợ quá hạn"), kinds.day(last=on)),
        ),
        unique=("name", "commune", "lent_on", "amount", "contract"),
        check=checking(seat, on),
    )  # fmt: skip


def checking(seat: Seat, on: date) -> Check:
    """Whose loan it is, and whether its numbers fit together."""
    places = places_of(seat, on)

    def check(rows: Sequence[Staged]) -> Iterable[tuple[Staged, Flaw]]:
        found = _households([row.values for row in rows], places)
        for row in rows:
            yield from ((row, flaw) for flaw in _numbers(row.values))
            if row.values.get("name"):
                yield from ((row, flaw) for flaw in _whose(row.values, places, found))

    return check


def _numbers(values: Mapping[str, Any]) -> Iterator[Flaw]:
    lent_on, due_on, repaid = values.get("lent_on"), values.get("due_on"), values.get("repaid")
    if lent_on and due_on and due_on <= lent_on:
        yield Flaw("due_on", "Hạn trả phải sau ngày vay.")
    if repaid and values.get("amount") and repaid > values["amount"]:
        yield Flaw("repaid", "Số đã trả gốc lớn hơn số tiền vay.")
    if repaid and not values.get("repaid_on"):
        yield Flaw("repaid_on", "Đã trả gốc thì cần ghi ngày trả.")
    for name in ("repaid_on", "overdue_on"):
        if lent_on and values.get(name) and values[name] < lent_on:
            yield Flaw(name, "Ngày này trước ngày vay.")


def _whose(values: Mapping[str, Any], places: Places, found: Found) -> Iterator[Flaw]:
    alike = candidates(values, places, found)
    if not alike:
        yield Flaw("name", f"Sổ đối tượng chưa có hộ “{values['name']}” ở xã này: hãy ghi hộ vào sổ trước.")
    elif len(alike) > 1:
        answers = tuple(
            Answer(str(one.pk), f"{one.name}, {one.hamlet or 'chưa ghi ấp'}", reverse("parties:detail", args=[one.pk]))
            for one in alike[:OFFERED]
        )
        yield Flaw("", f"Có {len(alike)} hộ tên “{values['name']}”: khoản vay này của hộ nào?", is_doubtful=True,
                   ask=WHO, answers=answers)  # fmt: skip


def candidates(values: Mapping[str, Any], places: Places, found: Found) -> Sequence[Party]:
    """The households that a row may speak of: of that name and commune, and of that number where one is known."""
    alike = found.get((places.get(values.get("commune"), 0), searchable(values["name"])), ())
    number = values.get("id_number")
    sure = [one for one in alike if number and one.id_number == number]
    return sure or [one for one in alike if not (number and one.id_number)]


def _households(rows: Sequence[Mapping[str, Any]], places: Places) -> Found:
    """The households of these communes by commune and folded name. One query for 300 names."""
    names = sorted({searchable(row["name"]) for row in rows if row.get("name")})
    found: dict[tuple[int, str], list[Party]] = {}
    for start in range(0, len(names), READ):
        among = Party.objects.filter(
            kind=PartyKind.HOUSEHOLD, name_folded__in=names[start : start + READ], place__in=set(places.values())
        )
        for one in among.order_by("id"):
            found.setdefault((one.place_id, one.name_folded), []).append(one)
    return found


def writer(seat: Seat, on: date) -> Writer:
    """Writes the loans that are not in the register yet, and to all of them what was repaid since."""
    places = places_of(seat, on)

    def write(rows: Sequence[Accepted]) -> Mapping[int, str]:
        found = _households([row.values for row in rows], places)
        banks = {bank.name: bank for bank in Party.objects.filter(kind=PartyKind.BANK).order_by("id")}
        whose: dict[int, Party] = {}
        lost: dict[int, str] = {}
        for row in rows:
            alike = candidates(row.values, places, found)
            chosen = [one for one in alike if str(one.pk) == row.answers.get(WHO, "")] or alike
            if len(chosen) == 1:
                whose[row.key] = chosen[0]
            else:
                lost[row.key] = "Chưa rõ khoản vay này của hộ nào."
        known = _known(list(whose.values()))
        for row in rows:
            if row.key in whose:
                try:
                    _take(row.values, whose[row.key], known, banks, seat, on)
                except Refused as refused:
                    lost[row.key] = refused.reasons[0].text
        return lost

    return write


Loans = dict[tuple[int, date, int, str], Loan]


def _key(party: int, lent_on: date, amount: int, contract: str) -> tuple[int, date, int, str]:
    return party, lent_on, amount, contract


def _known(parties: Sequence[Party]) -> Loans:
    """The loans of these households that stand, by what tells them apart, with what was repaid of each."""
    repaid = Sum("events__amount", filter=Q(events__ended_on__isnull=True))
    rows: Any = Loan.objects.in_force().filter(party__in=parties).annotate(repaid=repaid).select_related("party")
    return {_key(one.party_id, one.lent_on, one.amount, one.contract): one for one in rows.order_by("id")}


def _take(
    values: Mapping[str, Any], party: Party, known: Loans, banks: Mapping[str, Party], seat: Seat, on: date
) -> None:
    """One row: the loan if it is new, then what the list says became of it."""
    contract = clean(values.get("contract") or "")
    key = _key(party.pk, values["lent_on"], values["amount"], contract)
    loan: Any = known.get(key)
    if loan is None:
        name = clean(values["bank_name"])
        terms = Terms(name, values["purpose"], values["amount"], values["lent_on"], values["due_on"], contract,
                      banks.get(name))  # fmt: skip
        loan = lending.enter(party, terms, by=seat, on=on)
        loan.repaid = 0
        known[key] = loan
    more = (values.get("repaid") or 0) - (loan.repaid or 0)
    if more > 0:
        lending.follow(loan, Happening("repaid", values["repaid_on"], more, loan.bank_name), by=seat, on=on)
        loan.repaid = (loan.repaid or 0) + more
    late = values.get("overdue_on")
    if late and not LoanEvent.objects.in_force().filter(loan=loan, kind="overdue", day=late).exists():
        lending.follow(loan, Happening("overdue", late, None, loan.bank_name), by=seat, on=on)


def settle(row: Staged, answers: Mapping[str, str]) -> Iterable[Flaw]:
    """After a person's look: the numbers still fit together."""
    return _numbers(row.values)


LOANS = SheetList(
    NAME, "Danh sách vay vốn chính sách", frozenset(LOAN_WRITERS), layout, writer, settle,
    "Mỗi dòng một khoản vay theo danh sách của ngân hàng. Gửi lại danh sách mới thì chỉ ghi thêm phần vừa trả.",
)  # fmt: skip
