"""Registrations: households that wish to leave poverty, and everybody who takes up a content of the movement."""

from datetime import date, timedelta
from functools import partial

from chungtay.accounts.models import Seat
from chungtay.desk.demo.bodies import COMMUNES
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.people import NAMED
from chungtay.desk.demo.province import Demo
from chungtay.households.models import Household
from chungtay.law.deadlines import working_days_after
from chungtay.law.poverty import Class
from chungtay.parties.kinds import PartyKind as Kind
from chungtay.parties.models import Party
from chungtay.registrations import actions
from chungtay.registrations.actions import Wish
from chungtay.registrations.models import Registration

FIRST, YEARS = date(2017, 3, 6), (date(2018, 3, 12), date(2019, 3, 11), date(2020, 3, 9))
WITHDRAWN = date(2019, 8, 6)
PLEDGES = {
    "a": "Tự lực vươn lên, dùng vốn vay đúng mục đích, thoát nghèo và giúp một hộ khác.",
    "b": "Nhận giúp đích danh hộ nghèo của tổ, góp vốn xoay vòng, công khai mỗi quý.",
    "c": "Giảm hộ nghèo vượt mức được giao, quyết toán và báo cáo đúng hạn.",
    "d": "Nhận giúp một địa bàn nghèo, mỗi quý về cơ sở ít nhất một lần.",
    "dd": "Bám sát ấp, không để sót hộ nghèo, giải quyết hồ sơ đúng hạn.",
    "e": "Đóng góp cho người nghèo, công khai và có xác nhận của nơi nhận.",
}
CONTENT = {
    Kind.HOUSEHOLD: "a",
    Kind.COMMUNITY: "b",
    Kind.GRASSROOTS_ORGANISATION: "b",
    Kind.PEOPLE_COMMITTEE_COMMUNE: "c",
    Kind.PEOPLE_COMMITTEE_DISTRICT: "c",
    Kind.DEPARTMENT: "d",
    Kind.MASS_ORGANISATION: "d",
    Kind.FATHERLAND_FRONT: "d",
    Kind.SCHOOL: "d",
    Kind.HEALTH_FACILITY: "d",
    Kind.COLLECTIVE: "d",
    Kind.BOARD_BRANCH: "d",
    Kind.POVERTY_OFFICIAL: "dd",
}
CLASSES = (
    Registration.HouseholdClass.POOR,
    Registration.HouseholdClass.POOR,
    Registration.HouseholdClass.NEAR_POOR,
    Registration.HouseholdClass.NEWLY_ESCAPED,
)
NOT_TAKING_PART = frozenset({"ubnd", "hoidong"})


def write(demo: Demo, diary: Diary) -> None:
    """A commune a day from March 2017 on; the provincial bodies; and each year some again."""
    for n, place in enumerate(COMMUNES):
        diary.at(working_days_after(FIRST, n), partial(_commune, demo, place))
    diary.at(FIRST, partial(_offices, demo))
    diary.at(FIRST + timedelta(days=1), partial(_givers, demo))
    for day in YEARS:
        diary.at(day, partial(_year, demo))
    diary.at(WITHDRAWN, partial(_withdraw, demo))


def _commune(demo: Demo, place: str, on: date) -> None:
    """Households register their own wish; hamlets, groups, officials and the commune itself take up a content."""
    seat = _seat_of(demo, demo.parties[place])
    named = {one.key for one in NAMED}
    known = _classes(place)
    mine = {
        key: party
        for key, party in demo.parties.items()
        if party.place.key == place and party.kind in CONTENT and not key.startswith("pc.")
    }
    for n, (key, party) in enumerate(mine.items()):
        content = CONTENT[Kind(party.kind)]
        wish = Wish(demo.movement, content, Registration.WHOLE_PHASE, pledge=PLEDGES[content])
        if party.kind == Kind.HOUSEHOLD:
            told = "poor" if key in named else CLASSES[n % len(CLASSES)].value
            wish = _household_wish(demo, known.get(party.pk, told))
        actions.register(party, wish, by=seat, on=on)


def _classes(place: str) -> dict[int, str]:
    """What the register says of the households of a commune that are linked to a party, by party."""
    told = Household.objects.filter(place__key=place, party__isnull=False).exclude(standing="")
    found = {}
    for party, standing, escaped in told.values_list("party", "standing", "escaped_on"):
        if Class(standing).is_poor:
            found[party] = Registration.HouseholdClass.POOR.value
        elif Class(standing) is Class.NEAR_POOR:
            found[party] = Registration.HouseholdClass.NEAR_POOR.value
        elif escaped is not None:
            found[party] = Registration.HouseholdClass.NEWLY_ESCAPED.value
    return found


def _household_wish(demo: Demo, household_class: str) -> Wish:
    """A poor or nearly poor household wishes to leave poverty; one that has just left it takes part otherwise."""
    escaped = household_class == Registration.HouseholdClass.NEWLY_ESCAPED
    kind = Registration.Kind.EMULATION if escaped else Registration.Kind.LEAVE_POVERTY
    return Wish(
        demo.movement,
        "a",
        Registration.WHOLE_PHASE,
        kind=kind.value,
        household_class=household_class,
        pledge=PLEDGES["a"],
    )


def _offices(demo: Demo, on: date) -> None:
    """Offices of the province and the districts register for themselves."""
    for key, seat in demo.seats.items():
        body = seat.desk.body
        if key in demo.parties or body.kind == Kind.PEOPLE_COMMITTEE_DISTRICT:
            content = "e" if body.kind == Kind.BANK else CONTENT.get(Kind(body.kind))
            if content and key not in NOT_TAKING_PART:
                wish = Wish(demo.movement, content, Registration.WHOLE_PHASE, pledge=PLEDGES[content])
                actions.register(body, wish, by=seat, on=on)


def _givers(demo: Demo, on: date) -> None:
    """Whoever gives registers through the Fatherland Front."""
    for key, party in demo.parties.items():
        if key.split(".")[0] in ("dn", "htx", "cn", "nn", "qt", "kb"):
            wish = Wish(demo.movement, "e", Registration.WHOLE_PHASE, pledge=PLEDGES["e"])
            actions.register(party, wish, by=demo.seats["mttq"], on=on)


def _year(demo: Demo, on: date) -> None:
    """Every spring the people's committees and the hamlets renew what they took up."""
    for place in COMMUNES:
        seat = _seat_of(demo, demo.parties[place])
        for party in (demo.parties[place], demo.parties[f"cd.{place}"]):
            content = CONTENT[Kind(party.kind)]
            actions.register(party, Wish(demo.movement, content, on.year, pledge=PLEDGES[content]), by=seat, on=on)


def _withdraw(demo: Demo, on: date) -> None:
    """Some households move away."""
    for place in list(COMMUNES)[::6]:
        row = Registration.objects.filter(party=demo.parties[f"ho.{place}.8"]).order_by("id").first()
        if row is not None:
            seat = _seat_of(demo, demo.parties[place])
            actions.withdraw(row, by=seat, on=on, reason="Hộ chuyển đi nơi khác sinh sống.", version=row.version)


def _seat_of(demo: Demo, body: Party) -> Seat:
    return next(seat for seat in demo.seats.values() if seat.desk.body_id == body.pk)
