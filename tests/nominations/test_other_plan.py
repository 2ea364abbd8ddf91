"""A round of another province runs by its own file: its groups, papers, judges and days, and no other code."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from chungtay.accounts.models import Seat
from chungtay.decisions import actions as decisions
from chungtay.decisions import reckoning
from chungtay.law.procedure import Desk, State
from chungtay.law.refusals import Refused
from chungtay.movements.actions import load_plan
from chungtay.movements.models import Movement, Round
from chungtay.nominations import actions, checklist, completeness
from chungtay.nominations.forms import OpenForm
from chungtay.nominations.models import Dossier
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.records import journal
from chungtay.records.journal import System
from tests.make import Province

FILE = Path(__file__).parents[1] / "movements" / "plans" / "dong-thap-2026-2030.yaml"
# The file's own round lies beyond the declared holidays, so it gets one in a year whose working days are known.
ROUND = "  - {id: nam-2027, kind: yearly, year: 2027, clause: KH mục 7, opens: 2027-03-01, closes: 2027-04-15}\n"
TEXT = FILE.read_text(encoding="utf-8") + ROUND
LOADED, DAY = date(2026, 7, 1), date(2027, 3, 1)
FIELDS = {
    "period_from": date(2026, 7, 1),
    "period_to": date(2027, 2, 28),
    "summary": "Xóa hết nhà tạm trên địa bàn xã",
    "report": "",
}
DONE = [{"nature": "other", "text": "Vận động xây 40 căn nhà", "value": None}]
REASON = "Đã đi kiểm tra từng ấp, không còn nhà tạm nào trên địa bàn xã."


@dataclass
class Elsewhere:
    """The other province: its movement, its round of 2027, a commune that is proposed, and its desks."""

    movement: Movement
    round: Round
    commune: Party
    seats: dict[str, Seat]
    province: Province

    def draft(self) -> Dossier:
        return actions.open_dossier(
            round=self.round, party=self.commune, content="xa", award="province_certificate",
            by=self.seats["commune"], on=DAY,
        )  # fmt: skip

    def complete(self, *papers: str) -> Dossier:
        """A draft with everything written, and these papers of its plan."""
        dossier, by = self.draft(), self.seats["commune"]
        actions.save(dossier, by=by, on=DAY, version=dossier.version, fields=FIELDS, achievements=DONE)
        for paper in papers:
            stored = self.province.file()
            actions.add_evidence(dossier, stored, name=f"{paper}.pdf", paper=paper, criterion="", by=by, on=DAY)
        return dossier

    def received(self) -> Dossier:
        dossier = actions.submit(self.complete("list", "summary"), by=self.seats["commune"], on=DAY)
        actions.take_up(dossier, by=self.seats["office"], on=DAY)
        return actions.receive(dossier, by=self.seats["office"], on=DAY)


@pytest.fixture
def elsewhere(province: Province) -> Elsewhere:
    home = province.place("dt", "tinh", "Đồng Tháp", "province")
    place = province.place("dt-1", "xa", "Mỹ Thọ", "commune", home)
    movement = load_plan(TEXT.encode(), by=System("test"), on=LOADED)[0].movement
    commune = province.party("Ủy ban nhân dân xã Mỹ Thọ", PartyKind.PEOPLE_COMMITTEE_COMMUNE, place)
    offices = province.party("Ủy ban nhân dân tỉnh Đồng Tháp", PartyKind.DEPARTMENT, home)
    seats = {"commune": province.seat("dt-commune", Desk.COMMUNE, commune, place)}
    for kind in (Desk.OFFICE, Desk.BOARD, Desk.SECRETARY, Desk.CHAIR):
        seats[kind.value] = province.seat(f"dt-{kind}", kind, offices, home, title="Chủ tịch")
    round_ = Round.objects.select_related("plan_version__movement").get(plan_version__movement=movement, year=2027)
    return Elsewhere(movement, round_, commune, seats, province)


def test_its_round_offers_its_own_award_and_takes_dossiers_on_its_own_days(elsewhere: Elsewhere) -> None:
    form = OpenForm(party=elsewhere.commune, rounds=[elsewhere.round])
    (group,) = form.fields["choice"].choices  # type: ignore[attr-defined]
    assert group[0] == "2) Xã không còn nhà tạm"
    assert [key for key, _ in group[1]] == [f"{elsewhere.round.pk}|xa|province_certificate"]
    days = [date(2027, 2, 28), date(2027, 3, 1), date(2027, 4, 15), date(2027, 4, 16)]
    assert [elsewhere.round.is_open(day) for day in days] == [False, True, True, False]


def test_its_contents_are_not_those_of_the_other_plan(elsewhere: Elsewhere) -> None:
    with pytest.raises(Refused, match="không thuộc đối tượng"):
        actions.open_dossier(
            round=elsewhere.round, party=elsewhere.commune, content="b", award="province_certificate",
            by=elsewhere.seats["commune"], on=DAY,
        )  # fmt: skip


def test_its_own_papers_are_missing_and_not_the_report_of_the_other_plan(elsewhere: Elsewhere) -> None:
    dossier = elsewhere.complete()
    missing = {reason.field: reason.clause for reason in completeness.missing(dossier, on=DAY)}
    assert missing == {"list": "KH mục 6", "summary": "KH mục 6"}
    assert [paper.sets for paper in completeness.required_papers(dossier)] == [3, 3]


def test_its_own_period_is_kept(elsewhere: Elsewhere) -> None:
    dossier = elsewhere.complete("list", "summary")
    for first, fine in ((date(2026, 6, 30), False), (date(2026, 7, 1), True)):
        dossier.period_from = first
        assert (completeness.missing(dossier, on=DAY) == []) is fine


def test_its_own_criteria_are_asked_and_its_own_length_of_a_reason(elsewhere: Elsewhere) -> None:
    dossier = elsewhere.received()
    assert [(line.id, line.state) for line in checklist.of(dossier, on=DAY).lines] == [
        ("general.1", "met"),
        ("xa.1", "judge"),
    ]
    with pytest.raises(Refused, match="ít nhất 40 ký tự"):
        actions.judge(dossier, by=elsewhere.seats["board"], on=DAY, judgements={"xa.1": (True, REASON[:39])})
    actions.judge(dossier, by=elsewhere.seats["board"], on=DAY, judgements={"xa.1": (True, REASON[:40])})


def test_a_dossier_of_the_other_plan_goes_from_draft_to_decision(elsewhere: Elsewhere) -> None:
    by = elsewhere.seats
    dossier = elsewhere.received()
    assert dossier.promised_on is not None
    assert dossier.promised_on > DAY
    actions.judge(dossier, by=by["board"], on=DAY, judgements={"xa.1": (True, REASON)})
    actions.appraise(dossier, by=by["board"], on=DAY, opinion="Đủ tiêu chuẩn, đề nghị khen thưởng.")
    actions.recommend(dossier, by=by["secretary"], on=DAY, meeting="Phiên họp thử")
    decision = decisions.draft(
        body=by["chair"].desk.body, award="province_certificate", title="Về việc tặng Bằng khen",
        dossiers=[dossier], by=by["chair"], on=DAY,
    )  # fmt: skip
    accepted = reckoning.assumed(reckoning.reckon([dossier], on=DAY))
    decisions.sign(decision, by=by["chair"], on=DAY, accepted=accepted)
    dossier.refresh_from_db()
    assert dossier.at is State.AWARDED
    award = decision.awards.get()
    assert (award.name, award.payee, award.has_emblem) == (elsewhere.commune.name, "collective", False)
    assert award.amount is not None
    assert award.amount > 0
    assert decision.paper is not None
    told = str(decision.paper.content)
    assert "Đất sen hồng không để ai bị bỏ lại phía sau" in told
    assert "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP" in told
    assert "152/2025" in told
    assert "Kiên Giang" not in told
    assert journal.faults() == []


@pytest.mark.clause("KH V.7")
def test_an_open_dossier_stays_under_the_version_of_its_round(elsewhere: Elsewhere) -> None:
    dossier = elsewhere.received()
    text = TEXT.replace("min_reason: 40", "min_reason: 90")
    made, is_new = load_plan(text.encode(), by=System("test"), on=DAY)
    assert is_new
    assert made.plan.criterion("xa.1").min_reason == 90
    later = Dossier.objects.select_related("round__plan_version", "party").get(pk=dossier.pk)
    assert later.round.plan_version.number == 1
    actions.judge(later, by=elsewhere.seats["board"], on=DAY, judgements={"xa.1": (True, REASON)})
    assert later.judgements.count() == 1
