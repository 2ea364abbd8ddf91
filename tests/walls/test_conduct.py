"""What the database shows each desk of duties, loans, programmes, promises and good models, behind the second wall."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from chungtay.conduct import answering
from chungtay.conduct.models import Commitment, Duty, Handing, Loan, LoanEvent, Programme, Result
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.practices.answering import model_adopted
from chungtay.practices.models import Adoption, Practice
from chungtay.records import walls
from tests.conduct.made import commitment, duty, handed, happened, loan, programme, result
from tests.make import TODAY, Province
from tests.practices.told import adopted, practice, published
from tests.walls.behind import Walled, keys

SINCE, UNTIL = date(2018, 1, 1), date(2019, 12, 31)
HUNG = ((Handing, Duty, "duty_id"), (LoanEvent, Loan, "loan_id"), (Result, Commitment, "commitment_id"))
Rows = dict[str, Any]


@pytest.fixture
def rows(province: Province) -> Rows:
    """Of each register a line of commune A and one of commune B or C; a bank that lent to A; a model known to all."""
    p = province
    bank = p.body("bank", "Ngân hàng Chính sách xã hội", PartyKind.BANK, p.places["kg"])
    p.seat("bank", p.seats["unit"].kind, bank, p.places["kg"])
    own, other = duty(p), duty(p, "commune_c", by="labour")
    handed(own, p, by="commune")
    handed(other, p, by="commune_c")
    lent, elsewhere = loan(p, bank=bank), loan(p, p.household("Hộ B", commune="kg-30850"), by="commune_b")
    for row, by in ((lent, "commune"), (elsewhere, "commune_b")):
        happened(row, p, "used", date(2018, 6, 1), by=by)
    helped = commitment(p)
    result(helped, p)
    result(commitment(p, by="front", place="kg-30985"), p, by="front")
    known = published(practice(p, title="Nuôi lươn không bùn"), p)
    return {
        "loan": lent, "elsewhere": elsewhere, "known": known, "copy": adopted(known, p, "commune_c"),
        "draft": practice(p, p.bodies["commune_b"], by="commune_b"), "programme": programme(p),
        "other_programme": programme(p, "commune_b", by="district"), "duty": own,
    }  # fmt: skip


def test_each_desk_is_shown_the_lines_that_its_pages_show(
    province: Province, rows: Rows, behind: Callable[[Province], Walled]
) -> None:
    walled, shown = behind(province), 0
    for name, seat in province.seats.items():
        for model in (Duty, Loan, Programme, Commitment, Practice, Adoption):
            with walls.everything("the control: what the pages' own filter lets through"):
                manager: Any = model._default_manager
                mine = set(manager.visible_to(seat, TODAY).values_list("pk", flat=True))
            with walled.seen_by(name):
                assert keys(model) == mine, (name, model)
            shown += len(mine)
        for hung, parent, column in HUNG:
            with walled.seen_by(name):
                assert set(hung._default_manager.values_list(column, flat=True)) == keys(parent), (name, hung)
    assert shown > 0
    assert [keys(model) for model in (Duty, Handing, Loan, LoanEvent, Result, Adoption)] == [set()] * 6


def test_a_bank_is_shown_its_own_loans_and_their_households_and_no_others(
    province: Province, rows: Rows, behind: Callable[[Province], Walled]
) -> None:
    walled = behind(province)
    with walled.seen_by("bank"):
        assert keys(Loan) == {rows["loan"].pk}
        assert Party.objects.filter(pk=rows["loan"].party_id).exists()
        assert not Party.objects.filter(pk=rows["elsewhere"].party_id).exists()
    with walled.seen_by("unit"):
        assert keys(Loan) == set()


def test_a_commune_writes_no_line_of_another_and_answers_look_everywhere(
    province: Province, rows: Rows, behind: Callable[[Province], Walled]
) -> None:
    walled = behind(province)
    commune = province.bodies["commune"].pk
    with walled.seen_by("commune_c"):
        assert Duty.objects.filter(pk=rows["duty"].pk).update(ended_on=TODAY, ended_why="Không phải của mình") == 0
        assert commune in answering.programme_issued([commune], since=SINCE, until=UNTIL, on=TODAY)
        assert commune in model_adopted([commune], since=SINCE, until=UNTIL, on=TODAY)
    row = Loan(**{one.attname: getattr(rows["loan"], one.attname) for one in Loan._meta.fields})
    row.pk, row.contract, row.bank_id, row.entered_by_id = None, "KU-9", None, province.bodies["commune_c"].pk
    with walled.seen_by("commune_c"), pytest.raises(ProgrammingError), transaction.atomic():
        row.save(force_insert=True)
