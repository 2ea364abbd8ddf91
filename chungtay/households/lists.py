"""Danh sách hộ: the spreadsheet that a commune hands in to fill its register, one row a household."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.households import apart, bulk, received, writing
from chungtay.households.facts import Home, Person
from chungtay.households.hamlets import Hamlets
from chungtay.households.models import Member
from chungtay.households.pages import communes_of
from chungtay.households.rights import WRITERS
from chungtay.law.ethnicity import PEOPLES, people_named
from chungtay.places.models import Place
from chungtay.records.names import clean, fold
from chungtay.sheets import codes, kinds
from chungtay.sheets.layouts import ALREADY, Accepted, Answer, Check, Column, Flaw, Layout, Staged, Writer
from chungtay.sheets.registry import SheetList

SAME, NEW, HAMLET = "same", "new", "ap-moi"
MANY = 5
"""So many rows of one part that name the same new hamlet, like no other of the commune, are asked about once."""
ETHNICITIES = {people: (people,) for people in PEOPLES} | {
    "Khmer": ("Khmer", "Khơ-me", "Khơ me", "Khome"), "Hoa": ("Hoa", "Hoa (Hán)", "Hán"), "Kinh": ("Kinh", "Việt"),
}  # fmt: skip
RELATIONS = {
    "spouse": ("Vợ, chồng", "Vợ", "Chồng", "Vợ/chồng"), "child": ("Con", "Con trai", "Con gái", "Con đẻ", "Con ruột"),
    "parent": ("Cha, mẹ", "Cha", "Mẹ", "Bố", "Ba", "Má", "Cha đẻ", "Mẹ đẻ"),
    "grandparent": ("Ông, bà", "Ông", "Bà"),
    "grandchild": ("Cháu nội, cháu ngoại", "Cháu", "Cháu nội", "Cháu ngoại"),
    "sibling": ("Anh, chị, em", "Anh", "Chị", "Em", "Anh ruột", "Chị ruột", "Em ruột", "Em trai", "Em gái"),
    "other": ("Khác", "Con dâu", "Con rể", "Dâu", "Rể", "Ở nhờ"),
}  # fmt: skip
GENDERS = {"f": ("Nữ", "Gái"), "m": ("Nam", "Trai")}


def people_columns(on: date, name: tuple[str, ...]) -> tuple[Column, ...]:
    """What both lists tell of a person."""
    return (
        Column("name", name, kinds.text(), is_required=True),
        Column("gender", ("Giới tính", "Nam/Nữ", "Phái"), kinds.choice(GENDERS), is_required=True),
        Column("birth", ("Ngày sinh", "Năm sinh", "Ngày, tháng, năm sinh", "Ngày tháng năm sinh"), kinds.birth(on),
               is_required=True),
        Column("ethnicity", ("Dân tộc",), kinds.choice(ETHNICITIES), is_required=True),
        Column("id_number", ("Số CMND/CCCD", "CMND", "CCCD", "Số định danh", "Số CMND", "Số CCCD"), codes.id_number()),
    )  # fmt: skip


def person_of(values: Mapping[str, Any], relation: str) -> Person:
    """The person of a row that was read."""
    birth = str(values["birth"])
    born_on = date.fromisoformat(birth) if len(birth) > 4 else None
    return Person(
        values["name"], relation, values["gender"], int(birth[:4]), people_named(values["ethnicity"]) or "",
        values["id_number"] or "", born_on=born_on,
    )  # fmt: skip


def households_layout(seat: Seat, on: date) -> Layout:
    """Head, hamlet, number of people; the commune only where the desk has several."""
    communes = communes_of(seat, on)
    return Layout(
        "danh-sach-ho", "Danh sách hộ",
        (
            *people_columns(on, ("Họ và tên chủ hộ", "Chủ hộ", "Họ tên chủ hộ", "Họ và tên")),
            Column("persons", ("Số nhân khẩu", "Số khẩu", "Nhân khẩu", "Số người trong hộ"), kinds.integer(1, 60),
                   is_required=True),
            Column("hamlet", ("Ấp, khu phố", "Ấp", "Khu phố", "Thôn", "Khóm"), kinds.text(120), is_required=True),
            Column("commune", ("Xã, phường, thị trấn", "Xã", "Phường", "Xã/phường"),
                   codes.commune(on, seat.scope(on)), is_required=len(communes) > 1),
            Column("address", ("Địa chỉ", "Số nhà", "Tổ"), kinds.text(250)),
            Column("no_labour", ("Không có khả năng lao động", "Hộ không có khả năng lao động"), kinds.tick()),
            Column("merit", ("Người có công", "Hộ có người có công", "Chính sách người có công"), kinds.tick()),
        ),
        unique=("commune", "hamlet", "name", "birth"), single=("id_number",),
        check=households_check(_places(communes), seat, on),
    )  # fmt: skip


def _places(communes: Sequence[tuple[int, str]]) -> dict[str | None, Place]:
    """The desk's communes by key; by None too where there is only one."""
    found: dict[str | None, Place] = {one.key: one for one in Place.objects.filter(pk__in=[key for key, _ in communes])}
    if len(found) == 1:
        found[None] = next(iter(found.values()))
    return found


