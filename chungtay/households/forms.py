"""What people type about a household, made into plain values; everything wrong is said at once, at its field."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms

from chungtay.accounts.models import Seat
from chungtay.households import writing
from chungtay.households.facts import Home, Person, faults_of_home, faults_of_people, faults_of_person
from chungtay.households.household_form import HouseholdForm
from chungtay.households.models import Household, Member
from chungtay.law.ethnicity import PEOPLES
from chungtay.law.refusals import Reason
from chungtay.places.models import Place
from chungtay.records.fields import DayField

EMPTY = ("", "— Chọn —")
PEOPLE_LIST = "dan-toc"
HAMLET_LIST = "ap"
RELATIONS = [choice for choice in Member.Relation.choices if choice[0] != Member.Relation.HEAD]
OF_PERSON = ("name", "relation", "gender", "birth", "ethnicity", "id_number")


class BirthField(forms.CharField):
    """A year (1975) or a day (05/02/1975) of birth. Gives (year, day), either of which may be None."""

    def __init__(self) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(label="Năm sinh hoặc ngày sinh", max_length=20, required=False,
                         widget=forms.TextInput(attrs=attrs), help_text="Không rõ ngày thì chỉ ghi năm.")  # fmt: skip

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").strip()
        if not typed:
            return None, None
        if re.fullmatch(r"[0-9]{4}", typed):
            return int(typed), None
        day = DayField().to_python(typed)
        return (day.year if day else None), day

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, tuple):
            year, day = value
            return f"{day:%d/%m/%Y}" if day else year
        return value


def _text(label: str, size: int, *, hint: str = "", listed: str = "", **attrs: str) -> forms.CharField:
    told = {"autocomplete": "off", **({"list": listed} if listed else {}), **attrs}
    return forms.CharField(
        label=label, max_length=size, required=False, help_text=hint, widget=forms.TextInput(attrs=told),
        error_messages={"max_length": f"Ghi gọn trong {size} chữ cái."},
    )  # fmt: skip


def person_fields(*, head: bool) -> dict[str, forms.Field]:
    """The fields of one person, by their names; of the head the relation is not asked."""
    relation = {} if head else {"relation": _choice("Là gì với chủ hộ", [EMPTY, *RELATIONS])}
    return {
        "name": _text("Họ và tên", 250),
        **relation,
        "gender": _choice("Giới tính", [EMPTY, ("f", "Nữ"), ("m", "Nam")]),
        "birth": BirthField(),
        "ethnicity": _text("Dân tộc", 30, listed=PEOPLE_LIST),
        "id_number": _text(
            "Số CMND hoặc CCCD", 30, hint="9 hoặc 12 chữ số; chưa có thì để trống.", inputmode="numeric"
        ),
    }


def _choice(label: str, choices: Sequence[tuple[str, str]], *, hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, help_text=hint,
                             error_messages={"invalid_choice": "Hãy chọn trong danh sách."})  # fmt: skip


def day_field(on: date) -> DayField:
    """When it happened: today, unless the clerk says otherwise."""
    return DayField(label="Xảy ra ngày", initial=on, error_messages={"required": "Cần ghi ngày."})


def person_from(values: dict[str, Any], at: str = "", *, head: bool) -> Person:
    """The person that was typed into the fields that begin with `at`."""
    year, born_on = values.get(f"{at}birth") or (None, None)
    return Person(
        name=values.get(f"{at}name", ""),
        relation=Member.Relation.HEAD.value if head else values.get(f"{at}relation", ""),
        gender=values.get(f"{at}gender", ""), birth_year=year, born_on=born_on,
        ethnicity=values.get(f"{at}ethnicity", ""), id_number=values.get(f"{at}id_number", ""),
    )  # fmt: skip


class HomeForm(HouseholdForm):
    """Nơi ở và nhóm đối tượng của hộ."""

    hamlet = _text("Ấp, khu phố", 120, listed=HAMLET_LIST)
    address = _text("Địa chỉ", 250, hint="Tổ, số nhà, đường; không có thì để trống.")
    no_labour = forms.BooleanField(label="Hộ không có khả năng lao động", required=False)
    merit = forms.BooleanField(label="Hộ có người có công với cách mạng", required=False)
    unnamed = forms.IntegerField(
        label="Nhân khẩu chưa ghi tên", required=False, initial=0, min_value=0, max_value=60,
        help_text="Số người mới chỉ được đếm, sẽ ghi tên sau.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Ghi một số từ 0 đến 60.", "min_value": "Ghi một số từ 0 đến 60.",
            "max_value": "Ghi một số từ 0 đến 60.",
        },
    )  # fmt: skip

    def __init__(self, *args: Any, household: Household | None = None, **options: Any) -> None:
        self.household = household
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.household is not None:
            self.ask_about_hamlet(self.household.place_id, but=self.household.hamlet)
        return values

    def home(self, place: Place) -> Home:
        """Where the household lives, as typed."""
        values = self.cleaned_data
        return Home(
            place, values.get("hamlet", ""), values.get("address", ""), bool(values.get("no_labour")),
            bool(values.get("merit")), values.get("unnamed") or 0,
        )  # fmt: skip

    @staticmethod
    def of(household: Household) -> dict[str, Any]:
        """What stands in the register, by the names of the fields."""
        return {name: getattr(household, name) for name in ("hamlet", "address", "no_labour", "merit", "unnamed")}


class OpenForm(HomeForm):
    """Ghi hộ mới: where it lives and who its people are, the head first. A block without anything typed is left out."""

    def __init__(
        self, *args: Any, places: Sequence[tuple[int, str]], by: Seat, on: date, rows: int, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.by, self.on, self.rows = by, on, rows
        if len(places) > 1:
            told = [EMPTY, *((str(key), name) for key, name in places)]
            self.fields["place"] = _choice("Xã, phường, thị trấn", told)
        self.only = places[0][0] if len(places) == 1 else None
        self.fields["day"] = day_field(on)
        for index in range(rows):
            for name, field in person_fields(head=index == 0).items():
                self.fields[f"person-{index}-{name}"] = field
            self.fields[f"person-{index}-ethnicity"].initial = "Kinh"
        self.order_fields(["place", "hamlet", "address", "day"])

    @property
    def blocks(self) -> list[list[dict[str, Any]]]:
        """The lines of each person."""
        return [
            [self.line(f"person-{index}-{name}") for name in OF_PERSON if f"person-{index}-{name}" in self.fields]
            for index in range(self.rows)
        ]

    @property
    def used(self) -> list[int]:
        """The blocks that somebody typed into; the head's always."""
        told = ("name", "birth", "id_number", "relation")
        filled = [
            index
            for index in range(1, self.rows)
            if any(self.data.get(f"person-{index}-{name}", "").strip() for name in told)
        ]
        return [0, *filled]

    def people(self) -> list[Person]:
        """The people that were typed."""
        return [person_from(self.cleaned_data, f"person-{index}-", head=index == 0) for index in self.used]

    def chosen_place(self) -> int | None:
        """The key of the commune; the only one of the desk's area, or the chosen one."""
        typed = self.cleaned_data.get("place", "")
        return int(typed) if typed else self.only

    def field_for(self, name: str) -> str | None:
        """An action counts the people that it is given, a form its blocks."""
        found = re.fullmatch(r"person-(\d+)-(\w+)", name)
        if found and int(found[1]) < len(self.used):
            name = f"person-{self.used[int(found[1])]}-{found[2]}"
        return super().field_for(name)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        place = self.chosen_place()
        if place is None:
            self.blame([Reason("Hãy chọn xã, phường hoặc thị trấn.", field="place")])
        self.ask_about_hamlet(place)
        self.blame_day()
        people = self.people()
        self.blame(faults_of_home(Home(Place(pk=place), values.get("hamlet", ""))))
        self.blame(faults_of_people(people, on=self.on))
        numbers = {f"person-{index}-id_number": one.number for index, one in enumerate(people)}
        self.blame(writing.taken(numbers, by=self.by, on=self.on))
        return values


