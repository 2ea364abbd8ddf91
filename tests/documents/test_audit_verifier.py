"""The verifier: whatever somebody does to the journal is found, with nothing but its export and a witness."""

import copy
import json
import random
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from chungtay.documents import checkpoints, keys
from chungtay.documents.checkpoints import Checkpoint
from chungtay.documents.sealing import Sealer, new_key
from chungtay.records.models import Entry
from tests.documents.journal_lines import KEY, TAMPERINGS, UNSEEN_BY_THE_CHAIN, Line, Lines, exported, rechained, write
from tests.make import Province
from tools import audit_verifier

VERIFIER = Path(audit_verifier.__file__)
pytestmark = pytest.mark.usefixtures("homes")


def examined(lines: Lines, directory: Path, tmp_path: Path, keys_: tuple[str, ...] | None = None) -> int:
    """What the verifier says of these lines with these checkpoints and the province's published key."""
    path = tmp_path / "journal.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    published = (keys.sealer().public_key_hex,) if keys_ is None else keys_
    return audit_verifier.examine(path, [directory], published, audit_verifier.signature_check()).code


def test_an_untouched_journal_is_well(anchored: tuple[Lines, Path], tmp_path: Path) -> None:
    lines, witness = anchored
    assert len(lines) > 60
    assert examined(lines, witness, tmp_path) == 0


def test_three_hundred_and_sixty_tamperings_are_all_found(anchored: tuple[Lines, Path], tmp_path: Path) -> None:
    lines, witness = anchored
    tampered, unfound = 0, []
    for n in range(40 * len(TAMPERINGS)):
        tamper, dice = TAMPERINGS[n % len(TAMPERINGS)], random.Random(n)
        touched = tamper(copy.deepcopy(lines), dice)
        tampered += touched != lines
        if touched != lines and examined(touched, witness, tmp_path) != 1:
            unfound.append(f"{tamper.__name__} {n}")
    assert (tampered, unfound) == (360, [])


@pytest.mark.parametrize("tamper", UNSEEN_BY_THE_CHAIN)
def test_the_control_without_checkpoints_these_are_not_found(
    anchored: tuple[Lines, Path], tmp_path: Path, tamper: Callable[[Lines, random.Random], Lines]
) -> None:
    lines, _ = anchored
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    touched = tamper(copy.deepcopy(lines), random.Random(7))
    assert touched != lines
    assert examined(touched, nowhere, tmp_path) == 2  # it says that it could not be checked, and finds no fault


def test_the_control_what_came_after_the_last_checkpoint_can_be_rewritten(
    anchored: tuple[Lines, Path], province: Province, tmp_path: Path
) -> None:
    write(province, 3)
    lines = exported()
    lines[-2]["act"] = "forged"
    assert examined(rechained(lines, len(lines) - 2), anchored[1], tmp_path) == 0
    assert checkpoints.make().seq == len(lines)
    assert examined(lines, anchored[1], tmp_path) == 1


def forge(statement: Line, key: str = "") -> Line:
    """A checkpoint file's content, signed with another key."""
    signer = Sealer(key or new_key())
    told = {**statement, "public_key": signer.public_key_hex}
    made = Checkpoint(**told, signature="")
    return {"statement": told, "signature": signer.sign_bytes(checkpoints.FORM, made.statement)}


@pytest.mark.parametrize(
    "how", ["seq", "digest", "at", "previous", "public_key", "number", "signature", "form", "forged", "cut", "rubbish"]
)
def test_a_checkpoint_that_was_touched_is_found(anchored: tuple[Lines, Path], tmp_path: Path, how: str) -> None:
    lines, witness = anchored
    path = sorted(witness.glob("*.json"))[2]
    told = json.loads(path.read_text())
    if how == "cut":
        path.unlink()
    elif how == "rubbish":
        path.write_text("{}")
    elif how == "forged":
        path.write_text(json.dumps(forge(told["statement"])))
    else:
        holder = told if how == "signature" else told["statement"]
        holder[how] = holder[how] + 1 if isinstance(holder[how], int) else holder[how][::-1]
        path.write_text(json.dumps(told))
    assert examined(lines, witness, tmp_path) == 1


