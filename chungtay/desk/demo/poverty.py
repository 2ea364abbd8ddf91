"""Sổ hộ và các đợt rà soát của tỉnh mẫu: lists of 2015 to 2019 locked, that of 2020 under way.

Figures stand for every commune. Households stand one by one in the communes that work with the system, or, where the
whole register is asked for, in all of them; elsewhere a commune is only counted, and its figures say so.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from random import Random

from chungtay.desk.demo import poverty_cells, poverty_faces, poverty_lives, poverty_points, poverty_totals, poverty_year
from chungtay.desk.demo.bodies import COMMUNES
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.poverty_lives import Life
from chungtay.desk.demo.poverty_people import Families, hamlets_of
from chungtay.desk.demo.poverty_series import WEIGHTS, YEARS
from chungtay.desk.demo.province import SEED, Demo
from chungtay.households.bulk import open_many
from chungtay.households.models import Event, Household, Member
from chungtay.law.population import Move
from chungtay.law.poverty import Area, area_of
from chungtay.law.reviewing import Stage
from chungtay.parties.models import Party
from chungtay.places.models import Level, Place
from chungtay.records.journal import System
from chungtay.reviews.bulk import Opening, Row, Totals, write_round
from chungtay.reviews.models import CommuneReview, Figures, Round

WRITTEN = {
    2015: date(2017, 3, 2), 2016: date(2017, 3, 3), 2017: date(2018, 1, 9), 2018: date(2019, 1, 9),
    2019: date(2020, 1, 9), 2020: date(2021, 1, 7),
}  # fmt: skip
"""The day on which the round of a year came into the system: older ones were kept elsewhere until then."""
DECISIONS = {year: f"{10 + year % 100}/QĐ-UBND" for year in YEARS} | {2020: "24/QĐ-UBND"}
ONE_BY_ONE = "Tỉnh mẫu, cộng từ từng hộ"
ONLY_COUNTED = "Tỉnh mẫu, số tổng của xã, chưa nạp từng hộ"
CLOSED = {Move.MOVED_OUT.value: Household.Closed.MOVED_OUT, Move.DIED.value: Household.Closed.DIED}
LEFT = {Move.MOVED_OUT.value: Member.Left.MOVED, Move.DIED.value: Member.Left.DIED}
EVENTS = {Move.MOVED_OUT.value: Event.Kind.MOVED_OUT, Move.DIED.value: Event.Kind.CLOSED}
LAST_DAY = date(2020, 12, 31)
"""Of the communes as they were: two of Phú Quốc became one on the day after."""
BATCH = 2000


class Register:
    """The demo's households while they are written, year after year. `one_by_one`: in which communes (None: all)."""

    def __init__(self, *, by: System, one_by_one: Collection[str] | None, seed: int = SEED) -> None:
        self._by = by
        self._province = Place.objects.get(level=Level.PROVINCE, key="kg")
        day = poverty_points.review_day(YEARS[0])
        self.places = {place.key: place for place in Place.objects.communes(day) if place.version.parent_id}
        districts = dict(Place.objects.filter(key__in=WEIGHTS).values_list("pk", "key"))
        inside = [(key, districts.get(place.version.parent_id or 0, "")) for key, place in self.places.items()]
        pairs = sorted((key, district) for key, district in inside if district)
        self.communes = poverty_cells.weigh(pairs, Random(seed))  # noqa: S311  invented numbers, not secrets
        self.lives: dict[str, list[Life]] = defaultdict(list)
        for life in poverty_lives.play(poverty_cells.cells(self.communes), seed):
            self.lives[life.commune].append(life)
        keys = [one.key for one in self.communes]
        self.known = [key for key in keys if one_by_one is None or key in one_by_one]
        self._counted = [key for key in keys if key not in set(self.known)]
        self._moves = poverty_totals.histories(life for key in keys for life in self.lives[key])
        self._families = Families(seed)
        dice = Random(seed)  # noqa: S311  invented names, not secrets
        self._hamlets = {key: hamlets_of(self.places[key], self.places[key].version.kind, dice) for key in keys}
        self.last: Round | None = None

    def write(self, on: date, *, year: int) -> None:
        """The round of one year: new households, those that are gone, then the locked round with its figures."""
        known = [life for key in self.known for life in self.lives[key]]
        self._open([life for life in known if life.first == year], year, on)
        day = poverty_points.review_day(year)
        approved = date(2016, 1, 15) if year == 2015 else date(year + 1, 1, 6)
        wholes = poverty_cells.wholes(self.communes, year)
        opening = Opening(
            place=self._province, year=year, title=f"Rà soát hộ nghèo, hộ cận nghèo cuối năm {year}",
            opens=date(year, 9, 1), closes=date(year, 10, 31), review_on=day, decision=DECISIONS[year],
            approved_on=approved, locked_on=approved, previous=self.last, is_demo=True,
        )  # fmt: skip
        totals = {
            self.places[key].pk: Totals(wholes[key].households, wholes[key].persons, wholes[key].minority)
            for key in self.known
        }
        rows = self._rows(known, year)
        self.last = write_round(opening, rows, totals, by=self._by, on=on, source=ONE_BY_ONE)
        self._close([life for life in known if life.gone == year], year)
        self._count(self.last, wholes, ONLY_COUNTED, day)

    def _open(self, lives: list[Life], year: int, on: date) -> None:
        opened = {False: date(year, 10, 15) if year > 2015 else date(2015, 12, 1), True: date(year, 6, 15)}
        for at in range(0, len(lives), BATCH):
            part = lives[at : at + BATCH]
            entries = [
                self._families.entry(life, self.places[life.commune], self._hamlet(life), opened[life.came == year])
                for life in part
            ]
            for life, key in zip(
                part, open_many(entries, by=self._by, on=min(on, LAST_DAY), is_demo=True), strict=True
            ):
                life.key = key

    def know(self, parties: Mapping[str, Party]) -> None:
        """Let the households among `parties` be households of the register."""
        poverty_faces.choose({key: self.lives[key] for key in self.known}, parties)

    def _hamlet(self, life: Life) -> str:
        if life.face is not None:
            return life.face.hamlet
        known = self._hamlets[life.commune]
        return known[(life.depth * 7 + life.size) % len(known)]

    def _area(self, key: str, day: date) -> Area:
        return area_of(self.places[key].on(day).kind, on=day)

    def _rows(self, lives: list[Life], year: int) -> list[Row]:
        day = poverty_points.review_day(year)
        areas = {key: self._area(key, day) for key in self.known}
        return [
            poverty_points.row(life, self.places[life.commune].pk, self._hamlet(life), areas[life.commune], year)
            for life in lives
            if year in life.states or life.gone == year or self._is_followed(life, year)
        ]

    def _is_followed(self, life: Life, year: int) -> bool:
        """Whether the round of the year reviews it because it is newly escaped, as every round does by the law."""
        return poverty_totals.is_newly_escaped(life, self._moves[id(life)], year)

    def _close(self, lives: list[Life], year: int) -> None:
        """Those that moved away or died out since: closed in the register, with the line that says so."""
        day = date(year, 8, 20)
        for why in CLOSED:
            keys = [life.key for life in lives if life.gone_why == why]
            for at in range(0, len(keys), 900):
                some = keys[at : at + 900]
                Household.objects.filter(pk__in=some).update(closed_on=day, closed_why=CLOSED[why], persons=0)
                Member.objects.filter(household__in=some).update(until=day, left_why=LEFT[why])
        Event.objects.bulk_create(
            [
                Event(
                    household_id=life.key, kind=EVENTS[life.gone_why], on=day, persons=life.size,
                    area_path=self.places[life.commune].path_on(day),
                )
                for life in lives
            ],
            batch_size=BATCH,
        )  # fmt: skip

    def _count(self, round: Round, wholes: dict[str, poverty_cells.Whole], source: str, day: date) -> None:
        """Communes that are only counted: their reviews and figures, by the same sums."""
        reviews, rows = [], []
        special = poverty_totals.special(round.year)
        for key in self._counted:
            place, whole = self.places[key], wholes[key]
            reviews.append(CommuneReview(
                round=round, place=place, area_path=place.path_on(day), stage=Stage.LOCKED.value,
                stage_since=round.locked_on or day, households_all=whole.households, persons_all=whole.persons,
                minority_all=whole.minority, recognised_on=round.approved_on, is_demo=True,
            ))  # fmt: skip
            told = poverty_totals.tell(self.lives[key], self._moves, round.year)
            rows.append(poverty_totals.figures(
                round, place, whole, told, as_of=day, source=source, special=place.pk in special
            ))  # fmt: skip
        CommuneReview.objects.bulk_create(reviews, batch_size=BATCH)
        Figures.objects.bulk_create(rows, batch_size=500)


def write(demo: Demo, diary: Diary, *, everywhere: bool = False) -> None:
    """Put the rounds of 2015 to 2019 and the start of that of 2020 into the diary of the demo province."""
    register = Register(by=demo.by, one_by_one=None if everywhere else COMMUNES)
    diary.at(min(WRITTEN.values()), lambda _: register.know(demo.parties))
    for year, day in WRITTEN.items():
        if year < YEARS[-1]:
            diary.at(day, partial(register.write, year=year))
    poverty_year.write(demo, diary, register.lives, register.communes)
