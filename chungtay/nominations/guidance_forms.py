"""What the Council's secretary types of the Council's guidance for a round."""

from typing import Any

from django import forms

from chungtay.law.awards import Payee
from chungtay.movements.plan import Plan
from chungtay.nominations.guidance import Guidance
from chungtay.nominations.guiding import Told
from chungtay.records.fields import DayField
from chungtay.records.forms import BlamedForm


class GuidanceForm(BlamedForm):
    """The text, the scale, a weight for each criterion and a number for each award; empty means that none was set."""

    number = forms.CharField(label="Số, ký hiệu", max_length=60, help_text="Ví dụ: 05/HD-HĐTĐKT")
    issued_on = DayField(label="Ngày ban hành")
    source = forms.CharField(label="Tên văn bản, nơi ban hành", max_length=300)
    scale = forms.IntegerField(
        label="Thang điểm của mỗi tiêu chuẩn",
        min_value=1,
        max_value=100,
        initial=10,
        help_text="Thường là 10 hoặc 100.",
    )

    def __init__(self, *args: Any, plan: Plan, guidance: Guidance | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial(guidance))
        super().__init__(*args, **kwargs)
        self.plan = plan
        for criterion in _criteria(plan):
            self.fields[f"weight-{criterion.id}"] = forms.IntegerField(
                label=criterion.question, min_value=1, max_value=100, required=False
            )
        for award in plan.awards:
            for payee in ("", *award.payees):
                label = f"{award.title}, {Payee(payee).label}" if payee else f"{award.title}, tất cả"
                self.fields[f"most-{award.id}-{payee}"] = forms.IntegerField(label=label, min_value=0, required=False)

    def weight_rows(self) -> list[dict[str, Any]]:
        """Each criterion with the field for its weight."""
        return [{"criterion": one, "field": self[f"weight-{one.id}"]} for one in _criteria(self.plan)]

    def quota_rows(self) -> list[Any]:
        """The fields of the numbers."""
        return [self[name] for name in self.fields if name.startswith("most-")]

    @property
    def told(self) -> Told:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        weights = {name.removeprefix("weight-"): data[name] for name in self.fields if name.startswith("weight-")}
        quotas = {
            (award, payee): data[name]
            for name in self.fields
            if name.startswith("most-")
            for award, _, payee in (name.removeprefix("most-").partition("-"),)
        }
        return Told(
            data["number"],
            data["issued_on"],
            data["source"],
            data["scale"],
            {criterion: weight for criterion, weight in weights.items() if weight is not None},
            {key: most for key, most in quotas.items() if most is not None},
        )


def initial(guidance: Guidance | None) -> dict[str, Any]:
    """The guidance as the form's first values."""
    if guidance is None:
        return {}
    told: dict[str, Any] = {name: getattr(guidance, name) for name in ("number", "issued_on", "source", "scale")}
    told |= {f"weight-{criterion}": weight for criterion, weight in guidance.weights.items()}
    return told | {f"most-{one.award}-{one.payee}": one.most for one in guidance.quotas.all()}


def _criteria(plan: Plan) -> list[Any]:
    of_contents = [own for content in plan.contents for own in content.criteria]
    return [*plan.general_criteria, *of_contents, *(own for award in plan.awards for own in award.criteria)]
