"""One step of the table: whoever finds state and version unchanged wins, and the journal tells it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chungtay.accounts.models import Seat
from chungtay.law import procedure
from chungtay.law.procedure import PROPOSING, State
from chungtay.law.refusals import Refused
from chungtay.nominations.models import Dossier, waiting_desk
from chungtay.records import journal, versions


def step_of(dossier: Dossier, name: str, by: Seat, on: date) -> procedure.Step:
    """The step of the table for this seat. Refused also when the dossier lies outside the seat's area."""
    award = dossier.round.plan_version.plan.award(dossier.award)
    need_in_sight(dossier, by, on)
    return procedure.step(name, desk=by.kind, state=dossier.at, state_award=award.level == "state")


def move(
    dossier: Dossier,
    name: str,
    *,
    by: Seat,
    on: date,
    version: int | None = None,
    body: Mapping[str, Any] | None = None,
    personal: Mapping[str, str] | None = None,
    **changes: Any,
) -> Dossier:
    """Take one step of the table: whoever finds state and version unchanged wins, the other gets `Conflict`."""
    step = step_of(dossier, name, by, on)
    before = dossier.at
    versions.guarded_update(
        dossier,
        version=version,
        where={"state": before.value},
        state=step.to_state.value,
        state_since=on,
        waits_for=waiting_desk(step.to_state),
        **changes,
    )
    told = {"from": before.value, "to": step.to_state.value, **(body or {})}
    journal.record(name, by=by, on=on, noun=dossier, body=told, personal=personal)
    return dossier


def need_in_sight(dossier: Dossier, by: Seat, on: date) -> None:
    if by.kind not in PROPOSING and not by.scope(on).covers(dossier.area_path):
        raise Refused.because("Hồ sơ này ở ngoài địa bàn của bàn làm việc này.", clause="KH V.5")


def need_own(dossier: Dossier, by: Seat) -> None:
    if by.kind not in PROPOSING or by.body_id != dossier.unit_id:
        raise Refused.because("Chỉ đơn vị đã lập hồ sơ làm được việc này.", clause="KH IV.4.1")


def need_editable(dossier: Dossier) -> None:
    if dossier.at not in (State.DRAFT, State.RETURNED):
        raise Refused.because(f"Hồ sơ đang ở “{dossier.at.label}”, không sửa được.", clause="KH IV.4.3")
