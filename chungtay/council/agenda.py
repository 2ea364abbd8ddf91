"""Chương trình họp: which dossiers wait for a meeting, and the voting rule of an item as it was frozen."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from chungtay.accounts.models import Seat
from chungtay.council.models import Item, Meeting, Member
from chungtay.law import voting
from chungtay.law.awards import Award
from chungtay.law.clauses import CATALOGUE, Source, Trust
from chungtay.law.procedure import State
from chungtay.law.refusals import Refused
from chungtay.nominations.models import Dossier
from chungtay.parties.models import Party

RUNNING = (Item.State.LISTED, Item.State.VOTING)


def council_of(seat: Seat, on: date) -> Party:
    """The Council that this seat works for: its own body, else the first one with members in its area. Refused: none."""
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
        f" ({percent(rule.threshold)} tổng số thành viên, không phải số người có mặt)."
    )


def percent(share: Fraction) -> str:
    """7/10 as "70%", 2/3 as "2/3"."""
    hundredths = share * 100
    return f"{hundredths.numerator}%" if hundredths.denominator == 1 else f"{share.numerator}/{share.denominator}"


def award_label(dossier: Dossier) -> str:
    """The award in the law's words."""
    return Award(dossier.award).label
