"""What units owed in the demo and did: reports and settlements, loans, programmes, help promised to poor communes.

Whoever is proposed for an award did its work in time; the late ones are others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from chungtay.accounts.models import Seat
from chungtay.conduct import actions, lending, promising
from chungtay.conduct.actions import Task
from chungtay.conduct.lending import Happening, Terms
from chungtay.conduct.lines import Proof
from chungtay.conduct.models import Commitment, Duty, LoanEvent, Programme
from chungtay.conduct.promising import Issued, Promise
from chungtay.desk.demo.bodies import COMMUNES, DISTRICTS
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.people import hamlet_of
from chungtay.desk.demo.province import Demo
from chungtay.law.holidays import is_working_day
from chungtay.parties.models import Party

REPORT, SETTLEMENT, GUIDANCE = Duty.Kind.REPORT.value, Duty.Kind.SETTLEMENT.value, Duty.Kind.GUIDANCE.value
TASKS = (
    (date(2018, 3, 5), Task(REPORT, "Báo cáo kết quả giảm nghèo năm", 2018, date(2018, 12, 14), "CV 118/UBND (mẫu)")),
    (date(2018, 3, 5), Task(SETTLEMENT, "Quyết toán vốn giảm nghèo", 2018, date(2019, 1, 31), "CV 119/UBND (mẫu)")),
    (date(2019, 3, 4), Task(REPORT, "Báo cáo kết quả giảm nghèo năm", 2019, date(2019, 12, 13), "CV 96/UBND (mẫu)")),
    (date(2019, 3, 4), Task(SETTLEMENT, "Quyết toán vốn giảm nghèo", 2019, date(2020, 1, 31), "CV 97/UBND (mẫu)")),
    (date(2020, 3, 2), Task(REPORT, "Báo cáo giảm nghèo sáu tháng", 2020, date(2020, 7, 10), "CV 84/UBND (mẫu)")),
    (date(2020, 3, 2), Task(REPORT, "Báo cáo kết quả giảm nghèo năm", 2020, date(2020, 10, 30), "CV 84/UBND (mẫu)")),
)
GUIDED = (date(2018, 1, 15), Task(GUIDANCE, "Hướng dẫn chính sách giảm nghèo của ngành", 2018, date(2018, 6, 29)))
GUIDES = ("soyte", "sogddt", "sonn", "soxd", "bandt")
LATE_DAYS = {("kg-31036", 2018): 9, ("kg-31036", 2019): 4, ("kg-30961", 2019): 2, ("soxd", 2018): 12}
"""Who was late, and by how many days."""
NEVER = frozenset({"kg-31036", "kg-30784"})
"""Who has not handed in the report of July 2020."""
TOLD = "kg-30841"
"""Whose report of July 2020 waits for the district's word."""
TOLD_ON = date(2020, 10, 16)

LENT, CHECKED = date(2016, 5, 10), date(2016, 11, 18)
GOOD_LOANS = ("ho.rau", "ho.tom", "ho.bo", "ho.sohuyet", "ho.xeola", "ho.calong")
PURPOSES = ("Nuôi bò sinh sản", "Nuôi tôm quảng canh", "Trồng rau an toàn", "Mua xuồng, lưới", "Chăn nuôi heo nái")
PLACES_WITH_LOANS = ("kg-30841", "kg-31003", "kg-30988", "kg-30799")
PROGRAMMES = ("kg-30841", "kg-31045", "kg-30964", "kg-30793", "kg-31003", "kg-903", "kg-909", "kg-914")
ISSUED = date(2017, 4, 20)


@dataclass(frozen=True)
class Help:
    """One promise of the demo: who helps which commune, with what, and what became of it."""

    unit: str
    place: str
    hamlet: int
    what: str
    since: date
    until: date
    results: tuple[tuple[date, str], ...] = ()
    waits: bool = False


