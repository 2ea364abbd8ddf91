"""What people type about a party, made into plain values; everything wrong is said at once."""

import re
from datetime import date
from typing import Any

from django import forms

from chungtay.parties import areas
from chungtay.parties.kinds import PEOPLE, PROPOSERS, PartyKind
from chungtay.parties.models import Discipline, Party
from chungtay.parties.requests import Registrar
from chungtay.places.models import Place
from chungtay.records.fields import DayField
from chungtay.records.forms import BlamedForm
from chungtay.records.names import clean

EMPTY = ("", "— Chọn —")
OLDEST = 1900
NARROW = frozenset({"commune", "unit"})
"""Desks that register under their own body only."""
KIND_GROUPS = (
    ("Hộ gia đình, cá nhân", ("household", "person", "poverty_official")),
    ("Cộng đồng, cơ sở", ("community", "grassroots_organisation", "collective")),
    ("Cơ quan, địa phương, đoàn thể", (
        "department", "board_branch", "mass_organisation", "fatherland_front", "people_committee_district",
        "people_committee_commune",
    )),
    ("Kinh tế, sự nghiệp", ("enterprise", "cooperative", "bank", "school", "health_facility")),
    ("Ngoài tỉnh, ngoài nước", (
        "outside_organisation", "outside_person", "foreign_organisation", "foreign_person", "overseas_vietnamese",
    )),
)  # fmt: skip
FIELDS = (
    "kind", "name", "place", "hamlet", "address", "managing_unit", "post", "is_leader", "gender", "birth_year",
    "id_number", "phone", "ethnicity",
)  # fmt: skip


def kind_choices() -> list[Any]:
    """The kinds of participants in groups, for a select."""
    return [EMPTY, *((head, [(kind, PartyKind(kind).label) for kind in kinds]) for head, kinds in KIND_GROUPS)]


def day_field(label: str, **options: Any) -> DayField:
    """A day typed as 05/02/2018."""
    return DayField(label=label, error_messages={"required": "Cần ghi ngày."}, **options)


