"""What is told about a household and its people, as plain values, and everything that is wrong with it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.households.models import Member
from chungtay.law.ethnicity import people_named
from chungtay.law.refusals import Reason
from chungtay.places.models import Place
from chungtay.records.names import clean

OLDEST = 1880
MOST = 60
"""More people than this in one household are taken for a slip of the pen."""
_DIGITS = {Member.Identity.CMND.value: 9, Member.Identity.CCCD.value: 12}


@dataclass(frozen=True)
class Person:
    """A person of a household. `identity` follows from the number when it is left empty."""

    name: str
    relation: str
    gender: str
    birth_year: int | None
    ethnicity: str = "Kinh"
    id_number: str = ""
    identity: str = ""
    born_on: date | None = None

    @property
    def number(self) -> str:
        """The ID number without spaces, dots and hyphens."""
        return re.sub(r"[\s.\-]", "", self.id_number)

    @property
    def paper(self) -> str:
        """The kind of identity paper: as told, or by the number of digits."""
        if self.identity and (self.identity != Member.Identity.NONE or not self.number):
            return self.identity
        return next((kind for kind, digits in _DIGITS.items() if len(self.number) == digits), Member.Identity.NONE)

    @property
    def year(self) -> int | None:
        """The year of birth, from the day of birth if that is what is known."""
        return self.born_on.year if self.birth_year is None and self.born_on is not None else self.birth_year


@dataclass(frozen=True)
class Home:
    """Where a household lives and which groups it belongs to; `unnamed` people are only counted."""

    place: Place
    hamlet: str
    address: str = ""
    no_labour: bool = False
    merit: bool = False
    unnamed: int = 0


def faults_of_home(home: Home) -> Iterator[Reason]:
    """Everything wrong with where a household lives."""
    if not clean(home.hamlet):
        yield Reason("Cần ghi ấp, khu phố.", field="hamlet")
    if len(home.hamlet) > 120:
        yield Reason("Tên ấp, khu phố dài quá 120 chữ cái.", field="hamlet")
    if len(home.address) > 250:
        yield Reason("Địa chỉ dài quá 250 chữ cái.", field="address")
    if not 0 <= home.unnamed <= MOST:
        yield Reason(f"Số nhân khẩu chưa ghi tên phải từ 0 đến {MOST}.", field="unnamed")


def faults_of_person(person: Person, *, on: date, at: str = "") -> Iterator[Reason]:
    """Everything wrong with what is told about a person; `at` leads the names of the fields ("person-2-")."""
    if not any(letter.isalpha() for letter in person.name):
        yield Reason("Cần ghi họ và tên.", field=f"{at}name")
    if len(person.name) > 250:
        yield Reason("Tên dài quá 250 chữ cái.", field=f"{at}name")
    if person.relation not in Member.Relation.values:
        yield Reason("Hãy chọn quan hệ với chủ hộ.", field=f"{at}relation")
    if person.gender not in ("f", "m"):
        yield Reason("Hãy chọn nam hoặc nữ.", field=f"{at}gender")
    if people_named(person.ethnicity) is None:
        said = f"Không có dân tộc “{person.ethnicity}” trong danh mục." if person.ethnicity else "Cần ghi dân tộc."
        yield Reason(said, field=f"{at}ethnicity")
    yield from _birth(person, on, at)
    yield from _identity(person, at)


def _birth(person: Person, on: date, at: str) -> Iterator[Reason]:
    year = person.year
    if year is None:
        yield Reason("Cần ghi năm sinh.", field=f"{at}birth_year")
    elif not OLDEST <= year <= on.year:
        yield Reason(f"Năm sinh phải từ {OLDEST} đến {on.year}.", field=f"{at}birth_year")
    elif person.born_on is not None and person.born_on.year != year:
        yield Reason(f"Ngày sinh {person.born_on:%d/%m/%Y} không thuộc năm {year}.", field=f"{at}born_on")
    elif person.born_on is not None and person.born_on > on:
        yield Reason("Ngày sinh ở tương lai.", field=f"{at}born_on")


def _identity(person: Person, at: str) -> Iterator[Reason]:
    number, paper = person.number, person.paper
    if number and not re.fullmatch(r"[0-9]+", number):
        yield Reason("Số giấy tờ chỉ gồm chữ số.", field=f"{at}id_number")
    elif number and paper == Member.Identity.NONE:
        yield Reason("Số CMND có 9 chữ số, số CCCD có 12 chữ số.", field=f"{at}id_number")
    elif paper in _DIGITS and len(number) != _DIGITS[paper]:
        yield Reason(f"{Member.Identity(paper).label} phải có đủ số.", field=f"{at}id_number")


def faults_of_people(people: Sequence[Person], *, on: date) -> Iterator[Reason]:
    """Everything wrong with the people of one household: each of them, the head, the spouses, a number given twice."""
    for index, person in enumerate(people):
        yield from faults_of_person(person, on=on, at=f"person-{index}-")
    heads = [index for index, person in enumerate(people) if person.relation == Member.Relation.HEAD]
    if not heads:
        yield Reason("Hộ phải có một chủ hộ.", field="person-0-relation")
    for index in heads[1:]:
        yield Reason("Hộ chỉ có một chủ hộ.", field=f"person-{index}-relation")
    if len(people) > MOST:
        yield Reason(f"Một hộ có quá {MOST} người: hãy xem lại.")
    for index in _repeated([person.number for person in people]):
        yield Reason("Số giấy tờ này đã ghi cho người khác ở trên.", field=f"person-{index}-id_number")


def _repeated(numbers: Iterable[str]) -> Iterator[int]:
    seen: set[str] = set()
    for index, number in enumerate(numbers):
        if number and number in seen:
            yield index
        seen.add(number)