HELP = (
    Help("soyte", "kg-31003", 0, "Khám bệnh, phát thuốc miễn phí cho hộ nghèo mỗi quý một lần", date(2017, 6, 1),
         date(2020, 12, 31), ((date(2018, 9, 14), "Đã khám 6 đợt, 1.140 lượt người nghèo"),
                              (date(2020, 6, 12), "Đã khám 13 đợt, 2.470 lượt người nghèo"))),
    Help("phunu", "kg-30799", 0, "Vốn quay vòng 300 triệu đồng cho phụ nữ nghèo đan bàng", date(2017, 5, 8),
         date(2020, 12, 31), ((date(2020, 6, 5), "46 chị vay, 31 hộ thoát nghèo, vốn còn đủ"),)),
    Help("bandt", "kg-30793", 1, "Đường bê tông 1,2 km và giống lúa cho đồng bào Khmer", date(2018, 1, 8),
         date(2019, 12, 31), ((date(2019, 11, 22), "Đã xong 1,2 km đường, 85 hộ nhận giống"),)),
    Help("sonn", "kg-31045", 1, "Kỹ thuật nuôi sò huyết cho 30 hộ nghèo", date(2019, 2, 11), date(2020, 12, 31),
         ((date(2020, 9, 25), "Đã tập huấn 4 lớp, 27 hộ thả nuôi"),), waits=True),
    Help("tinhdoan", "kg-30988", 1, "Sửa 10 căn nhà và dạy thêm hè cho trẻ em nghèo", date(2020, 6, 1),
         date(2021, 5, 31)),
)  # fmt: skip


def write(demo: Demo, diary: Diary) -> None:
    """Put every duty with its handing, the loans, the programmes and the promises into the diary."""
    for given, task in TASKS:
        diary.at(given, partial(_give, demo, task))
    diary.at(GUIDED[0], partial(_ask_for_guidance, demo))
    for place in COMMUNES:
        for _, task in TASKS[:-1]:
            if task.year < 2020 or place not in NEVER | {TOLD}:
                diary.at(_day(place, task), partial(_hand_in, demo, place, task, _district(demo, place)))
    diary.at(TOLD_ON, partial(_tell, demo))
    for place in DISTRICTS:
        for _, task in TASKS[:-1]:
            diary.at(_day(place, task), partial(_hand_in, demo, place, task, "ldtbxh"))
    for unit in GUIDES:
        diary.at(_day(unit, GUIDED[1]), partial(_hand_in, demo, unit, GUIDED[1], "ldtbxh"))
    diary.at(ISSUED, partial(_issue, demo))
    diary.at(ISSUED + timedelta(days=1), partial(_lend, demo))
    for one in HELP:
        diary.at(one.since, partial(_promise, demo, one))
        for day, text in one.results:
            diary.at(day, partial(_help, demo, one, text))


def _day(key: str, task: Task) -> date:
    """The day on which a unit hands in: some days ahead, or late by as many as are told."""
    late = LATE_DAYS.get((key, task.year), 0) if task.kind != SETTLEMENT else 0
    day = task.due_on + timedelta(days=late or -(sum(map(ord, key)) % 9) - 1)
    while not is_working_day(day):
        day += timedelta(days=1 if late else -1)
    return day


def seat_of(demo: Demo, key: str) -> Seat:
    """The seat at the desk of a body, by its key or by its place."""
    body = demo.parties[key]
    return next(seat for seat in demo.seats.values() if seat.desk.body_id == body.pk)


def _district(demo: Demo, place: str) -> str:
    """The key of the district that a commune lies in."""
    above = demo.places[place].version.parent_id
    return next(key for key in DISTRICTS if demo.places[key].pk == above)


def _give(demo: Demo, task: Task, on: date) -> None:
    """Sở Lao động gives the districts a task, each district its communes."""
    actions.assign(task, [demo.parties[key] for key in DISTRICTS], by=seat_of(demo, "ldtbxh"), on=on)
    for district in DISTRICTS:
        mine = [demo.parties[place] for place in COMMUNES if _district(demo, place) == district]
        if mine:
            actions.assign(task, mine, by=seat_of(demo, district), on=on)


def _ask_for_guidance(demo: Demo, on: date) -> None:
    actions.assign(GUIDED[1], [demo.parties[key] for key in GUIDES], by=seat_of(demo, "ldtbxh"), on=on)


def _duty(demo: Demo, key: str, task: Task) -> Duty:
    rows = Duty.objects.in_force().select_related("party", "owed_to")
    return rows.get(party=demo.parties[key], kind=task.kind, title=task.title, year=task.year)


def _paper(key: str, task: Task) -> str:
    return f"{sum(map(ord, key)) % 80 + 10}/{'BC' if task.kind == REPORT else 'CV'}-BM"


