"""What is typed about a decision."""

from collections.abc import Sequence
from typing import Any

from django import forms

from chungtay.nominations.models import Dossier
from chungtay.records.forms import BlamedForm


class DraftForm(BlamedForm):
    """Which recommended dossiers go under one number."""

    title = forms.CharField(
        label="Trích yếu",
        max_length=300,
        help_text="Ví dụ: Về việc tặng Bằng khen của Chủ tịch UBND tỉnh.",
        error_messages={"required": "Ghi trích yếu của quyết định."},
    )
    dossiers = forms.MultipleChoiceField(
        label="Hồ sơ đưa vào quyết định",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một hồ sơ."},
    )

    def __init__(self, *args: Any, waiting: Sequence[Dossier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {str(dossier.pk): dossier for dossier in waiting}
        choices = [(key, f"{d.code} · {d.party_name} · {d.unit.name}") for key, d in self.waiting.items()]
        self.fields["dossiers"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Dossier]:
        return [self.waiting[key] for key in self.cleaned_data["dossiers"]]


class SignForm(BlamedForm):
    """One box for each assumed value that the decision rests on: the signer accepts each by name."""

    def __init__(self, *args: Any, assumed: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assumed = list(assumed)
        for n, sentence in enumerate(self.assumed):
            self.fields[f"accept-{n}"] = forms.BooleanField(label=f"Tôi biết và chấp nhận: {sentence}", required=False)

    @property
    def accepted(self) -> set[str]:
        return {sentence for n, sentence in enumerate(self.assumed) if self.cleaned_data.get(f"accept-{n}")}


class CorrectForm(BlamedForm):
    """Đính chính: the right name, and why."""

    new_name = forms.CharField(label="Tên đúng", max_length=250, required=False)
    reason = forms.CharField(label="Lý do", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class WithdrawForm(BlamedForm):
    """Thu hồi: why."""

    reason = forms.CharField(
        label="Lý do thu hồi", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
