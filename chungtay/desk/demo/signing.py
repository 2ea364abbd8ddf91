"""What the Chairman of the demo signed: decisions of three years, a letter to Hà Nội, a correction, a withdrawal."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from chungtay.decisions import actions, following, reckoning
from chungtay.decisions.models import Award, Decision
from chungtay.desk.demo.case import PRIME_MINISTER, PROVINCE
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.province import Demo
from chungtay.nominations import entering, hearing
from chungtay.nominations.hearing import Document

TITLE = "Về việc tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh{}"


@dataclass(frozen=True)
class Signing:
    """A decision: drafted by the Board, signed by the Chairman; None: it still waits for the signature."""

    key: str
    drafted_on: date
    signed_on: date | None
    occasion: str
    cases: tuple[str, ...]


SIGNINGS = (
    Signing(
        "2018",
        date(2018, 12, 10),
        date(2018, 12, 19),
        " năm 2018",
        ("khmer_household", "eleven_of_fifteen", "community", "giver_2018", "giver_same", "revoked", "corrected"),
    ),
    Signing(
        "2019",
        date(2019, 12, 9),
        date(2019, 12, 18),
        " năm 2019",
        (
            "person_at_threshold",
            "labour_giver",
            "land_giver",
            "knowledge_giver",
            "collective",
            "commune",
            "giver_2019",
        ),
    ),
    Signing("2020-03", date(2020, 3, 20), date(2020, 3, 25), " bổ sung năm 2019", ("deferred",)),
    Signing(
        "draft",
        date(2020, 10, 6),
        None,
        " tổng kết phong trào giai đoạn 2016-2020",
        ("on_draft_1", "on_draft_2", "on_draft_3", "on_draft_4"),
    ),
)


def write(demo: Demo, diary: Diary) -> None:
    """Put the signatures into the diary."""
    for signing in SIGNINGS:
        diary.at(signing.drafted_on, partial(_draft, demo, signing))
        if signing.signed_on is not None:
            diary.at(signing.signed_on, partial(_sign, demo, signing.key))
    diary.at(date(2019, 2, 20), partial(_correct, demo))
    diary.at(date(2019, 5, 15), partial(_withdraw, demo))
    diary.at(date(2019, 12, 20), partial(_forward, demo))
    diary.at(date(2020, 6, 10), partial(_hear, demo))
    diary.at(date(2020, 10, 5), partial(_recall_earlier, demo))


def _draft(demo: Demo, signing: Signing, on: date) -> None:
    demo.decisions[signing.key] = actions.draft(
        body=demo.parties["ubnd"],
        award=PROVINCE,
        title=TITLE.format(signing.occasion),
        dossiers=[demo.dossier(key) for key in signing.cases],
        by=demo.seats["bantdkt"],
        on=on,
    )


def _sign(demo: Demo, key: str, on: date) -> None:
    """The Chairman accepts by name every value that stands in for a text that nobody has found."""
    decision = Decision.objects.get(pk=demo.decisions[key].pk)
    accepted = following.to_accept(decision, reckoning.reckon(actions.listed(decision), on=on))
    demo.decisions[key] = actions.sign(decision, by=demo.seats["chutich"], on=on, accepted=accepted)


def _correct(demo: Demo, on: date) -> None:
    award = _award(demo, "corrected")
    reason = "Hồ sơ của xã ghi thiếu chữ lót trong tên chủ hộ so với giấy tờ tùy thân."
    actions.correct(award, new_name=award.party.name, reason=reason, by=demo.seats["chutich"], on=on)


def _withdraw(demo: Demo, on: date) -> None:
    reason = "Kiểm tra sau khen thưởng cho thấy phần lớn thành tích kê khai là của người khác."
    actions.withdraw(_award(demo, "revoked"), reason=reason, by=demo.seats["chutich"], on=on)


def _forward(demo: Demo, on: date) -> None:
    actions.forward(
        body=demo.parties["ubnd"],
        award=PRIME_MINISTER,
        dossiers=[demo.dossier(key) for key in ("forwarded", "granted", "not_granted")],
        by=demo.seats["chutich"],
        on=on,
    )


def _hear(demo: Demo, on: date) -> None:
    """The Board puts on record what the centre answered on two of the three dossiers that went up."""
    board, above = demo.seats["bantdkt"], "Thủ tướng Chính phủ"
    granted, denied = (Document(f"{number}/QĐ-TTg (mẫu)", on - timedelta(days=9), above) for number in ("00", "01"))
    hearing.record_grant(demo.dossier("granted"), award=PRIME_MINISTER, told=granted, by=board, on=on)
    reason = "Thành tích chưa đủ tiêu chuẩn Bằng khen của Thủ tướng theo hướng dẫn của Trung ương."
    hearing.record_denial(demo.dossier("not_granted"), told=denied, reason=reason, by=board, on=on)


def _recall_earlier(demo: Demo, on: date) -> None:
    """Two awards from before the movement: the Board's counts, the unit's waits for the Board."""
    told = entering.Told(
        award=PROVINCE, way="regular", number="00/QĐ-UBND (mẫu)", decided_on=date(2014, 11, 20),
        issuer="Chủ tịch UBND tỉnh Kiên Giang", evidence="Bản sao trong hồ sơ lưu của Ban, đã đối chiếu bản chính.",
        achievement="Có nhiều thành tích giúp đỡ người nghèo từ năm 2010 đến năm 2014",
    )  # fmt: skip
    entering.record_earlier(demo.parties["dn.vungtau"], told, by=demo.seats["bantdkt"], on=on)
    family = demo.parties["ho.tom"]
    older = replace(told, number="01/QĐ-UBND (mẫu)", evidence="Bằng khen treo tại nhà, xã đã xem.")
    entering.record_earlier(family, older, by=demo.seats["xa.thoson"], on=on)


def _award(demo: Demo, key: str) -> Award:
    rows = Award.objects.select_related("decision__body", "decision__paper", "party", "dossier__round__plan_version")
    return rows.get(dossier=demo.dossiers[key])
