"""What `classify_population` prints of its tables: the totals, the movement of all, the targets of all."""

from __future__ import annotations

from dataclasses import fields

from chungtay.households import results
from chungtay.households.population import told_persons
from chungtay.law.population import Flow


def printed(year: results.Year, tables: list[results.Table]) -> list[str]:
    """The totals as lines of text."""
    lines = [f"{'class':<16}{'households':>14}{'persons':>14}{'minority':>12}"]
    for outcome, tally in results.merged(year.communes.values()).items():
        name = results.UNCLASSIFIED if outcome is None else outcome.value
        known = None if outcome is None else told_persons(tally.persons)
        persons = "-" if known is None else f"{known:,}"
        lines.append(f"{name:<16}{tally.households:>14,}{persons:>14}{tally.minority:>12,}")
    rates = next(table for table in tables if table.name == "rates")
    total = dict(zip(rates.columns, rates.rows[0], strict=True))
    lines += [f"{name}: {'-' if total[name] is None else total[name]}" for name in rates.columns if name in SHARES]
    for table in tables:
        if table.name == "movement":
            head = [column.name for column in fields(Flow)]
            lines.append(f"{'movement':<22}" + "".join(f"{name.replace('_', ' '):>16}" for name in head))
            for row in table.rows[:4]:
                name = f"{row[5]} {row[6]}".replace("_", "-")
                lines.append(f"{name:<22}" + "".join(f"{number:>16,}" for number in row[-len(head) :]))
        if table.name == "targets":
            lines += [target(dict(zip(table.columns, row, strict=True))) for row in table.rows if row[5] == "all"]
    return lines


def target(row: dict[str, results.Cell]) -> str:
    """ "T1 2020: 1.91, planned 4.78 to 2.28, ahead"."""
    measured = row["measured"] if row["measured"] is not None else row["why"]
    planned = "" if row["planned_least"] is None else f", planned {row['planned_least']} to {row['planned_most']}"
    track = "" if row["measured"] is None else f", {row['why'] or row['track']}"
    return f"{row['goal']} {row['year']}: {measured}{planned}{track}"


SHARES = (
    *("poverty_rate", "near_poor_rate", "minority_rate", "minority_share"),
    *("previous_poverty_rate", "change_in_points"),
)
