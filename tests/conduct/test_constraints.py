"""Every constraint of the registers of conduct and of good models: a row that breaks just this one is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from chungtay.conduct.models import Commitment, Duty, Handing, Loan, LoanEvent, Programme, Result
from chungtay.parties.kinds import PartyKind
from chungtay.practices.models import Adoption, Practice
from tests.conduct.made import commitment, duty, handed, happened, loan, programme, result
from tests.make import TODAY, Province
from tests.practices.told import adopted, practice, published

Row = Any
DAY = timedelta(days=1)
NUMBERS = count(1)


def rows(p: Province) -> dict[type[models.Model], Row]:
    """One sound row of each register."""
    owed, model = duty(p), published(practice(p), p)
    lent, promised = loan(p), commitment(p)
    return {
        Duty: owed, Handing: handed(owed, p, by="commune"), Loan: lent, Programme: programme(p),
        LoanEvent: happened(lent, p, "repaid", date(2019, 1, 1), 5), Commitment: promised,
        Result: result(promised, p), Practice: model, Adoption: adopted(model, p, "commune_c", by="commune"),
    }  # fmt: skip


FRESH: dict[type[models.Model], Callable[[Province], dict[str, Any]]] = {
    Duty: lambda p: {"title": f"Việc khác {next(NUMBERS)}"},
    Handing: lambda p: {"duty": duty(p, title=f"Việc nộp {next(NUMBERS)}")},
    Loan: lambda p: {"contract": f"KU {next(NUMBERS)}"},
    Programme: lambda p: {"number": f"{next(NUMBERS)}/KH"},
    Adoption: lambda p: {"party": p.party(f"Hội {next(NUMBERS)}", PartyKind.MASS_ORGANISATION, p.places["kg"])},
}
"""What tells a second row from the first."""


def another(p: Province, row: Row, **changes: Any) -> Row:
    """A second row like `row`, with these changes, straight into the table."""
    copy = type(row).objects.get(pk=row.pk)
    fresh = FRESH[type(row)](p) if type(row) in FRESH else {}
    for name, value in {"pk": None, **fresh, **changes}.items():
        setattr(copy, name, value)
    with transaction.atomic():
        copy.save(force_insert=True)
    return copy


def line(of: str) -> dict[str, dict[str, Any]]:
    """What every line of this room may not be."""
    return {
        f"{of}_ended_says_why": {"ended_on": TODAY}, f"{of}_file_has_name": {"file_name": "tệp.pdf"},
        f"{of}_corrected_once": {"corrects": "itself"},
    }  # fmt: skip


def told(of: str) -> dict[str, dict[str, Any]]:
    """What every word that waits for the other side may not be."""
    refused = {"accepted": False, "answered_on": TODAY, "answered_by": "entered_by"}
    return {**line(of), f"{of}_answered_whole": {"answered_on": TODAY}, f"{of}_refused_says_why": refused}


BROKEN: dict[type[models.Model], dict[str, dict[str, Any]]] = {
    Duty: {
        **line("duty"), "duty_given_once": {"title": "same"}, "nobody_owes_itself": {"owed_to": "party"},
        "duty_has_title": {"title": ""}, "duty_year_sane": {"year": 1999}, "duty_kind_known": {"kind": "poem"},
    },
    Handing: {**told("handing"), "one_handing_of_a_duty_holds": {"duty": "same"}, "handing_has_paper": {"paper": ""}},
    Loan: {
        **line("loan"), "loan_entered_once": {"contract": "same"}, "loan_has_amount": {"amount": 0},
        "loan_is_due_after": {"due_on": "lent_on"}, "loan_says_who_and_why": {"purpose": ""},
    },
    LoanEvent: {
        **line("loanevent"), "only_repayments_have_amounts": {"amount": 0},
        "check_says_who_looked": {"kind": "used", "amount": None, "who": ""},
        "loan_event_kind_known": {"kind": "dreamt", "amount": None},
    },
    Programme: {
        **line("programme"), "programme_once": {"number": "same"}, "programme_has_number_and_title": {"title": ""},
        "programme_ends_after": {"expires_on": date(2018, 7, 19)}, "programme_kind_known": {"kind": "poem"},
    },
    Commitment: {
        **line("commitment"), "commitment_says_what": {"what": ""},
        "commitment_ends_after": {"until": date(2017, 12, 31)},
    },
    Result: {**told("result"), "result_says_what": {"text": ""}},
    Practice: {
        "practice_is_told_whole": {"what": ""}, "practice_state_known": {"state": "famous"},
        "practice_checked_by_somebody": {"checked_on": None}, "practice_published_on_a_day": {"published_on": None},
        "practice_returned_says_why": {"state": "returned"}, "practice_escaped_took_part": {"escaped": 13},
        "nobody_checks_its_own_practice": {"checked_by": "recorded_by"},
    },
    Adoption: {
        "adopted_once": {"party": "same"}, "adoption_says_what_came": {"result": ""},
        "adoption_escaped_took_part": {"households": None}, "adoption_answered_on_a_day": {"answered_on": TODAY},
        "adoption_denied_says_why": {"accepted": False, "answered_on": TODAY},
        "adoption_ended_says_why": {"ended_why": "Ghi nhầm xã"},
    },
}  # fmt: skip
"""By constraint, the change to a sound row that breaks just this one; a name of a column stands for its value."""
EACH = [(model, name) for model, broken in BROKEN.items() for name in broken]


def test_no_constraint_of_these_rooms_was_forgotten() -> None:
    tables = [*apps.get_app_config("conduct").get_models(), *apps.get_app_config("practices").get_models()]
    assert {model: {one.name for one in model._meta.constraints} for model in tables} == {
        model: set(broken) for model, broken in BROKEN.items()
    }


@pytest.mark.parametrize(("model", "name"), EACH, ids=[name for _, name in EACH])
def test_a_row_that_breaks_it_is_refused_and_one_beside_it_is_taken(
    province: Province, model: type[models.Model], name: str
) -> None:
    row, changes = rows(province)[model], BROKEN[model][name]
    columns = {one.name for one in model._meta.get_fields()}
    values = {
        key: getattr(row, key if value == "same" else value) if value == "same" or value in columns else value
        for key, value in changes.items()
        if value != "itself"
    }
    if len(values) < len(changes):
        another(province, row, corrects=row)
        values["corrects"] = row
    assert another(province, row).pk != row.pk
    with pytest.raises(IntegrityError) as refused:
        another(province, row, **values)
    constraint = next(one for one in model._meta.constraints if one.name == name)
    said = str(refused.value).lower()
    assert name in said or (isinstance(constraint, models.UniqueConstraint) and "unique" in said)


def test_a_copy_without_a_number_of_households_helped_nobody_out(province: Province) -> None:
    copy = rows(province)[Adoption]
    assert another(province, copy, households=None, escaped=0).escaped == 0
    assert another(province, copy, households=3, escaped=3).households == 3
