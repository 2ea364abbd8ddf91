"""Chương trình họp: which dossiers wait for a meeting, and the voting rule of an item as it was frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from chungtay.accounts.models import Seat
from chungtay.council import roll
from chungtay.council.models import Item, Meeting, Member
from chungtay.law import voting
from chungtay.law.awards import Award
from chungtay.law.clauses import CATALOGUE, Source, Trust
from chungtay.law.procedure import Desk, State
from chungtay.law.refusals import Refused
from chungtay.nominations.models import Dossier
from chungtay.parties.models import Party

RUNNING = (Item.State.LISTED, Item.State.VOTING)


def council_of(seat: Seat, on: date) -> Party:
    """The Council that this seat works for: its own body, else the first with members in its area. Refused: none."""
    councils = Party.objects.filter(pk__in=Member.objects.valid(on).values("council"))
    found = councils.filter(pk=seat.body_id).first()
    found = found or councils.filter(seat.scope(on).where("area_path")).order_by("pk").first()
    if found is None:
        raise Refused.because("Chưa có Hội đồng nào với thành viên đang giữ chức trong địa bàn này.", clause="KH V.2")
    return found


def waiting(seat: Seat, on: date) -> QuerySet[Dossier]:
    """Appraised dossiers on no running agenda. The promised day orders them; a keyset page needs (due_on, id)."""
    running = Item.objects.filter(dossier=OuterRef("pk"), state__in=RUNNING)
    rows = Dossier.objects.visible_to(seat, on).filter(~Exists(running), state=State.APPRAISED.value)
    return rows.select_related("unit", "round")


def items_of(meeting: Meeting) -> list[Item]:
    """The agenda in its order, with dossiers, recusals and votes: four queries however long it is."""
    rows = Item.objects.filter(meeting=meeting).select_related("dossier__unit", "dossier__round", "meeting")
    return list(rows.order_by("ordinal").prefetch_related("recusals", "votes"))


def frozen(rule: voting.Rule) -> dict[str, Any]:
    """The rule as it is kept with the item: nothing decided moves when the law does."""
    return {
        "quorum": str(rule.quorum),
        "threshold": str(rule.threshold),
        "secret": rule.secret,
        "sources": [[source.instrument.short, source.clause, source.trust.value] for source in rule.sources],
        "assumed": list(rule.assumed),
    }


def thawed(kept: Mapping[str, Any]) -> voting.Rule:
    """The rule that `frozen` kept."""
    return voting.Rule(
        quorum=Fraction(kept["quorum"]),
        threshold=Fraction(kept["threshold"]),
        secret=kept["secret"],
        sources=tuple(Source(CATALOGUE[short], clause, Trust(trust)) for short, clause, trust in kept["sources"]),
        assumed=tuple(kept["assumed"]),
    )


def rule_for(item: Item) -> voting.Rule:
    """The item's own frozen rule; before the meeting opens, the one of the day of the meeting. Raises NoRule."""
    if item.rule:
        return thawed(item.rule)
    return voting.rule(item.dossier.award, on=item.meeting.held_on)


def rule_sentence(rule: voting.Rule, *, members: int, base: int) -> str:
    """The rule in the secretary's words, with the figures of this very vote."""
    way = "Bỏ phiếu kín." if rule.secret else "Biểu quyết công khai."
    return (
        f"{way} Họp hợp lệ khi có mặt ít nhất {rule.present_needed(members)}/{members} thành viên."
        f" Được đề nghị khen khi có ít nhất {rule.yes_needed(base)}/{base} phiếu đồng ý"
        f" ({percent(rule.threshold)} {'tổng số thành viên' if base == members else 'số thành viên được biểu quyết'},"
        " không phải số người có mặt)."
    )


def percent(share: Fraction) -> str:
    """7/10 as "70%", 2/3 as "2/3"."""
    hundredths = share * 100
    return f"{hundredths.numerator}%" if hundredths.denominator == 1 else f"{share.numerator}/{share.denominator}"


def award_label(dossier: Dossier) -> str:
    """The award in the law's words."""
    return Award(dossier.award).label


@dataclass(frozen=True)
class Lamp:
    """Đủ người họp hay chưa: how many are there, how many must be."""

    present: int
    total: int
    needed: int

    @property
    def is_lit(self) -> bool:
        return self.total > 0 and self.present >= self.needed

    @property
    def sentence(self) -> str:
        verdict = "đủ họp" if self.is_lit else "chưa đủ họp"
        return f"{self.present}/{self.total} có mặt – {verdict} (cần {self.needed})"


def lamp(meeting: Meeting, present: int) -> Lamp:
    """The quorum lamp of an opened meeting, by the rule of its day."""
    needed = ceil(voting.QUORUM.on(meeting.held_on).value * meeting.members_total)
    return Lamp(present, meeting.members_total, needed)


STATE_TONES = {
    Item.State.LISTED: "neutral",
    Item.State.VOTING: "lotus",
    Item.State.CLOSED: "ok",
    Item.State.DEFERRED: "wait",
}
MEETING_TONES = {Meeting.State.PLANNED: "info", Meeting.State.OPEN: "lotus", Meeting.State.CLOSED: "ok"}


def badge(item: Item) -> tuple[str, str]:
    """(tone, words) of where an item stands."""
    if item.passed is not None:
        return ("ok", "Đề nghị khen") if item.passed else ("no", "Không đề nghị")
    state = Item.State(item.state)
    return STATE_TONES[state], str(state.label)


def row(item: Item) -> dict[str, str]:
    """An item as a row of the agenda."""
    tone, label = badge(item)
    way = "bỏ phiếu kín" if item.is_secret else "biểu quyết công khai"
    return {
        "title": f"{item.ordinal}. {item.dossier.party_name}",
        "href": reverse("council:item", args=[item.pk]),
        "code": item.dossier.code or "",
        "meta": f"{award_label(item.dossier)} · {item.dossier.unit} · {way}",
        "badge_tone": tone,
        "badge_label": label,
    }


def meeting_row(meeting: Meeting) -> dict[str, str]:
    """A meeting as a row of the list."""
    return {
        "title": meeting.title,
        "href": reverse("council:meeting", args=[meeting.pk]),
        "meta": f"{meeting.held_on:%d/%m/%Y} · {meeting.venue}",
        "badge_tone": MEETING_TONES[Meeting.State(meeting.state)],
        "badge_label": meeting.get_state_display(),
    }


def tally_is_open(item: Item, table: roll.Roll, seat: Seat) -> bool:
    """Whether the seat may see the figures now. A member sees none before the own vote; a secret count stays with the
    secretary until the result is closed."""
    if item.state != Item.State.VOTING or seat.kind is Desk.SECRETARY:
        return True
    if item.is_secret:
        return False
    line = table.line_of_seat(seat)
    return line is None or not line.may_vote or line.vote is not None