def _hand_in(demo: Demo, key: str, task: Task, receiver: str, on: date) -> None:
    """As the receiver's office enters what came in."""
    actions.hand_in(
        _duty(demo, key, task), handed_on=on, paper=_paper(key, task), by=seat_of(demo, receiver), on=on
    )  # fmt: skip


def _tell(demo: Demo, on: date) -> None:
    """One commune tells itself, with its paper; the district has not answered yet."""
    task, proof = TASKS[4][1], Proof(demo.papers["letter"], "bao-cao-ban-mau.pdf")
    late = _duty(demo, TOLD, task)
    actions.hand_in(
        late, handed_on=date(2020, 7, 9), paper=_paper(TOLD, task), by=seat_of(demo, TOLD), on=on, proof=proof
    )


def _issue(demo: Demo, on: date) -> None:
    """Communes and districts enter what they issued for 2016-2020."""
    for n, key in enumerate(PROGRAMMES):
        party, is_commune = demo.parties[key], key in COMMUNES
        kind = (Programme.Kind.RESOLUTION if n % 2 else Programme.Kind.PROGRAMME).value
        told = Issued(
            kind, f"{n + 8}/NQ-BM", "Về giảm nghèo bền vững và công tác từ thiện xã hội giai đoạn 2016-2020",
            date(2016, 12, 20) + timedelta(days=n), date(2020, 12, 31), (350 if is_commune else 4_500) * 10**6,
        )  # fmt: skip
        promising.issue(party, told, by=seat_of(demo, key), on=on)


# --- loans ---


def _lend(demo: Demo, on: date) -> None:
    """Old loans of those who will be honoured, repaid in time; others still run, one fell behind."""
    for n, key in enumerate(GOOD_LOANS):
        _loan(demo, demo.parties[key], n, date(2018, 5, 10), on, repaid_by=date(2017, 4, 10))
    for n, (place, position) in enumerate((place, n) for place in PLACES_WITH_LOANS for n in (2, 3, 4)):
        until, late = date(2021 + n % 2, 5, 10), date(2017, 2, 10) if n == 7 else None
        _loan(demo, demo.parties[f"ho.{place}.{position}"], n, until, on, late=late)


def _loan(
    demo: Demo, party: Party, n: int, until: date, on: date, *, repaid_by: date | None = None, late: date | None = None
) -> None:
    """One loan of the policy bank with its check, its repayments and, of some, what fell behind."""
    bank, by = demo.parties["nhcsxh"], seat_of(demo, party.place.key)
    terms = Terms(
        bank.name, PURPOSES[n % len(PURPOSES)], (20 + n % 4 * 10) * 10**6, LENT, until, f"KU-{n + 1:03}", bank
    )
    loan = lending.enter(party, terms, by=by, on=on)
    for told in _became(terms, repaid_by, late):
        lending.follow(loan, told, by=by, on=on)


def _became(terms: Terms, repaid_by: date | None, late: date | None) -> Iterable[Happening]:
    who = "Tổ tiết kiệm và vay vốn của ấp"
    yield Happening(LoanEvent.Kind.USED.value, CHECKED, None, who)
    if repaid_by is not None:
        yield Happening(LoanEvent.Kind.REPAID.value, repaid_by, terms.amount, terms.bank_name)
    elif late is None:
        yield Happening(LoanEvent.Kind.REPAID.value, date(2017, 3, 10), terms.amount // 10, terms.bank_name)
    else:
        yield Happening(LoanEvent.Kind.OVERDUE.value, late, None, terms.bank_name)


# --- help promised ---


def _promise(demo: Demo, one: Help, on: date) -> None:
    place = demo.places[one.place]
    told = Promise(place, hamlet_of(one.place, one.hamlet), one.what, one.since, one.until)
    promising.promise(demo.parties[one.unit], told, by=seat_of(demo, one.unit), on=on)


def _help(demo: Demo, one: Help, text: str, on: date) -> None:
    """The unit tells what it did; the commune confirms on the same day, unless the promise shows one that waits."""
    promised = Commitment.objects.in_force().select_related("party", "place")
    row = promised.get(party=demo.parties[one.unit], place=demo.places[one.place])
    made = promising.tell_result(row, day=on, text=text, by=seat_of(demo, one.unit), on=on)
    if not one.waits:
        promising.answer_result(made, accepted=True, answer="", by=seat_of(demo, one.place), on=on)
