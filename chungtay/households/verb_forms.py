"""The short forms of what happens to a household: who, why, when, where to."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from chungtay.households import actions
from chungtay.households.forms import EMPTY, HAMLET_LIST, RELATIONS, HomeForm, day_field
from chungtay.households.household_form import HouseholdForm
from chungtay.households.models import Household, Member
from chungtay.places.models import Level, Place

HEAD = Member.Relation.HEAD


def _who(members: Sequence[Member]) -> list[tuple[str, str]]:
    """Members as choices: name, what they are to the head, year of birth."""
    return [
        (str(one.pk), f"{one.name} ({one.get_relation_display().lower()}, sinh {one.birth_year})") for one in members
    ]


def _pick(label: str, choices: Sequence[tuple[str, str]], *, hint: str = "", empty: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[EMPTY, *choices] if empty else choices, required=False, help_text=hint,
        error_messages={"invalid_choice": "Hãy chọn trong danh sách."},
    )  # fmt: skip


def _note() -> forms.CharField:
    return forms.CharField(label="Ghi chú", max_length=200, required=False,
                           error_messages={"max_length": "Ghi gọn trong 200 chữ cái."})  # fmt: skip


class VerbForm(HouseholdForm):
    """A form about the people of one household."""

    def __init__(self, *args: Any, members: Sequence[Member], on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_key = {str(one.pk): one for one in members}
        self.build(members, on)

    def build(self, members: Sequence[Member], on: date) -> None:
        """Add the fields that depend on who lives in the household; none for a form that asks nothing of them."""

    def member(self, name: str) -> Member | None:
        """The member that was chosen in the field `name`, if any."""
        return self.by_key.get(self.cleaned_data.get(name) or "")


class LeaveForm(VerbForm):
    """Bớt một người; the head's leaving asks who leads the household from now on."""

    def __init__(self, *args: Any, who: Member, **options: Any) -> None:
        self.who = who
        super().__init__(*args, **options)

    def build(self, members: Sequence[Member], on: date) -> None:
        reasons = [(key, label) for key, label in Member.Left.choices if key in actions.KIND_OF_LEAVING]
        self.fields["why"] = forms.ChoiceField(
            label="Lý do", choices=reasons, widget=forms.RadioSelect,
            error_messages={"required": "Hãy chọn lý do rời hộ.", "invalid_choice": "Hãy chọn trong danh sách."},
        )  # fmt: skip
        self.fields["day"] = day_field(on)
        rest = [one for one in members if one.pk != self.who.pk]
        if self.who.relation == HEAD and rest:
            hint = f"{self.who.name} là chủ hộ, nên cần chọn người thay."
            self.fields["new_head"] = _pick("Chủ hộ mới", _who(rest), hint=hint)
        self.fields["note"] = _note()


class HeadForm(VerbForm):
    """Đổi chủ hộ."""

    def build(self, members: Sequence[Member], on: date) -> None:
        others = [one for one in members if one.relation != HEAD]
        self.fields["new_head"] = _pick("Chủ hộ mới", _who(others))
        self.fields["day"] = day_field(on)


class SplitForm(VerbForm, HomeForm):
    """Tách hộ: who goes, who leads them, who leads those who stay, and where the new household lives."""

    may_be_empty = HomeForm.may_be_empty | {"new_head"}

    def build(self, members: Sequence[Member], on: date) -> None:
        self.fields["members"] = forms.MultipleChoiceField(
            label="Những người tách ra", choices=_who(members), required=False, widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Có người không còn ở trong hộ này."},
        )  # fmt: skip
        self.fields["head"] = _pick("Chủ hộ của hộ mới", _who(members), hint="Một trong những người tách ra.")
        stay = "Chỉ chọn khi chủ hộ hiện nay cũng tách ra."
        self.fields["new_head"] = _pick("Chủ hộ của những người ở lại", _who(members), hint=stay)
        self.fields["day"] = day_field(on)
        if not self.initial.get("left_unnamed"):
            del self.fields["unnamed"]
        else:
            self.fields["unnamed"].label = "Số nhân khẩu chưa ghi tên cùng tách ra"
        self.order_fields(["members", "head", "new_head", "day", "hamlet", "address", "unnamed"])

    def chosen(self) -> list[Member]:
        """Those who go."""
        return [self.by_key[key] for key in self.cleaned_data.get("members", [])]


