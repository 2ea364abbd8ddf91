"""The one-stop desk and the Board: code and day, return to the very field, judgements with reasons."""

import json
from datetime import date

import pytest

from chungtay.documents.models import Paper
from chungtay.law.procedure import State
from chungtay.law.refusals import Conflict, Refused
from chungtay.movements.models import PlanVersion, Round
from chungtay.nominations import actions, checklist, facts
from chungtay.nominations.models import Dossier
from chungtay.parties.models import Discipline
from tests.contributions.doing import confirmed, giver
from tests.make import LONG, TODAY, Province, post_form
from tests.racing import take_the_guard_away

REASON = "Đã xem hồ sơ và đối chiếu với địa phương."


@pytest.mark.clause("KH IV.4.3", "NĐ 91/2017, Điều 48.2")
def test_the_receipt_promises_the_twenty_fifth_working_day(province: Province) -> None:
    dossier = province.received()
    assert dossier.code == "HS-2020-0001"
    assert dossier.promised_on == date(2020, 11, 24)  # 25 working days after Tuesday 20/10/2020
    receipt = Paper.objects.get(kind="receipt")
    assert receipt.code == "01/TNHS"
    assert receipt.content["data"]["code"] == "HS-2020-0001"


@pytest.mark.clause("KH IV.4.3")
def test_codes_follow_each_other_without_a_gap_and_start_anew_each_year(province: Province) -> None:
    codes = [province.received(province.household(f"Hộ {n}")).code for n in range(3)]
    assert codes == ["HS-2020-0001", "HS-2020-0002", "HS-2020-0003"]
    late = province.submitted(province.household("Hộ cuối năm"))
    actions.take_up(late, by=province.seats["office"], on=date(2021, 1, 4))
    assert actions.receive(late, by=province.seats["office"], on=date(2021, 1, 4)).code == "HS-2021-0001"


@pytest.mark.clause("KH IV.4.3")
def test_a_returned_dossier_shows_the_note_at_its_field_and_keeps_its_code(province: Province) -> None:
    dossier = province.received()
    actions.send_back(
        dossier, by=province.seats["board"], on=TODAY, notes={"summary": "Ghi rõ số hộ đã giúp.", "report": ""}
    )
    assert dossier.at is State.RETURNED
    page = province.client("commune").get(f"/ho-so/{dossier.key}/sua/").content.decode()
    assert "Ghi rõ số hộ đã giúp." in page
    by = province.seats["commune"]
    with pytest.raises(Refused, match="Chưa sửa theo yêu cầu"):
        actions.submit(dossier, by=by, on=TODAY)
    province.complete(dossier, summary="Giúp bốn hộ thoát nghèo")
    actions.submit(dossier, by=by, on=TODAY)
    assert dossier.notes.get().answered_on == TODAY
    actions.take_up(dossier, by=province.seats["office"], on=TODAY)
    assert actions.receive(dossier, by=province.seats["office"], on=TODAY).code == "HS-2020-0001"


@pytest.mark.clause("KH IV.4.3")
def test_a_return_without_a_note_is_refused(province: Province) -> None:
    with pytest.raises(Refused, match="ít nhất một mục"):
        actions.send_back(province.received(), by=province.seats["board"], on=TODAY, notes={"summary": "  "})


@pytest.mark.clause("KH V.5")
def test_the_appraisal_waits_for_every_judged_criterion(province: Province) -> None:
    party = province.household()
    province.wish(party)
    dossier = province.received(party)
    board = province.seats["board"]
    with pytest.raises(Refused) as refused:
        actions.appraise(dossier, by=board, on=TODAY, opinion=REASON)
    fields = {reason.field for reason in refused.value.reasons}
    assert {"criterion-a.2", "criterion-a.3", "criterion-a.4"} <= fields
    assert "criterion-a.1" not in fields
    judged = {line.id: (True, REASON) for line in checklist.of(dossier, on=TODAY).to_judge}
    actions.judge(dossier, by=board, on=TODAY, judgements=judged)
    assert actions.appraise(dossier, by=board, on=TODAY, opinion=REASON).at is State.APPRAISED


