"""The dossier's timeline: every act of the journal in words a clerk would use."""

from dataclasses import dataclass
from datetime import date

from chungtay.law.procedure import STEPS
from chungtay.nominations.models import Dossier
from chungtay.records import journal
from chungtay.records.models import Entry

OTHER_ACTS = {
    "open_dossier": "đã lập hồ sơ",
    "save_dossier": "đã sửa hồ sơ",
    "add_evidence": "đã thêm giấy tờ",
    "remove_evidence": "đã bỏ giấy tờ",
    "judge": "đã nhận xét tiêu chuẩn",
    "override": "đã ghi lý do bỏ qua một cảnh báo",
    "save_guidance": "đã ghi hướng dẫn của Hội đồng",
    "list_item": "đã đưa vào chương trình họp Hội đồng",
    "unlist_item": "đã bỏ khỏi chương trình họp",
    "open_item": "đã mở biểu quyết tại phiên họp",
    "defer_item": "Hội đồng để lại phiên sau",
}
QUIET = frozenset({"save_dossier", "add_evidence", "remove_evidence"})
TONES = {
    "send_back": "wait",
    "refuse": "no",
    "decline": "no",
    "revoke": "no",
    "record_denial": "no",
    "retract_answer": "wait",
    "record_grant": "honour",
    "decide": "honour",
    "receive": "ok",
    "recommend": "ok",
    "appraise": "ok",
}


@dataclass(frozen=True)
class Act:
    """One line of the timeline."""

    who: str
    desk: str
    when: str
    sentence: str
    note: str = ""
    tone: str = "neutral"


def sentence(entry: Entry) -> str:
    """The act as a clerk tells it."""
    told = STEPS[entry.act][0].done if entry.act in STEPS else OTHER_ACTS.get(entry.act, entry.act)
    return told[:1].upper() + told[1:]


def of(dossier: Dossier) -> list[Act]:
    """Newest first; runs of the same quiet act by the same person on one day are told once."""
    acts: list[Act] = []
    last: tuple[str, str, date] | None = None
    for entry in journal.of(dossier):
        mark = (entry.act, entry.actor, entry.on)
        if entry.act in QUIET and mark == last:
            continue
        last = mark
        acts.append(
            Act(
                entry.actor,
                entry.desk,
                f"{entry.on:%d/%m/%Y}",
                sentence(entry),
                _note(entry),
                TONES.get(entry.act, "neutral"),
            )
        )
    return acts[::-1]


def _note(entry: Entry) -> str:
    told = [value.value for value in entry.values.all() if value.name in ("reason", "opinion")]
    body = entry.body
    if entry.act == "receive":
        told.append(f"Mã {body['code']}, hẹn trả {date.fromisoformat(body['promised_on']):%d/%m/%Y}")
    for name in ("reason", "meeting", "decision", "letter"):
        if body.get(name):
            told.append(str(body[name]))
    return ". ".join(told)
