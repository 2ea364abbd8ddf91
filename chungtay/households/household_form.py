"""The base of every form about a household: refusals at their fields, the day, and the hamlet that is asked about."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from chungtay.households import hamlets, rights
from chungtay.law.refusals import Reason
from chungtay.records.forms import BlamedForm
from chungtay.records.names import clean, fold

NEW_HAMLET = "new_hamlet"
OF_BIRTH = ("birth_year", "born_on")


class HouseholdForm(BlamedForm):
    """A form whose refusals stand at its fields. What must be told is asked by the law of the act, so that everything
    missing is said at once; `may_be_empty` names what need not be told.
    """

    may_be_empty: ClassVar[frozenset[str]] = frozenset(
        {"address", "id_number", "unnamed", "note", "no_labour", "merit", "was_counted", "new_hamlet"}
    )

    def line(self, name: str) -> dict[str, Any]:
        """A bound field, and whether it has to be told though a browser would let it be empty."""
        return {"field": self[name], "later": name.rpartition("-")[2] not in self.may_be_empty}

    @property
    def lines(self) -> list[dict[str, Any]]:
        """All fields in their order."""
        return [self.line(name) for name in self.fields]

    def blame(self, reasons: Iterable[Reason]) -> None:
        """As everywhere, but a field that already has a fault of its own gets no other."""
        faulty = set(self.errors) if self.is_bound else set()
        for reason in reasons:
            name = self.field_for(reason.field)
            if name is None or name not in faulty:
                self.add_error(name, str(reason))

    on: date

    def blame_day(self, *, since: date | None = None) -> None:
        """What is wrong with the day that was typed, beside everything else."""
        if (day := self.cleaned_data.get("day")) is not None:
            self.blame(rights.faults_of_day(day, self.on, since=since))

    def ask_about_hamlet(self, place: int | None, *, but: str = "", offers: bool = True) -> None:
        """A hamlet in which nobody of the commune lives yet has to be confirmed, by a tick that holds for that name.

        `but`: where the household lives already; `offers` as for `hamlets.question`.
        """
        typed = clean(self.cleaned_data.get("hamlet") or "")
        if place is None or not typed or fold(typed) == fold(but):
            return
        asked = hamlets.question(place, typed, offers=offers)
        if not asked:
            return
        tick = forms.MultipleChoiceField(
            label="Ấp, khu phố mới", choices=[(typed, f"Đúng, “{typed}” là ấp, khu phố mới")], required=False,
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.fields[NEW_HAMLET] = tick
        self.order_fields([*_up_to(list(self.fields), "hamlet"), NEW_HAMLET])
        if typed not in tick.widget.value_from_datadict(self.data, self.files, self.add_prefix(NEW_HAMLET)):
            self.blame([Reason(asked, field="hamlet")])

    @property
    def new_hamlet(self) -> forms.BoundField | None:
        """The tick that confirms a new hamlet; None where nothing is asked."""
        return self[NEW_HAMLET] if NEW_HAMLET in self.fields else None

    def field_for(self, name: str) -> str | None:
        """The form's field that an action's field stands behind."""
        if name.endswith(OF_BIRTH):
            name = f"{name.rpartition('-')[0]}-birth" if "-" in name else "birth"
        return super().field_for(name)


def _up_to(names: Sequence[str], last: str) -> list[str]:
    """The names of the fields as far as `last`."""
    return list(names[: names.index(last) + 1])
