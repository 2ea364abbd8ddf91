"""The funds of the demo: the Front's and a commune's for the poor, two drives, the province's award money and stock."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from chungtay.decisions import funding, paying, stocks
from chungtay.decisions.models import Decision, Item
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.province import Demo
from chungtay.law.funds import AWARD_FUND_SHARE, Area, FundKind, Income, Purpose, peak_month
from chungtay.law.holidays import is_working_day
from chungtay.ledger import actions
from chungtay.ledger.actions import Told
from chungtay.ledger.models import Fund, Transfer

MILLION = 1_000_000
OPENED = date(2018, 1, 5)
AWARD_NAME = "Quỹ thi đua, khen thưởng tỉnh Kiên Giang"


@dataclass(frozen=True)
class In:
    """Thu: a sum in millions of đồng."""

    day: date
    millions: int
    income: Income
    words: str


@dataclass(frozen=True)
class Out:
    """Chi: a sum in millions of đồng, for so many households of a commune."""

    day: date
    millions: int
    purpose: Purpose
    words: str
    place: str = ""
    households: int = 0


FRONT = (
    In(date(2018, 1, 5), 1_250, Income.CARRIED, "Số dư sổ cũ cuối năm 2017 chuyển sang"),
    In(date(2018, 10, 17), 640, Income.UNITS, "Doanh nghiệp ủng hộ tại lễ phát động tháng cao điểm"),
    In(date(2018, 11, 9), 385, Income.PEOPLE, "Cán bộ, nhân dân toàn tỉnh góp một ngày lương"),
    Out(date(2018, 12, 14), 400, Purpose.HOUSE, "Xây nhà Đại đoàn kết cho hộ nghèo", "kg-30847", 8),
    Out(date(2019, 1, 22), 150, Purpose.RELIEF, "Quà Tết cho hộ nghèo, hộ khó khăn", "kg-30985", 300),
    In(date(2019, 10, 17), 720, Income.UNITS, "Doanh nghiệp ủng hộ tại lễ phát động tháng cao điểm"),
    In(date(2019, 10, 30), 460, Income.ABROAD, "Hội đồng hương ở nước ngoài gửi về giúp người nghèo"),
    In(date(2019, 11, 15), 410, Income.PEOPLE, "Cán bộ, nhân dân toàn tỉnh góp một ngày lương"),
    Out(date(2019, 12, 3), 350, Purpose.HOUSE, "Xây nhà Đại đoàn kết cho hộ nghèo", "kg-30985", 7),
    Out(date(2019, 12, 20), 100, Purpose.HOUSE, "Sửa nhà Đại đoàn kết cho hộ nghèo", "kg-30850", 2),
    Out(date(2020, 3, 12), 260, Purpose.PRODUCTION, "Giống tôm, lưới cho hộ nghèo ven biển", "kg-30985", 26),
    Out(date(2020, 9, 1), 84, Purpose.SCHOOL, "Sách vở, xe đạp cho con em hộ nghèo", "kg-30847", 42),
)
COMMUNE = (
    In(date(2018, 11, 5), 42, Income.PEOPLE, "Bà con trong xã ủng hộ tháng cao điểm"),
    In(date(2019, 11, 8), 51, Income.PEOPLE, "Bà con trong xã ủng hộ tháng cao điểm"),
    Out(date(2019, 12, 10), 50, Purpose.HOUSE, "Góp xây một nhà Đại đoàn kết", "kg-30847", 1),
    Out(date(2020, 8, 25), 12, Purpose.ILLNESS, "Giúp người bệnh nghèo nằm viện dài ngày", "kg-30847", 6),
)
DRIVES = {
    2019: (
        In(date(2019, 10, 20), 95, Income.PEOPLE, "Ủng hộ qua tin nhắn và thùng quyên góp"),
        Out(date(2019, 12, 18), 95, Purpose.HOUSE, "Dựng nhà cho hộ nghèo bằng tiền của đợt vận động", "kg-30847", 2),
    ),
    2020: (In(date(2020, 10, 18), 130, Income.UNITS, "Doanh nghiệp ủng hộ ngày đầu tháng cao điểm"),),
}
ALLOTTED = (
    (date(2018, 1, 22), 7_400_000, 650),
    (date(2019, 1, 21), 7_900_000, 700),
    (date(2020, 1, 20), 8_300_000, 720),
)
"""Day, recurrent budget and money of the award fund in millions of đồng; the figures are invented."""
HANDED = (("2018", date(2018, 12, 28)), ("2019", date(2019, 12, 27)))


def write(demo: Demo, diary: Diary) -> None:
    """Put the money into the diary, award money before what is drafted of it."""
    book = _Book(demo)
    diary.at(OPENED, book.open_poor)
    for who, rows in (("mttq", FRONT), ("xa.thoson", COMMUNE)):
        for row in rows:
            diary.at(_next(row.day), partial(book.write, who, row))
    for year, days in DRIVES.items():
        diary.at(date(year, 10, 15), partial(book.open_drive, year))
        for row in days:
            diary.at(_next(row.day), partial(book.write, str(year), row))
    diary.at(date(2019, 6, 3), book.pass_on)
    diary.at(date(2019, 11, 20), book.twice)
    diary.at(date(2018, 1, 22), book.open_award)
    for day, budget, millions in ALLOTTED:
        diary.at(day, partial(book.allot, budget, millions))
    diary.at(date(2018, 1, 23), book.stock)
    for key, day in HANDED:
        diary.at(day, partial(book.hand_over, key))


def _next(day: date) -> date:
    """The first day from `day` on on which somebody is at work to write it down."""
    while not is_working_day(day):
        day += timedelta(1)
    return day


class _Book:
    """The funds as they are opened, by who keeps them."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.funds: dict[str, Fund] = {}
        self.written = 0

    def _key(self) -> str:
        self.written += 1
        return f"demo-transfer-{self.written:04d}"

    def _seat(self, who: str) -> str:
        return who if who in self.demo.seats else "mttq"

    def open_poor(self, on: date) -> None:
        """The Front's fund, and that of one commune."""
        for who, body, name in (
            ("mttq", "mttq", "Quỹ “Vì người nghèo” tỉnh Kiên Giang"),
            ("xa.thoson", "pc.xa.thoson", "Quỹ “Vì người nghèo” xã Thổ Sơn"),
        ):
            self.funds[who] = actions.open_fund(
                owner=self.demo.parties[body], kind=FundKind.POOR, name=name, by=self.demo.seats[who], on=on,
                document="Quyết định 1198/QĐ-MTTW-ĐCT",
            )  # fmt: skip

    def open_drive(self, year: int, on: date) -> None:
        """The drive of the peak month."""
        first, last = peak_month(year)
        self.funds[str(year)] = actions.open_fund(
            owner=self.demo.parties["mttq"], kind=FundKind.DRIVE, name=f"Tháng cao điểm “Vì người nghèo” năm {year}",
            by=self.demo.seats["mttq"], on=on, starts=first, ends=last,
        )  # fmt: skip

    def write(self, who: str, row: In | Out, on: date) -> Transfer:
        """One line of the tables above."""
        by, fund = self.demo.seats[self._seat(who)], self.funds[who]
        if isinstance(row, In):
            told = Told(day=row.day, words=row.words, key=self._key())
            return actions.pay_in(fund, row.millions * MILLION, row.income, told, by=by, on=on)
        place = self.demo.places[row.place]
        told = Told(day=row.day, words=row.words, key=self._key(), place=place, households=row.households)
        return actions.pay_out(fund, row.millions * MILLION, row.purpose, told, by=by, on=on)

    def pass_on(self, on: date) -> None:
        """The province helps a commune's fund."""
        told = Told(day=on, words="Hỗ trợ quỹ xã xây nhà Đại đoàn kết", key=self._key())
        by = self.demo.seats["mttq"]
        actions.transfer(self.funds["mttq"], self.funds["xa.thoson"], 30 * MILLION, told, by=by, on=on)

    def twice(self, on: date) -> None:
        """A receipt written twice, and its counter-entry."""
        row = In(on, 15, Income.PEOPLE, "Phiếu thu số 214 ghi hai lần")
        wrong = self.write("mttq", row, on)
        reason = "Phiếu thu số 214 đã ghi ngày 15/11"
        actions.counter(wrong, reason=reason, key=self._key(), by=self.demo.seats["mttq"], on=on)

    def open_award(self, on: date) -> None:
        """The province's award fund."""
        self.funds["award"] = actions.open_fund(
            owner=self.demo.parties["ubnd"], kind=FundKind.AWARD, name=AWARD_NAME, by=self.demo.seats["bantdkt"], on=on
        )

    def allot(self, budget: int, millions: int, on: date) -> None:
        """The year's money; the ceiling of those years is assumed, and accepted by name."""
        told = funding.Told(
            year=on.year, area=Area.PLAIN, recurrent_budget=budget * MILLION, amount=millions * MILLION,
            document=f"Quyết định giao dự toán năm {on.year}", key=self._key(),
            accepted=frozenset({AWARD_FUND_SHARE.on(on).assumed}),
        )  # fmt: skip
        funding.allot(self.funds["award"], told, by=self.demo.seats["bantdkt"], on=on)

    def stock(self, on: date) -> None:
        """Blank certificates and emblems."""
        body, by = self.demo.parties["ubnd"], self.demo.seats["bantdkt"]
        for item, pieces, least in ((Item.CERTIFICATE, 300, 50), (Item.EMBLEM, 12, 10)):
            stocks.write(body, item, pieces, "Phiếu nhập kho đầu năm", by=by, on=on)
            stocks.set_least(stocks.of_body(body)[item], least, by=by, on=on)

    def hand_over(self, key: str, on: date) -> None:
        """Everybody on the decision receives what is theirs at the ceremony."""
        decision = Decision.objects.select_related("body").get(pk=self.demo.decisions[key].pk)
        given = [paying.Given(row, row.name) for row in paying.rows_of(decision) if not paying.is_withdrawn(row)]
        paying.hand_over(decision, given, on, by=self.demo.seats["bantdkt"], on=on)