class MergeForm(VerbForm):
    """Nhập hộ: what each one is to the head of the other household."""

    def build(self, members: Sequence[Member], on: date) -> None:
        for one in members:
            field = _pick(f"{one.name} là gì với chủ hộ mới", RELATIONS, empty=False)
            field.initial = Member.Relation.OTHER.value
            self.fields[f"relation-{one.pk}"] = field
        self.fields["day"] = day_field(on)

    def relations(self) -> dict[int, str]:
        return {int(key): self.cleaned_data.get(f"relation-{key}", "") for key in self.by_key}


class MoveForm(HouseholdForm):
    """Chuyển chỗ ở: another hamlet, or another commune of the province."""

    place = forms.TypedChoiceField(
        label="Xã, phường, thị trấn", coerce=int,
        error_messages={"required": "Hãy chọn nơi đến.", "invalid_choice": "Hãy chọn trong danh sách."},
    )  # fmt: skip
    hamlet = forms.CharField(label="Ấp, khu phố", max_length=120, required=False,
                             widget=forms.TextInput(attrs={"list": HAMLET_LIST, "autocomplete": "off"}))  # fmt: skip
    address = forms.CharField(label="Địa chỉ", max_length=250, required=False,
                              help_text="Tổ, số nhà, đường; không có thì để trống.")  # fmt: skip

    def __init__(self, data: Any = None, *, household: Household, on: date) -> None:
        super().__init__(data, initial={"place": household.place_id})
        field = self.fields["place"]
        if isinstance(field, forms.ChoiceField):
            field.choices = communes(household.place, on)
        self.fields["day"] = day_field(on)
        self.household = household

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        place, home = values.get("place"), self.household
        here = place == home.place_id
        self.ask_about_hamlet(place, but=home.hamlet if here else "", offers=here)
        return values


class CloseForm(HouseholdForm):
    """Đưa hộ ra khỏi sổ."""

    why = forms.ChoiceField(
        label="Lý do", widget=forms.RadioSelect,
        choices=[(key, label) for key, label in Household.Closed.choices if key in actions.LEFT_BY_CLOSING],
        error_messages={"required": "Hãy chọn lý do ra khỏi sổ.", "invalid_choice": "Hãy chọn trong danh sách."},
    )  # fmt: skip

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["day"] = day_field(on)
        self.fields["note"] = _note()


class ReopenForm(HouseholdForm):
    """Ghi lại vào sổ một hộ đã đưa ra nhầm."""

    may_be_empty = frozenset()
    note = forms.CharField(label="Vì sao ghi lại", max_length=200, required=False,
                           error_messages={"max_length": "Ghi gọn trong 200 chữ cái."})  # fmt: skip


class LinkForm(HouseholdForm):
    """Nối với đối tượng thi đua: which one is said by the button that was pressed."""


class UnlinkForm(HouseholdForm):
    """Gỡ một lần nối nhầm."""

    may_be_empty = frozenset()
    note = forms.CharField(label="Vì sao gỡ", max_length=200, required=False,
                           error_messages={"max_length": "Ghi gọn trong 200 chữ cái."})  # fmt: skip


def communes(here: Place, on: date) -> list[Any]:
    """Every commune of `on` under its district, as choices; `here` stays even if it is no more."""
    above = Place.objects.as_of(on).exclude(level=Level.COMMUNE)
    names = {row.pk: row.version.full_name for row in above}
    rows = list(Place.objects.communes(on))
    groups: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        parent = names.get(row.version.parent_id or 0, "")
        groups.setdefault(parent, []).append((row.pk, row.version.full_name))
    if here.pk not in {row.pk for row in rows}:
        groups.setdefault("", []).append((here.pk, str(here)))
    return list(groups.items())
