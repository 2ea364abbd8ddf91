"""The columns of the reports: how each adds up, and which households stand behind its figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from chungtay.law.causes import CAUSES
from chungtay.law.deprivations import INDICATORS
from chungtay.law.deprivations import LISTS as LISTS_OF_INDICATORS
from chungtay.law.poverty import Class
from chungtay.law.rates import percent
from chungtay.reviews.assessments import Assessment
from chungtay.reviews.escaping import newly_escaped
from chungtay.reviews.figures import Figures
from chungtay.reviews.peoples import GROUPS as PEOPLES
from chungtay.reviews.peoples import ROWS as PEOPLE_ROWS
from chungtay.reviews.rounds import Round

POOR = [standing.value for standing in Class if standing.is_poor]
NEAR = [Class.NEAR_POOR.value]
UNLISTED = [standing.value for standing in Class if not standing.is_listed]
LISTS = {"poor": ("hộ nghèo", POOR, NEAR), "near_poor": ("hộ cận nghèo", NEAR, POOR)}
GROUP_LABELS = {
    "minority": "Dân tộc thiểu số", "no_labour": "Không có khả năng lao động", "merit": "Có người có công",
    "other": "Không thuộc nhóm nào",
}  # fmt: skip
GROUP_ROWS = {
    "minority": Q(minority=True), "no_labour": Q(no_labour=True), "merit": Q(merit=True),
    "other": Q(minority=False, no_labour=False, merit=False),
}  # fmt: skip
Value = Callable[[Figures], int | None]
Where = Q | Callable[[Round], Q]


@dataclass(frozen=True)
class Column:
    """Một cột: `value` of one commune, `where` its households (None: nobody in particular stands behind it; where the
    days of the round count, a function of the round).

    With `whole`, the column is a rate in per cent: the sum of `value` of the sum of `whole`. `mask`: of these
    households only those that have this bit. `sums`: the figure counts their persons, as this field of theirs tells.
    `is_early`: it is known before the commune has scored its households.
    """

    key: str
    label: str
    value: Value
    where: Where | None = None
    whole: Value | None = None
    mask: tuple[str, int] | None = None
    sums: str = ""
    is_early: bool = False

    def households(self, rows: "QuerySet[Assessment]", round: Round) -> "QuerySet[Assessment]":
        """Those of `rows`, all of that round, that stand behind the figure. Raises ValueError where nobody does."""
        if self.where is None:
            raise ValueError(f"nobody in particular stands behind {self.key}")
        found = rows.filter(self.where if isinstance(self.where, Q) else self.where(round))
        if self.mask is not None:
            name, bit = self.mask
            found = found.annotate(hit=F(name).bitand(bit)).filter(hit__gt=0)
        return found

    def of(self, rows: Sequence[Figures]) -> int | Decimal | None:
        """What the communes add up to; None where one of them is not known, or where there is nothing to share."""
        part = _sum(self.value, rows)
        if self.whole is None or part is None:
            return part
        whole = _sum(self.whole, rows)
        return None if whole is None else percent(part, whole)


def _sum(value: Value, rows: Sequence[Figures]) -> int | None:
    found = [value(row) for row in rows]
    return None if None in found else sum(one for one in found if one is not None)


def field(name: str) -> Value:
    """A figure that stands in its own column."""
    return lambda row: getattr(row, name)


def every_household(row: Figures) -> int | None:
    """All households of the commune; None until it has told them, for no commune is without any."""
    return row.households_all or None


def of_people(on_list: str, group: str) -> Value:
    """Households by the people of their head; None for figures that were written before it was counted."""
    return lambda row: row.peoples[on_list].get(group, 0) if row.peoples else None


def within(group: str, on_list: str, name: str) -> Value:
    """A figure of `lacking`, `causes` or `groups`."""
    return lambda row: getattr(row, group).get(on_list, {}).get(name, 0)


def flow(table: str, name: str) -> Value:
    """A figure of one table of movement; nobody knows it where rounds cannot be compared."""
    return lambda row: row.flows[table][name] if row.flows else None


def listed(on_list: str) -> Q:
    return Q(standing__in=LISTS[on_list][1])


RESULT: tuple[Column, ...] = (
    Column("households_all", "Tổng số hộ", every_household, is_early=True),
    Column("persons_all", "Tổng nhân khẩu", field("persons_all"), is_early=True),
    Column("poor", "Hộ nghèo", field("poor"), listed("poor")),
    Column("poor_persons", "Nhân khẩu hộ nghèo", field("poor_persons"), listed("poor"), sums="persons"),
    Column("income_poor", "Nghèo về thu nhập", field("income_poor"), Q(standing=Class.INCOME_POOR.value)),
    Column("service_poor", "Nghèo thiếu hụt dịch vụ", field("service_poor"), Q(standing=Class.SERVICE_POOR.value)),
    Column("poor_rate", "Tỷ lệ hộ nghèo (%)", field("poor"), None, every_household),
    Column("near_poor", "Hộ cận nghèo", field("near_poor"), listed("near_poor")),
    Column(
        "near_poor_persons", "Nhân khẩu hộ cận nghèo", field("near_poor_persons"), listed("near_poor"), sums="persons"
    ),
    Column("near_poor_rate", "Tỷ lệ hộ cận nghèo (%)", field("near_poor"), None, every_household),
    Column("newly_escaped", "Hộ mới thoát nghèo", field("newly_escaped"), newly_escaped),
)
FLOW_LABELS = {
    "start": "Đầu kỳ", "to_other": "Xuống danh sách kia", "above": "Vượt chuẩn cận nghèo",
    "other_decrease": "Giảm khác", "from_other": "Từ danh sách kia", "relapsed": "Tái",
    "newly_arising": "Phát sinh mới", "other_increase": "Tăng khác", "end": "Cuối kỳ",
}  # fmt: skip
AS_BEFORE = ("start", "to_other", "above")
"""Columns of movement whose persons are those of the round before; the others' are those of this one."""
OTHER_LIST = {
    "poor": {"to_other": "Thoát nghèo, còn cận nghèo", "from_other": "Từ cận nghèo", "relapsed": "Tái nghèo"},
    "near_poor": {"to_other": "Xuống nghèo", "from_other": "Từ nghèo lên", "relapsed": "Tái cận nghèo"},
}


