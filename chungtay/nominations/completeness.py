"""What a dossier still lacks before it can be handed in: all of it at once, each at its own field (KH IV.4.1)."""

from datetime import date

from chungtay.law import procedure
from chungtay.law.procedure import State
from chungtay.law.refusals import Reason
from chungtay.movements.plan import Plan
from chungtay.nominations.models import Dossier

LEAST_REPORT = 100
LEAST_REASON = 15
LEAST_OVERRIDE = 40
REPORT = "report"


def least_reason(plan: Plan, criterion_id: str) -> int:
    """How many letters the reason of a judgement needs: the plan's number for the criterion, or the house's."""
    return plan.criterion(criterion_id).min_reason or LEAST_REASON


def required_papers(dossier: Dossier) -> list[procedure.Paper]:
    """The papers of one set, by the plan of the dossier's round; the number of sets beside each (KH IV.4.1, IV.4.2)."""
    plan = dossier.round.plan_version.plan
    award = plan.award(dossier.award)
    return [procedure.Paper(p.id, p.title, p.clause, award.sets) for p in plan.papers_for(dossier.award)]


def papers_present(dossier: Dossier) -> set[str]:
    """Ids of the papers that are there: files that were not removed; the report also when it is written here."""
    present = {e.paper for e in dossier.evidence.all() if e.paper and e.removed_on is None}
    if len(dossier.report.strip()) >= LEAST_REPORT:
        present.add(REPORT)
    return present


def missing(dossier: Dossier, *, on: date) -> list[Reason]:
    """Everything missing, in the order of the form. Empty when the dossier can be handed in on that day."""
    plan = dossier.round.plan_version.plan
    found: list[Reason] = []

    def lacks(text: str, clause: str, field: str) -> None:
        found.append(Reason(text, clause, field))

    was_returned = dossier.at is State.RETURNED or dossier.notes.exists()
    if not was_returned and not dossier.round.is_open(on):
        closes = f"{dossier.round.closes:%d/%m/%Y}"
        lacks(f"Đợt xét này không nhận hồ sơ hôm nay (nhận đến hết {closes}).", "KH III.5", "round")
    if not dossier.party_name.strip():
        lacks("Chưa ghi tên in trên bằng.", "KH IV.4.1", "party_name")
    if dossier.period_from is None or dossier.period_to is None:
        lacks("Chưa ghi thành tích từ ngày nào đến ngày nào.", "KH IV.1", "period_from")
    elif dossier.period_from < plan.period.since or dossier.period_to > plan.period.until:
        since, until = f"{plan.period.since:%d/%m/%Y}", f"{plan.period.until:%d/%m/%Y}"
        lacks(f"Thời gian lập thành tích phải trong phong trào: {since} đến {until}.", "KH I.2.a", "period_from")
    elif dossier.period_to > on:
        lacks("Thành tích không thể tính đến một ngày ở tương lai.", "KH IV.1", "period_to")
    if not dossier.achievements.all():
        lacks("Chưa kể việc nào đã làm.", "KH IV.1.2", "achievements")
    if not dossier.summary.strip():
        lacks("Chưa có câu tóm tắt thành tích để in trên bằng.", "KH IV.4.1", "summary")
    present = papers_present(dossier)
    for paper in procedure.missing_papers(required_papers(dossier), present):
        if paper.id == REPORT:
            lacks(
                f"Báo cáo thành tích viết ở đây cần ít nhất {LEAST_REPORT} ký tự, hoặc nộp tệp.", paper.clause, REPORT
            )
        else:
            lacks(f"Chưa có {paper.label}.", paper.clause, paper.id)
    lacks_notes = dossier.notes.filter(answered_on__isnull=True)
    found.extend(Reason(f"Chưa sửa theo yêu cầu: {note.text}", "KH IV.4.3", note.field) for note in lacks_notes)
    return found
