"""Biên nhận, thư cảm ơn, sao kê năm: what a giver is given on paper, in Vietnamese or in English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from chungtay.contributions import givers, pages
from chungtay.contributions.gifts import Contribution, Share, State
from chungtay.contributions.paper_words import (
    EN,
    NATURES,
    VI,
    WORDS,
    bare,
    body_in_english,
    day_in,
    dong_in,
    place_in,
)
from chungtay.documents import printing
from chungtay.documents.paper_parts import Letterhead, nfc
from chungtay.law.giving import Nature
from chungtay.law.words import in_words
from chungtay.parties import areas
from chungtay.parties.models import Party
from chungtay.records import walls

TEMPLATE = "giving"
OWN = "a giver reads of its own gifts wherever they were received"


@dataclass(frozen=True)
class Issuer:
    """Who gives the paper out: the body's name, the place where it sits, who signs, what it is called in English."""

    body: str
    place: str
    signer: str = ""
    english: str = ""

    @classmethod
    def of(cls, body: Party, place: str) -> "Issuer":
        """The body as it stands in the register, in the place of that name."""
        return cls(body.name, place, english=body_in_english(body.kind, place))


@dataclass(frozen=True)
class Entry:
    """One confirmed share as a giver reads it, in the language asked for.

    Neither the name of a helped household nor what was written of it stands in it: papers go from hand to hand.
    """

    share: Share
    day: str
    what: str
    nature: str
    to: str
    worth: str
    foreign: str
    confirmed: str


@walls.everything(OWN)
def entries(party: Party, language: str, on: date, *, year: int | None = None) -> list[Entry]:
    """The confirmed shares of the giver under all its names, the latest first. Four queries."""
    group = givers.joined({party.pk})[party.pk]
    rows = Share.objects.filter(party__in=group, gift__state=State.CONFIRMED)
    if year is not None:
        rows = rows.filter(gift__received_on__year=year)
    found = list(
        rows.select_related("gift__place", "gift__project", "gift__fund", "gift__confirmed_body", "party")
        .order_by("-gift__received_on", "-pk")
    )  # fmt: skip
    return told(found, language, on)


def told(shares: Sequence[Share], language: str, on: date) -> list[Entry]:
    """Shares of confirmed gifts in words. One query for the names of places."""
    bodies = [one.gift.confirmed_body.place_id for one in shares if one.gift.confirmed_body is not None]
    names = areas.names_on([*(one.gift.place_id for one in shares), *bodies], on)
    words = WORDS[language]
    found = []
    for one in shares:
        gift = one.gift
        place = place_in(language, names.get(gift.place_id, str(gift.place)))
        to = pages.beneficiary(gift, place, named=False)
        if gift.household_id is not None:
            to = words["one_household"].format(place=place)
        found.append(Entry(
            share=one,
            day=day_in(language, gift.received_on or gift.day),
            what=gift.purpose if gift.household_id is None else "",
            nature=NATURES[language][Nature(gift.nature)],
            to=to,
            worth=dong_in(language, one.amount) if one.amount else words["none"],
            foreign=_foreign(one, language),
            confirmed=f"{_confirmer(gift, language, names)}, {day_in(language, gift.confirmed_on or on)}",
        ))  # fmt: skip
    return found


def _confirmer(gift: Contribution, language: str, names: Mapping[int, str]) -> str:
    """Who confirmed, as signed; in English beside it what the body is."""
    body = gift.confirmed_body
    known = body_in_english(body.kind, names.get(body.place_id, "")) if body is not None and language == EN else ""
    return f"{gift.confirmed_by} ({known})" if known else gift.confirmed_by


def years_of(shares: Sequence[Entry]) -> list[int]:
    """The years in which something was received, the latest first."""
    return sorted({(one.share.gift.received_on or one.share.gift.day).year for one in shares}, reverse=True)


def _foreign(share: Share, language: str) -> str:
    gift = share.gift
    if gift.amount is None or gift.rate is None:
        return ""
    whole = share.numerator == share.denominator
    part = gift.amount if whole else (gift.amount * share.numerator / share.denominator).quantize(Decimal("0.01"))
    return f"{_figure(part, language)} {gift.currency}"


