"""Lines of an exported journal, and nine ways to tamper with them."""

import copy
import json
import random
from collections.abc import Callable
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import transaction

from chungtay.records import journal
from tests.make import TODAY, Province

KEY = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
Line = dict[str, Any]
Lines = list[Line]


def write(province: Province, count: int) -> None:
    """Some acts with and without personal values."""
    party = province.bodies["unit"]
    with transaction.atomic():
        for n in range(count):
            personal = {"name": f"Nguyễn Văn {n}"} if n % 3 else {}
            body = {"lần": n, "việc": ["một", {"hai": True}]}
            journal.record("test", by=province.seats["commune"], on=TODAY, noun=party, body=body, personal=personal)


def exported() -> Lines:
    out = StringIO()
    call_command("audit_export", "-", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def rechained(lines: Lines, start: int) -> Lines:
    """Write the journal anew from `start` so that every digest fits again."""
    previous = lines[start - 1]["digest"] if start else "0" * 64
    for seq, line in enumerate(lines[start:], start=start + 1):
        line["seq"], line["previous"] = seq, previous
        line["digest"] = previous = journal.digest_of(
            previous, {name: value for name, value in line.items() if name not in ("digest", "previous")}
        )
    return lines


def change(lines: Lines, dice: random.Random) -> Lines:
    line = dice.choice(lines)
    name = dice.choice(sorted(set(line) - {"seq"}))
    value = line[name]
    line[name] = {**value, "x": 1} if isinstance(value, dict) else f"{value}0"
    return lines


def change_a_salted_hash(lines: Lines, dice: random.Random) -> Lines:
    hidden = dice.choice([line for line in lines if "#" in line["body"]])["body"]["#"]
    name = dice.choice(sorted(hidden))
    hidden[name] = f"{dice.getrandbits(256):064x}"
    return lines


def cut(lines: Lines, dice: random.Random) -> Lines:
    start = dice.randrange(len(lines))
    return lines[:start] + lines[start + dice.randint(1, 4) :]


def cut_the_tail(lines: Lines, dice: random.Random) -> Lines:
    return lines[: dice.randrange(len(lines))]


def insert(lines: Lines, dice: random.Random) -> Lines:
    forged = copy.deepcopy(dice.choice(lines))
    lines.insert(dice.randint(0, len(lines)), forged)
    return lines


def move(lines: Lines, dice: random.Random) -> Lines:
    one, other = dice.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def rewrite_the_tail(lines: Lines, dice: random.Random) -> Lines:
    """The chain itself sees nothing of this: only a checkpoint does."""
    start = dice.randrange(len(lines))
    lines[start]["act"] = "forged"
    return rechained(lines, start)


def cut_and_rechain(lines: Lines, dice: random.Random) -> Lines:
    start = dice.randrange(len(lines))
    return rechained(lines[:start] + lines[start + 1 :], start)


def insert_and_rechain(lines: Lines, dice: random.Random) -> Lines:
    start = dice.randrange(len(lines))
    lines.insert(start, {**copy.deepcopy(lines[start]), "act": "forged"})
    return rechained(lines, start)


TAMPERINGS: list[Callable[[Lines, random.Random], Lines]] = [
    change, change_a_salted_hash, cut, cut_the_tail, insert, move, rewrite_the_tail, cut_and_rechain,
    insert_and_rechain,
]  # fmt: skip
UNSEEN_BY_THE_CHAIN = [cut_the_tail, rewrite_the_tail, cut_and_rechain, insert_and_rechain]
