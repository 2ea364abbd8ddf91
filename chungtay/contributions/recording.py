"""Writing gifts down: what is told of one, everything that stands against it, and the rows that come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db import IntegrityError, transaction

from chungtay.accounts.models import Seat
from chungtay.contributions import figures
from chungtay.contributions.gifts import ENDED, Contribution, Project, Share, State
from chungtay.households.models import Household
from chungtay.law.funds import INCOMES, Income
from chungtay.law.giving import Nature, in_dong, missing_share, split
from chungtay.law.money import number
from chungtay.law.procedure import PROPOSING, Desk
from chungtay.law.refusals import Conflict, Reason, Reasons
from chungtay.ledger.models import Fund
from chungtay.parties.authority import in_sight
from chungtay.parties.kinds import PEOPLE, PartyKind
from chungtay.parties.models import Party
from chungtay.places.models import NoPlaceThen, Place
from chungtay.records import walls
from chungtay.records.names import clean

RECORDERS = PROPOSING | {Desk.BOARD}
"""Desks that write gifts down."""
FUND_CLAUSE = "KH III.3"
ABROAD = frozenset({PartyKind.FOREIGN_ORGANISATION, PartyKind.FOREIGN_PERSON, PartyKind.OVERSEAS_VIETNAMESE})


@dataclass(frozen=True)
class Given:
    """What one giver has in a gift. Without `party` the giver is not named, and `words` say what is known."""

    party: Party | None
    fraction: Fraction = Fraction(1)
    words: str = ""


@dataclass(frozen=True)
class Foreign:
    """Foreign money: three letters of its name, the sum, đồng for one unit on the gift's day, and who published it."""

    currency: str
    amount: Decimal
    rate: Decimal
    source: str


@dataclass(frozen=True)
class Told:
    """A gift as it is told: to a household, a project or a fund (or drive); without any of them to the place itself."""

    nature: str
    place: Place
    purpose: str
    day: date
    method: str
    evidence: str
    givers: Sequence[Given]
    value: int = 0
    household: Household | None = None
    project: Project | None = None
    fund: Fund | None = None
    hamlet: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    foreign: Foreign | None = None
    bank_reference: str = ""
    received_on: date | None = None
    is_demo: bool = False

    @property
    def named(self) -> list[Household | Project | Fund]:
        """Whom the gift is for, where it is not the place."""
        return [one for one in (self.household, self.project, self.fund) if one is not None]

    @property
    def worth(self) -> int:
        """Whole đồng: of foreign money by its rate, otherwise as valued."""
        return in_dong(self.foreign.amount, self.foreign.rate) if self.foreign is not None else self.value


def draft(told: Told, *, by: Seat, on: date) -> Contribution:
    """The gift as a row that is not written yet. The caller has asked `faults`."""
    gift = Contribution(
        nature=told.nature, place=told.place, area_path=told.place.path_on(on), hamlet=_hamlet(told),
        household=told.household, community=None if told.named else told.place, project=told.project, fund=told.fund,
        purpose=clean(told.purpose), day=told.day, quantity=told.quantity, unit=told.unit.strip(), value=told.worth,
        method=told.method, evidence=told.evidence.strip(), bank_reference=reference(told.bank_reference),
        recorded_body=by.desk.body, recorded_on=on, received_on=told.received_on, is_demo=told.is_demo,
        state=State.PLEDGED if told.received_on is None else State.RECEIVED,
    )  # fmt: skip
    if told.foreign is not None:
        gift.currency, gift.rate_source = told.foreign.currency, told.foreign.source.strip()
        gift.amount, gift.rate = told.foreign.amount, told.foreign.rate
    return gift


def write(told: Told, *, by: Seat, on: date) -> Contribution:
    """The gift and its shares. The caller has asked `faults` and keeps the journal. Raises `Conflict` for a bank
    reference that somebody has just written."""
    gift = draft(told, by=by, on=on)
    try:
        with transaction.atomic():
            gift.save(force_insert=True)
    except IntegrityError as twice:
        if not gift.bank_reference:
            raise
        raise Conflict([known_reference(gift.bank_reference)]) from twice
    Share.objects.bulk_create(shares(gift, told.givers))
    return gift