class PersonForm(HouseholdForm):
    """Một người trong hộ: to add one, or to correct what was written."""

    def __init__(
        self, *args: Any, by: Seat, on: date, household: Household, member: Member | None = None, **more: Any
    ) -> None:
        self.is_head = member is not None and member.relation == Member.Relation.HEAD
        if member is not None:
            told = {name: getattr(member, name) for name in ("name", "relation", "gender", "ethnicity", "id_number")}
            more["initial"] = {**told, "birth": (member.birth_year, member.born_on)}
        super().__init__(*args, **more)
        self.by, self.on, self.member, self.household = by, on, member, household
        self.fields.update(person_fields(head=self.is_head))
        if member is None:
            head = household.members.filter(relation=Member.Relation.HEAD, until__isnull=True).first()
            self.fields["ethnicity"].initial = head.ethnicity if head is not None else ""
            self.fields["day"] = day_field(on)
            if household.unnamed:
                self.fields["was_counted"] = forms.BooleanField(
                    label="Là người đã được đếm, nay ghi tên", required=False, initial=True,
                    help_text=f"Hộ còn {household.unnamed} nhân khẩu chưa ghi tên.",
                )  # fmt: skip

    def person(self) -> Person:
        """The person that was typed."""
        return person_from(self.cleaned_data, head=self.is_head)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        person = self.person()
        self.blame_day(since=self.household.opened_on)
        self.blame(faults_of_person(person, on=self.on))
        but = [] if self.member is None else [self.member.pk]
        self.blame(writing.taken({"id_number": person.number}, by=self.by, on=self.on, but=but))
        return values


def peoples() -> Iterator[str]:
    """The names that a clerk may pick for `Dân tộc`."""
    yield from PEOPLES
