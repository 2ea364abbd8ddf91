"""One dossier from draft to recommendation, through the actions."""

import pytest

from chungtay.law.procedure import State
from chungtay.records import journal
from tests.make import Province


@pytest.mark.clause("KH IV.4.3", "KH V.5")
def test_a_dossier_goes_from_the_unit_to_the_council(province: Province) -> None:
    dossier = province.recommended()
    assert dossier.at is State.RECOMMENDED
    assert dossier.code == "HS-2020-0001"
    assert dossier.waits_for == "chair"
    assert journal.faults() == []