def test_a_whole_new_history_signed_with_another_key_is_found_by_the_published_key(
    anchored: tuple[Lines, Path], tmp_path: Path
) -> None:
    lines, witness = anchored
    lines[3]["act"] = "forged"
    rechained(lines, 3)
    key, previous = new_key(), "0" * 64
    for path in sorted(witness.glob("*.json")):
        statement = json.loads(path.read_text())["statement"]
        statement |= {"digest": lines[statement["seq"] - 1]["digest"], "previous": previous}
        forged = forge(statement, key)
        previous = Checkpoint(**forged["statement"], signature="").hash
        path.write_text(json.dumps(forged))
    assert examined(lines, witness, tmp_path) == 1
    assert examined(lines, witness, tmp_path, keys_=()) == 2  # the control: without that key it says so, finds nothing


def test_two_checkpoints_of_one_number_are_found(anchored: tuple[Lines, Path], tmp_path: Path) -> None:
    lines, witness = anchored
    last = sorted(witness.glob("*.json"))[-1]
    told = json.loads(last.read_text())
    told["statement"]["at"] = "2020-10-20T00:00:00+00:00"
    (witness / "again.json").write_text(json.dumps(forge(told["statement"], KEY)))
    assert examined(lines, witness, tmp_path) == 1
    (witness / "again.json").unlink()
    shutil.copy(last, witness / "copy.json")
    assert examined(lines, witness, tmp_path) == 0  # the control: an equal copy is one checkpoint


@pytest.mark.parametrize("line", ["", "null", "[]", '{"seq": 1}', '{"seq": "1", "digest": "x", "previous": "y"}', "{"])
def test_a_line_that_is_no_entry_is_found(
    anchored: tuple[Lines, Path], tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "journal.jsonl"
    good = [json.dumps(one, ensure_ascii=False) for one in anchored[0]]
    path.write_text("\n".join([*good[:5], line, *good[5:]]) + "\n", encoding="utf-8")
    assert audit_verifier.main([str(path), "--checkpoints", str(anchored[1])]) == 1
    assert "FAULT       line 6 is no entry" in capsys.readouterr().out


# --- the file that somebody carries away ---


def test_the_export_holds_no_personal_value_and_nobody_else_may_read_it(province: Province, tmp_path: Path) -> None:
    write(province, 6)
    path, out = tmp_path / "journal.jsonl", StringIO()
    call_command("audit_export", str(path), stdout=out)
    text = path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(text.splitlines()) == Entry.objects.count()
    assert "Nguyễn Văn" not in text
    assert province.seats["commune"].user.full_name not in text
    with pytest.raises(CommandError, match="File exists"):
        call_command("audit_export", str(path))


def verifier(*arguments: object, isolated: bool) -> subprocess.CompletedProcess[str]:
    """Run the one file as a stranger would; isolated: with the standard library alone."""
    options = ["-I", "-S"] if isolated else ["-I"]
    command = [sys.executable, *options, str(VERIFIER), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd="/")


def test_the_verifier_is_one_file_that_needs_no_django(anchored: tuple[Lines, Path], tmp_path: Path) -> None:
    path = tmp_path / "carried.jsonl"
    call_command("audit_export", str(path), stdout=StringIO())
    key = keys.sealer().public_key_hex
    ran = verifier(path, "--checkpoints", anchored[1], "--public-key", key, isolated=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert f"{len(anchored[0])} entries, 5 checkpoints, 0 faults" in ran.stdout


def test_without_cryptography_it_checks_the_rest_and_says_so(anchored: tuple[Lines, Path], tmp_path: Path) -> None:
    path = tmp_path / "carried.jsonl"
    call_command("audit_export", str(path), stdout=StringIO())
    key = keys.sealer().public_key_hex
    ran = verifier(path, "--checkpoints", anchored[1], "--public-key", key, isolated=True)
    assert ran.returncode == 2
    assert "signatures were not checked" in ran.stdout
    path.write_text(path.read_text("utf-8").replace('"act": "test"', '"act": "none"', 1), encoding="utf-8")
    assert verifier(path, "--checkpoints", anchored[1], "--public-key", key, isolated=True).returncode == 1


def test_a_file_that_is_not_there_is_no_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit_verifier.main([str(tmp_path / "none.jsonl")]) == 2
    assert capsys.readouterr().out.startswith("NOT CHECKED")
