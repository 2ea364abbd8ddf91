"""What the centre answers on a State award: put on record by the Board, read by the law, taken back by a new act."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from chungtay.accounts.models import Notice
from chungtay.contributions import answering as contributions
from chungtay.contributions import meter
from chungtay.contributions.models import AwardCase
from chungtay.law.criteria import Known
from chungtay.law.exclusions import Kind, Rule
from chungtay.law.procedure import State
from chungtay.law.refusals import Conflict, Refused
from chungtay.nominations import actions, checklist, facts, hearing
from chungtay.nominations.hearing import Document
from chungtay.nominations.models import CentralAnswer, Dossier
from chungtay.parties.models import Party
from chungtay.records.models import Entry
from tests.contributions.doing import MILLION, confirmed, giver
from tests.make import TODAY, Province, post_form

LATER = TODAY + timedelta(days=30)
DECISION = Document("1234/QĐ-TTg", LATER - timedelta(days=1), "Thủ tướng Chính phủ")
WHY = "Chưa đủ tiêu chuẩn theo hướng dẫn của Trung ương."


def team(p: Province) -> Party:
    return p.party("Trạm Y tế lưu động", "collective", p.places["kg"], managing_unit=p.bodies["unit"])


@pytest.fixture
def forwarded(province: Province) -> Dossier:
    """A dossier that went up to the centre."""
    made = province.recommended(team(province), content="d", seat="unit", award="pm_certificate")
    actions.forward_all([made], by=province.seats["chair"], on=TODAY, letter="1/TTr-UBND")
    return Dossier.objects.get(pk=made.pk)


def grant(p: Province, dossier: Dossier, **more: Any) -> Dossier:
    told: dict[str, Any] = {"award": "pm_certificate", "told": DECISION, "by": p.seats["board"], "on": LATER, **more}
    return hearing.record_grant(dossier, **told)


def past(dossier: Dossier, on: date | None = None) -> list[tuple[str, date, str]]:
    found = facts.awarded([dossier.party_id], on=on).get(dossier.party_id, ())
    return [(one.award.value, one.decided_on, one.number) for one in found]


@pytest.mark.clause("KH IV.2.1")
def test_a_grant_is_on_record_and_counts_as_an_award_of_its_own_day(province: Province, forwarded: Dossier) -> None:
    assert past(forwarded) == []
    done = grant(province, forwarded)
    assert (done.at, done.at.is_final) == (State.GRANTED, True)
    assert past(forwarded) == [("pm_certificate", DECISION.day, "1234/QĐ-TTg")]
    entry = Entry.objects.get(act="record_grant")
    assert entry.body["award"] == "pm_certificate"
    assert Notice.objects.filter(text__contains="được khen").exists()


@pytest.mark.clause("TT 12/2019", "KH IV.2.1")
@pytest.mark.parametrize(("year", "blocks"), [(2020, True), (2021, False)])
def test_a_granted_award_closes_its_year_to_another_state_award(
    province: Province, forwarded: Dossier, year: int, blocks: bool
) -> None:
    grant(province, forwarded)
    Dossier.objects.filter(pk=forwarded.pk).update(received_on=date(2019, 1, 1))
    other = province.draft(
        forwarded.party, seat="unit", content="d", award="labour_order_3", round=province.round("five_year")
    )
    other = province.complete(other, seat="unit", period_from=date(2016, 1, 1))
    found = [one for one in checklist.blocks(other, on=date(year, 12, 1)) if "Trong năm" in one.text]
    assert bool(found) is blocks


@pytest.mark.clause("TT 12/2019, Điều 3")
def test_a_dropped_full_stop_does_not_make_another_achievement(province: Province) -> None:
    party = team(province)
    first = province.recommended(party, content="d", seat="unit", summary="Khám bệnh miễn phí cho hộ nghèo.")
    yesterday = TODAY - timedelta(days=1)
    Dossier.objects.filter(pk=first.pk).update(state=State.AWARDED.value, state_since=yesterday)
    again = province.draft(party, seat="unit", content="d", round=province.round("five_year"))
    again = province.complete(again, seat="unit", summary="Khám bệnh miễn phí cho hộ nghèo")
    with pytest.raises(Refused, match="đã được khen"):
        actions.submit(again, by=province.seats["unit"], on=TODAY)
    other = province.complete(again, seat="unit", summary="Khám bệnh.", period_to=date(2020, 10, 1))
    kinds = {one.finding.rule: one.finding.kind for one in checklist.of(other, on=TODAY).warnings}
    assert kinds == {Rule.OVERLAP: Kind.WARN}


@pytest.mark.clause("KH IV.2.1", "KH IV.2.2.b")
def test_a_denial_closes_the_dossier_and_the_proposal_stands_no_more(province: Province, forwarded: Dossier) -> None:
    movement = province.movement.pk
    assert [one.standing for one in facts.proposed([forwarded.party_id], movement)[forwarded.party_id]] == [True]
    board = province.seats["board"]
    done = hearing.record_denial(forwarded, told=Document(), reason=WHY, by=board, on=LATER)
    assert done.at is State.NOT_GRANTED
    assert past(forwarded) == []
    assert [one.standing for one in facts.proposed([forwarded.party_id], movement)[forwarded.party_id]] == [False]
    assert province.draft(forwarded.party, seat="unit", content="d", award="pm_certificate").at is State.DRAFT


def test_a_wrong_answer_is_taken_back_by_a_new_act_and_both_stay(province: Province, forwarded: Dossier) -> None:
    board = province.seats["board"]
    done = hearing.retract_answer(grant(province, forwarded), reason="Ghi nhầm hồ sơ khác.", by=board, on=LATER)
    assert done.at is State.FORWARDED
    assert past(forwarded) == []
    assert hearing.answer_of(forwarded) is None
    grant(province, Dossier.objects.get(pk=forwarded.pk), told=Document("99/QĐ-CTN", LATER, "Chủ tịch nước"))
    kinds = list(forwarded.central_answers.order_by("id").values_list("kind", "superseded_on"))
    assert kinds == [("granted", LATER), ("retracted", LATER), ("granted", None)]
    assert past(forwarded) == [("pm_certificate", LATER, "99/QĐ-CTN")]


@pytest.mark.clause("Luật TĐKT 2022, Chương VII")
def test_an_award_revoked_from_above_counts_no_more(province: Province, forwarded: Dossier) -> None:
    granted, board = grant(province, forwarded), province.seats["board"]
    with pytest.raises(Refused, match="số quyết định thu hồi"):
        hearing.record_revocation(granted, told=Document(), reason=WHY, by=board, on=LATER)
    told = Document("5/QĐ-TTg", LATER, "Thủ tướng Chính phủ")
    assert hearing.record_revocation(granted, told=told, reason=WHY, by=board, on=LATER).at is State.REVOKED
    assert past(forwarded) == []


@pytest.mark.clause("TT 12/2019", "KH IV.2.2.b")
def test_on_a_past_day_what_stood_then_counts(province: Province, forwarded: Dossier) -> None:
    """Granted, then revoked: both sides of the day of revoking, for the award and for what was proposed."""
    party, movement, revoked_on = forwarded.party_id, province.movement.pk, LATER + timedelta(days=60)
    granted, board = grant(province, forwarded), province.seats["board"]
    told = Document("5/QĐ-TTg", revoked_on, "Thủ tướng Chính phủ")
    hearing.record_revocation(granted, told=told, reason=WHY, by=board, on=revoked_on)
    stood = [("pm_certificate", DECISION.day, "1234/QĐ-TTg")]
    for on, kept in ((revoked_on - timedelta(days=1), stood), (revoked_on, []), (None, [])):
        assert past(forwarded, on) == kept
        assert [one.standing for one in facts.proposed([party], movement, on=on)[party]] == [bool(kept)]


@pytest.mark.clause("KH IV.2.2.b")
def test_a_proposal_that_was_denied_stood_until_the_day_before(province: Province, forwarded: Dossier) -> None:
    party, movement = forwarded.party_id, province.movement.pk
    hearing.record_denial(forwarded, told=Document(), reason=WHY, by=province.seats["board"], on=LATER)
    for on, stands in ((LATER - timedelta(days=1), True), (LATER, False)):
        assert [one.standing for one in facts.proposed([party], movement, on=on)[party]] == [stands]


def test_an_answer_written_by_mistake_never_counted(province: Province, forwarded: Dossier) -> None:
    done = grant(province, forwarded)
    later = LATER + timedelta(days=9)
    hearing.retract_answer(done, reason="Ghi nhầm hồ sơ khác.", by=province.seats["board"], on=later)
    assert past(forwarded, LATER) == []
    party, movement = forwarded.party_id, province.movement.pk
    assert [one.standing for one in facts.proposed([party], movement, on=LATER)[party]] == [True]


def test_the_history_of_a_past_day_takes_three_queries_however_many_parties(
    province: Province, forwarded: Dossier
) -> None:
    granted, board = grant(province, forwarded), province.seats["board"]
    told = Document("5/QĐ-TTg", LATER, "Thủ tướng Chính phủ")
    hearing.record_revocation(granted, told=told, reason=WHY, by=board, on=LATER)
    more = [province.household(f"Hộ {n}").pk for n in range(5)]
    for parties in ([forwarded.party_id], [forwarded.party_id, *more]):
        with CaptureQueriesContext(connection) as queries:
            facts.history(parties, province.movement.pk, on=TODAY)
        assert len([one for one in queries if "nominations_" in one["sql"]]) == 3


# --- what was given ---


def counted(party: Party, on: date = LATER) -> Known:
    found = contributions.contribution_at_threshold([party.pk], since=date(2016, 1, 1), until=on, on=on)
    return found[party.pk]


@pytest.fixture
def giving(province: Province) -> tuple[Dossier, Party]:
    """A company that gave 300 million within its dossier's period, and 20 million after it; its dossier went up."""
    who = giver(province)
    confirmed(province, who, value=300 * MILLION)
    made = province.recommended(who, content="e", seat="unit", award="pm_certificate")
    made.refresh_from_db()
    assert made.period_to is not None
    confirmed(province, who, value=20 * MILLION, day=made.period_to + timedelta(days=1),
              received_on=made.period_to + timedelta(days=1))  # fmt: skip
    actions.forward_all([made], by=province.seats["chair"], on=TODAY, letter="1/TTr-UBND")
    return Dossier.objects.get(pk=made.pk), who


