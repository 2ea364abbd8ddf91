"""Danh sách đóng góp, sao kê ngân hàng: the spreadsheets by which many gifts come in at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.contributions import figures, recording, telling
from chungtay.contributions.authority import CONFIRMERS
from chungtay.contributions.gifts import ENDED, Contribution
from chungtay.contributions.recording import Given, Told
from chungtay.households.pages import communes_of
from chungtay.law.funds import FundKind
from chungtay.law.giving import Method, Nature
from chungtay.ledger.models import Fund
from chungtay.parties import areas
from chungtay.parties.kinds import BODIES, PEOPLE, PartyKind
from chungtay.parties.models import Party
from chungtay.parties.search import searchable
from chungtay.places.models import Place
from chungtay.records import journal, walls
from chungtay.records.journal import Act
from chungtay.records.names import clean
from chungtay.sheets import codes, kinds
from chungtay.sheets.layouts import Accepted, Answer, Check, Column, Flaw, Layout, Staged, Writer
from chungtay.sheets.registry import SheetList

GIVER, UNNAMED = "giver", "unnamed"
GIFT_LIST, BANK_LIST = "dong-gop", "sao-ke-ngan-hang"
NAMES = 300
"""So many names or references are asked for in one statement."""
NATURES = {
    Nature.MONEY.value: ("Tiền", "Tiền mặt", "Chuyển khoản"),
    Nature.GOODS.value: ("Hiện vật", "Hàng hóa", "Quà"),
    Nature.LAND.value: ("Đất, tài sản", "Đất", "Tài sản", "Hiến đất"),
    Nature.LABOUR.value: ("Ngày công", "Công", "Công lao động"),
    Nature.KNOWLEDGE.value: ("Trí tuệ, kỹ thuật", "Kỹ thuật", "Trí tuệ", "Tư vấn"),
}
METHODS = {one.value: (one.label,) for one in Method}
USUAL = {
    Nature.MONEY: Method.COUNTED, Nature.GOODS: Method.MARKET, Nature.LAND: Method.LAND_TABLE,
    Nature.LABOUR: Method.LABOUR_NORM, Nature.KNOWLEDGE: Method.CONTRACT,
}  # fmt: skip
"""How a gift was valued where the list does not say."""
DAY_HEADINGS = ("Ngày nhận", "Ngày", "Ngày giao dịch", "Ngày hạch toán")


def gifts_layout(seat: Seat, on: date) -> Layout:
    """Who gave what, when, worth how much, by which paper; the commune only where the desk has several."""
    communes = communes_of(seat, on)
    return Layout(
        GIFT_LIST, "Danh sách đóng góp",
        (
            Column("giver", ("Người đóng góp", "Đơn vị ủng hộ", "Nhà hảo tâm", "Họ và tên", "Tên đơn vị"),
                   kinds.text(200), is_required=True),
            Column("day", DAY_HEADINGS, kinds.day(last=on), is_required=True),
            Column("nature", ("Hình thức", "Loại"), kinds.choice(NATURES), is_required=True),
            Column("purpose", ("Nội dung", "Diễn giải", "Tặng gì"), kinds.text(300), is_required=True),
            Column("value", ("Giá trị (đồng)", "Số tiền", "Giá trị", "Thành tiền"), kinds.dong(), is_required=True),
            Column("method", ("Cách định giá",), kinds.choice(METHODS)),
            Column("evidence", ("Chứng từ", "Số phiếu thu", "Biên bản"), kinds.text(300), is_required=True),
            Column("commune", ("Xã, phường, thị trấn", "Xã", "Phường"), codes.commune(on, seat.scope(on)),
                   is_required=len(communes) > 1),
            Column("hamlet", ("Ấp, khu phố", "Ấp", "Khu phố"), kinds.text(120)),
        ),
        unique=("giver", "day", "nature", "purpose", "value"),
        check=gifts_check(seat, on),
    )  # fmt: skip


def bank_layout(seat: Seat, on: date) -> Layout:
    """The money that came to the desk's account, as the bank lists it."""
    return Layout(
        BANK_LIST, "Sao kê ngân hàng",
        (
            Column("day", ("Ngày giao dịch", *DAY_HEADINGS), kinds.day(last=on), is_required=True),
            Column("reference", ("Số tham chiếu", "Mã giao dịch", "Số GD", "Số bút toán", "Reference"),
                   kinds.text(60), is_required=True),
            Column("value", ("Số tiền ghi có", "Ghi có", "Có", "Số tiền", "Credit"), kinds.dong(), is_required=True),
            Column("giver", ("Người chuyển", "Tên người chuyển", "Đơn vị chuyển", "Người nộp"), kinds.text(200)),
            Column("purpose", ("Nội dung", "Diễn giải", "Nội dung giao dịch", "Description"), kinds.text(300)),
        ),
        unique=("reference",),
        check=bank_check(seat, on),
        counts_by=("value", "Dòng này không phải tiền vào."),
    )  # fmt: skip


