"""What happened to dossiers out of the ordinary: returns, recalls, withdrawals, refusals, disciplines."""

from datetime import date
from functools import partial

from django.utils import timezone

from chungtay.accounts.models import Notice, Seat
from chungtay.desk.demo import dossiers
from chungtay.desk.demo.case import DISCIPLINE_ENDED
from chungtay.desk.demo.cases import BY_KEY
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.province import Demo
from chungtay.desk.demo.specimens import NAMES
from chungtay.nominations import actions
from chungtay.parties import actions as parties
from chungtay.parties.models import Discipline

NOTES = {
    "returned": {
        "letter": "Tờ trình chưa có dấu của xã, đề nghị chụp lại bản đã đóng dấu.",
        "report": "Báo cáo cần ghi rõ tên các hộ đã được giúp và năm thoát nghèo.",
        "achievements": "Việc cho khóm giống cần ghi số hộ có ký nhận.",
    },
    "returned_by_board": {
        "evidence": "Bổ sung giấy xác nhận của xã nơi nhận trạm cấp nước và biên bản bàn giao.",
        "period_from": "Thời gian thành tích ghi từ 2016, trong khi hợp đồng tài trợ ký năm 2018.",
    },
    "answered": {
        "report": "Báo cáo chưa nói số gạo của từng năm.",
        "minutes": "Biên bản họp thiếu chữ ký của người ghi.",
    },
}


def write(demo: Demo, diary: Diary) -> None:
    """Put these days into the diary."""
    _disciplines(demo, diary)
    diary.at(date(2018, 10, 22), partial(_withdraw, demo, "withdrawn", "Hộ đề nghị để năm sau vì còn nợ một kỳ lãi."))
    diary.at(date(2018, 11, 7), partial(_refuse, demo))
    reason = "Đơn vị đề nghị xét bằng khen cấp tỉnh thay cho cấp Nhà nước."
    diary.at(date(2020, 9, 16), partial(_withdraw, demo, "state_proposal_withdrawn", reason))
    diary.at(date(2020, 10, 8), partial(_take_up, demo, "answered"))
    diary.at(date(2020, 10, 9), partial(_send_back, demo, "answered", "motcua"))
    diary.at(date(2020, 10, 9), partial(_take_up, demo, "returned"))
    diary.at(date(2020, 10, 12), _read_notices)
    diary.at(date(2020, 10, 12), partial(_send_back, demo, "returned", "motcua"))
    diary.at(date(2020, 10, 13), partial(_send_back, demo, "returned_by_board", "bantdkt"))
    diary.at(date(2020, 10, 15), partial(_recall, demo, "recalled"))
    diary.at(date(2020, 10, 16), partial(_answer, demo, "answered"))
    diary.at(date(2020, 10, 19), partial(_take_up, demo, "checking"))


def _disciplines(demo: Demo, diary: Diary) -> None:
    """A reprimand inside the period, one that ended the day before it, a complaint under way, one found untrue."""
    form = Discipline.Form
    rows = (
        (
            "cb.namthaia",
            form.REPRIMAND,
            date(2016, 5, 3),
            "12/QĐ-UBND",
            "huyen.anbien",
            date(2017, 3, 20),
            DISCIPLINE_ENDED,
        ),
        (
            "cb.vinhdieu",
            form.REPRIMAND,
            date(2019, 3, 11),
            "31/QĐ-UBND",
            "huyen.giangthanh",
            date(2019, 3, 14),
            date(2020, 3, 11),
        ),
        (
            "cb.minhhoa",
            form.PENDING,
            date(2019, 6, 3),
            "Đơn ngày 03/6/2019",
            "huyen.chauthanh",
            date(2019, 6, 4),
            date(2019, 8, 1),
        ),
        ("cb.thuanyen", form.PENDING, date(2020, 9, 28), "Đơn ngày 25/9/2020", "tp.hatien", date(2020, 9, 29), None),
    )
    for party, kind, since, source, seat, recorded_on, until in rows:
        diary.at(recorded_on, partial(_put_on_record, demo, party, kind, since, source, seat))
        if until is not None:
            diary.at(until, partial(_lift, demo, party, seat))


def _put_on_record(
    demo: Demo, party: str, form: Discipline.Form, since: date, source: str, seat: str, on: date
) -> None:
    row = Discipline(party=demo.parties[party], form=form, since=since, source=source)
    parties.put_on_record(row, by=demo.seats[seat], on=on)


def _lift(demo: Demo, party: str, seat: str, on: date) -> None:
    row = Discipline.objects.get(party=demo.parties[party], until__isnull=True)
    parties.lift(row, by=demo.seats[seat], on=on, until=on)


def _withdraw(demo: Demo, key: str, reason: str, on: date) -> None:
    actions.withdraw(demo.dossier(key), by=_unit(demo, key), on=on, reason=reason)


def _refuse(demo: Demo, on: date) -> None:
    """The gifts stay under the province's sum and nothing else speaks for the giver."""
    dossier = dossiers.judge(demo, "refused_under_threshold", on, unmet=("e.1", "e.2"))
    opinion = "Phần đóng góp chưa tới mức của tỉnh và chưa có hình thức giúp đỡ nào khác. Đề nghị xã, phường khen."
    actions.refuse(dossier, by=demo.seats["bantdkt"], on=on, opinion=opinion)


def _take_up(demo: Demo, key: str, on: date) -> None:
    actions.take_up(demo.dossier(key), by=demo.seats["motcua"], on=on)


def _send_back(demo: Demo, key: str, seat: str, on: date) -> None:
    actions.send_back(demo.dossier(key), by=demo.seats[seat], on=on, notes=NOTES[key])


def _recall(demo: Demo, key: str, on: date) -> None:
    actions.recall(demo.dossier(key), by=_unit(demo, key), on=on)


def _answer(demo: Demo, key: str, on: date) -> None:
    """The unit mends what the notes ask for, and hands in again."""
    case = BY_KEY[key]
    fields = dossiers.told(case, demo.parties[case.party], on)
    fields["report"] += (
        "\nSố gạo từng năm: 2016: 2.100 kg; 2017: 2.900 kg; 2018: 3.300 kg; 2019: 3.500 kg; 2020: 3.400 kg."
    )
    dossier = dossiers.save(demo, case, on=on, fields=fields)
    seat = _unit(demo, key)
    actions.add_evidence(
        dossier, demo.papers["minutes"], name=NAMES["minutes"], paper="minutes", criterion="", by=seat, on=on
    )
    actions.submit(demo.dossier(key), by=seat, on=on)


def _read_notices(on: date) -> None:
    """By that morning everybody has read what was there."""
    Notice.objects.filter(read_at__isnull=True).update(read_at=timezone.now())


def _unit(demo: Demo, key: str) -> Seat:
    return demo.seats[BY_KEY[key].seat]
