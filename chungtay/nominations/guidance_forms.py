"""What the Council's secretary types of the Council's guidance for a round."""

from typing import Any

from django import forms

from chungtay.law.awards import Payee
from chungtay.movements.plan import Plan
from chungtay.nominations.guidance import Guidance
from chungtay.nominations.guiding import Told
from chungtay.records.fields import DayField, WholeField
from chungtay.records.forms import BlamedForm

MOST = 1_000_000
"""Awards of one form in one round; more is a slip of the hand."""


class GuidanceForm(BlamedForm):
    """The text, the scale, a weight for each criterion and a number for each award; empty means that none was set."""

    number = forms.CharField(
        label="Số, ký hiệu",
        max_length=60,
        help_text="Ví dụ: 05/HD-HĐTĐKT",
        error_messages={"required": "Ghi số, ký hiệu của văn bản."},
    )
    issued_on = DayField(label="Ngày ban hành", error_messages={"required": "Ghi ngày ban hành."})
    source = forms.CharField(
        label="Tên văn bản, nơi ban hành", max_length=300, error_messages={"required": "Ghi tên văn bản, nơi ban hành."}
    )
    scale = WholeField(
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
            self.fields[f"weight-{criterion.id}"] = WholeField(
                label=criterion.question, min_value=1, max_value=100, required=False
            )
        for award in plan.awards:
            for payee in ("", *award.payees):
                label = f"{award.title}, {Payee(payee).label}" if payee else f"{award.title}, tất cả"
                self.fields[f"most-{award.id}-{payee}"] = WholeField(label=label, max_value=MOST, required=False)

    def weight_groups(self) -> list[dict[str, Any]]:
        """The criteria with the fields for their weights, under the heads that the plan has them."""
        groups = [
            (
                head,
                [{"field": self[f"weight-{one.id}"], "label": one.question, "clause": one.clause} for one in criteria],
            )
            for head, criteria in _groups(self.plan)
        ]
        return [_group(head, rows) for head, rows in groups if rows]

    def quota_groups(self) -> list[dict[str, Any]]:
        """The fields of the numbers, by award."""
        found = []
        for award in self.plan.awards:
            kinds = [("", "Tất cả"), *((payee, Payee(payee).label.capitalize()) for payee in award.payees)]
            rows = [
                {"field": self[f"most-{award.id}-{payee}"], "label": label, "clause": ""} for payee, label in kinds
            ]  # fmt: skip
            found.append(_group(award.title, rows))
        return found

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


def _group(head: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Fields under a head, which may not be folded away where there is something in one of them or wrong with it."""
    is_open = any(row["field"].errors or row["field"].value() not in (None, "") for row in rows)
    return {"head": head, "rows": rows, "is_open": is_open}


def _groups(plan: Plan) -> list[tuple[str, list[Any]]]:
    of_contents = [(f"{one.letter}) {one.title}", list(one.criteria)) for one in plan.contents]
    of_awards = [(f"Riêng {one.title}", list(one.criteria)) for one in plan.awards]
    return [("Tiêu chuẩn chung", list(plan.general_criteria)), *of_contents, *of_awards]


def _criteria(plan: Plan) -> list[Any]:
    return [criterion for _, criteria in _groups(plan) for criterion in criteria]
