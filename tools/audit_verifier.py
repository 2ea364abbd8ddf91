#!/usr/bin/env python3
"""Is this journal the one that was written? One file, no Django: carry it to any machine with Python 3.9 or newer.

    python3 audit_verifier.py journal.jsonl --checkpoints DIR [--checkpoints DIR ...] [--public-key HEX ...]

`journal.jsonl` comes from `manage.py audit_export`; a DIR holds checkpoints, best those of a witness outside. The
public key is the one that the province has published; without it the checkpoints' own is believed, and that is said.
Signatures need the Python package `cryptography`; without it the rest is checked, and that is said.

The journal is a chain: the digest of an entry is the SHA-256 of the digest before it, a line feed, and the entry as
canonical JSON (sorted keys, no spaces, UTF-8). A checkpoint states under the province's Ed25519 signature which digest
stood at which entry. A changed, cut, inserted or moved entry breaks the chain; a tail that was written anew with
matching digests does not, and is found by the checkpoints alone.

Ends with 0: all was checked and is well. 1: something was touched. 2: something could not be checked.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORM = "chungtay-checkpoint-v1"
NOTHING = "0" * 64
FIELDS = {"form", "number", "seq", "digest", "at", "previous", "public_key"}
Check = Callable[[str, bytes, str], bool]


@dataclass
class Report:
    """What was found: `faults` mean that somebody touched something, `gaps` that something could not be checked."""

    faults: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    digests: dict[int, str] = field(default_factory=dict)
    last_seen: int = 0
    checkpoints: int = 0

    @property
    def code(self) -> int:
        return 1 if self.faults else 2 if self.gaps else 0


def canonical(fields: dict[str, Any], ascii_only: bool = False) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=ascii_only).encode()


def walk(lines: Iterable[str], report: Report) -> None:
    """Follow the chain from its first entry, naming every entry that does not fit."""
    previous, expected = NOTHING, 1
    for at, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
            seq, digest, before = entry["seq"], str(entry.pop("digest")), str(entry.pop("previous"))
            if type(seq) is not int:
                raise ValueError
        except (ValueError, KeyError, TypeError, AttributeError):
            report.faults.append(f"line {at} is no entry")
            continue
        if seq > expected:
            report.faults.append(f"entries {expected} to {seq - 1} are missing before line {at}")
        elif seq < expected:
            report.faults.append(f"entry {seq} in line {at} was inserted, doubled or moved")
        if before != previous:
            report.faults.append(f"entry {seq} does not follow the entry before it")
        if digest != hashlib.sha256(before.encode() + b"\n" + canonical(entry)).hexdigest():
            report.faults.append(f"entry {seq} was changed")
        report.digests.setdefault(seq, digest)
        previous, expected = digest, max(seq + 1, expected)


def read_checkpoints(directories: Sequence[Path], report: Report) -> list[dict[str, Any]]:
    """Every checkpoint once, by number; copies in several directories must be equal."""
    found: dict[bytes, dict[str, Any]] = {}
    for path in (path for directory in directories for path in sorted(directory.glob("*.json"))):
        try:
            told = json.loads(path.read_text("utf-8"))
            statement = told["statement"]
            if set(statement) != FIELDS or statement["form"] != FORM:
                raise ValueError
            if not all(type(statement[name]) is int for name in ("number", "seq")):
                raise ValueError
            found[canonical(told)] = {**statement, "signature": str(told["signature"])}
        except (OSError, ValueError, KeyError, TypeError):
            report.faults.append(f"{path} is no checkpoint")
    return sorted(found.values(), key=lambda one: one["number"])


def signature_check() -> Check | None:
    """Verifies (public key, bytes, signature), or None where `cryptography` is missing."""
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415
    except ImportError:
        return None

    def verify(key: str, content: bytes, signature: str) -> bool:
        try:
            raw = urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(raw, content)
        except (InvalidSignature, ValueError):
            return False
        return True

    return verify


def hold_against(
    checkpoints: Sequence[dict[str, Any]], keys: Sequence[str], verify: Check | None, report: Report
) -> None:
    """Each checkpoint is signed by a key of the province, follows the one before, and saw what the journal holds."""
    number, seq, previous = 0, 0, NOTHING
    for one in checkpoints:
        name = f"checkpoint {one['number']}"
        statement = {key: value for key, value in one.items() if key != "signature"}
        signed = canonical(statement, ascii_only=True)
        if verify and not verify(one["public_key"], FORM.encode() + b"\n" + signed, one["signature"]):
            report.faults.append(f"{name} does not bear its signature")
        if keys and one["public_key"] not in keys:
            report.faults.append(f"{name} is signed by another key than the published one")
        if one["number"] != number + 1:
            report.faults.append(
                f"two checkpoints bear number {number}"
                if one["number"] == number
                else f"checkpoints {number + 1} to {one['number'] - 1} are missing"
            )
        if one["previous"] != previous or one["seq"] < seq:
            report.faults.append(f"{name} does not follow the one before it")
        held = report.digests.get(one["seq"], NOTHING if one["seq"] == 0 else "")
        if held != one["digest"]:
            what = f"entry {one['seq']} is not the one that {name} saw" if held else f"entry {one['seq']} is gone"
            report.faults.append(f"{what}: the journal was written anew from there or before" if held else what)
        number, seq, previous = one["number"], one["seq"], hashlib.sha256(signed).hexdigest()
    report.checkpoints, report.last_seen = len(checkpoints), seq


def examine(journal: Path, directories: Sequence[Path], keys: Sequence[str], verify: Check | None) -> Report:
    """The whole examination."""
    report = Report()
    with journal.open(encoding="utf-8") as lines:
        walk(lines, report)
    checkpoints = read_checkpoints(directories, report)
    hold_against(checkpoints, keys, verify, report)
    if not checkpoints:
        report.gaps.append("no checkpoint was given: a tail that was written anew would not be seen")
    elif verify is None:
        report.gaps.append("signatures were not checked: install the Python package `cryptography`")
    if checkpoints and not keys:
        report.gaps.append(
            "no --public-key was given, so the checkpoints' own was believed: "
            + ", ".join(sorted({one["public_key"] for one in checkpoints}))
        )
    return report


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was found; 0, 1 or 2 as the module's text says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("journal", type=Path)
    parser.add_argument("--checkpoints", type=Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--public-key", action="append", default=[], metavar="HEX")
    given = parser.parse_args(arguments)
    try:
        report = examine(given.journal, given.checkpoints, given.public_key, signature_check())
    except (OSError, UnicodeDecodeError) as fault:
        print(f"NOT CHECKED {fault}")
        return 2
    for words in report.faults:
        print(f"FAULT       {words}")
    for words in report.gaps:
        print(f"NOT CHECKED {words}")
    end = max(report.digests, default=0)
    print(f"{len(report.digests)} entries, {report.checkpoints} checkpoints, {len(report.faults)} faults")
    if end > report.last_seen:
        print(f"entries {report.last_seen + 1} to {end} are chained, and no checkpoint has seen them yet")
    return report.code


if __name__ == "__main__":
    sys.exit(main())