def write_many(every: Sequence[Told], *, by: Seat, on: date) -> list[Contribution]:
    """The same for many gifts, in a fixed number of statements."""
    gifts = Contribution.objects.bulk_create((draft(told, by=by, on=on) for told in every), batch_size=30)
    parts = [part for gift, told in zip(gifts, every, strict=True) for part in shares(gift, told.givers)]
    Share.objects.bulk_create(parts, batch_size=100)
    return gifts


def shares(gift: Contribution, givers: Sequence[Given]) -> list[Share]:
    """The shares of a written gift, not written yet; their đồng sum to its value."""
    parts = split(gift.value, [one.fraction for one in givers])
    return [
        Share(
            gift=gift, ordinal=at, party=one.party, words="" if one.party is not None else one.words.strip(),
            numerator=one.fraction.numerator, denominator=one.fraction.denominator, amount=part,
            area_path=gift.area_path,
        )
        for at, (one, part) in enumerate(zip(givers, parts, strict=True), start=1)
    ]  # fmt: skip


def _hamlet(told: Told) -> str:
    return told.household.hamlet if told.household is not None else clean(told.hamlet)


def reference(text: str) -> str:
    """A bank reference as it is compared: capitals, without blanks."""
    return "".join(text.split()).upper()


def faults(told: Told, *, by: Seat, on: date, instead_of: Contribution | None = None) -> Reasons:
    """Everything that stands against writing this gift down; `instead_of` is the one that it corrects."""
    found = Reasons(of_desk(told, by=by, on=on))
    found.extend(figures.of_days(told.day, told.received_on, on, is_foreign=told.foreign is not None))
    found.extend(of_worth(told))
    found.extend(of_givers(told.givers))
    if len(told.named) > 1:
        found.add("Chọn một nơi được giúp: hộ, địa bàn, công trình hoặc quỹ.", field="household")
    found.extend(of_reference(told.bank_reference, instead_of=instead_of))
    return found


def of_reference(typed: str, *, instead_of: Contribution | None = None) -> list[Reason]:
    """A bank transfer that stands in the book already, other than as the gift `instead_of`, is written once."""
    if not typed.strip():
        return []
    with walls.everything("a bank reference is one wherever it was written"):
        known = Contribution.objects.filter(bank_reference=reference(typed)).exclude(state__in=ENDED)
        is_known = known.exclude(pk=instead_of.pk if instead_of is not None else 0).exists()
    return [known_reference(reference(typed))] if is_known else []


def known_reference(text: str) -> Reason:
    """Why a transfer is not written a second time."""
    return Reason(f"Giao dịch ngân hàng {text} đã có trong sổ đóng góp.", field="bank_reference")


def of_desk(told: Told, *, by: Seat, on: date) -> Reasons:
    """Why this desk may not write of that place, household, project or fund; asks nothing of days ahead or worth."""
    found = Reasons()
    if by.kind not in RECORDERS:
        found.add(f"Sổ đóng góp do đơn vị nhận hoặc đơn vị quản lý người đóng góp ghi, không phải {by.kind.label}.")
        return found
    try:
        path = told.place.path_on(on)
    except NoPlaceThen as gone:
        found.add(gone.reasons[0].text, field="place")
        return found
    ours = by.scope(on).covers(path)
    given = any(one.party is not None and in_sight(one.party, by, on) for one in told.givers)
    if not ours and not given:
        found.add("Nơi nhận và người đóng góp đều không thuộc địa bàn hoặc đơn vị bạn quản lý.", field="place")
    if told.household is not None:
        if told.household.place_id != told.place.pk:
            found.add("Hộ này không ở địa bàn đã chọn.", field="household")
        elif not ours:
            found.add("Chỉ nơi quản lý hộ mới được ghi khoản giúp hộ.", field="household")
    if told.project is not None and told.project.place_id != told.place.pk:
        found.add("Công trình này không ở địa bàn đã chọn.", field="project")
    if told.fund is not None:
        _of_fund(found, told.fund, told)
    return found


