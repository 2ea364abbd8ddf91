"""Refusals list everything at once; clauses show what they are quoted from."""

from __future__ import annotations

import ast
import sys
from datetime import date
from pathlib import Path

import pytest

from chungtay import law
from chungtay.law.clauses import CATALOGUE, Trust, cite, second_hand, stand_in
from chungtay.law.refusals import Conflict, NoRule, Reason, Reasons, Refused


def test_a_refusal_keeps_every_reason_in_order() -> None:
    gathered = Reasons()
    gathered.add("Thiếu tờ trình.", clause="KH IV.4.1", field="submission")
    gathered.add("Thiếu biên bản.")
    gathered.add("Thiếu biên bản.")
    with pytest.raises(Refused) as refusal:
        gathered.raise_if_any()
    assert refusal.value.reasons == [Reason("Thiếu tờ trình.", "KH IV.4.1", "submission"), Reason("Thiếu biên bản.")]
    assert str(refusal.value) == "Thiếu tờ trình. (KH IV.4.1) Thiếu biên bản."


def test_nothing_gathered_refuses_nothing() -> None:
    gathered = Reasons([])
    gathered.raise_if_any()
    assert not gathered
    assert list(gathered) == []


def test_a_refusal_without_a_reason_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one reason"):
        Refused([])


@pytest.mark.parametrize("kind", [Conflict, NoRule])
def test_conflict_and_no_rule_are_refusals_of_their_own_kind(kind: type[Refused]) -> None:
    refusal = kind.because("Người khác đã sửa.", field="version")
    assert isinstance(refusal, Refused)
    assert type(refusal) is kind
    assert refusal.reasons[0].field == "version"


def test_no_rule_names_the_rule_and_the_day() -> None:
    assert str(NoRule.on("mức thưởng", date(2010, 5, 31))) == (
        "Không có quy định về mức thưởng áp dụng cho ngày 31/05/2010."
    )


def test_a_citation_is_short_and_its_line_gives_title_date_and_trust() -> None:
    source = cite("NĐ 91/2017", "Điều 73.1")
    assert str(source) == "NĐ 91/2017, Điều 73.1"
    assert source.issued == date(2017, 7, 31)
    assert source.line == (
        "NĐ 91/2017, Điều 73.1: Nghị định số 91/2017/NĐ-CP của Chính phủ quy định chi tiết thi hành một số điều của "
        "Luật Thi đua, khen thưởng, ngày 31/7/2017 [đã đọc điều khoản]"
    )
    assert str(cite("KH", "IV.3.1")) == "KH IV.3.1"
    assert str(cite("NĐ 72/2018")) == "NĐ 72/2018"


def test_a_source_tells_how_far_to_trust_it() -> None:
    assert second_hand("NĐ 91/2017").trust is Trust.SECOND_HAND
    assert stand_in().trust is Trust.ASSUMED
    assert "chưa rõ ngày ban hành" in stand_in().line
    assert "(ngày chưa đối chiếu)" in cite("NĐ 42/2010").line


def test_an_instrument_that_nobody_catalogued_cannot_be_cited() -> None:
    with pytest.raises(KeyError):
        cite("NĐ 1/1900")


def test_the_catalogue_has_full_titles() -> None:
    for short, instrument in CATALOGUE.items():
        assert instrument.short == short
        assert len(instrument.title) > len(short)


def test_law_imports_only_itself_and_the_standard_library() -> None:
    for path in sorted(Path(law.__path__[0]).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.startswith("chungtay.law") or name.split(".")[0] in sys.stdlib_module_names, (
                    f"{path}: {name}"
                )


def test_law_reads_no_clock() -> None:
    for path in sorted(Path(law.__path__[0]).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"today", "now", "utcnow"}, f"{path}:{node.lineno}"
