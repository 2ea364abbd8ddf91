"""The verdicts on everybody at once and, for a sample, one by one. A process of its own.

`python benchmarks/verdicts_run.py --sample N --rounds N` prints one line of JSON, about what it finds in the database.
"""

import argparse
import json
import random
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import province  # sets Django up
from django.db import connection
from verdicts_history import ON, SINCE
from verdicts_loop import plain

from chungtay.law.awards import Award
from chungtay.law.verdicts import Verdict
from chungtay.merits import reckoning
from chungtay.merits.asking import Ask
from chungtay.movements.models import Movement
from chungtay.nominations import facts
from chungtay.parties.kinds import PartyKind
from chungtay.parties.models import Party
from chungtay.records import walls


def asked(content: str) -> Ask:
    """The five-year certificate on the working day."""
    movement = Movement.objects.get()
    plan = movement.plan_on(ON).plan
    return Ask(plan, movement.pk, Award.PROVINCE_CERTIFICATE, content, "five_year", SINCE, ON, ON)


def at_once(parties: list[int], ask: Ask) -> dict[int, Verdict]:
    """Facts of all rooms, awards and proposals, verdicts."""
    past, proposals = facts.awarded(parties, ask.movement), facts.proposed(parties, ask.movement)
    return reckoning.verdicts(parties, ask, past=past, proposals=proposals)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements of the block."""
    said: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield said


def told(one: Verdict) -> tuple[Any, ...]:
    """What two verdicts must agree in."""
    values = {name: (known.value, known.needed) for name, known in one.facts.known.items() if known is not None}
    asked_for = one.facts.questions.facts
    return (
        one.stand, one.marks, [finding.key for finding in one.findings],
        {name: value for name, value in values.items() if name in asked_for},
    )  # fmt: skip


def measure(sample: int, rounds: int) -> dict[str, Any]:
    """Seconds, statements, memory, and the ratio to the loop, for both contents together."""
    contents = {"a": PartyKind.HOUSEHOLD.value, "e": PartyKind.PERSON.value}
    parties = {
        content: list(
            Party.objects.filter(pk__gte=province.FIRST, kind=kind).order_by("pk").values_list("pk", flat=True)
        )
        for content, kind in contents.items()
    }
    asks = {content: asked(content) for content in contents}
    with counted() as few:
        for content, some in parties.items():
            at_once(some[:50], asks[content])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds: list[float] = []
    stands: dict[str, int] = {}
    found: dict[str, dict[int, Verdict]] = {}
    for _ in range(rounds):
        found.clear()
        with counted() as many:
            begun = time.perf_counter()
            for content, some in parties.items():
                found[content] = at_once(some, asks[content])
            seconds.append(time.perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for verdicts in found.values():
        for one in verdicts.values():
            stands[one.stand.value] = stands.get(one.stand.value, 0) + 1
    dice = random.Random(3)
    drawn = {content: dice.sample(some, sample // 2) for content, some in parties.items()}
    begun, wrong, loop = time.perf_counter(), 0, {}
    for content, some in drawn.items():
        loop[content] = {key: plain(key, asks[content]) for key in some}
    alone = time.perf_counter() - begun
    for content, verdicts in loop.items():
        wrong += sum(told(one) != told(found[content][key]) for key, one in verdicts.items())
    begun = time.perf_counter()
    words = sum(len(line.sentence) for verdicts in loop.values() for one in verdicts.values() for line in one.lines)
    spoken = time.perf_counter() - begun
    every = sum(map(len, parties.values()))
    rate, one_by_one = every / median(seconds), sum(map(len, drawn.values())) / alone
    return {
        "parties": every, "seconds": round(median(seconds), 2), "rate": round(rate), "loop_rate": round(one_by_one, 1),
        "ratio": round(rate / one_by_one, 1), "statements": len(many), "statements_for_100": len(few), "wrong": wrong,
        "compared": sum(map(len, drawn.values())), "peak_mb": peak // 1024, "grown_mb": (peak - before) // 1024,
        "words_rate": round(sum(map(len, drawn.values())) / spoken), "letters": words, "stands": stands,
    }  # fmt: skip


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with walls.everything("the benchmark is about everybody"):
        print(json.dumps(measure(given.sample, given.rounds)), flush=True)


if __name__ == "__main__":
    main()
