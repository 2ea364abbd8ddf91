"""Signing: one number, money or emblem frozen with its sources, certificates, all in one act."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from chungtay.accounts.actions import delegate
from chungtay.decisions import actions, reckoning, texts
from chungtay.decisions.models import Award, AwardChange, Decision
from chungtay.documents import printing_jobs, sealing
from chungtay.documents.keys import sealer
from chungtay.documents.models import Paper
from chungtay.law.procedure import Desk, State
from chungtay.law.refusals import Conflict, Refused
from chungtay.movements.actions import load_plan
from chungtay.nominations.models import Dossier
from chungtay.records import journal
from chungtay.records.journal import System
from tests.make import PLAN, TODAY, Province, post_form
from tests.racing import take_the_guard_away

TITLE = "Về việc tặng Bằng khen của Chủ tịch UBND tỉnh"
GIFT = [{"nature": "money", "text": "Góp quỹ vì người nghèo", "value": 200_000_000}]
WORK = [{"nature": "labour", "text": "Góp 300 ngày công làm cầu", "value": None}]


def enterprise(p: Province, name: str = "Công ty Biển Xanh") -> Dossier:
    party = p.party(name, "enterprise", p.places["kg"], managing_unit=p.bodies["unit"])
    return p.recommended(party, seat="unit", content="e", achievements=GIFT, summary=f"Ủng hộ người nghèo: {name}")


def group(p: Province, name: str = "Tập thể Khoa Nội") -> Dossier:
    party = p.party(name, "collective", p.places["kg"], managing_unit=p.bodies["unit"])
    return p.recommended(party, seat="unit", content="d", achievements=WORK, summary=f"Khám bệnh: {name}")


def drafted(p: Province, *dossiers: Dossier) -> Decision:
    return actions.draft(
        body=p.bodies["province"],
        award="province_certificate",
        title=TITLE,
        dossiers=dossiers,
        by=p.seats["board"],
        on=TODAY,
    )


def signed(p: Province, decision: Decision, on: date = TODAY) -> Decision:
    accepted = reckoning.assumed(reckoning.reckon(actions.listed(decision), on=on))
    return actions.sign(decision, by=p.seats["chair"], on=on, accepted=accepted)


@pytest.mark.clause("KH IV.3.1", "NĐ 91/2017, Điều 73")
def test_a_giver_gets_the_emblem_and_a_group_the_money_of_the_day(province: Province) -> None:
    decision = signed(province, drafted(province, enterprise(province), group(province)))
    by_name = {award.name: award for award in decision.awards.all()}
    giver, collective = by_name["Công ty Biển Xanh"], by_name["Tập thể Khoa Nội"]
    assert (giver.amount, giver.has_emblem) == (None, True)
    assert (collective.amount, collective.has_emblem) == (2_980_000, False)
    assert "NĐ 38/2019" in str(collective.reckoning["lines"])


@pytest.mark.clause("NĐ 91/2017, Điều 68.2")
@pytest.mark.parametrize(
    ("day", "amount"),
    [(date(2023, 12, 31), 3_600_000), (date(2024, 1, 1), 5_400_000)],
)
def test_money_follows_the_decree_of_the_day_of_signing(province: Province, day: date, amount: int) -> None:
    decision = signed(province, drafted(province, group(province)), on=day)
    assert decision.awards.get().amount == amount


@pytest.mark.clause("KH IV.3.1")
def test_a_household_rests_on_an_assumed_factor_that_the_signer_must_accept_by_name(province: Province) -> None:
    decision = drafted(province, province.recommended())
    chair = province.seats["chair"]
    with pytest.raises(Refused, match="Chưa xác nhận giá trị tạm dùng") as refused:
        actions.sign(decision, by=chair, on=TODAY, accepted=())
    assert all(reason.field.startswith("accept-") for reason in refused.value.reasons)
    decision = signed(province, decision)
    assert decision.state == Decision.State.SIGNED
    award = decision.awards.get()
    assert award.amount == 1_490_000
    assert award.reckoning["assumed"] != []


@pytest.mark.clause("KH V.5")
def test_numbers_follow_each_other_and_the_dossiers_are_decided(province: Province) -> None:
    first, second = drafted(province, group(province, "Tập thể A")), drafted(province, group(province, "Tập thể B"))
    signed(province, second)
    signed(province, first)
    assert [Paper.objects.get(decision=d).code for d in (second, first)] == ["01/QĐ-UBND", "02/QĐ-UBND"]
    assert [a.register_number for a in Award.objects.order_by("register_number")] == [1, 2]
    assert set(Dossier.objects.values_list("state", flat=True)) == {State.AWARDED.value}
    assert journal.faults() == []


def test_a_refused_signature_gives_no_number_away(province: Province) -> None:
    decision = drafted(province, province.recommended())
    with pytest.raises(Refused):
        actions.sign(decision, by=province.seats["chair"], on=TODAY, accepted=())
    signed(province, decision)
    assert decision.paper is not None
    assert decision.paper.code == "01/QĐ-UBND"


def test_only_the_chairman_signs(province: Province) -> None:
    decision = drafted(province, group(province))
    with pytest.raises(Refused, match="Chỉ Chủ tịch"):
        actions.sign(decision, by=province.seats["board"], on=TODAY, accepted=())


def test_a_dossier_stands_on_one_draft_only(province: Province) -> None:
    dossier = group(province)
    drafted(province, dossier)
    with pytest.raises(Refused, match="một dự thảo khác"):
        drafted(province, dossier)


def test_of_two_signatures_at_once_one_wins_and_nothing_is_signed_twice(province: Province) -> None:
    decision = drafted(province, group(province))
    other = Decision.objects.get(pk=decision.pk)
    signed(province, decision)
    with pytest.raises(Conflict), transaction.atomic():
        signed(province, other)
    assert Award.objects.count() == 1
    assert Paper.objects.filter(kind="decision").count() == 1


def test_control_without_the_guard_only_the_database_stops_a_second_signature(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second number is given and a second list written; nobody is told anything until a constraint breaks."""
    take_the_guard_away(monkeypatch)
    decision = drafted(province, group(province))
    other = Decision.objects.get(pk=decision.pk)
    signed(province, decision)
    with pytest.raises(IntegrityError), transaction.atomic():
        signed(province, other)


