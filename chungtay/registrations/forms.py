"""What people type to register, and what the plan lets them choose."""

from datetime import date
from typing import Any

from django import forms

from chungtay.accounts.models import Seat
from chungtay.movements.models import Movement
from chungtay.movements.plan import Content, Plan
from chungtay.parties.forms import EMPTY, PartyForm
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.places.scope import scope_of
from chungtay.records.forms import BlamedForm
from chungtay.registrations.actions import Wish, own_wish_content
from chungtay.registrations.models import Registration

STILL_POOR = (Registration.HouseholdClass.POOR, Registration.HouseholdClass.NEAR_POOR)


def movements_for(seat: Seat, on: date) -> list[Movement]:
    """The movements of the seat's province, those that run on that day first."""
    found = Movement.objects.select_related("place").prefetch_related("plans").order_by("code")
    here = [one for one in found if scope_of(one.place, on=on).covers(seat.desk.body.area_path)]
    return sorted(here, key=lambda one: on not in one.plan_on(on).plan.period)


def content_label(content: Content) -> str:
    """A content as people speak of it: "a) Hộ gia đình vượt khó vươn lên thoát nghèo"."""
    return f"{content.letter}) {content.title}"


def span_choices(plan: Plan) -> list[tuple[str, str]]:
    """The years of the movement, and the whole phase, as far as the plan allows each."""
    since, until = plan.period.since.year, plan.period.until.year
    years = (
        [(str(year), f"Năm {year}") for year in range(since, until + 1)] if "year" in plan.registration.spans else []
    )
    whole = [(str(Registration.WHOLE_PHASE), f"Cả giai đoạn {since}-{until}")]
    return [*years, *(whole if "phase" in plan.registration.spans else [])]


class YearField(forms.TypedChoiceField):
    """A year of the movement, or its whole phase."""

    def __init__(self) -> None:
        super().__init__(label="Đăng ký cho", coerce=int, error_messages={
            "required": "Cần chọn năm hoặc cả giai đoạn.",
            "invalid_choice": "Năm này ở ngoài giai đoạn của phong trào.",
        })  # fmt: skip

    def offer(self, plan: Plan, on: date) -> None:
        """Offer what the plan allows; the year of `on` is chosen from the start."""
        self.choices = span_choices(plan)
        years = [key for key, _ in span_choices(plan)]
        self.initial = str(on.year) if str(on.year) in years else years[-1]


class ClassField(forms.ChoiceField):
    """The household's class by the commune's list of the year."""

    def __init__(self, offered: tuple[Registration.HouseholdClass, ...], *, required: bool = True) -> None:
        super().__init__(
            label="Diện hộ", widget=forms.RadioSelect, required=required,
            choices=[(one.value, one.label) for one in offered],
            help_text="Theo danh sách hộ nghèo, hộ cận nghèo của xã.",
            error_messages={"required": "Cần chọn diện hộ.", "invalid_choice": "Hãy chọn diện hộ trong danh sách."},
        )  # fmt: skip


class PledgeField(forms.CharField):
    """What is promised."""

    def __init__(self) -> None:
        super().__init__(
            label="Nội dung cam kết", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Làm gì, làm bằng cách nào, đến khi nào xong.",
            error_messages={"max_length": "Ghi gọn trong 2.000 chữ cái."},
        )  # fmt: skip