class PlaceField(forms.TypedChoiceField):
    """A place of the desk's own area on the day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label="Địa bàn", coerce=int, empty_value=None, error_messages={
            "required": "Cần chọn địa bàn.",
            "invalid_choice": "Địa bàn này không thuộc địa bàn của bàn bạn vào hôm nay. Hãy chọn trong danh sách.",
        }, **options)  # fmt: skip

    def offer(self, seat: Registrar, on: date) -> None:
        """Offer the places of `seat`; a single one is chosen from the start."""
        groups = areas.choices(seat, on)
        only = [choice for _, group in groups for choice in group]
        grouped: list[Any] = groups if len(groups) > 1 else only
        self.choices = grouped if len(only) == 1 else [EMPTY, *grouped]
        if len(only) == 1:
            self.initial = only[0][0]


class PartyForm(BlamedForm):
    """Ghi sổ đối tượng: kind, name, place and what helps to tell one from another."""

    kind = forms.ChoiceField(
        label="Loại đối tượng",
        error_messages={"required": "Cần chọn loại đối tượng.", "invalid_choice": "Hãy chọn loại trong danh sách."},
    )
    name = forms.CharField(
        label="Tên đầy đủ",
        max_length=250,
        help_text="Hộ thì ghi họ và tên chủ hộ.",
        error_messages={"required": "Cần ghi tên đầy đủ.", "max_length": "Tên dài quá 250 chữ cái."},
    )
    place = PlaceField(help_text="Xã, phường, thị trấn nơi ở hoặc đặt trụ sở.")
    hamlet = forms.CharField(label="Ấp, khu phố, khu vực", max_length=120, required=False)
    address = forms.CharField(label="Địa chỉ", max_length=250, required=False)
    managing_unit = forms.TypedChoiceField(
        label="Đơn vị quản lý",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Cơ quan lập và trình hồ sơ cho đối tượng này.",
        error_messages={"invalid_choice": "Đơn vị này không nằm trong địa bàn của bàn bạn."},
    )
    post = forms.CharField(label="Chức vụ, nghề nghiệp", max_length=200, required=False)
    is_leader = forms.BooleanField(label="Là lãnh đạo, quản lý", required=False)
    gender = forms.ChoiceField(
        label="Giới tính", choices=[("", "Không ghi"), ("f", "Nữ"), ("m", "Nam")], required=False
    )
    birth_year = forms.CharField(label="Năm sinh", max_length=10, required=False, widget=forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "off"}), help_text="Với hộ: năm sinh của chủ hộ.")  # fmt: skip
    id_number = forms.CharField(label="Số CMND/CCCD", max_length=30, required=False, widget=forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "off"}), help_text="9 hoặc 12 chữ số.")  # fmt: skip
    phone = forms.CharField(label="Điện thoại", max_length=30, required=False, widget=forms.TextInput(
        attrs={"inputmode": "tel", "autocomplete": "off"}))  # fmt: skip
    ethnicity = forms.CharField(label="Dân tộc", max_length=30, required=False)

    def __init__(self, *args: Any, seat: Registrar, on: date, party: Party | None = None, **options: Any) -> None:
        if party is not None:
            options["initial"] = facts_of(party)
        super().__init__(*args, **options)
        self.seat, self.on, self.party = seat, on, party
        if "kind" in self.fields:
            self._choices("kind").choices = kind_choices()
        self._place().offer(seat, on)
        if "managing_unit" in self.fields:
            self._offer_units()
        if party is not None:
            self._keep_choices(party)

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(name)
        return field

    def _place(self) -> PlaceField:
        field = self.fields["place"]
        if not isinstance(field, PlaceField):
            raise TypeError("place")
        return field

    def _offer_units(self) -> None:
        """Own body first; wider desks may name any proposing body of their area."""
        field, own = self._choices("managing_unit"), self.seat.desk.body
        offered = [(own.pk, own.name)]
        if self.seat.kind not in NARROW:
            others = Party.objects.visible_to(self.seat, self.on).filter(kind__in=PROPOSERS).exclude(pk=own.pk)
            offered += list(others.order_by("name_folded", "id").values_list("pk", "name"))
        field.choices = offered if self.seat.kind == "unit" else [("", "Không có, tự trình"), *offered]
        field.initial = own.pk

    def _keep_choices(self, party: Party) -> None:
        """A correction may keep the place and the unit that stand on record."""
        for name, kept in (("place", party.place), ("managing_unit", party.managing_unit)):
            offered = listed(self._choices(name))
            if kept is not None and kept.pk not in {key for head, label in offered for key in _keys(head, label)}:
                self._choices(name).choices = [*offered, (kept.pk, str(kept))]

    def clean_name(self) -> str:
        name = clean(self.cleaned_data["name"])
        if not any(letter.isalpha() for letter in name):
            raise forms.ValidationError("Tên phải có chữ.")
        return name

    def clean_place(self) -> Place:
        return Place.objects.get(pk=self.cleaned_data["place"])

    def clean_birth_year(self) -> int | None:
        typed = self.cleaned_data["birth_year"].strip()
        if not typed:
            return None
        if not re.fullmatch(r"[0-9]{4}", typed):
            raise forms.ValidationError("Năm sinh ghi bằng 4 chữ số, như 1975.")
        if int(typed) > self.on.year:
            raise forms.ValidationError(f"Năm sinh {typed} ở tương lai.")
        if int(typed) < OLDEST:
            raise forms.ValidationError(f"Năm sinh phải từ {OLDEST} trở lại đây.")
        return int(typed)

    def clean_id_number(self) -> str:
        typed = re.sub(r"[\s.\-]", "", self.cleaned_data["id_number"])
        if typed and not re.fullmatch(r"[0-9]{9}|[0-9]{12}", typed):
            raise forms.ValidationError("Số CMND có 9 chữ số, số CCCD có 12 chữ số.")
        return typed

    def clean_phone(self) -> str:
        typed = re.sub(r"[\s.\-()]", "", self.cleaned_data["phone"])
        if typed and not re.fullmatch(r"\+?[0-9]{8,15}", typed):
            raise forms.ValidationError("Số điện thoại gồm 8 đến 15 chữ số.")
        return typed

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        kind = values.get("kind", PartyKind.HOUSEHOLD)
        if values.get("is_leader") and kind and kind not in PEOPLE:
            self.add_error("is_leader", "Chỉ cá nhân mới là lãnh đạo, quản lý.")
        if self.party is not None and values.get("managing_unit") == self.party.pk:
            self.add_error("managing_unit", "Một đơn vị không tự quản lý chính mình.")
        return values

    def values(self) -> dict[str, Any]:
        """What was typed, by the field names of `Party`."""
        found = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        if "managing_unit" in found:
            found["managing_unit_id"] = found.pop("managing_unit")
        return found


def facts_of(party: Party) -> dict[str, Any]:
    """A party's values by the names of the form's fields."""
    known = {name: getattr(party, name) for name in FIELDS if name not in ("place", "managing_unit")}
    return {**known, "place": party.place_id, "managing_unit": party.managing_unit_id}


def listed(field: Any) -> list[tuple[Any, Any]]:
    """The choices of a field as they were given: (key, label), or (head, group)."""
    return list(getattr(field, "choices", []))


def _keys(key: Any, label: Any) -> list[Any]:
    """The keys of one choice, or of a group of choices."""
    return [one for one, _ in label] if isinstance(label, list | tuple) else [key]


class DisciplineForm(BlamedForm):
    """Ghi kỷ luật: what, since when, by which paper."""

    form = forms.ChoiceField(
        label="Hình thức",
        choices=[EMPTY, *Discipline.Form.choices],
        error_messages={"required": "Cần chọn hình thức.", "invalid_choice": "Hãy chọn trong danh sách."},
    )
    since = day_field("Từ ngày")
    until = day_field(
        "Hết hiệu lực", required=False,
        help_text="Ngày cuối cùng kỷ luật còn hiệu lực; với thanh tra, điều tra, khiếu nại là ngày kết thúc việc. "
        "Để trống nếu chưa hết hoặc chưa biết.",
    )  # fmt: skip
    source = forms.CharField(
        label="Văn bản",
        max_length=200,
        help_text="Số, ngày và nơi ra văn bản.",
        error_messages={"required": "Cần ghi văn bản làm căn cứ.", "max_length": "Ghi gọn trong 200 chữ cái."},
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            self.add_error("until", "Ngày hết hiệu lực phải từ ngày bắt đầu trở đi.")
        return values