# --- what the room asks about the rows ---


def gifts_check(seat: Seat, on: date) -> Check:
    """Value and method as the book takes them, each fault at its column; then who gave."""
    of_givers = givers_check(seat, on)

    def check(rows: Sequence[Staged]) -> Iterable[tuple[Staged, Flaw]]:
        for row in rows:
            said, method = row.values, _method(row.values)
            for reason in [
                *figures.of_method(said["nature"], method),
                *figures.of_value(said["value"], method, is_foreign=False),
            ]:
                yield row, Flaw(reason.field, reason.text)
        yield from of_givers(rows)

    return check


def _method(said: Mapping[str, Any]) -> str:
    """How the list says that a gift was valued, or the usual way for its nature."""
    return str(said["method"] or USUAL[Nature(said["nature"])].value)


def bank_check(seat: Seat, on: date) -> Check:
    """Transfers that stand in the book already are refused; then who gave."""
    of_givers = givers_check(seat, on)

    def check(rows: Sequence[Staged]) -> Iterable[tuple[Staged, Flaw]]:
        known = known_references(row.values["reference"] for row in rows if row.values["reference"])
        for row in rows:
            if row.values["reference"] and recording.reference(row.values["reference"]) in known:
                yield (
                    row,
                    Flaw("reference", recording.known_reference(recording.reference(row.values["reference"])).text),
                )
        yield from of_givers(rows)

    return check


@walls.everything("a bank reference is one wherever it was written")
def known_references(typed: Iterable[str]) -> set[str]:
    """Those of these bank references that stand in the book. One statement for 300."""
    asked, found = sorted({recording.reference(one) for one in typed}), set[str]()
    rows = Contribution.objects.exclude(state__in=ENDED).order_by()
    for start in range(0, len(asked), NAMES):
        some = rows.filter(bank_reference__in=asked[start : start + NAMES])
        found.update(some.values_list("bank_reference", flat=True))
    return found


def givers_check(seat: Seat, on: date) -> Check:
    """Who in the register bears the name: one public body is taken, anybody else is a question."""

    def check(rows: Sequence[Staged]) -> Iterable[tuple[Staged, Flaw]]:
        known = namesakes(seat, on, (row.values["giver"] for row in rows if row.values["giver"]))
        places = areas.names_on({one.place_id for alike in known.values() for one in alike}, on)
        for row in rows:
            alike = known.get(searchable(row.values["giver"] or ""), [])
            if alike and _sure(alike) is None:
                question = f"Trong sổ đã có “{row.values['giver']}”: có phải người đóng góp này?"
                yield row, Flaw("", question, is_doubtful=True, ask=GIVER, answers=tuple(_answers(alike, places)))

    return check


def namesakes(seat: Seat, on: date, names: Iterable[str]) -> dict[str, list[Party]]:
    """Parties in sight and public bodies by their folded name, for these names. One statement for 300."""
    asked = sorted({searchable(name) for name in names})
    found: dict[str, list[Party]] = {}
    seen = Party.objects.visible_to(seat, on).order_by().values("pk")
    for start in range(0, len(asked), NAMES):
        some = Party.objects.filter(Q(pk__in=seen) | Q(kind__in=BODIES), name_folded__in=asked[start : start + NAMES])
        for party in some.select_related("place").order_by("pk"):
            found.setdefault(party.name_folded, []).append(party)
    return found


def _sure(alike: Sequence[Party]) -> Party | None:
    """The one party of that name, if it is no person or household, of whom two may bear one name."""
    one = alike[0] if len(alike) == 1 else None
    return one if one is not None and one.kind not in PEOPLE | {PartyKind.HOUSEHOLD} else None


def _answers(alike: Sequence[Party], places: Mapping[int, str]) -> Iterable[Answer]:
    for one in alike[:5]:
        born = f", sinh {one.birth_year}" if one.birth_year else ""
        place = places.get(one.place_id, str(one.place))
        label = f"{one.name} ({one.get_kind_display().lower()}, {place}{born})"
        yield Answer(str(one.pk), label, reverse("contributions:giver", args=[one.pk]))
    yield Answer(UNNAMED, "Người khác, chưa có trong sổ: chỉ ghi tên như trong bảng")


