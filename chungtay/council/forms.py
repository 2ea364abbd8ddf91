"""What the secretary types about a meeting, as plain values."""

from collections.abc import Iterable
from typing import Any

from django import forms

from chungtay.council import roll
from chungtay.council.models import Attendance, Meeting, Vote
from chungtay.records.fields import DayField
from chungtay.records.forms import BlamedForm

PRESENT, ABSENT = "present", "absent"


class ClockField(forms.TimeField):
    """A time of day typed as 08:05, 8h05 or 8 giờ 05. Gives time or None."""

    default_error_messages = {"invalid": "Ghi giờ theo dạng giờ:phút, ví dụ 08:05."}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "placeholder": "gg:pp", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs=attrs))
        super().__init__(input_formats=["%H:%M", "%Hh%M", "%H giờ %M", "%H.%M"], **kwargs)


class MeetingForm(BlamedForm):
    """Day, place and matter of a meeting."""

    title = forms.CharField(
        label="Nội dung phiên họp", max_length=200,
        help_text="In trên biên bản, ví dụ: Về việc xét, đề nghị khen thưởng đợt 1 năm 2018.",
        error_messages={"required": "Ghi nội dung phiên họp."},
    )  # fmt: skip
    held_on = DayField(label="Ngày họp", error_messages={"required": "Ghi ngày họp."})
    venue = forms.CharField(label="Địa điểm", max_length=200, error_messages={"required": "Ghi địa điểm họp."})

    @classmethod
    def of(cls, meeting: Meeting, data: Any = None) -> "MeetingForm":
        return cls(data, initial={name: getattr(meeting, name) for name in cls.base_fields})


class BeginForm(BlamedForm):
    """When the meeting began."""

    at = ClockField(label="Bắt đầu lúc", error_messages={"required": "Ghi giờ bắt đầu."})


class EndForm(BlamedForm):
    """When the meeting ended, and what it concluded beside the votes."""

    at = ClockField(label="Kết thúc lúc", error_messages={"required": "Ghi giờ kết thúc."})
    conclusion = forms.CharField(
        label="Kết luận khác", required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Kết quả từng hồ sơ đã tự ghi vào biên bản. Mỗi dòng ở đây thành một đoạn trong phần kết luận.",
    )  # fmt: skip


