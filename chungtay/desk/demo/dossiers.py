"""The ordinary way of every dossier, from its opening to the Board's opinion, as `cases` tells the days."""

from datetime import date
from functools import partial
from typing import Any

from chungtay.desk.demo import confirmed_gifts, specimens
from chungtay.desk.demo.case import Case
from chungtay.desk.demo.cases import CASES
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.people import PROVINCE, hamlet_of
from chungtay.desk.demo.province import Demo
from chungtay.desk.demo.stories import OPINION, REASONS, STILL_CONSIDERED, STORIES
from chungtay.nominations import actions, checklist
from chungtay.nominations.models import Dossier
from chungtay.parties.models import Party
from chungtay.places.kinds import Level

LEFT_UNJUDGED = frozenset({"overseas"})
"""Received dossiers that the Board has begun to judge and not finished."""


def write(demo: Demo, diary: Diary) -> None:
    """Put every dossier's days into the diary."""
    for case in CASES:
        acts = (partial(_open, demo, case), partial(_hand_in, demo, case), partial(_receive, demo, case),
                partial(_appraise, demo, case))  # fmt: skip
        for day, act in zip(case.days, acts, strict=False):
            diary.at(day, act)


def _open(demo: Demo, case: Case, on: date) -> None:
    """The unit opens the dossier and writes it; an empty draft is only opened."""
    seat = demo.seats[case.seat]
    dossier = actions.open_dossier(
        round=demo.rounds[case.round], party=demo.parties[case.party], content=case.content, award=case.award,
        by=seat, on=on,
    )  # fmt: skip
    demo.dossiers[case.key] = dossier
    if case.key in confirmed_gifts.CONFIRMED:
        confirmed_gifts.write(demo, case, on)
    if case.is_empty:
        return
    dossier = save(demo, case, on=on, fields=told(case, dossier.party, on))
    for paper, stored in demo.papers.items():
        actions.add_evidence(dossier, stored, name=specimens.NAMES[paper], paper=paper, criterion="", by=seat, on=on)


def save(demo: Demo, case: Case, *, on: date, fields: dict[str, Any]) -> Dossier:
    """The unit writes `fields`, with the achievements of the case."""
    lines = case.lines or STORIES[case.story].lines
    dossier = demo.dossier(case.key)
    return actions.save(
        dossier, by=demo.seats[case.seat], on=on, version=dossier.version, fields=fields,
        achievements=[{"nature": one.nature, "text": one.text, "value": one.value} for one in lines],
    )  # fmt: skip


def told(case: Case, party: Party, on: date) -> dict[str, Any]:
    """What the unit writes: the story, with the names of its places."""
    story = STORIES[case.story]
    since, until = case.period
    name = WRONG_NAMES[case.key](party.name) if case.key in WRONG_NAMES else party.name
    return {
        "party_name": name, "period_from": since, "period_to": until, "summary": case.summary or story.summary,
        "report": in_place(story.report, party, on), "earlier_awards": EARLIER_AWARDS.get(case.key, ""),
    }  # fmt: skip


WRONG_NAMES = {"corrected": lambda name: " ".join(word for n, word in enumerate(name.split()) if n != 1)}
"""Names as a unit wrote them by mistake: without the second word."""

EARLIER_AWARDS = {
    "overlap": "2018: Bằng khen của Chủ tịch UBND tỉnh về phong trào chung tay vì người nghèo",
    "day_after": "2019: Bằng khen của Chủ tịch UBND tỉnh về phong trào chung tay vì người nghèo",
    "voting": "2017: Cờ thi đua của Trung ương Hội Liên hiệp Phụ nữ Việt Nam",
}


def in_place(report: str, party: Party, on: date) -> str:
    """The report with the names of hamlet, commune and district put in; every paragraph begins with a capital."""
    hamlet, commune, district = (
        party.hamlet or hamlet_of(party.place.key, 0),
        "nhiều xã trong tỉnh",
        "các huyện trong tỉnh",
    )
    here = party.place.on(on)
    if party.place.level == Level.COMMUNE and here.parent is not None:
        commune, district = here.full_name, here.parent.name_on(on)
    elif party.place.key != PROVINCE:
        commune, district = "nhiều xã", here.full_name
    names = {"ap": hamlet or "các ấp", "xa": commune, "huyen": district}
    text = report.format(**{key: f"{name[0].lower()}{name[1:]}" for key, name in names.items()})
    return "\n".join(f"{line[0].upper()}{line[1:]}" for line in text.splitlines())


def _hand_in(demo: Demo, case: Case, on: date) -> None:
    actions.submit(demo.dossier(case.key), by=demo.seats[case.seat], on=on)


def _receive(demo: Demo, case: Case, on: date) -> None:
    """The one-stop desk opens the dossier, finds everything, and receives it."""
    dossier = demo.dossier(case.key)
    actions.take_up(dossier, by=demo.seats["motcua"], on=on)
    actions.receive(dossier, by=demo.seats["motcua"], on=on)
    if case.key in LEFT_UNJUDGED:
        judge(demo, case.key, on, only=("general.1", "general.2", "general.3"))


def judge(demo: Demo, key: str, on: date, *, only: tuple[str, ...] = (), unmet: tuple[str, ...] = ()) -> Dossier:
    """The Board's word on the criteria that a person answers: met, but for those in `unmet`."""
    dossier = demo.dossier(key)
    found = checklist.of(dossier, on=on)
    asked = [line.id for line in found.to_judge if not only or line.id in only]
    not_met = "Không có giấy tờ nào cho thấy đạt; đã hỏi lại đơn vị trình."
    judgements = {one: (one not in unmet, not_met if one in unmet else REASONS[one]) for one in asked}
    board = demo.seats["bantdkt"]
    for warning in (one for one in found.warnings if one.is_open and not only):
        actions.override(dossier, by=board, on=on, key=warning.finding.key, reason=STILL_CONSIDERED)
    return actions.judge(dossier, by=board, on=on, judgements=judgements)


def _appraise(demo: Demo, case: Case, on: date) -> None:
    actions.appraise(judge(demo, case.key, on), by=demo.seats["bantdkt"], on=on, opinion=OPINION)