def _of_fund(found: Reasons, fund: Fund, told: Told) -> None:
    if fund.place_id != told.place.pk:
        found.add("Quỹ này không ở địa bàn đã chọn.", field="fund")
    is_money = told.nature == Nature.MONEY
    if fund.closed_on is not None and (is_money or fund.closed_on < told.day):
        found.add(f"Quỹ này đã đóng ngày {fund.closed_on:%d/%m/%Y}.", field="fund")
    found.extend(outside_drive(fund, told.day, field="fund"))
    if is_money and told.received_on is not None and told.received_on != told.day:
        found.extend(outside_drive(fund, told.received_on, field="received_on"))
    if is_money:
        taken = INCOMES[fund.fund_kind]
        for source in dict.fromkeys(income_of(one.party) for one in told.givers):
            if source not in taken:
                text = f"{fund.get_kind_display()} không nhận tiền từ nguồn này: {source.label.lower()}."
                found.add(text, clause=FUND_CLAUSE, field="fund")


def outside_drive(fund: Fund, day: date, *, field: str) -> list[Reason]:
    """Why a drive does not take what comes on that day: it runs from its first to its last day (KH III.3)."""
    if fund.starts is None or fund.ends is None or fund.starts <= day <= fund.ends:
        return []
    days = f"từ {fund.starts:%d/%m/%Y} đến hết {fund.ends:%d/%m/%Y}"
    text = f"Đợt vận động này {days}; ngày {day:%d/%m/%Y} ở ngoài đợt."
    return [Reason(f"{text} Khoản đến ngoài đợt thì ghi cho Quỹ “Vì người nghèo”.", FUND_CLAUSE, field)]


def income_of(party: Party | None) -> Income:
    """Where the book of a fund says that a giver's money comes from; of one who is not named nothing is said."""
    if party is None:
        return Income.OTHER
    if party.kind in ABROAD:
        return Income.ABROAD
    return Income.PEOPLE if party.kind in PEOPLE or party.kind == PartyKind.HOUSEHOLD else Income.UNITS


def of_worth(told: Told) -> list[Reason]:
    """What stands against the words, the quantity and the value of a gift, whoever writes it."""
    foreign, nature = told.foreign, Nature(told.nature)
    found = [
        *figures.of_words(told.purpose, told.evidence), *figures.of_method(nature, told.method),
        *figures.of_quantity(told.quantity, told.unit),
        *figures.of_value(told.value, told.method, is_foreign=foreign is not None),
    ]  # fmt: skip
    if foreign is not None:
        found += figures.of_foreign(foreign.currency, foreign.amount, foreign.rate, foreign.source, nature)
    return found


def of_givers(givers: Sequence[Given]) -> Reasons:
    """Somebody gave, nobody twice, and the shares make the whole."""
    found = Reasons()
    keys = [one.party.pk for one in givers if one.party is not None]
    if not givers:
        found.add("Cần có người đóng góp, hoặc ghi là người không nêu tên.", field="givers")
        return found
    if len(set(keys)) < len(keys):
        found.add("Một người đóng góp chỉ ghi một lần trong một khoản.", field="givers")
    if any(one.party is None and not one.words.strip() for one in givers):
        found.add("Người không nêu tên: ghi vài chữ đã biết, ví dụ “một nhà hảo tâm ở Rạch Giá”.", field="givers")
    if sum(one.party is None for one in givers) > 1:
        found.add("Những người không nêu tên ghi chung một dòng.", field="givers")
    if any(one.fraction <= 0 for one in givers):
        found.add("Mỗi phần đóng góp phải lớn hơn 0.", field="givers")
        return found
    if missing := missing_share([one.fraction for one in givers]):
        has = f"Các phần cộng lại được {number((1 - missing) * 100)}%"
        what = f"còn thiếu {number(missing * 100)}%" if missing > 0 else f"thừa {number(-missing * 100)}%"
        found.add(f"{has}, {what}; phải đủ 100%.", field="givers")
    return found
