"""A wrong plan file is refused with file, line, field and what was expected: all faults at once, in Vietnamese."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as some

from chungtay.movements.plan_file import Fault, PlanFaults, read_plan

FILE = Path(__file__).parent / "plans" / "dong-thap-2026-2030.yaml"
TEXT = FILE.read_text(encoding="utf-8")
KIEN_GIANG = (Path(__file__).parents[2] / "plans" / "kien-giang-2016-2020.yaml").read_text(encoding="utf-8")


def faults_of(text: str) -> list[Fault]:
    try:
        read_plan(text.encode())
    except PlanFaults as refused:
        return refused.faults
    return []


def faults(text: str | bytes, name: str = "plans/thu.yaml") -> list[Fault]:
    with pytest.raises(PlanFaults) as refused:
        read_plan(text.encode() if isinstance(text, str) else text, name)
    return refused.value.faults


def line_of(part: str, text: str = TEXT) -> int:
    assert text.count(part) == 1, part
    return text[: text.index(part)].count("\n") + 1


# what is written, what it becomes, the field, a part of what was expected, a part of what was found
ONE_FAULT = [
    ("province: Đồng Tháp", "province:", "province", "chữ", "để trống"),
    ("province: Đồng Tháp", "province: 12", "province", "chữ", "“12”"),
    ("province: Đồng Tháp", 'province: ""', "province", "không để trống", "“”"),
    ("province: Đồng Tháp", f"province: {'x' * 2001}", "province", "nhiều nhất 2000", "..."),
    ("until: 2030-06-30", "until: 2030-06-31", "period.until", "ngày có thật", "2030-06-31"),
    ("until: 2030-06-30", "until: 20300630", "period.until", "ngày, viết như", "20300630"),
    ("until: 2030-06-30", "until: 2026-07-01", "period.until", "ngày sau 01/07/2026", "01/07/2026"),
    ("judge: phong-khen-thuong", "judge: phong-khen", "contents[1].criteria[0].judge", "“phong-khen-thuong”", "phong"),
    ("min_reason: 40", "min_reason: bốn mươi", "contents[1].criteria[0].min_reason", "số nguyên", "bốn mươi"),
    ("min_reason: 40", "min_reason: 0", "contents[1].criteria[0].min_reason", "từ 1 trở lên", "“0”"),
    ("min_reason: 40", "min_reason: 5000", "contents[1].criteria[0].min_reason", "không quá 1000", "5000"),
    ("min_reason: 40", "min_reson: 40", "contents[1].criteria[0].min_reson", "", "trường lạ “min_reson”"),
    ("fact: no_discipline", "fact: no_dicipline", "general_criteria[0].fact", "“no_discipline”", "no_dicipline"),
    ("    fact: no_discipline\n", "", "general_criteria[0].fact", "một trong", "không có"),
    ("fact: registered_for_content", "fact: x", "registration.fact", "registered_for_content", "“x”"),
    ("id: xa.1", "id: ho.2", "contents[1].criteria[0].id", "“xa.”", "ho.2"),
    ("id: xa.1", "id: xã 1", "contents[1].criteria[0].id", "chữ không dấu", "xã 1"),
    ("clause: KH mục 3.2", "clause: mục 3.2", "contents[1].criteria[0].clause", "KH IV.1.2.a", "mục 3.2"),
    ("members: [household]", "members: [hosehold]", "contents[0].members[0]", "“household”", "hosehold"),
    ("members: [household]", "members: [school]", "contents[0].members[0]", "participants", "school"),
    ("members: [household]", "members: []", "contents[0].members", "ít nhất 1 mục", "danh sách"),
    ("members: [household]", "members: household", "contents[0].members", "danh sách", "household"),
    ('letter: "2"', 'letter: "1"', "contents[1].letter", "chưa dùng", "“1”"),
    ("papers: [list]", "papers: [lst]", "awards[1].papers[0]", "“list”", "lst"),
    ("level: commune", "level: unit", "awards[1].level", "“commune”", "unit"),
    ("id: commune_commendation", "id: medal", "awards[1].id", "commune_commendation", "medal"),
    ("contents: [ho]", "contents: [h]", "awards[1].contents[0]", "một trong", "“h”"),
    ("sets: 2", "sets: true", "awards[0].sets", "số nguyên", "True"),
    ("kind: five_year, clause", "kind: often, clause", "awards[0].occasions[0].kind", "five_year", "often"),
    ("money_basis: nd152", "money_basis: nd91", "reward.money_basis", "nd152", "nd91"),
    ("who: [tinh]", "who: [huyen]", "calendar[0].who[0]", "một trong", "huyen"),
    ("since: 2026-10,", "since: 2026-13,", "calendar[1].since", "2017-02", "2026-13"),
    ("since: 2026-10,", "since: 2025,", "calendar[1].since", "trong giai đoạn", "2025"),
    ("until: 2029-12,", "until: 2026-08,", "calendar[1].until", "không trước lúc bắt đầu", "2026-08"),
    ("each_year: true", "each_year: yes", "calendar[1].each_year", "true hoặc false", "yes"),
    ("together_with: [xa-phuong]", "together_with: [x]", "duties[0].together_with[0]", "một trong", "“x”"),
    ("body: phong-khen-thuong", "body: phong", "duties[0].body", "một trong", "phong"),
    ("decides: tinh", "decides: trung-uong", "amendment.decides", "một trong", "trung-uong"),
    ("closes: 2028-04-15", "closes: 2031-04-15", "rounds[0].closes", "trong giai đoạn", "15/04/2031"),
    ("closes: 2028-04-15", "closes: 2028-02-15", "rounds[0].closes", "không trước ngày mở", "15/02/2028"),
    ("year: 2028", "year: 2027", "rounds[0].year", "2028", "2027"),
    ("kind: yearly, year", "kind: midterm, year", "rounds[0].kind", "ít nhất một hình thức", "midterm"),
    ("closes: 2028-04-15", "closes: 2028-04-15, assumed: true", "rounds[0].note", "lý do", "không có"),
    ("dated: 2025-06-14", "dated: 2031-06-14", "legal_bases[0].as_cited.dated", "không sau 30/06/2030", "14/06/2031"),
    ("per_year: {least: 5, most: 8}", "", "goals[0]", "đúng một", "không có"),
    ("per_year: {least: 5", "trend: grows\n    per_year: {least: 5", "goals[0].trend", "đúng một", "per_year, trend"),
    ("least: 5", "least: năm", "goals[0].per_year.least", "số, viết như", "năm"),
    ("value: 40, ", "", "goals[0].baseline.note", "chưa có số liệu gốc", "không có"),
    ("issuer: Chính phủ", "issuer: !x Chính phủ", "legal_bases[0].issuer", "không có nhãn kiểu", "!x"),
    ("fact: no_discipline", "fact:", "general_criteria[0].fact", "tên dữ liệu", "không có"),
    ("judge: phong-khen-thuong", "judge:", "contents[1].criteria[0].judge", "có trường này", "không có"),
    ("fact: no_discipline", "fact: no_discipline\n    later_fact: x",
     "general_criteria[0].later_fact", "bỏ", "later_fact"),
    ("fact: no_discipline", "fact: declared_contribution_at_threshold",
     "general_criteria[0].fact", "“contribution_at_threshold”", "declared_contribution"),
    ("fact: no_discipline", "fact: no_discipline\n    also: [nothing_pendin]",
     "general_criteria[0].also[0]", "“nothing_pending”", "nothing_pendin"),
    ("fact: no_discipline", "fact: no_discipline\n    besides: person\n    min_reason: 20",
     "general_criteria[0].judge", "có trường này", "không có"),
    ("min_reason: 40", "min_reason: 40\n        besides: person", "contents[1].criteria[0].besides", "bỏ", "person"),
    ("min_reason: 40", "min_reason: 40\n        fact: no_discipline", "contents[1].criteria[0].fact", "bỏ", "“no_dis"),
    ("min_reason: 40", "min_reason: 40\n        applies_to: [bank]",
     "contents[1].criteria[0].applies_to[0]", "members", "bank"),
    ("per_year: {least: 5, most: 8}", "end: {value: 9, by: 2031-01-01}",
     "goals[0].end.by", "trong giai đoạn", "01/01/2031"),
    ("text: Khi tổng kết}]", "text: x}, {kind: five_year, clause: KH 1, text: y}]",
     "awards[0].occasions[1].kind", "một lần", "five"),
    ("    papers: [list]", "    papers_assumed: true\n    papers: [list]", "awards[1].note", "lý do", "không có"),
    ("reward:\n", "reward:\n  [a, b]: c\n", "reward", "tên trường là chữ", "một nhóm"),
    ("filing: {", "filing: {place: Nơi khác, ", "filing.place (lần 2)", "một lần", "“place”"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "becomes", "field", "expected", "found"), ONE_FAULT, ids=lambda said: str(said)[:40]
)
def test_one_mistake_is_one_fault_with_its_line_and_field(
    written: str, becomes: str, field: str, expected: str, found: str
) -> None:
    (fault,) = faults(TEXT.replace(written, becomes, 1))
    assert (fault.file, fault.field) == ("plans/thu.yaml", field)
    assert expected in fault.expected
    assert found in fault.found
    if found != "không có":
        assert fault.line in range(line_of(written), line_of(written) + becomes.count("\n") + 1)


def test_a_missing_field_is_shown_at_the_group_that_lacks_it() -> None:
    (fault,) = faults(TEXT.replace("        judge: phong-khen-thuong\n", ""))
    assert (fault.field, fault.expected) == (
        "contents[1].criteria[0].judge",
        "có trường này khi người thẩm định trả lời",
    )
    assert fault.line == line_of("- id: xa.1")


def test_a_fault_is_a_sentence_that_names_file_line_and_field() -> None:
    (fault,) = faults(TEXT.replace("fact: no_discipline", "fact: no_dicipline"), "plans/dong-thap.yaml")
    line = line_of("fact: no_discipline")
    assert str(fault).startswith(f"plans/dong-thap.yaml, dòng {line}, general_criteria[0].fact: “no_dicipline”; cần ")


def test_six_mistakes_are_six_faults_at_once_in_the_order_of_their_lines() -> None:
    text = KIEN_GIANG
    mistakes = [
        ("fact: no_discipline", "fact: no_such"),
        ("members: [household]", "members: [family]"),
        ("sets: 4", "sets: four"),
        ("who: [people_committee]", "whom: [people_committee]"),
        ("decides: chair", "decides: nobody"),
        ("closes: 2018-12-15", "closes: 2018-02-30"),
    ]
    lines = [text[: text.index(written)].count("\n") + 1 for written, _ in mistakes]
    for written, becomes in mistakes:
        text = text.replace(written, becomes, 1)
    found = faults(text)
    assert [fault.line for fault in found] == lines
    assert [fault.field for fault in found] == [
        "general_criteria[4].fact",
        "contents[0].members[0]",
        "awards[0].sets",
        "calendar[0].whom",
        "amendment.decides",
        "rounds[1].closes",
    ]


def test_no_content_may_take_the_name_of_the_general_criteria() -> None:
    text = TEXT.replace("- id: ho\n", "- id: general\n").replace("ho.1", "general.2").replace("[ho]", "[general]")
    (fault,) = faults(text)
    assert (fault.field, fault.found) == ("contents[0].id", "“general”")


def test_a_second_use_of_an_id_names_the_first() -> None:
    (fault,) = faults(TEXT.replace("id: xa-phuong, name", "id: tinh, name").replace("xa-phuong", "tinh"))
    assert (fault.field, fault.found) == ("bodies[2].id", "“tinh”")
    assert "mục thứ 1" in fault.expected


@pytest.mark.clause("KH Căn cứ")
def test_another_official_number_needs_a_note() -> None:
    official = "as_cited: {number: 152/2025/NĐ-CP, dated: 2025-06-14}\n    official: {number: 153/2025/NĐ-CP}"
    (fault,) = faults(TEXT.replace("as_cited: {number: 152/2025/NĐ-CP, dated: 2025-06-14}", official))
    assert fault.field == "legal_bases[0].note"


@pytest.mark.parametrize(
    ("raw", "line", "expected"),
    [
        (b"", 1, "nhóm"),
        (b"- a\n- b\n", 1, "nhóm"),
        (b"id: x\nname: a: b\n", 2, "YAML"),
        (b"id: x\nname:\n\t- b\n", 3, "YAML"),
        (b"id: x\nlist: [1, 2\n", 3, "YAML"),
        (b'id: "x\n', 2, "YAML"),
        (b"id: x\n---\nid: y\n", 2, "YAML"),
        (b"id: &x [1]\nname: *x\n", 2, "viết đủ"),
        (b"id: x\nname: \xff\n", 2, "UTF-8"),
        (b"id: x\nname: \x07\n", 2, "chữ in được"),
        (b"id: x\n" + b"[" * 50, 2, "YAML"),
        (b"id: " + b"[" * 50 + b"]" * 50, 1, "20 bậc"),
        (b"#" * 1_000_001, 1, "1.000.000 byte"),
    ],
    ids=str,
)
def test_what_is_no_yaml_is_one_fault_with_its_line(raw: bytes, line: int, expected: str) -> None:
    first = faults(raw)[0]
    assert expected in first.expected
    assert first.line <= line


def test_aliases_cannot_blow_a_small_file_up() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (fault,) = faults(bomb)
    assert (fault.line, fault.found) == (2, "dấu *")


def test_a_file_runs_nothing() -> None:
    found = faults(TEXT.replace("issuer: Chính phủ", "issuer: !!python/object/apply:os.getcwd []"))
    assert [(fault.field, fault.expected) for fault in found] == [
        ("legal_bases[0].issuer", "giá trị thường, không có nhãn kiểu")
    ]


def test_a_file_that_is_not_there_is_one_fault() -> None:
    with pytest.raises(PlanFaults, match=r"^plans/khong-co\.yaml, dòng 1: lỗi"):
        read_plan(Path("plans/khong-co.yaml"))


def test_a_file_of_the_project_is_named_as_a_reader_knows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    file = tmp_path / "plans" / "x.yaml"
    file.write_text("id: 1", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PlanFaults) as refused:
        read_plan(file)
    assert {fault.file for fault in refused.value.faults} == {"plans/x.yaml"}


def places(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(found for key, value in inner for found in places(value, (*path, key)))]


RAW = yaml.safe_load(TEXT)
WRONG: list[Any] = [
    None,
    True,
    7,
    -1,
    2.5,
    "",
    "x",
    "KH 1",
    date(2031, 1, 1),
    [],
    [[]],
    [None],
    {},
    {"id": []},
    {"x": {}},
]


@settings(max_examples=120, deadline=None)
@given(place=some.sampled_from(places(RAW)[1:]), value=some.sampled_from(WRONG))
def test_any_value_anywhere_is_a_plan_or_faults_and_never_a_crash(place: tuple[str | int, ...], value: Any) -> None:
    data = yaml.safe_load(TEXT)
    inside: Any = data
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    for fault in faults_of(text):
        assert 1 <= fault.line <= text.count("\n")
        assert "đúng kiểu" not in fault.expected
