"""Who is due in the demo: two rounds are counted; an honoured household is poor again, an honoured commune is late."""

from datetime import date
from decimal import Decimal
from functools import partial

from chungtay.accounts.models import Seat
from chungtay.decisions.models import Award
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.province import DAY, Demo
from chungtay.households.models import Household
from chungtay.law.procedure import Desk
from chungtay.places.models import Place
from chungtay.prospects import actions, jobs
from chungtay.reviews import regular
from chungtay.reviews.assessments import Application
from chungtay.reviews.scoring import Found
from chungtay.targets import actions as targets
from chungtay.targets.actions import Wanted

ROUNDS = (("yearly", 2019), ("yearly", 2020))
ASKED, GRANTED = date(2020, 9, 7), date(2020, 9, 15)
ASSIGNED, YEAR = date(2019, 3, 4), 2019
LATE, ABOVE, RATE = "kg-31045", "kg-909", Decimal("4.50")
"""Vân Khánh Đông, honoured in December 2019 for what it did until September, came to 5.08% by the end of that year."""
WHY = "Chủ hộ đổ bệnh nặng từ tháng tư, vụ tôm mất trắng, hai con phải nghỉ làm để chăm."
POINTS = (100, 20)
"""B1 and B2 of a household that is poor by income, in the country and in town."""


def write(demo: Demo, diary: Diary) -> None:
    """Put the story and the counts into the diary, after all that they rest on."""
    diary.at(ASSIGNED, partial(_assign, demo))
    diary.at(ASKED, partial(_falls_ill, demo))
    diary.at(GRANTED, partial(_is_poor_again, demo))
    diary.at(DAY, partial(_count, demo))


def _count(demo: Demo, on: date) -> None:
    for key in ROUNDS:
        survey = actions.count_province(demo.rounds[key], demo.movement, by=demo.seats["bantdkt"], on=on)
        jobs.go_on.call(survey.pk)


def _assign(demo: Demo, on: date) -> None:
    """Sở Lao động gives the commune its rate for 2019."""
    wanted = {demo.places[LATE].pk: Wanted(RATE)}
    above, document = Place.objects.get(key=ABOVE), "Kế hoạch giảm nghèo năm 2019 (bản mẫu)"
    targets.assign(demo.movement, "T1", above, YEAR, wanted, by=demo.seats["ldtbxh"], on=on, document=document)


def _falls_ill(demo: Demo, on: date) -> None:
    """The first household honoured that is in the register of a commune at work here, and off the list."""
    awards = Award.objects.filter(party__household__standing__in=("outside", "near_poor")).order_by("pk")
    for award in awards.select_related("party__household__place"):
        home = award.party.household
        seat = _commune(demo, home)
        if seat is not None:
            regular.ask(home, Application.Kind.ENTER, reason=WHY, by=seat, on=on)
            return


def _is_poor_again(demo: Demo, on: date) -> None:
    request = Application.objects.select_related("household").filter(reason=WHY).first()
    seat = None if request is None else _commune(demo, request.household)
    if request is None or seat is None:
        return
    found = Found(request.household.persons, b1=POINTS[0], b2=POINTS[1])
    number = "Quyết định số 112/QĐ-UBND"
    regular.grant(request, found, decision=number, by=seat, on=on, version=request.version)


def _commune(demo: Demo, home: Household) -> Seat | None:
    """The commune's officer where the household lives."""
    seats = demo.seats.values()
    return next((one for one in seats if one.kind is Desk.COMMUNE and one.desk.place_id == home.place_id), None)