@pytest.mark.clause("KH V.5")
def test_judgements_fall_when_the_unit_hands_in_anew(province: Province) -> None:
    dossier = province.received()
    board = province.seats["board"]
    actions.judge(dossier, by=board, on=TODAY, judgements={"a.2": (True, REASON)})
    actions.send_back(dossier, by=board, on=TODAY, notes={"summary": "Ghi rõ số hộ đã giúp."})
    province.complete(dossier, summary="Giúp bốn hộ thoát nghèo")
    actions.submit(dossier, by=province.seats["commune"], on=TODAY)
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert next(line for line in checklist.of(dossier, on=TODAY).lines if line.id == "a.2").state == "judge"
    assert dossier.judgements.get().reason == REASON


@pytest.mark.clause("KH IV.1.1")
def test_a_discipline_after_the_appraisal_stops_the_council(province: Province) -> None:
    dossier = province.appraised()
    Discipline.objects.create(
        party=dossier.party, form="warning", since=date(2020, 9, 1), source="QĐ 9", recorded_on=TODAY
    )
    with pytest.raises(Refused, match="khiển trách"):
        actions.recommend(dossier, by=province.seats["secretary"], on=TODAY, meeting="Phiên họp thử")


@pytest.mark.clause("KH V.5")
def test_a_judgement_needs_a_reason_of_the_plans_length(province: Province) -> None:
    dossier = province.received()
    with pytest.raises(Refused, match="20 ký tự"):
        actions.judge(dossier, by=province.seats["board"], on=TODAY, judgements={"a.2": (True, "x" * 19)})
    actions.judge(dossier, by=province.seats["board"], on=TODAY, judgements={"a.2": (True, "x" * 20)})
    assert dossier.judgements.count() == 1


@pytest.mark.clause("KH IV.1.2.a")
def test_a_household_without_its_own_wish_does_not_meet_the_first_criterion(province: Province) -> None:
    with_wish, without = province.household("Hộ có"), province.household("Hộ không")
    province.wish(with_wish)
    states = {}
    for party in (with_wish, without):
        dossier = province.received(party)
        states[party.name] = next(line.state for line in checklist.of(dossier, on=TODAY).lines if line.id == "a.1")
    assert states == {"Hộ có": "met", "Hộ không": "unmet"}


@pytest.mark.clause("KH IV.1.2.a")
@pytest.mark.parametrize(("day", "state"), [(date(2020, 9, 30), "met"), (date(2020, 10, 1), "unmet")])
def test_a_wish_counts_up_to_the_last_day_of_the_period(province: Province, day: date, state: str) -> None:
    party = province.household()
    province.wish(party, on=day)
    dossier = province.received(party)
    assert next(line.state for line in checklist.of(dossier, on=TODAY).lines if line.id == "a.1") == state


@pytest.mark.clause("KH IV.1.2.e")
@pytest.mark.parametrize(("value", "state"), [(200_000_000, "met"), (199_999_999, "judge")])
def test_a_confirmed_gift_at_the_assumed_threshold_answers_and_one_dong_less_is_judged(
    province: Province, value: int, state: str
) -> None:
    party = giver(province, "Công ty Biển Xanh")
    confirmed(province, party, value=value)
    dossier = province.received(party, seat="unit", content="e")
    line = next(line for line in checklist.of(dossier, on=TODAY).lines if line.id == "e.1")
    assert line.state == state
    assert "An Giang" in line.assumed


@pytest.mark.clause("KH IV.1.2.e")
def test_what_a_unit_declares_stands_beside_the_confirmed_sum_and_counts_for_nothing_by_itself(
    province: Province,
) -> None:
    gift = [{"nature": "money", "text": "Góp quỹ vì người nghèo", "value": 900_000_000}]
    party = giver(province, "Công ty Biển Xanh")
    dossier = province.received(party, seat="unit", content="e", achievements=gift)
    line = next(line for line in checklist.of(dossier, on=TODAY).lines if line.id == "e.1")
    assert (line.state, line.by_person) == ("judge", True)
    assert "chưa có dữ liệu" in line.answer
    page = province.client("board").get(f"/ho-so/{dossier.key}/").content.decode()
    assert "Đơn vị kê khai 900.000.000" in page
    assert "không tự được tính" in page


