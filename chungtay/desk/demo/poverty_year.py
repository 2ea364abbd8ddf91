"""The round of 2020 in the demo: opened on 1 September, each commune as far as it has come by the working day."""

from datetime import date
from decimal import Decimal
from functools import partial

from chungtay.accounts.models import Seat
from chungtay.desk.demo import poverty_cells
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.poverty_lives import ABOVE, INCOME, SERVICE, Life
from chungtay.desk.demo.poverty_points import points
from chungtay.desk.demo.province import Demo
from chungtay.households import actions as register
from chungtay.law import causes, deprivations
from chungtay.law.population import Move
from chungtay.law.poverty import Area
from chungtay.law.rates import poverty_rate
from chungtay.places.models import Place
from chungtay.reviews import listing, meetings, opening, scoring, steps
from chungtay.reviews.models import Assessment, CommuneReview
from chungtay.targets import actions, sums
from chungtay.targets.actions import Wanted
from chungtay.targets.ground import Ground

YEAR = 2020
OPENED = date(2020, 9, 1)
ASSIGNED = date(2020, 1, 15)
DAYS = opening.Days(
    YEAR, "Rà soát hộ nghèo, hộ cận nghèo cuối năm 2020", OPENED, date(2020, 10, 31), date(2020, 12, 31)
)
LISTED, SCORED, MET, POSTED, SENT, CHECKED = (
    date(2020, 9, 8), date(2020, 9, 22), date(2020, 9, 29), date(2020, 9, 30), date(2020, 10, 13), date(2020, 10, 14),
)  # fmt: skip
AS_FAR_AS = {
    # commune: the last step that it has taken by 20/10/2020; the others are still making their lists
    "kg-30841": "some_scored", "kg-30835": "listed", "kg-30844": "sent", "kg-30784": "posted", "kg-31111": "checked",
    "kg-30736": "met",
}  # fmt: skip
STEPS = ("listed", "some_scored", "scored", "met", "posted", "sent", "checked")
BY_DAY = {
    "listed": LISTED, "some_scored": SCORED, "scored": SCORED, "met": MET, "posted": POSTED, "sent": SENT,
    "checked": CHECKED,
}  # fmt: skip
STILL_POSTED = date(2020, 10, 14)
"""Whoever is still posting on the working day began on this one."""
PART = 6
"""Of a commune that is still scoring, one household in so many has its score."""


def write(demo: Demo, diary: Diary, lives: dict[str, list[Life]], communes: list[poverty_cells.Commune]) -> None:
    """Put the round of 2020 into the diary: opened everywhere, and taken further in a few communes."""
    wholes = poverty_cells.wholes(communes, YEAR)
    diary.at(ASSIGNED, partial(_assign, demo))
    diary.at(OPENED, partial(_open, demo))
    for key, last in AS_FAR_AS.items():
        for step in STEPS[: STEPS.index(last) + 1]:
            if step == "some_scored" and last != step:
                continue
            day = STILL_POSTED if last == step == "posted" else BY_DAY[step]
            diary.at(day, partial(_take, demo, key, step, lives[key], wholes[key]))


def _assign(demo: Demo, on: date) -> None:
    """Sở Lao động gives each district its poverty rate for the year: half a point below what was measured last."""
    ground = Ground(Place.objects.get(key="kg"), on)
    districts = ground.children(ground.province)
    table = sums.read(ground, districts)
    wanted = {}
    for unit in districts:
        last = table[unit.pk][YEAR - 1]
        rate = poverty_rate(last.poor, last.households_all) or Decimal(0)
        wanted[unit.pk] = Wanted(max(rate - Decimal("0.5"), Decimal("0.1")))
    labour, document = demo.seats["ldtbxh"], "Kế hoạch giảm nghèo năm 2020 (bản mẫu)"
    province = Place.objects.get(key="kg")
    actions.assign(demo.movement, "T1", province, YEAR, wanted, by=labour, on=on, document=document)


def _open(demo: Demo, on: date) -> None:
    opening.open_round(Place.objects.get(key="kg"), DAYS, by=demo.seats["ldtbxh"], on=on, is_demo=True)


def _take(demo: Demo, key: str, step: str, lives: list[Life], whole: poverty_cells.Whole, on: date) -> None:
    """One step of one commune, by the desk whose step it is."""
    review = CommuneReview.objects.select_related("round", "place").get(place__key=key, round__year=YEAR)
    commune = _seat("commune", review.place_id)
    if step == "listed":
        told = listing.Totals(whole.households, whole.persons, whole.minority)
        listing.set_totals(review, told, by=commune, on=on, version=review.version)
        listing.follow_register(review, by=commune, on=on)
        steps.close_list(review, by=commune, on=on)
    elif step in ("some_scored", "scored"):
        _score(review, lives, commune, on, partly=step == "some_scored")
        if step == "scored":
            steps.close_scoring(review, by=commune, on=on)
    elif step == "met":
        for hamlet in meetings.hamlets(review):
            present = 20 + hamlet.households
            heard = meetings.Heard(hamlet.name, on, present, present - 3, 1)
            meetings.record_meeting(review, heard, by=commune, on=on)
        steps.close_meetings(review, by=commune, on=on)
    elif step == "checked":
        district = review.place.on(on).parent_id
        steps.check(review, by=_seat("district", district or 0), on=on, note="Hồ sơ đủ, số liệu khớp.")
    else:
        {"posted": steps.post, "sent": steps.send}[step](review, by=commune, on=on)


def _seat(kind: str, place: int) -> Seat:
    return Seat.objects.select_related("desk__body", "desk__place", "user").get(desk__kind=kind, desk__place=place)


def _score(review: CommuneReview, lives: list[Life], by: Seat, on: date, *, partly: bool) -> None:
    """Each household of the list gets what the demo says of it; with `partly`, only some."""
    known = {life.key: life for life in lives}
    rows = Assessment.objects.in_force().filter(review=review, standing="", gone="").select_related("household")
    for at, row in enumerate(rows.order_by("id")):
        if partly and at % PART:
            continue
        life = known[row.household_id]
        if life.gone == YEAR:
            home = row.household
            register.close_household(home, life.gone_why, by=by, on=on, version=home.version)
            listing.mark_gone(row, Move(life.gone_why), by=by, on=on, version=row.version)
            continue
        standing = life.states.get(YEAR, ABOVE)
        b1, b2, mask = points(life, standing, Area(row.area), YEAR)
        why = causes.unmask(life.causes) if standing in (INCOME, SERVICE) else frozenset[str]()
        found = scoring.Found(row.persons, b1=b1, b2=b2, lacking=deprivations.unmask(mask), causes=why)
        row.review = review
        scoring.score(row, found, by=by, on=on, version=row.version)
