"""Reckoning: what was gathered, put before the law for every party at once. No query."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from chungtay.law.exclusions import Case, PastAward, StateProposal
from chungtay.law.verdicts import Facts, Verdict, verdict
from chungtay.merits.asking import Ask
from chungtay.merits.gathering import Gathered, gather
from chungtay.merits.memory import uncollected
from chungtay.parties.answering import CLEAN, OnRecord
from chungtay.parties.kinds import payee_of

Past = Mapping[int, Sequence[PastAward]]
Proposals = Mapping[int, Sequence[StateProposal]]
Judged = Mapping[int, Mapping[str, bool]]
NOBODY: Mapping[int, Any] = MappingProxyType({})
NOTHING: Mapping[str, bool] = MappingProxyType({})


def verdicts(
    parties: Collection[int],
    ask: Ask,
    *,
    past: Past = NOBODY,
    proposals: Proposals = NOBODY,
    judged: Judged = NOBODY,
    overridden: Mapping[int, Collection[str]] = NOBODY,
) -> dict[int, Verdict]:
    """The verdict on each of these parties; a party that `ask` is not about has none. A fixed number of queries.

    `past` and `proposals` are known to the rooms above; `judged` is what persons answered, by criterion; `overridden`
    the keys of warnings that were overridden.
    """
    with uncollected(len(parties)):
        gathered = gather(parties, ask)
        return reckon(gathered, past=past, proposals=proposals, judged=judged, overridden=overridden)


def reckon(
    gathered: Gathered,
    *,
    past: Past = NOBODY,
    proposals: Proposals = NOBODY,
    judged: Judged = NOBODY,
    overridden: Mapping[int, Collection[str]] = NOBODY,
) -> dict[int, Verdict]:
    """As `verdicts`, of what was gathered already."""
    ask, found = gathered.ask, {}
    columns, bare = list(gathered.columns.items()), dict[str, Case]()
    on_record = {*gathered.recorded, *past, *proposals}
    with uncollected(len(gathered.kinds)):
        for party, kind in gathered.kinds.items():
            questions = ask.questions(kind)
            if questions is None:
                continue
            if party in on_record:
                case = case_of(
                    ask,
                    kind,
                    gathered.recorded.get(party),
                    past=past.get(party, ()),
                    proposals=proposals.get(party, ()),
                )
            else:  # nothing is known about most: they share one case
                case = bare.get(kind) or bare.setdefault(kind, case_of(ask, kind, None))
            known = {name: column[party] for name, column in columns if party in column}
            facts = Facts(case, questions, known, judged.get(party, NOTHING), overridden.get(party, ()))
            found[party] = verdict(facts, on=ask.on)
    return found


def case_of(
    ask: Ask,
    kind: str,
    record: OnRecord | None,
    *,
    past: Sequence[PastAward] = (),
    proposals: Sequence[StateProposal] = (),
) -> Case:
    """What is on record about one party of that kind, put as the law of exclusions takes it."""
    payee, held = payee_of(kind), record or CLEAN
    return Case(
        ask.award,
        ask.content,
        ask.since,
        ask.until,
        five_year=ask.passes_over_state_proposals(payee),
        occasion=ask.occasion,
        payee=payee,
        disciplines=held.disciplines,
        pendings=held.pendings,
        state_proposals=tuple(proposals),
        past_awards=tuple(past),
    )
