"""Earlier awards and answers from above lie behind the second wall: each desk reads those of its own parties."""

from datetime import date

from chungtay.nominations import actions, entering, hearing
from chungtay.nominations.entering import Told
from chungtay.nominations.hearing import Document
from chungtay.nominations.models import CentralAnswer, Dossier, EarlierAward
from tests.make import TODAY, Province
from tests.walls.behind import keys

TOLD = Told("pm_certificate", "regular", "1/QĐ-TTg", date(2015, 1, 5), "Thủ tướng Chính phủ", "Bản sao")


def test_a_desk_reads_the_earlier_awards_and_answers_of_its_own_area(province: Province, behind: object) -> None:
    board = province.seats["board"]
    awards: list[int] = []
    answers: list[int] = []
    for commune, seat in (("kg-30847", "commune"), ("kg-30850", "commune_b")):
        party = province.household(f"Hộ {commune}", commune)
        dossier = province.recommended(party, seat=seat, award="pm_certificate")
        actions.forward_all([dossier], by=province.seats["chair"], on=TODAY, letter="1/TTr-UBND")
        told = Document(f"{len(answers)}/QĐ-TTg", TODAY, "Thủ tướng Chính phủ")
        hearing.record_grant(
            Dossier.objects.get(pk=dossier.pk), award="pm_certificate", told=told, by=board, on=TODAY
        )  # fmt: skip
        answers.append(CentralAnswer.objects.get(dossier=dossier).pk)
        awards.append(entering.record_earlier(party, TOLD, by=province.seats[seat], on=TODAY).pk)
    walled = behind(province)  # type: ignore[operator]
    with walled.seen_by("commune"):
        assert keys(EarlierAward) == {awards[0]}
        assert keys(CentralAnswer) == {answers[0]}
    with walled.seen_by("board"):
        assert keys(EarlierAward) == set(awards)
        assert keys(CentralAnswer) == set(answers)
    assert keys(EarlierAward) == keys(CentralAnswer) == set()