@pytest.mark.clause("KH IV.2.2.b")
def test_what_the_centre_rewarded_serves_no_other_award_and_counting_does_not_start_anew(
    province: Province, giving: tuple[Dossier, Party]
) -> None:
    dossier, who = giving
    assert counted(who).value == 320 * MILLION
    grant(province, dossier)
    known = counted(who)
    assert known.value == 20 * MILLION
    assert "1 khoản đã tính cho lần khen trước" in known.because
    assert "Từ 01/01/2016" in known.because  # the lines are used, yet only the province's certificate restarts
    case = AwardCase.objects.get(case_key=dossier.key)
    assert (case.number, case.decided_on, case.restarts) == ("1234/QĐ-TTg", DECISION.day, False)
    page = meter.of(who, LATER)
    assert (page["last"], page["total"]) == (None, 20 * MILLION)
    assert [one["short"] for one in page["lines"]] == ["Đã dùng", "Được tính"]
    assert "Đã tính vào 1234/QĐ-TTg" in page["lines"][0]["why"]


@pytest.mark.clause("KH IV.2.2.b")
@pytest.mark.parametrize("way", ["retracted", "revoked"])
def test_what_a_grant_used_is_free_again_once_it_is_taken_back(
    province: Province, giving: tuple[Dossier, Party], way: str
) -> None:
    dossier, who = giving
    granted, later = grant(province, dossier), LATER + timedelta(days=1)
    more: dict[str, Any] = {"reason": WHY, "by": province.seats["board"], "on": later}
    if way == "retracted":
        hearing.retract_answer(granted, **more)
    else:
        hearing.record_revocation(granted, told=Document("5/QĐ-TTg", later, "Thủ tướng Chính phủ"), **more)
    assert counted(who, later).value == 320 * MILLION
    assert counted(who, LATER).value == 20 * MILLION
    assert AwardCase.objects.get(case_key=dossier.key).released_why == WHY