def households_check(places: Mapping[str | None, Place], seat: Seat, on: date) -> Check:
    """Heads who may stand in the register already: taken numbers are faults, namesakes are questions."""

    def check(rows: Sequence[Staged]) -> Iterable[tuple[Staged, Flaw]]:
        keys = {key: place.pk for key, place in places.items()}
        yield from of_hamlets(rows, keys)
        yield from of_people(rows, keys, lambda row: row.values["commune"], _is_household, by=seat, on=on)

    return check


def _is_household(row: Staged, one: Member) -> bool:
    return received.is_household(row.values, one)


def of_people(
    rows: Sequence[Staged],
    places: Mapping[Any, int],
    of: Any,
    is_written: Callable[[Staged, Member], bool],
    *,
    by: Seat,
    on: date,
) -> Iterator[tuple[Staged, Flaw]]:
    """What the register says of the people of many rows, to the seat that sent them; `of` gives what `places` knows a
    row's commune by. A row for which `is_written` finds somebody was taken in before and needs nothing."""
    told = [row for row in rows if row.values.get("name") and row.values.get("birth")]
    numbers = {row.values["id_number"] for row in told if row.values["id_number"]}
    held = writing.taken({number: number for number in numbers}, by=by, on=on)
    taken = {reason.field: reason.text for reason in held}
    namesakes = _namesakes(told, set(places.values()))
    for row in told:
        values = row.values
        if not any(letter.isalpha() for letter in values["name"]):
            yield row, Flaw("name", "Tên phải có chữ.")
        alike = namesakes.get((places.get(of(row), 0), fold(values["name"]), int(str(values["birth"])[:4])), [])
        if any(is_written(row, one) for one in alike):
            yield row, ALREADY
            continue
        if values["id_number"] in taken:
            yield row, Flaw("id_number", taken[values["id_number"]])
            continue
        if alike:
            question = f"Trong sổ đã có người cùng tên, cùng năm sinh với {values['name']}: có phải một người?"
            yield row, Flaw("", question, is_doubtful=True, ask=SAME, answers=tuple(_answers(alike)))


def of_hamlets(rows: Sequence[Staged], places: Mapping[Any, int]) -> Iterator[tuple[Staged, Flaw]]:
    """Rows of hamlets in which nobody lives yet. A commune without any household has no hamlet to compare with."""
    known = Hamlets.read(set(places.values()))
    told = [
        (row, places[row.values["commune"]], row.values["hamlet"])
        for row in rows
        if row.values.get("hamlet") and row.values["commune"] in places
    ]
    new = [(row, place, name) for row, place, name in told if known.is_new(place, name)]
    many = Counter((place, fold(name)) for _, place, name in new)
    near = {(place, fold(name)): known.near(place, name) for _, place, name in new}
    asked = set[tuple[int, str]]()
    for row, place, name in new:
        which = (place, fold(name))
        if which in asked and many[which] >= MANY and not near[which]:
            continue
        asked.add(which)
        answers = [Answer(other, f"Là “{other}” đã có trong sổ") for other in near[which]]
        counted = f" (trong tệp có {many[which]} dòng)" if many[which] > 1 else ""
        yield row, Flaw(
            "hamlet", f"“{name}” là ấp mới, chưa có hộ nào{counted}: đúng không?", is_doubtful=True, ask=HAMLET,
            answers=(*answers, Answer(NEW, f"Đúng, “{name}” là ấp, khu phố mới")),
        )  # fmt: skip


