"""Opening and closing funds, money in, money out, from fund to fund, and taking a wrong transfer back."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from chungtay.accounts.models import Seat
from chungtay.documents.models import StoredFile
from chungtay.law.funds import INCOMES, FundKind, Income, Purpose, uses
from chungtay.law.money import dong
from chungtay.law.refusals import Reason, Reasons, Refused
from chungtay.ledger import rights
from chungtay.ledger.models import APART, AWARD_CLAUSE, CLAUSE, LEVELS, Account, Balance, Fund, Transfer
from chungtay.ledger.posting import Posting, account, cash, post, short
from chungtay.parties.models import Party
from chungtay.places.models import Level, Place
from chungtay.records import journal
from chungtay.records.journal import System
from chungtay.records.names import clean
from chungtay.records.versions import guarded_update

LEAST_WORDS = 10
SPENDING = frozenset({"pay_out", "move_funds"})
"""Acts that spend money by hand, and so leave what is held of a fund for its decisions."""
Keeper = Seat | System
"""A seat, or a command of the province's own machine."""


@dataclass(frozen=True)
class Told:
    """Lời của một khoản: what is written beside the sum. `day` is when the money moved."""

    day: date
    words: str
    key: str
    evidence: StoredFile | None = None
    party: Party | None = None
    place: Place | None = None
    households: int | None = None


