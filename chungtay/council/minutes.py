"""Biên bản: written by the acts of the meeting, so that its figures cannot differ from what happened."""

from collections.abc import Sequence
from datetime import date, time

from chungtay.accounts.models import Seat
from chungtay.council import agenda, roll
from chungtay.council.models import Item, Meeting, Member
from chungtay.documents import actions as documents
from chungtay.documents.models import Paper
from chungtay.documents.papers import Attendee, Letterhead, MinutesPaper, Signer, Tally

SERIES = "BB"
CODE = "{}/BB-HĐTĐKT"


def issue(meeting: Meeting, items: Sequence[Item], *, ended_at: time, conclusion: str, by: Seat, on: date) -> Paper:
    """Give the minutes their number in the caller's transaction and freeze their text; printing follows after commit.

    The meeting's roll was called: it has a presider.
    """
    presider = meeting.presider
    if presider is None or meeting.began_at is None:
        raise ValueError("minutes need a meeting that was opened and whose roll was called")
    paper = documents.issue(
        Paper.Kind.MINUTES, body=meeting.council, series=SERIES, code=CODE, on=on, title=meeting.title,
        signer=str(presider.user), signer_post=presider.get_office_display(), noun=meeting,
    )  # fmt: skip
    place = meeting.council.place.on(meeting.held_on)
    rows = roll.attendances(meeting)
    rolls = roll.of_items(meeting, items)
    text = MinutesPaper(
        head=Letterhead(
            superior=f"Ủy ban nhân dân {place.full_name}".upper(), issuer=meeting.council.name.upper(),
            number=paper.code, place=place.name, issued_on=on,
        ),
        subject=meeting.title,
        began=_clock(meeting.began_at),
        held_on=meeting.held_on,
        venue=meeting.venue,
        chair=f"{presider.user} - {presider.get_office_display()}",
        secretary=f"{by.user} - {by.title or by.desk.name}",
        members=meeting.members_total,
        present=tuple(
            Attendee(str(row.member.user), str(row.member.body), row.member.get_office_display())
            for row in rows
            if row.is_present
        ),
        absent=tuple((str(row.member.user), row.absence_reason) for row in rows if not row.is_present),
        discussion=tuple(paragraph for item in items for paragraph in _paragraphs(item, rolls[item.pk])),
        method=_method(items),
        results=tuple(_tally(item) for item in items if item.state == Item.State.CLOSED),
        conclusion=(_summary(items), *(line.strip() for line in conclusion.splitlines() if line.strip())),
        ended=_clock(ended_at),
        secretary_signs=Signer(authority=("THƯ KÝ",), name=str(by.user)),
        chair_signs=Signer(authority=("CHỦ TRÌ", _office_line(presider)), name=str(presider.user)),
    )  # fmt: skip
    return documents.freeze(paper, text)


def _paragraphs(item: Item, table: roll.Roll) -> list[str]:
    """What happened with one dossier, in the order in which it happened."""
    dossier = item.dossier
    told = [
        f"{item.ordinal}. Hồ sơ {dossier} của {dossier.party_name}, do {dossier.unit} trình,"
        f" đề nghị {agenda.award_label(dossier)}."
    ]
    if item.discussion:
        told.append(f"Ý kiến thảo luận: {item.discussion}")
    told += [f"{line.name} không tham gia biểu quyết: {line.recusal.rstrip('.')}." for line in table.recused]
    if item.state == Item.State.DEFERRED:
        return [*told, f"Để lại phiên sau: {item.outcome.rstrip('.')}."]
    if item.is_secret:
        returned = (item.yes or 0) + (item.no or 0) + (item.blank or 0)
        told.append(
            f"Phát ra {item.issued} phiếu, thu về {returned} phiếu, không thu về {item.missing} phiếu; không hợp lệ"
            f" {item.blank} phiếu. Người kiểm phiếu: {item.tellers}."
        )
    if item.written:
        told.append(f"Trong đó {item.written} ý kiến bằng văn bản của thành viên vắng mặt.")
    return [*told, f"Có mặt khi biểu quyết: {item.present}/{table.total}. {item.outcome}"]


def _tally(item: Item) -> Tally:
    return Tally(
        name=item.dossier.party_name,
        award=agenda.award_label(item.dossier),
        yes=item.yes or 0,
        members=item.base or 0,
        outcome="Đề nghị khen thưởng" if item.passed else "Không đề nghị",
    )


def _method(items: Sequence[Item]) -> str:
    """Each way of voting once, with the awards it was used for and the share that was asked."""
    ways: dict[tuple[bool, str], list[str]] = {}
    for item in items:
        if item.state == Item.State.CLOSED:
            rule = agenda.thawed(item.rule)
            awards = ways.setdefault((rule.secret, agenda.percent(rule.threshold)), [])
            if agenda.award_label(item.dossier) not in awards:
                awards.append(agenda.award_label(item.dossier))
    told = [
        f"{'bỏ phiếu kín' if secret else 'biểu quyết công khai'} đối với {', '.join(awards)},"
        f" cần ít nhất {share} đồng ý"
        for (secret, share), awards in ways.items()
    ]
    return "; ".join(told) or "không có hồ sơ nào được biểu quyết"


def _summary(items: Sequence[Item]) -> str:
    passed = sum(item.passed is True for item in items)
    failed = sum(item.passed is False for item in items)
    deferred = sum(item.state == Item.State.DEFERRED for item in items)
    return (
        f"Hội đồng đề nghị khen thưởng {passed} trường hợp, không đề nghị {failed} trường hợp,"
        f" để lại phiên sau {deferred} trường hợp."
    )


def _office_line(presider: Member) -> str:
    return presider.get_office_display().upper()


def _clock(moment: time) -> str:
    """ "08 giờ 05 phút"."""
    return f"{moment:%H} giờ {moment:%M} phút"