def _rate(gift: Contribution, language: str) -> str:
    """1 USD = 23.185 đồng, in English VND 23,185 per USD, and who published it."""
    if gift.rate is None:
        return ""
    figure = _figure(gift.rate, language)
    rate = f"VND {figure} per {gift.currency}" if language == EN else f"1 {gift.currency} = {figure} đồng"
    return f"{rate} ({gift.rate_source})"


def _figure(value: Decimal, language: str) -> str:
    if language == EN:
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    return pages.plain(value)


def statement(party: Party, year: int, language: str, issuer: Issuer, *, on: date, watermark: str = "") -> bytes:
    """Sao kê và thư cảm ơn của một năm as PDF. Raises `Refused` for letters that cannot be printed."""
    words = WORDS[language]
    rows = entries(party, language, on, year=year)[::-1]
    total = sum(one.share.amount for one in rows)
    table = [
        [str(at), one.day, f"{one.nature}: {one.what}" if one.what else one.nature, one.to, one.foreign, one.worth]
        for at, one in enumerate(rows, start=1)
    ]
    heads = [words[name] for name in ("stt", "day", "what", "to", "foreign", "value")]
    letter = words["letter" if rows else "nothing"].format(year=year)
    data = _frame(words["statement"].format(year=year), language, issuer, on) | {
        "lines": [words["dear"].format(name=party.name), letter],
        "facts": _facts([(words["total"], dong_in(language, total)), _in_words(words, total)] if rows else []),
        "heads": heads if rows else [],
        "rows": table,
        "total": [words["total"], dong_in(language, total)] if rows else [],
        "note": words["note"].format(day=day_in(language, on)),
    }
    return printing.pdf(TEMPLATE, data, on=on, watermark=watermark)


def receipt(share: Share, language: str, issuer: Issuer, *, on: date, watermark: str = "") -> bytes:
    """Biên nhận of one confirmed share as PDF. Raises `Refused` for letters that cannot be printed."""
    words, gift = WORDS[language], share.gift
    one = told([share], language, on)[0]
    name = share.party.name if share.party is not None else share.words
    quantity = f"{_figure(gift.quantity, language)} {gift.unit}" if gift.quantity is not None else ""
    part = pages.percent(Fraction(share.numerator, share.denominator))
    facts = [
        (words["number"], f"{gift.pk}/{share.ordinal}"), (words["giver"], name),
        (words["nature"], one.nature), (words["what"], one.what), (words["quantity"], quantity),
        (words["foreign"], one.foreign), (words["rate"], _rate(gift, language)),
        (words["share"], "" if share.numerator == share.denominator else part), (words["value"], one.worth),
        _in_words(words, share.amount), (words["to"], one.to), (words["received"], one.day),
        (words["confirmed"], one.confirmed),
    ]  # fmt: skip
    data = _frame(words["receipt"], language, issuer, on) | {
        "lines": [words["dear"].format(name=name), words["receipt_letter"]],
        "facts": _facts(facts), "heads": [], "rows": [], "total": [], "note": words["entered"],
    }  # fmt: skip
    return printing.pdf(TEMPLATE, data, on=on, watermark=watermark)


def _frame(title: str, language: str, issuer: Issuer, on: date) -> dict[str, Any]:
    words, place = WORDS[language], bare(issuer.place)
    head = Letterhead(issuer=issuer.body, place=place, issued_on=on).to_dict()
    return {
        "language": language,
        "issuer": head["issuer"] if language == VI else nfc("\n".join(filter(None, [issuer.body, issuer.english]))),
        "dated": head["dated"] if language == VI else nfc(f"{place}, {day_in(language, on)}"),
        "title": title,
        "signer": {"authority": [words["signer"]], "note": words["sign"], "name": nfc(issuer.signer)},
    }


def _facts(rows: Sequence[tuple[str, str]]) -> list[list[str]]:
    return [[nfc(label), nfc(value)] for label, value in rows if label and value]


def _in_words(words: Mapping[str, str], amount: int) -> tuple[str, str]:
    return words["in_words"], in_words(amount) if amount else ""
