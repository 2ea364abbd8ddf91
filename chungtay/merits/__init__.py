"""Merits: what the rooms below know about parties, many at once, put before the law of awards.

The public surface, for the rooms above:

- `merits.asking.Ask(plan, movement, award, content, occasion, since, until, on)`: the question. `asking.ask(...)` fills
  in the period of the occasion.
- `merits.gathering.gather(parties, ask) -> Gathered`: every fact that the plan asks of that content and award, for all
  parties, in a number of queries that does not grow with them. `Gathered.of(party)` is one party's `{fact: Known}`;
  `Gathered.moved(fact, {payee: needed})` the same facts against another threshold, without a query ("what if").
- `merits.reckoning.reckon(gathered, *, past, proposals, ...) -> {party: law.verdicts.Verdict}`: pure, no query. A party
  that may not take part in the content, or whom the award is not given to, has no verdict.
- `merits.reckoning.verdicts(parties, ask, *, past, proposals, ...)`: both in one.

`past` (awards received) and `proposals` (State awards asked for) are known above, by `nominations.facts.awarded` and
`nominations.facts.proposed`, each for many parties at once. A fact without data is missing, never false.
"""