@pytest.mark.clause("P1", "KH IV.1.2.e")
@pytest.mark.parametrize(("value", "state"), [(200_000_000, "met"), (199_999_999, "judge")])
def test_a_version_of_the_plan_from_before_the_gifts_still_asks_what_the_unit_declared(
    province: Province, value: int, state: str
) -> None:
    version = province.round().plan_version
    text = json.loads(json.dumps(version.content).replace('"contribution_at', '"declared_contribution_at'))
    for content in text["contents"]:
        for criterion in content["criteria"]:
            criterion["later_fact"] = "resources_mobilised"
    old = PlanVersion.objects.create(
        movement=version.movement, number=9, valid_from=TODAY, digest="0" * 64, content=text, loaded_on=TODAY
    )
    Round.objects.filter(pk=province.round().pk).update(plan_version=old)
    gift = [{"nature": "money", "text": "Góp quỹ vì người nghèo", "value": value}]
    dossier = province.received(giver(province), seat="unit", content="e", achievements=gift)
    line = next(line for line in checklist.of(dossier, on=TODAY).lines if line.id == "e.1")
    assert line.state == state
    assert "chưa đối chiếu" in line.answer


@pytest.mark.clause("KH IV.1.1", "KH V.5")
@pytest.mark.parametrize("is_met", [True, False])
def test_a_criterion_whose_data_is_missing_is_judged_and_neither_passed_over_nor_held_unmet(
    province: Province, monkeypatch: pytest.MonkeyPatch, is_met: bool
) -> None:
    gathered = facts.gather
    monkeypatch.setattr(facts, "gather", lambda dossier, *, on: {**gathered(dossier, on=on), "no_discipline": None})
    party = province.household()
    province.wish(party)
    dossier, board = province.received(party), province.seats["board"]
    found = checklist.of(dossier, on=TODAY)
    silent = next(line for line in found.lines if line.id == "general.5")
    assert dossier.round.plan_version.plan.criterion("general.5").otherwise is None
    assert (silent.state, silent.by_person) == ("judge", True)
    assert "chưa có dữ liệu" in silent.answer
    assert found.block_reasons() == []
    judged = {line.id: (True, REASON) for line in found.to_judge if line.id != "general.5"}
    actions.judge(dossier, by=board, on=TODAY, judgements=judged)
    with pytest.raises(Refused, match="Chưa nhận xét") as refused:
        actions.appraise(dossier, by=board, on=TODAY, opinion=REASON)
    assert [reason.field for reason in refused.value.reasons] == ["criterion-general.5"]
    actions.judge(dossier, by=board, on=TODAY, judgements={"general.5": (is_met, REASON)})
    if is_met:
        assert actions.appraise(dossier, by=board, on=TODAY, opinion=REASON).at is State.APPRAISED
    else:
        with pytest.raises(Refused, match="Chưa đạt"):
            actions.appraise(dossier, by=board, on=TODAY, opinion=REASON)


def test_a_question_that_nobody_answered_is_told_once_at_its_place(province: Province) -> None:
    dossier = province.received()
    answer = post_form(province.client("board"), f"/ho-so/{dossier.key}/tham-dinh/", {"act": "appraise"})
    told = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    open_lines = checklist.of(dossier, on=TODAY).to_judge
    assert told.count(": Chưa nhận xét. (") == len(open_lines) > 1  # in the summary, after the question itself
    assert "Chưa nhận xét: " not in told
    short = {"act": "save", "met-general.1": "yes", "reason-general.1": "Tốt."}
    told = post_form(province.client("board"), f"/ho-so/{dossier.key}/tham-dinh/", short).content.decode()
    assert "ít nhất 20 ký tự. (" in told


@pytest.mark.clause("KH IV.1.2.e", "KH IV.2.2.b")
@pytest.mark.parametrize(("given", "missing"), [(199, "Còn thiếu 1.000.000 đồng."), (200, ""), (0, "")])
def test_the_unit_sees_at_once_how_much_its_giver_lacks(province: Province, given: int, missing: str) -> None:
    party = giver(province)
    if given:
        confirmed(province, party, value=given * 1_000_000)
    dossier = province.draft(party, seat="unit", content="e")
    line = next(one for one in checklist.of(dossier, on=TODAY).lines if one.id == "e.1")
    assert (line.missing, line.missing in line.answer) == (missing, True)
    page = province.client("unit").get(f"/ho-so/{dossier.key}/").content.decode()
    if missing:
        assert page.index(missing) < page.index('<details class="criteria-later"')
    else:
        assert "Còn thiếu 1" not in page