class AttendanceForm(BlamedForm):
    """The whole roll: there or not, and why not; who presides."""

    def __init__(self, *args: Any, rows: Iterable[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[f"present-{row.member_id}"] = forms.ChoiceField(
                label=f"{row.member.user}, {row.member.get_office_display()}", required=False,
                choices=[(PRESENT, "Có mặt"), (ABSENT, "Vắng")], widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[f"reason-{row.member_id}"] = forms.CharField(
                label=f"Lý do vắng của {row.member.user}", max_length=200, required=False
            )
        self.fields["presider"] = forms.ChoiceField(
            label="Người chủ trì", required=False,
            choices=[("", "Chọn một thành viên có mặt"), *((row.member_id, str(row.member)) for row in self.rows)],
        )  # fmt: skip

    def lines(self) -> list[dict[str, Any]]:
        """Each member with the two fields, for the page."""
        return [
            {
                "row": row,
                "present": self[f"present-{row.member_id}"],
                "reason": self[f"reason-{row.member_id}"],
            }
            for row in self.rows
        ]

    @property
    def marks(self) -> dict[int, roll.Mark]:
        """Only the members of whom something was said."""
        told = {row.member_id: self.cleaned_data[f"present-{row.member_id}"] for row in self.rows}
        return {
            member_id: roll.Mark(said == PRESENT, self.cleaned_data[f"reason-{member_id}"])
            for member_id, said in told.items()
            if said
        }

    @property
    def presider(self) -> int | None:
        chosen = self.cleaned_data["presider"]
        return int(chosen) if chosen else None


class HandsForm(BlamedForm):
    """The hands of all members at once; those who voted already are not asked again."""

    def __init__(self, *args: Any, table: roll.Roll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_lines = table.open_to_record
        for line in self.open_lines:
            self.fields[f"vote-{line.member.pk}"] = forms.ChoiceField(
                label=line.name, choices=Vote.Choice.choices, required=False, widget=forms.RadioSelect
            )
            if not line.is_present:
                self.fields[f"written-{line.member.pk}"] = forms.BooleanField(
                    label=f"{line.name} vắng mặt, đã gửi ý kiến bằng văn bản", required=False
                )

    def lines(self) -> list[dict[str, Any]]:
        """Each member with the fields, for the page."""
        return [
            {
                "line": line,
                "vote": self[f"vote-{line.member.pk}"],
                "written": None if line.is_present else self[f"written-{line.member.pk}"],
            }
            for line in self.open_lines
        ]

    @property
    def votes(self) -> dict[int, str]:
        """Member id to choice, of those who chose."""
        told = {line.member.pk: self.cleaned_data[f"vote-{line.member.pk}"] for line in self.open_lines}
        return {member_id: choice for member_id, choice in told.items() if choice}

    @property
    def written(self) -> set[int]:
        """Ids of absent members whose opinion came in writing."""
        return {line.member.pk for line in self.open_lines if self.cleaned_data.get(f"written-{line.member.pk}")}


def _ballots(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=999, help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Ghi số phiếu, không có thì ghi 0.", "invalid": "Ghi một số."},
    )  # fmt: skip


class CountForm(BlamedForm):
    """The tellers' count of a secret ballot."""

    issued = _ballots("Số phiếu phát ra", "Kể cả phiếu gửi lấy ý kiến thành viên vắng.")
    written = _ballots("Trong đó gửi thành viên vắng", "Phiếu của người vắng bỏ chung vào hòm phiếu.")
    yes = _ballots("Phiếu đồng ý")
    no = _ballots("Phiếu không đồng ý")
    blank = _ballots("Phiếu trắng, phiếu không hợp lệ")
    missing = _ballots("Phiếu không thu về")
    teller_1 = forms.CharField(
        label="Người kiểm phiếu thứ nhất", max_length=120, error_messages={"required": "Ghi họ tên người kiểm phiếu."}
    )
    teller_2 = forms.CharField(
        label="Người kiểm phiếu thứ hai", max_length=120, error_messages={"required": "Ghi họ tên người kiểm phiếu."}
    )

    @classmethod
    def of(cls, kept: roll.Count | None, data: Any = None) -> "CountForm":
        initial: dict[str, Any] = {}
        if kept is not None:
            initial = {name: getattr(kept, name) for name in ("issued", "written", "yes", "no", "blank", "missing")}
            initial |= {f"teller_{n}": teller for n, teller in enumerate(kept.tellers, start=1)}
        return cls(data, initial=initial)

    @property
    def count(self) -> roll.Count:
        numbers = {name: self.cleaned_data[name] for name in ("issued", "written", "yes", "no", "blank", "missing")}
        return roll.Count(**numbers, tellers=(self.cleaned_data["teller_1"], self.cleaned_data["teller_2"]))


class ResultForm(BlamedForm):
    """What the secretary adds when closing a result."""

    discussion = forms.CharField(
        label="Ý kiến thảo luận", required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi vào biên bản, ngay dưới hồ sơ này.",
    )  # fmt: skip
    silent_ok = forms.BooleanField(
        label="Đã chờ; những thành viên có mặt chưa biểu quyết không biểu quyết", required=False,
        help_text="Họ vẫn nằm trong tổng số để tính tỷ lệ.",
    )  # fmt: skip


class RecusalForm(BlamedForm):
    """Who leaves this vote, and why."""

    member = forms.ChoiceField(label="Thành viên", error_messages={"required": "Chọn một thành viên."})
    reason = forms.CharField(
        label="Lý do không tham gia", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi lý do."},
    )  # fmt: skip

    def __init__(self, *args: Any, table: roll.Roll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(line.member.pk): line.member for line in table.open_to_record}
        self.fields["member"].choices = [  # type: ignore[attr-defined]
            ("", "Chọn một thành viên"), *((key, str(member)) for key, member in self.by_id.items())
        ]  # fmt: skip