# --- writing ---


def gifts_writer(seat: Seat, on: date) -> Writer:
    """Writes received gifts to communes of the desk."""
    rows = Place.objects.as_of(on).filter(pk__in=[key for key, _ in communes_of(seat, on)])
    places: dict[str | None, Place] = {one.key: one for one in rows}
    if len(places) == 1:
        places[None] = next(iter(places.values()))

    def told(row: Accepted, giver: Given) -> Told | str:
        place = places.get(row.values["commune"])
        if place is None:
            return "Cần ghi xã, phường, thị trấn."
        return Told(
            nature=row.values["nature"], place=place, purpose=row.values["purpose"], day=row.values["day"],
            method=_method(row.values), evidence=row.values["evidence"], givers=[giver],
            value=row.values["value"], hamlet=row.values["hamlet"] or "", received_on=row.values["day"],
        )  # fmt: skip

    return _writer(seat, on, told)


def bank_writer(seat: Seat, on: date) -> Writer:
    """Writes money that came to the desk's account: to its fund for the poor, or to its place where it keeps none."""
    body = seat.desk.body
    funds = Fund.objects.filter(owner=body, kind=FundKind.POOR.value).running().select_related("place")
    fund = funds.order_by("pk").first()
    here = Place.objects.as_of(on).get(pk=fund.place_id if fund is not None else body.place_id)

    def told(row: Accepted, giver: Given) -> Told | str:
        number = recording.reference(row.values["reference"])
        return Told(
            nature=Nature.MONEY.value, place=here, purpose=row.values["purpose"] or "Ủng hộ qua ngân hàng",
            day=row.values["day"], method=Method.COUNTED.value, evidence=f"Sao kê ngân hàng, giao dịch {number}",
            givers=[giver], value=row.values["value"], fund=fund, bank_reference=number,
            received_on=row.values["day"],
        )  # fmt: skip

    return _writer(seat, on, told)


def _writer(seat: Seat, on: date, told: Any) -> Writer:
    def write(rows: Sequence[Accepted]) -> Mapping[int, str]:
        lost: dict[int, str] = {}
        fit: list[Told] = []
        alike = namesakes(seat, on, (row.values["giver"] for row in rows if row.values["giver"]))
        known = known_references(row.values["reference"] for row in rows if row.values.get("reference"))
        for row in rows:
            said = told(row, _giver(row, alike))
            if isinstance(said, Told):
                faults = list(recording.faults(replace(said, bank_reference=""), by=seat, on=on))
                if said.bank_reference in known and said.bank_reference:
                    faults.insert(0, recording.known_reference(said.bank_reference))
                if not faults:
                    fit.append(said)
                    continue
                said = faults[0].text
            lost[row.key] = said
        gifts = recording.write_many(fit, by=seat, on=on)
        acts = [Act("record_gift", gift, {"value": gift.value, "day": gift.day, "list": True}) for gift in gifts]
        if acts:
            telling.tell_receivers(gifts, seat, on)
            journal.record_many(acts, by=seat, on=on)
        return lost

    return write


def _giver(row: Accepted, alike: Mapping[str, list[Party]]) -> Given:
    """Whom a person chose, the one public body of that name, or the name as the list has it."""
    name = clean(row.values["giver"] or "")
    found = alike.get(searchable(name), [])
    chosen = row.answers.get(GIVER, "")
    party = next((one for one in found if str(one.pk) == chosen), None) if chosen else _sure(found)
    return Given(party) if party is not None else Given(None, words=name or "Người chuyển không ghi tên")


GIFTS = SheetList(
    GIFT_LIST, "Danh sách đóng góp", CONFIRMERS, gifts_layout, gifts_writer, None,
    "Mỗi dòng một khoản đã nhận: ai tặng, ngày, hình thức, giá trị, chứng từ. Ghi xong vẫn phải xác nhận.",
)  # fmt: skip
BANK = SheetList(
    BANK_LIST, "Sao kê ngân hàng", CONFIRMERS, bank_layout, bank_writer, None,
    "Mỗi dòng một lần tiền vào, như ngân hàng gửi. Giao dịch đã có trong sổ thì không ghi lần nữa.",
)  # fmt: skip