def _moved(on_list: str, name: str) -> Q:
    """The households behind one column of movement, as `law.population` counts them."""
    _, mine, other = LISTS[on_list]
    again = Q(move="relapsed" if on_list == "poor" else "near_poor_again")
    was, now = Q(before__in=mine), Q(standing__in=mine)
    fresh = now & ~was & ~Q(before="")
    return {
        "start": was,
        "to_other": was & Q(standing__in=other),
        "above": was & Q(standing__in=UNLISTED),
        "other_decrease": was & ~Q(gone=""),
        "from_other": fresh & ~again & Q(before__in=other),
        "relapsed": fresh & again,
        "newly_arising": fresh & ~again & Q(before__in=UNLISTED),
        "other_increase": now & Q(before=""),
        "end": now,
    }[name]


def movement(on_list: str) -> tuple[Column, ...]:
    """Households, then persons: those by whom a household grew or shrank stand in "other" too, without a list."""
    labels = FLOW_LABELS | OTHER_LIST[on_list]
    persons = f"{on_list}_persons"
    told = [
        Column(f"{on_list}.{n}", label, flow(on_list, n), _moved(on_list, n), is_early=n == "start")
        for n, label in labels.items()
    ]
    for name, label in labels.items():
        where = None if name.startswith("other_") else _moved(on_list, name)
        sums = "persons_before" if name in AS_BEFORE else "persons"
        column = Column(f"{persons}.{name}", f"Người: {label.lower()}", flow(persons, name), where, sums=sums)
        told.append(replace(column, is_early=name == "start"))
    return tuple(told)


def _deprived() -> tuple[Column, ...]:
    told = []
    for on_list, (name, _, _) in LISTS.items():
        for one in INDICATORS.values():
            value, said = within("lacking", on_list, one.id), f"{name.capitalize()}: {one.label}"
            mask = ("lacking", one.bit)
            told.append(Column(f"{on_list}.{one.id}", said, value, listed(on_list), mask=mask))
            told.append(Column(f"{on_list}.{one.id}.rate", f"{said} (%)", value, None, field(on_list)))
    return tuple(told)


def _causes() -> tuple[Column, ...]:
    return tuple(
        Column(
            f"{on_list}.{one.id}", f"{name.capitalize()}: {one.label}", within("causes", on_list, one.id),
            listed(on_list), mask=("causes", one.bit),
        )
        for on_list, (name, _, _) in LISTS.items()
        for one in CAUSES.values()
    )  # fmt: skip