@transaction.atomic
def open_fund(
    *, owner: Party, kind: FundKind | str, name: str, by: Keeper, on: date, document: str = "",
    starts: date | None = None, ends: date | None = None,
) -> Fund:  # fmt: skip
    """Mở quỹ: one running fund of a kind for a body; a drive has its first and last day, and a body may have many."""
    kind = FundKind(kind)
    reasons = faults_of_owner(owner, kind, by=by, on=on)
    if not name.strip():
        reasons.add("Ghi tên quỹ.", field="name")
    reasons.extend(faults_of_days(kind, starts, ends))
    reasons.raise_if_any()
    made = Fund(
        owner=owner, kind=kind.value, name=clean(name), place=owner.place, level=owner.place.level,
        area_path=owner.area_path, document=clean(document), opened_on=on, starts=starts, ends=ends,
        is_demo=owner.is_demo,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as taken:
        text = f"{owner.name} đang giữ một quỹ cùng loại; đóng quỹ đó trước khi mở quỹ mới."
        raise Refused.because(text, clause=made.clause, field="kind") from taken
    cash(made)
    journal.record("open_fund", by=by, on=on, noun=made, body={"kind": kind.value, "name": made.name})
    return made


def faults_of_owner(owner: Party, kind: FundKind, *, by: Keeper, on: date) -> Reasons:
    """What stands against this body keeping a fund of that kind, opened by that desk."""
    reasons, level = Reasons(), Level(owner.place.level)
    clause = AWARD_CLAUSE if kind is FundKind.AWARD else CLAUSE
    if level not in LEVELS:
        reasons.add("Quỹ do cơ quan cấp tỉnh, huyện hoặc xã giữ.", clause=clause, field="owner")
    elif isinstance(by, Seat) and not rights.may_keep(by, kind, owner, level, on):
        reasons.add("Bàn làm việc này không giữ quỹ của cơ quan đó.", clause=clause, field="owner")
    return reasons


def faults_of_days(kind: FundKind, starts: date | None, ends: date | None) -> Reasons:
    """A drive, and only a drive, has its first and last day."""
    reasons = Reasons()
    if kind is not FundKind.DRIVE:
        if starts or ends:
            reasons.add("Chỉ đợt vận động có ngày bắt đầu và kết thúc.", field="starts")
    elif starts is None or ends is None:
        reasons.add("Đợt vận động cần ngày bắt đầu và ngày kết thúc.", clause=CLAUSE, field="starts")
    elif ends < starts:
        reasons.add("Ngày kết thúc không được trước ngày bắt đầu.", clause=CLAUSE, field="ends")
    return reasons


@transaction.atomic
def close_fund(fund: Fund, *, by: Keeper, on: date, version: int | None = None) -> Fund:
    """Đóng quỹ: only an empty fund is closed; what is left goes to another fund first."""
    _of_keeper(fund, by, on).raise_if_any()
    if not fund.is_running:
        raise Refused.because("Quỹ này đã đóng.", clause=fund.clause)
    guarded_update(fund, version=version, where={"closed_on": None}, closed_on=on)
    money = Balance.objects.filter(account_id=cash(fund).pk)  # its own row only: looked at again if money comes in
    if money.filter(debited=F("credited")).update(is_open=False) != 1:
        left = money.get().amount
        text = f"Quỹ còn {dong(left)} đồng: chi hết hoặc chuyển sang quỹ khác rồi mới đóng."
        raise Refused.because(text, clause=fund.clause)
    journal.record("close_fund", by=by, on=on, noun=fund)
    return fund


@transaction.atomic
def pay_in(fund: Fund, amount: int, income: Income | str, told: Told, *, by: Keeper, on: date) -> Transfer:
    """Thu: money comes into a fund from outside. A drive takes money from its first to its last day."""
    income = Income(income)
    reasons = _of_keeper(fund, by, on)
    reasons.extend(faults_of_income(fund, amount, income, told, on=on))
    reasons.raise_if_any()
    source = account(fund, Account.Kind.INCOME, income)
    return _write("pay_in", cash(fund), source, amount, told, by=by, on=on)


def faults_of_income(fund: Fund, amount: int, income: Income, told: Told, *, on: date) -> Reasons:
    """What stands against this money coming into the fund, whoever writes it."""
    reasons = _of_transfer(fund, amount, told, on)
    if income not in INCOMES[fund.fund_kind]:
        text = f"{fund.get_kind_display()} không có nguồn thu này: {income.label}."
        reasons.add(text, clause=fund.clause, field="code")
    reasons.extend(_outside_days(fund, told.day))
    return reasons


@transaction.atomic
def pay_out(fund: Fund, amount: int, purpose: Purpose | str, told: Told, *, by: Keeper, on: date) -> Transfer:
    """Chi: money leaves a fund for one of its purposes; help to households names the commune and how many they are."""
    purpose = Purpose(purpose)
    reasons = _of_keeper(fund, by, on)
    reasons.extend(faults_of_purpose(fund, amount, purpose, told, on=on))
    reasons.raise_if_any()
    goal = account(fund, Account.Kind.PURPOSE, purpose)
    return _write("pay_out", goal, cash(fund), amount, told, by=by, on=on)


def faults_of_purpose(fund: Fund, amount: int, purpose: Purpose, told: Told, *, on: date) -> Reasons:
    """What stands against this money leaving the fund, whoever writes it."""
    reasons = _of_transfer(fund, amount, told, on)
    if purpose not in uses(fund.fund_kind, on=max(told.day, fund.first_day)):
        reasons.add(f"{fund.get_kind_display()} không chi cho: {purpose.label}.", clause=fund.clause, field="code")
    if purpose.helps_households and told.place is None:
        reasons.add("Khoản hỗ trợ hộ nghèo cần ghi địa bàn được hỗ trợ.", clause=fund.clause, field="place")
    if purpose.helps_households and not told.households:
        reasons.add("Khoản hỗ trợ hộ nghèo cần ghi số hộ được hỗ trợ.", clause=fund.clause, field="households")
    if fund.starts is not None and fund.first_day <= told.day < fund.starts:
        text = f"Đợt vận động bắt đầu ngày {fund.starts:%d/%m/%Y}."
        reasons.add(text, clause=fund.clause, field="day")
    return reasons


def faults_of_money(fund: Fund, amount: int, key: str) -> Reasons:
    """What stands against spending that much by hand, told before it is tried: what is there, and what is held of it.

    What the same form wrote before is asked no more. The guarded update asks again (`posting.spend`). Two queries.
    """
    kept = Balance.objects.select_related("account__fund").get(account__fund=fund, is_money=True)
    if amount <= kept.free or Transfer.objects.filter(key=key).exists():
        return Reasons()
    return Reasons([short(kept, amount, spares_held=True)])


@transaction.atomic
def transfer(fund: Fund, to: Fund, amount: int, told: Told, *, by: Keeper, on: date) -> Transfer:
    """Chuyển quỹ: from one fund to another, written in both books by one row."""
    reasons = _of_keeper(fund, by, on)
    reasons.extend(faults_of_passing_on(fund, to, amount, told, on=on))
    reasons.raise_if_any()
    return _write("move_funds", cash(to), cash(fund), amount, told, by=by, on=on)


def faults_of_passing_on(fund: Fund, to: Fund | None, amount: int, told: Told, *, on: date) -> Reasons:
    """What stands against money going from one fund to the other; `to` is None where it is not known yet."""
    reasons = _of_transfer(fund, amount, told, on)
    if to is None:
        return reasons
    if fund.pk == to.pk:
        reasons.add("Chọn một quỹ khác để chuyển đến.", field="to")
    elif told.day < to.first_day:
        reasons.add(f"Quỹ nhận mở ngày {to.first_day:%d/%m/%Y}.", clause=to.clause, field="day")
    if (fund.kind == FundKind.AWARD) is not (to.kind == FundKind.AWARD):
        text = "Quỹ thi đua, khen thưởng không chuyển qua lại với quỹ của người nghèo."
        reasons.add(text, clause=AWARD_CLAUSE, field="to")
    if not to.is_running:
        reasons.add(f"{to.name} đã đóng, không chuyển tiền đến được.", clause=to.clause, field="to")
    reasons.extend(_outside_days(to, told.day))
    return reasons


@transaction.atomic
def counter(wrong: Transfer, *, reason: str, key: str, by: Keeper, on: date) -> Transfer:
    """Bút toán đảo: the same sum back the other way, once. The wrong transfer stays as it was written.

    A wrong sum is countered whenever it is found, also after a drive's last day.
    """
    reasons, clause = Reasons(), wrong.debit.fund.clause
    if isinstance(by, Seat) and not any(
        side.kind == Account.Kind.CASH and rights.keeps(by, side.fund, on) for side in (wrong.debit, wrong.credit)
    ):
        reasons.add("Bàn làm việc này không giữ quỹ này.", clause=clause)
    if wrong.origin:
        reasons.add("Khoản này do một việc khác ghi vào sổ; sửa ở việc đó thì sổ tự đảo.", clause=clause)
    if wrong.corrects_id is not None:
        reasons.add("Đây đã là bút toán đảo; ghi lại khoản đúng bằng một khoản mới.", clause=clause)
    standing = Transfer.objects.filter(corrects=wrong).first()
    if standing is not None and standing.key != key:
        reasons.add(f"Khoản này đã được đảo ngày {standing.on:%d/%m/%Y}.", clause=clause)
    if len(reason.strip()) < LEAST_WORDS:
        reasons.add(f"Lý do cần ít nhất {LEAST_WORDS} ký tự.", field="reason")
    reasons.raise_if_any()
    told = Told(
        day=on, words=clean(f"Đảo khoản ngày {wrong.on:%d/%m/%Y}: {reason}")[:300], key=key, party=wrong.party,
        place=wrong.place, households=wrong.households,
    )  # fmt: skip
    return _write("counter", wrong.credit, wrong.debit, wrong.amount, told, corrects=wrong, by=by, on=on)


def _write(
    act: str, debit: Account, credit: Account, amount: int, told: Told, *, by: Keeper, on: date,
    corrects: Transfer | None = None,
) -> Transfer:  # fmt: skip
    if APART in told.key:
        raise Refused.because("Tờ mẫu này không dùng được. Mở lại tờ mẫu rồi ghi.")
    posting = Posting(
        key=told.key, debit=debit, credit=credit, amount=amount, on=told.day, words=clean(told.words), party=told.party,
        place=told.place, households=told.households, evidence=told.evidence, corrects=corrects,
        spares_held=act in SPENDING and credit.fund.kind == FundKind.AWARD,
    )  # fmt: skip
    made, is_new = post(posting, written_on=on)
    if is_new:
        body = {"amount": amount, "on": told.day, "from": str(credit), "to": str(debit), "fund": debit.fund_id}
        journal.record(act, by=by, on=on, noun=made, body=body, personal={"words": made.words})
    return made


def _of_keeper(fund: Fund, by: Keeper, on: date) -> Reasons:
    reasons = Reasons()
    if isinstance(by, Seat) and not rights.keeps(by, fund, on):
        reasons.add("Bàn làm việc này không giữ quỹ này.", clause=fund.clause)
    return reasons


def _of_transfer(fund: Fund, amount: int, told: Told, on: date) -> Reasons:
    """What stands against any transfer of that fund, whoever writes it."""
    reasons = Reasons()
    if not fund.is_running:
        reasons.add(f"{fund.name} đã đóng, không ghi thêm được.", clause=fund.clause)
    if amount <= 0:
        reasons.add("Số tiền phải lớn hơn 0 đồng.", field="amount")
    if not fund.first_day <= told.day <= on:
        first = "ngày đầu đợt" if fund.first_day < fund.opened_on else "ngày mở quỹ"
        text = f"Ngày phải từ {first} {fund.first_day:%d/%m/%Y} đến hôm nay {on:%d/%m/%Y}."
        reasons.add(text, clause=fund.clause, field="day")
    if len(told.words.strip()) < LEAST_WORDS:
        reasons.add(f"Diễn giải cần ít nhất {LEAST_WORDS} ký tự.", field="words")
    return reasons


def _outside_days(fund: Fund, day: date) -> list[Reason]:
    if fund.starts is None or fund.ends is None or fund.starts <= day <= fund.ends:
        return []
    text = f"{fund.name} nhận tiền từ ngày {fund.starts:%d/%m/%Y} đến hết ngày {fund.ends:%d/%m/%Y}."
    return [Reason(text, fund.clause, "day")]