class RegistrationForm(BlamedForm):
    """Đăng ký thi đua of one party: a content that the plan opens to its kind (KH II.2), and for when."""

    content = forms.ChoiceField(label="Nội dung thi đua", widget=forms.RadioSelect, error_messages={
        "required": "Cần chọn nội dung thi đua.",
        "invalid_choice": "Kế hoạch không mở nội dung này cho loại đối tượng này.",
    })  # fmt: skip
    year = YearField()
    household_class = ClassField(tuple(Registration.HouseholdClass), required=False)
    pledge = PledgeField()

    def __init__(self, *args: Any, party: Party, movement: Movement, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.movement, plan = movement, movement.plan_on(on).plan
        content, year = self.fields["content"], self.fields["year"]
        contents = plan.contents_for(party.kind)
        if isinstance(content, forms.ChoiceField):
            content.choices = [(one.id, content_label(one)) for one in contents]
            content.initial = contents[0].id if len(contents) == 1 else None
        if isinstance(year, YearField):
            year.offer(plan, on)
        if party.kind != PartyKind.HOUSEHOLD:
            del self.fields["household_class"]

    def wish(self) -> Wish:
        """What was typed, for the action."""
        said = self.cleaned_data
        return Wish(
            self.movement, said["content"], said["year"], household_class=said.get("household_class", ""),
            pledge=said["pledge"],
        )  # fmt: skip


class _OwnWish(BlamedForm):
    """Tự nguyện đăng ký thoát nghèo: the three questions put to every household."""

    household_class = ClassField(STILL_POOR)
    year = YearField()
    pledge = PledgeField()
    movement: Movement
    content: str

    def ask(self, movement: Movement, on: date) -> None:
        """Let the plan say for which years, and under which content."""
        plan = movement.plan_on(on).plan
        found = own_wish_content(plan)
        self.movement, self.content = movement, found.id if found is not None else ""
        year = self.fields["year"]
        if isinstance(year, YearField):
            year.offer(plan, on)

    def wish(self) -> Wish:
        """What was typed, for the action."""
        said = self.cleaned_data
        return Wish(
            self.movement, self.content, said["year"], kind=Registration.Kind.LEAVE_POVERTY.value,
            household_class=said["household_class"], pledge=said["pledge"],
        )  # fmt: skip


class KnownHouseholdForm(_OwnWish):
    """For a household that is in the register."""

    def __init__(self, *args: Any, movement: Movement, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ask(movement, on)


class NewHouseholdForm(_OwnWish, PartyForm):
    """For a household that is not yet: who it is, in the same step."""

    kind = None  # type: ignore[assignment]
    address = None  # type: ignore[assignment]
    managing_unit = None  # type: ignore[assignment]
    post = None  # type: ignore[assignment]
    is_leader = None  # type: ignore[assignment]
    gender = None  # type: ignore[assignment]
    ethnicity = None  # type: ignore[assignment]
    field_order = ("name", "place", "hamlet", "birth_year", "id_number", "phone", "household_class", "year", "pledge")

    def __init__(self, *args: Any, seat: Seat, movement: Movement, on: date, **options: Any) -> None:
        super().__init__(*args, seat=seat, on=on, **options)
        self.fields["name"].label = "Họ và tên chủ hộ"
        self.fields["name"].help_text = ""
        self.fields["birth_year"].help_text = ""
        self.ask(movement, on)

    def household(self) -> Party:
        """The household as typed, not yet in the register; its desk's body manages it."""
        return Party(kind=PartyKind.HOUSEHOLD.value, managing_unit_id=self.seat.body_id, **self.values())


class ManyForm(BlamedForm):
    """Đăng ký cho nhiều hộ: one content and one span for all that are ticked; the class of each beside its name."""

    content = forms.ChoiceField(label="Nội dung thi đua", error_messages={
        "required": "Cần chọn nội dung thi đua.", "invalid_choice": "Kế hoạch không mở nội dung này cho hộ gia đình.",
    })  # fmt: skip
    year = YearField()
    kind = forms.ChoiceField(label="Hình thức", choices=Registration.Kind.choices, error_messages={
        "required": "Cần chọn hình thức.", "invalid_choice": "Hãy chọn hình thức trong danh sách.",
    })  # fmt: skip
    household_class = forms.ChoiceField(
        label="Diện hộ chung",
        choices=[EMPTY, *Registration.HouseholdClass.choices],
        required=False,
        help_text="Dùng cho hộ chưa chọn diện riêng ở bảng dưới.",
    )

    def __init__(self, *args: Any, movement: Movement, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.movement, plan = movement, movement.plan_on(on).plan
        content, year = self.fields["content"], self.fields["year"]
        if isinstance(content, forms.ChoiceField):
            content.choices = [(one.id, content_label(one)) for one in plan.contents_for(PartyKind.HOUSEHOLD)]
        if isinstance(year, YearField):
            year.offer(plan, on)

    def wish(self) -> Wish:
        """What is wished for all."""
        said = self.cleaned_data
        return Wish(
            self.movement, said["content"], said["year"], kind=said["kind"], household_class=said["household_class"]
        )


class WithdrawForm(BlamedForm):
    """Rút đăng ký."""

    reason = forms.CharField(
        label="Lý do rút",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Cần ghi lý do rút.", "max_length": "Ghi gọn trong 300 chữ cái."},
    )
