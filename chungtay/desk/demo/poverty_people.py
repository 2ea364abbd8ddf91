"""Who lives in a household of the demo's register: a head, a wife or husband, children, parents, all invented."""

from datetime import date
from random import Random

from chungtay.desk.demo.names import (
    HOA_MEN,
    HOA_SURNAMES,
    HOA_WOMEN,
    KHMER_MEN,
    KHMER_WOMEN,
    MEN,
    PUBLIC_FIGURES,
    SURNAMES,
    WOMEN,
)
from chungtay.desk.demo.people import hamlet_of
from chungtay.desk.demo.poverty_lives import Life
from chungtay.desk.demo.poverty_series import HOA, KHMER
from chungtay.households.bulk import Entry
from chungtay.households.facts import Home, Person
from chungtay.households.models import Member
from chungtay.places.models import Kind, Place
from chungtay.records.names import fold

HAMLETS = (
    "Kinh Mới", "Hòa Thuận", "Tân Tiến", "Thạnh Lợi", "Bình Minh", "Xẻo Dừa", "Rạch Đùng", "Mương Khai", "Cái Bần",
    "Đồng Tâm", "Phước Lợi", "An Bình", "Tà Lúa", "Sóc Sâu", "Cây Me", "Ngã Ba", "Vàm Nhỏ", "Kinh Đào",
)  # fmt: skip
HAMLETS_A_COMMUNE = 5
FIRST_ID = 371_000_000


def hamlets_of(place: Place, kind: str, dice: Random) -> list[str]:
    """The hamlets or quarters of a commune: those that its other people live in, or invented ones."""
    known = [hamlet_of(place.key, n) for n in range(3)]
    if known[0]:
        return list(dict.fromkeys(known))
    if kind == Kind.XA:
        return [f"Ấp {name}" for name in dice.sample(HAMLETS, HAMLETS_A_COMMUNE)]
    return [f"Khu phố {n}" for n in range(1, HAMLETS_A_COMMUNE + 1)]


class Families:
    """Gives each household its people; the same die gives the same people."""

    def __init__(self, seed: int) -> None:
        self._dice = Random(seed)  # noqa: S311  invented people, not secrets
        self._ids = FIRST_ID

    def entry(self, life: Life, place: Place, hamlet: str, opened_on: date) -> Entry:
        """The household as it is written into the register on its first day."""
        home = Home(place, hamlet, no_labour=life.no_labour, merit=life.merit)
        people = self._people(life, opened_on.year)
        if life.face is None:
            return Entry(home, people, opened_on=opened_on)
        return Entry(home, [life.face.head, *people[1:]], opened_on=opened_on, party=life.face.party)

    def _people(self, life: Life, year: int) -> list[Person]:
        dice, relation = self._dice, Member.Relation
        is_man = dice.random() < 0.62
        age = dice.randint(66, 84) if life.no_labour else dice.randint(26, 68)
        surname, name = self._name(life.people, is_man=is_man)
        found = [self._person(life, name, relation.HEAD, year - age, is_man=is_man)]
        if life.size > 1 and dice.random() < 0.85:
            name = self._name(life.people, is_man=not is_man)[1]
            found.append(self._person(life, name, relation.SPOUSE, year - age + dice.randint(-4, 5), is_man=not is_man))
        while len(found) < life.size:
            boy = dice.random() < 0.5
            given = self._name(life.people, is_man=boy, surname=surname)[1]
            if age < 48 and len(found) == life.size - 1 and dice.random() < 0.12:
                found.append(self._person(life, given, relation.PARENT, year - age - dice.randint(20, 30), is_man=boy))
            else:
                born = year - max(age - dice.randint(20, 34), dice.randint(1, 4))
                found.append(self._person(life, given, relation.CHILD, born, is_man=boy))
        return found

    def _person(self, life: Life, name: str, relation: str, born: int, *, is_man: bool) -> Person:
        number = ""
        if born <= 2001 and self._dice.random() < 0.9:
            self._ids += 1
            number = str(self._ids)
        return Person(name, str(relation), "m" if is_man else "f", born, life.people, number)

    def _name(self, people: str, *, is_man: bool, surname: str = "") -> tuple[str, str]:
        """Surname and whole name; never that of a public figure."""
        pick = self._dice.choice
        while True:
            if people == KHMER:
                first, last = KHMER_MEN if is_man else KHMER_WOMEN
                family = surname or "Danh"
                name = f"{family if is_man else pick((family, 'Thị'))} {pick(first)} {pick(last)}"
            elif people == HOA:
                family = surname or pick(HOA_SURNAMES)
                name = f"{family} {pick(HOA_MEN if is_man else HOA_WOMEN)}"
            else:
                middles, given = MEN if is_man else WOMEN
                family = surname or pick(SURNAMES)
                name = f"{family} {pick(middles)} {pick(given)}"
            if fold(name) not in PUBLIC_FIGURES:
                return family, name