@pytest.mark.clause("KH V.5")
def test_nobody_appraises_what_they_handed_in_themselves(province: Province) -> None:
    dossier = province.received()
    own = province.seats["commune"].user
    seat = province.seats["board"]
    seat.user = own
    seat.save()
    with pytest.raises(Refused, match="không được thẩm định chính hồ sơ đó"):
        actions.judge(dossier, by=seat, on=TODAY, judgements={"a.2": (True, REASON)})


@pytest.mark.clause("KH V.5")
def test_of_two_appraisers_the_slower_one_is_told(province: Province) -> None:
    dossier = province.received()
    other = Dossier.objects.get(pk=dossier.pk)
    actions.refuse(dossier, by=province.seats["board"], on=TODAY, opinion=REASON)
    with pytest.raises(Conflict):
        actions.send_back(other, by=province.seats["board"], on=TODAY, notes={"summary": "Sửa lại"})
    other.refresh_from_db()
    assert other.at is State.REFUSED


def test_control_without_the_guard_the_slower_appraiser_would_send_a_closed_dossier_back(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_the_guard_away(monkeypatch)
    dossier = province.received()
    other = Dossier.objects.get(pk=dossier.pk)
    actions.refuse(dossier, by=province.seats["board"], on=TODAY, opinion=REASON)
    actions.send_back(other, by=province.seats["board"], on=TODAY, notes={"summary": "Sửa lại"})
    assert Dossier.objects.get(pk=dossier.pk).at is State.RETURNED


@pytest.mark.clause("KH V.5")
def test_the_board_judges_on_the_page_and_nothing_typed_is_lost_when_it_is_not_enough(province: Province) -> None:
    dossier = province.received()
    client = province.client("board")
    url = f"/ho-so/{dossier.key}/tham-dinh/"
    assert client.get(url).status_code == 200
    told = {"met-a.2": "yes", "reason-a.2": "ngắn", "opinion": "", "act": "appraise"}
    answer = post_form(client, url, told)
    assert answer.status_code == 422
    assert "ngắn" in answer.content.decode()
    assert dossier.judgements.count() == 0


def test_what_is_typed_beside_an_unanswered_question_is_asked_about_and_a_begun_opinion_stays(
    province: Province,
) -> None:
    dossier = province.received()
    client, url = province.client("board"), f"/ho-so/{dossier.key}/tham-dinh/"
    told = {
        "reason-a.2": REASON,
        "met-general.1": "yes",
        "reason-general.1": "Tốt.",
        "opinion": "Mới viết",
        "act": "save",
    }
    page = post_form(client, url, told).content.decode()
    assert "Chọn Đạt hoặc Không đạt, hoặc xóa lý do và điểm đã ghi." in page
    assert "Lý do cần ít nhất 20 ký tự." in page
    assert "Mới viết" in page
    assert post_form(client, url, {"opinion": "Mới viết được một câu", "act": "save"}).status_code == 302
    assert "Mới viết được một câu" in client.get(url).content.decode()
    assert "Mới viết" not in province.client("board").get(url).content.decode(), "of that session only"


def test_a_fault_in_a_line_of_the_report_is_told_at_the_top_with_the_others(province: Province) -> None:
    dossier = province.draft(province.household())
    data = {
        "viec-TOTAL_FORMS": "2", "viec-INITIAL_FORMS": "0", "viec-0-nature": "other", "viec-1-nature": "money",
        "viec-1-text": "Góp tiền", "viec-1-value": "mười triệu", "save": "1",
    }  # fmt: skip
    answer = post_form(province.client("commune"), f"/ho-so/{dossier.key}/sua/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chưa gửi được: cần sửa những chỗ sau" in page
    assert '<a href="#id_viec-1-value">Dòng 2, ' in page


def test_a_report_is_printed_from_what_was_written(province: Province) -> None:
    dossier = province.submitted()
    answer = province.client("commune").get(f"/ho-so/{dossier.key}/bao-cao.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert LONG[:20] in dossier.report