def test_a_draft_changed_by_another_hand_is_not_signed(province: Province) -> None:
    decision = drafted(province, group(province), group(province, "Tập thể B"))
    stale = decision.version
    actions.take_off(decision.listings.first(), by=province.seats["board"], on=TODAY)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        actions.sign(decision, by=province.seats["chair"], on=TODAY, accepted=(), version=stale)


def test_control_without_the_guard_the_changed_draft_would_be_signed_unseen(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_the_guard_away(monkeypatch)
    decision = drafted(province, group(province), group(province, "Tập thể B"))
    stale = decision.version
    actions.take_off(decision.listings.first(), by=province.seats["board"], on=TODAY)  # type: ignore[arg-type]
    actions.sign(decision, by=province.seats["chair"], on=TODAY, accepted=(), version=stale)
    assert Award.objects.count() == 1


@pytest.mark.clause("KH V.5")
def test_no_name_is_taken_off_a_list_that_was_signed_meanwhile(province: Province) -> None:
    decision = drafted(province, group(province))
    listing = decision.listings.select_related("decision", "dossier").get()
    signed(province, Decision.objects.get(pk=decision.pk))
    with pytest.raises(Conflict), transaction.atomic():
        actions.take_off(listing, by=province.seats["board"], on=TODAY)
    assert decision.listings.count() == 1


def test_control_without_the_guard_a_name_would_leave_a_signed_list(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_the_guard_away(monkeypatch)
    decision = drafted(province, group(province))
    listing = decision.listings.select_related("decision", "dossier").get()
    signed(province, Decision.objects.get(pk=decision.pk))
    actions.take_off(listing, by=province.seats["board"], on=TODAY)
    assert decision.listings.count() == 0


def test_a_signed_award_cannot_be_changed_even_by_the_database_user(province: Province) -> None:
    decision = signed(province, drafted(province, group(province)))
    award = decision.awards.get()
    assert decision.paper_id is not None
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(amount=1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Paper.objects.filter(pk=decision.paper_id).update(content={})


def test_a_correction_is_a_new_act_and_the_first_decision_stays(province: Province) -> None:
    award = signed(province, drafted(province, group(province))).awards.get()
    change = actions.correct(
        award,
        new_name="Tập thể Khoa Nội tổng hợp",
        reason="Sai tên trong hồ sơ trình.",
        by=province.seats["chair"],
        on=TODAY,
    )
    award.refresh_from_db()
    assert award.name == "Tập thể Khoa Nội"
    assert change.paper.code == "02/QĐ-UBND"


def test_a_withdrawn_award_reopens_nothing_and_is_withdrawn_once(province: Province) -> None:
    award = signed(province, drafted(province, group(province))).awards.get()
    chair = province.seats["chair"]
    actions.withdraw(award, reason="Khai man thành tích, đã xác minh.", by=chair, on=TODAY)
    assert Dossier.objects.get(pk=award.dossier_id).at is State.REVOKED
    with pytest.raises(Refused, match="đã bị thu hồi"):
        actions.withdraw(award, reason="Khai man thành tích, đã xác minh.", by=chair, on=TODAY)
    assert AwardChange.objects.count() == 1


def test_the_seal_of_a_certificate_holds_number_day_title_and_name(province: Province) -> None:
    award = signed(province, drafted(province, group(province))).awards.get()
    title = award.dossier.round.plan_version.plan.award(award.award).title

    def genuine(name: str, number: str = "01/QĐ-UBND") -> bool:
        hashed = sealing.name_hash(award.token, name)
        return sealer().verify(award.token, number, TODAY, title, hashed, award.signature)

    assert genuine(award.name)
    assert not genuine("Tập thể khác")
    assert not genuine(award.name, "02/QĐ-UBND")


def test_the_decision_and_the_certificates_are_printed_as_pdf_and_word(province: Province) -> None:
    decision = signed(province, drafted(province, enterprise(province), group(province)))
    for paper in Paper.objects.filter(kind__in=["decision", "certificates"]):
        printing_jobs.print_paper.call(paper.pk)
    decision = Decision.objects.get(pk=decision.pk)
    assert decision.paper is not None
    assert decision.paper.print_fault == ""
    client = province.client("chair")
    for what, start in (("pdf", b"%PDF"), ("word", b"PK"), ("bang-khen", b"%PDF")):
        answer = client.get(f"/quyet-dinh/{decision.pk}/tep/{what}/")
        assert b"".join(answer).startswith(start)


@pytest.mark.clause("KH Căn cứ", "KH Nơi nhận")
def test_a_decision_prints_the_bases_and_the_recipients_of_its_plan(province: Province) -> None:
    decision = signed(province, drafted(province, group(province)))
    assert decision.paper is not None
    told = decision.paper.content["data"]
    plan = province.movement.plan_on(TODAY).plan
    assert told["recipients"] == ["Như Điều 3", *(one.name for one in plan.recipients)]
    assert len(plan.recipients) == 12
    assert any("1258/QĐ-TTg" in basis for basis in told["bases"])


@pytest.mark.clause("KH IV.2.1", "KH IV.4.2")
def test_a_state_award_is_forwarded_with_a_letter_and_not_decided_here(province: Province) -> None:
    party = province.party(
        "Công ty Biển Xanh", "enterprise", province.places["kg"], managing_unit=province.bodies["unit"]
    )
    more: dict[str, Any] = {"seat": "unit", "content": "e", "achievements": GIFT, "award": "pm_certificate"}
    dossier = province.recommended(party, **more)
    letter = actions.forward(
        body=province.bodies["province"],
        award="pm_certificate",
        dossiers=[dossier],
        by=province.seats["chair"],
        on=TODAY,
    )
    assert letter.paper.code == "01/TTr-UBND"
    assert Dossier.objects.get(pk=dossier.pk).at is State.FORWARDED


@pytest.mark.clause("KH IV.2.1")
def test_the_letter_names_others_too_and_is_not_handed_to_the_unit_of_its_first_name(province: Province) -> None:
    party = province.party(
        "Công ty Biển Xanh", "enterprise", province.places["kg"], managing_unit=province.bodies["unit"]
    )
    more: dict[str, Any] = {"seat": "unit", "content": "e", "achievements": GIFT, "award": "pm_certificate"}
    dossier = province.recommended(party, **more)
    letter = actions.forward(
        body=province.bodies["province"],
        award="pm_certificate",
        dossiers=[dossier],
        by=province.seats["chair"],
        on=TODAY,
    )
    Paper.objects.filter(pk=letter.paper_id).update(file=province.file())
    address = f"/ho-so/{dossier.key}/phieu/{letter.paper_id}/"
    assert b"".join(province.client("chair").get(address)).startswith(b"%PDF")
    assert province.client("unit").get(address).status_code == 404


def test_names_of_two_movements_do_not_stand_under_one_number(province: Province) -> None:
    first, second = group(province), group(province, "Tập thể Khoa Ngoại")
    text = PLAN.read_text(encoding="utf-8").replace("id: kien-giang-2016-2020\n", "id: phong-trao-khac\n", 1)
    other, _ = load_plan(text.encode(), by=System("test"), on=date(2017, 9, 15))
    Dossier.objects.filter(pk=second.pk).update(round=other.rounds.get(kind="yearly", year=2020))
    second = Dossier.objects.get(pk=second.pk)
    with pytest.raises(Refused, match="mỗi phong trào một văn bản"):
        drafted(province, first, second)


@pytest.mark.clause("NĐ 30/2020, Phụ lục I")
def test_a_delegate_signs_by_order_and_never_as_the_chairman(province: Province) -> None:
    chair = province.seats["chair"]
    seat = delegate(chair, province.seats["auditor"].user, by=chair, on=TODAY, until=TODAY)
    assert texts.signer(chair).authority == ("CHỦ TỊCH",)
    assert texts.signer(seat).authority == ("TUQ. CHỦ TỊCH",)
    assert texts.post_of(seat) == "Thừa ủy quyền Chủ tịch"


def test_the_chairman_signs_on_the_page(province: Province) -> None:
    decision = drafted(province, province.recommended())
    client = province.client("chair")
    assert client.get("/quyet-dinh/").status_code == 200
    page = client.get(f"/quyet-dinh/{decision.pk}/").content.decode()
    assert "1.490.000" in page
    refused = post_form(client, f"/quyet-dinh/{decision.pk}/ky/", {"version": decision.version})
    assert refused.status_code == 422
    sentences = reckoning.assumed(reckoning.reckon(actions.listed(decision), on=TODAY))
    ticks = {f"accept-{n}": "on" for n in range(len(sentences))}
    answer = post_form(client, f"/quyet-dinh/{decision.pk}/ky/", {"version": decision.version, **ticks})
    assert answer.status_code == 302
    assert client.get(f"/quyet-dinh/{decision.pk}/").status_code == 200
    award = Award.objects.get()
    assert client.get(f"/quyet-dinh/khen-thuong/{award.pk}/").status_code == 200


def test_others_see_only_the_awards_of_their_own_sight(province: Province) -> None:
    decision = signed(province, drafted(province, province.recommended(), group(province)))
    shown = province.client("commune").get(f"/quyet-dinh/{decision.pk}/")
    assert shown.status_code == 200
    assert "Tập thể Khoa Nội" not in shown.content.decode()
    assert province.client("commune_b").get(f"/quyet-dinh/{decision.pk}/").status_code == 404
    assert province.client("commune").get(f"/quyet-dinh/{decision.pk}/tep/pdf/").status_code == 404


def test_desks_of_another_province_neither_draft_nor_sign_nor_withdraw_here(province: Province) -> None:
    chair, board = province.stranger(Desk.CHAIR), province.stranger(Desk.BOARD)
    waiting, standing = group(province, "Tập thể C"), drafted(province, group(province, "Tập thể D"))
    listing = standing.listings.select_related("decision", "dossier").get()
    award = signed(province, drafted(province, group(province))).awards.get()
    body, reason = province.bodies["province"], "Khai man thành tích, đã xác minh."
    for act in (
        lambda: actions.draft(body=body, award=waiting.award, title=TITLE, dossiers=[waiting], by=board, on=TODAY),
        lambda: actions.draft(
            body=board.desk.body, award=waiting.award, title=TITLE, dossiers=[waiting], by=board, on=TODAY
        ),
        lambda: actions.take_off(listing, by=board, on=TODAY),
        lambda: actions.sign(standing, by=chair, on=TODAY, accepted=()),
        lambda: actions.correct(award, new_name="Tên khác", reason=reason, by=chair, on=TODAY),
        lambda: actions.withdraw(award, reason=reason, by=chair, on=TODAY),
    ):
        with pytest.raises(Refused, match="ngoài địa bàn của bàn làm việc này"):
            act()
    assert Decision.objects.count() == 2
    assert not AwardChange.objects.exists()