def test_a_denial_uses_nothing(province: Province, giving: tuple[Dossier, Party]) -> None:
    dossier, who = giving
    hearing.record_denial(dossier, told=Document(), reason=WHY, by=province.seats["board"], on=LATER)
    assert counted(who).value == 320 * MILLION
    assert not AwardCase.objects.exists()


def test_everything_that_is_wrong_is_told_at_once(province: Province, forwarded: Dossier) -> None:
    with pytest.raises(Refused) as refused:
        grant(province, forwarded, award="province_certificate", told=Document())
    assert {one.field for one in refused.value.reasons} == {"award", "number", "issuer", "day"}
    for day in (LATER + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(Refused, match=r"Ngày văn bản|trước ngày"):
            grant(province, forwarded, told=Document("1", day, "x"))
    with pytest.raises(Refused, match="15 ký tự"):
        hearing.record_denial(forwarded, told=Document(), reason="ngắn", by=province.seats["board"], on=LATER)
    assert grant(province, forwarded, told=Document("1", TODAY, "x")).at is State.GRANTED


@pytest.mark.parametrize("seat", ["chair", "unit", "secretary", "office", "admin"])
def test_only_the_board_records_what_the_centre_answered(province: Province, forwarded: Dossier, seat: str) -> None:
    with pytest.raises(Refused):
        grant(province, forwarded, by=province.seats[seat])
    assert not CentralAnswer.objects.exists()


def test_an_award_of_the_province_or_one_not_forwarded_has_no_answer(province: Province) -> None:
    made = province.recommended(team(province), content="d", seat="unit", award="pm_certificate")
    with pytest.raises(Refused, match="Đã trình Thủ tướng"):
        grant(province, made)
    Dossier.objects.filter(pk=made.pk).update(award="province_certificate", state="forwarded")
    with pytest.raises(Refused, match="không trình Thủ tướng"):
        grant(province, Dossier.objects.get(pk=made.pk))


def test_of_two_who_record_at_once_one_wins(province: Province, forwarded: Dossier) -> None:
    version = forwarded.version
    grant(province, Dossier.objects.get(pk=forwarded.pk), version=version)
    with pytest.raises((Conflict, Refused)):
        hearing.record_denial(
            forwarded, told=Document(), reason=WHY, by=province.seats["board"], on=LATER, version=version
        )
    assert [one.kind for one in CentralAnswer.objects.all()] == ["granted"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "granted", "award": "pm_certificate", "number": "", "issuer": "x", "decided_on": TODAY},
        {"kind": "granted", "award": "", "number": "1", "issuer": "x", "decided_on": TODAY},
        {"kind": "granted", "award": "pm_certificate", "number": "1", "issuer": "x", "decided_on": None},
        {"kind": "denied", "reason": ""},
        {"kind": "maybe", "reason": "x"},
    ],
)
def test_the_database_refuses_an_answer_that_says_too_little(
    province: Province, forwarded: Dossier, wrong: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CentralAnswer.objects.create(dossier=forwarded, by="ai", on=TODAY, **wrong)


def test_one_answer_counts_and_none_is_changed_or_removed(province: Province, forwarded: Dossier) -> None:
    grant(province, forwarded)
    with pytest.raises(IntegrityError), transaction.atomic():
        CentralAnswer.objects.create(dossier=forwarded, kind="denied", reason="x", by="ai", on=TODAY)
    kept = CentralAnswer.objects.get()
    for change in (lambda: CentralAnswer.objects.update(number="khác"), kept.delete):
        with pytest.raises(Exception, match=r"."), transaction.atomic():
            change()
    assert CentralAnswer.objects.get().number == "1234/QĐ-TTg"


def test_the_board_writes_it_on_the_page_and_the_unit_reads_it(province: Province, forwarded: Dossier) -> None:
    board, url = province.client("board"), f"/ho-so/{forwarded.key}/ket-qua/"
    assert "Ghi kết quả từ Trung ương" in board.get(f"/ho-so/{forwarded.key}/").content.decode()
    assert "Trung ương thu hồi" not in board.get(url).content.decode()
    told = {"kind": "granted", "award": "pm_certificate", "number": "77/QĐ-TTg", "day": "20/10/2020",
            "issuer": "Thủ tướng Chính phủ", "version": str(forwarded.version)}  # fmt: skip
    wrong = post_form(board, url, {**told, "number": ""})
    assert (wrong.status_code, "Ghi số quyết định." in wrong.content.decode()) == (422, True)
    assert post_form(board, url, told).status_code == 302
    page = province.client("unit").get(f"/ho-so/{forwarded.key}/").content.decode()
    assert "Được khen cấp Nhà nước" in page
    assert "77/QĐ-TTg" in page
    assert "Trung ương thu hồi" in board.get(url).content.decode()
    assert "Được khen cấp Nhà nước" in board.get("/ho-so/?trang_thai=granted").content.decode()
    assert province.client("unit").get(url).status_code == 404
