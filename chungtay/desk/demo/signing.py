"""What the Chairman of the demo signed: decisions of three years, a letter to Hà Nội, a correction, a withdrawal."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from chungtay.decisions import actions, following, reckoning
from chungtay.decisions.models import Award, Decision
from chungtay.desk.demo.case import PRIME_MINISTER, PROVINCE
from chungtay.desk.demo.diary import Diary
from chungtay.desk.demo.province import Demo

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
        dossiers=[demo.dossier("forwarded")],
        by=demo.seats["chutich"],
        on=on,
    )


def _award(demo: Demo, key: str) -> Award:
    rows = Award.objects.select_related("decision__body", "decision__paper", "party", "dossier__round__plan_version")
    return rows.get(dossier=demo.dossiers[key])