def _answers(alike: Sequence[Member]) -> Iterator[Answer]:
    for one in alike[:5]:
        where = f"{one.household.hamlet}, {one.get_relation_display().lower()}"
        href = reverse("households:detail", args=[one.household_id])
        yield Answer(str(one.pk), f"Là người đã có ở hộ {one.household.code} ({where}): không ghi nữa", href)
    yield Answer(NEW, "Là người khác: ghi mới")


def _namesakes(rows: Sequence[Staged], places: set[int]) -> dict[tuple[int, str, int], list[Member]]:
    """Living members of these communes by commune, folded name and year. One statement for 300 names."""
    names = sorted({fold(row.values["name"]) for row in rows})
    found: dict[tuple[int, str, int], list[Member]] = {}
    for start in range(0, len(names), 300):
        alike = Member.objects.filter(
            name_folded__in=names[start : start + 300], until__isnull=True, household__place__in=places
        )
        for one in alike.select_related("household").order_by("id"):
            found.setdefault((one.household.place_id, one.name_folded, one.birth_year), []).append(one)
    return found


def settle(row: Staged, answers: Mapping[str, str]) -> Iterable[Flaw]:
    """After a person's look: a number is still free, and the question was answered if it was asked."""
    number = row.values.get("id_number")
    if number and answers.get(SAME, NEW) == NEW and writing.is_taken(number):
        yield Flaw("id_number", writing.TAKEN)


def households_writer(seat: Seat, on: date) -> Writer:
    """Opens the households of the rows that are not in the register yet, in one batch."""
    places = _places(communes_of(seat, on))

    def write(rows: Sequence[Accepted]) -> Mapping[int, str]:
        new = [row for row in rows if row.answers.get(SAME, NEW) == NEW]
        lost = {row.key: "Cần ghi xã, phường, thị trấn." for row in new if row.values["commune"] not in places}
        fit = [row for row in new if row.key not in lost]
        known = Hamlets.read({places[row.values["commune"]].pk for row in fit})
        keys = bulk.open_many([_entry(row, places[row.values["commune"]], known) for row in fit], by=seat, on=on)
        said = {key: row for key, row in zip(keys, fit, strict=True) if SAME in row.answers}
        if said:
            told_apart(Member.objects.filter(household__in=said), on)
        return lost

    return write


def _entry(row: Accepted, place: Place, known: Hamlets) -> bulk.Entry:
    values, said = row.values, row.answers.get(HAMLET, NEW)
    hamlet = known.take(place.pk, clean(values["hamlet"]) if said == NEW else said)
    home = Home(
        place, hamlet, values["address"] or "", bool(values["no_labour"]), bool(values["merit"]),
        values["persons"] - 1,
    )  # fmt: skip
    return bulk.Entry(home, [person_of(values, Member.Relation.HEAD.value)])


def told_apart(members: Iterable[Member], on: date) -> None:
    """A person said that these are others than their namesakes: kept, so that nobody is asked again."""
    rows = list(apart.with_twin(Member.objects.filter(pk__in=[one.pk for one in members])).select_related("household"))
    for pair in apart.pairs(rows):
        apart.remember([pair.one], [pair.other], on=on)


HOUSEHOLDS = SheetList(
    "danh-sach-ho", "Danh sách hộ", frozenset(WRITERS), households_layout, households_writer, settle,
    "Mỗi dòng một hộ: chủ hộ, ấp, số nhân khẩu. Hộ được cấp mã; những người khác ghi tên sau.",
)  # fmt: skip