def _groups() -> tuple[Column, ...]:
    return tuple(
        Column(
            f"{on_list}.{group}", f"{name.capitalize()}: {label.lower()}", within("groups", on_list, group),
            listed(on_list) & GROUP_ROWS[group],
        )
        for on_list, (name, _, _) in LISTS.items()
        for group, label in GROUP_LABELS.items()
    )  # fmt: skip


def _rest(whole: Value, minority: str) -> Value:
    """The rest: all less the minority. None where one of the two is not known."""

    def value(row: Figures) -> int | None:
        every, some = whole(row), getattr(row, minority)
        return None if every is None or some is None else every - some

    return value


def _peoples() -> tuple[Column, ...]:
    others = _rest(every_household, "minority_all")
    told = [
        Column("minority_all", "Hộ dân tộc thiểu số", field("minority_all"), is_early=True),
        Column("kinh_all", "Hộ ngoài dân tộc thiểu số", others, is_early=True),
    ]
    for on_list, (name, _, _) in LISTS.items():
        minority, kinh = field(f"minority_{on_list}"), _rest(field(on_list), f"minority_{on_list}")
        mine, rest = listed(on_list) & Q(minority=True), listed(on_list) & Q(minority=False)
        told += [
            Column(f"minority_{on_list}", f"{name.capitalize()} dân tộc thiểu số", minority, mine),
            Column(f"{on_list}.rate", f"Tỷ lệ {name} dân tộc thiểu số (%)", minority, None, field("minority_all")),
            Column(f"{on_list}.share", f"Tỷ trọng trong {name} (%)", minority, None, field(on_list)),
            Column(f"kinh_{on_list}", f"{name.capitalize()} ngoài dân tộc thiểu số", kinh, rest),
            Column(f"kinh_{on_list}.rate", f"Tỷ lệ {name} ngoài dân tộc thiểu số (%)", kinh, None, others),
        ]
        told += [
            Column(
                f"{on_list}.head_{group}", f"{name.capitalize()}: {label}", of_people(on_list, group),
                listed(on_list) & PEOPLE_ROWS[group],
            )
            for group, label in PEOPLES.items()
        ]  # fmt: skip
    return tuple(told)


@dataclass(frozen=True)
class Form:
    """Biểu: one report, by its name in addresses."""

    key: str
    title: str
    columns: tuple[Column, ...]

    def on(self, day: date) -> tuple[Column, ...]:
        """The columns that the standard of that day knows: an indicator that it does not ask is left out."""
        if self.key != "thieu-hut":
            return self.columns
        asked = LISTS_OF_INDICATORS.on(day).value
        return tuple(one for one in self.columns if one.key.split(".")[1] in asked)


FORMS: dict[str, Form] = {
    form.key: form
    for form in (
        Form("ket-qua", "Kết quả rà soát hộ nghèo, hộ cận nghèo", RESULT),
        Form("bien-dong-ngheo", "Biến động hộ nghèo", movement("poor")),
        Form("bien-dong-can-ngheo", "Biến động hộ cận nghèo", movement("near_poor")),
        Form("thieu-hut", "Thiếu hụt dịch vụ xã hội cơ bản", _deprived()),
        Form("nhom", "Hộ nghèo, hộ cận nghèo theo nhóm đối tượng", _groups()),
        Form("dan-toc", "Hộ nghèo, hộ cận nghèo theo dân tộc", _peoples()),
        Form("nguyen-nhan", "Nguyên nhân nghèo", _causes()),
    )
}

ENTERED = Column("vao", "Hộ vào danh sách", lambda row: None, Q(standing__in=POOR + NEAR) & ~Q(before__in=POOR + NEAR))
LEFT = Column("ra", "Hộ ra khỏi danh sách", lambda row: None, Q(before__in=POOR + NEAR) & ~Q(standing__in=POOR + NEAR))
LISTED = Column("hien-co", "Hộ nghèo, hộ cận nghèo", lambda row: row.poor + row.near_poor, Q(standing__in=POOR + NEAR))
BEHIND: dict[str, Column] = {one.key: one for one in (ENTERED, LEFT, LISTED)} | {
    f"{form.key}.{one.key}": one for form in FORMS.values() for one in form.columns if one.where is not None
}
"""Every figure that can be opened down to its households, by its name in addresses."""
