"""A goal at a place as the pages and workbooks tell it: figures with their unit, the track in words, a row a year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from chungtay.law.targets import NOTHING_TO_COMPARE, Progress, Track
from chungtay.places.models import Level
from chungtay.targets import charting, measuring
from chungtay.targets.judging import Standing
from chungtay.targets.scene import Scene

TONES = {
    Track.AHEAD: "ok", Track.ON: "ok", Track.BEHIND: "wait", Track.NOT_MEASURED: "neutral",
    Track.NOT_ASSIGNED: "neutral",
}  # fmt: skip
ICONS = {
    Track.AHEAD: "check2-all", Track.ON: "check2", Track.BEHIND: "exclamation-triangle", Track.NOT_MEASURED: "dash",
    Track.NOT_ASSIGNED: "dash",
}  # fmt: skip
AGAINST = frozenset({Track.AHEAD, Track.ON, Track.BEHIND})
APART = {Level.DISTRICT: "Cấp tỉnh (không thuộc huyện nào)", Level.COMMUNE: "Cấp trên (không thuộc xã nào)"}
"""What the whole has and none of its parts, by the level of the parts."""


def word(progress: Progress, track: Track, value: Decimal | None) -> str:
    """How a figure stands, in words. One that was measured with nothing to compare it with is never "not measured"."""
    return NOTHING_TO_COMPARE if track is Track.NOT_MEASURED and value is not None else progress.says(track)


def badge(progress: Progress, track: Track, value: Decimal | None) -> dict[str, str]:
    """The same as a badge says it."""
    return {"tone": TONES[track], "label": word(progress, track, value), "icon": ICONS[track]}


def summary(scene: Scene, one: Standing) -> dict[str, Any]:
    """One goal at one place as a row: figures as text, track, forecast, and what they rest on."""
    unit = one.goal.unit
    progress, latest = one.progress, one.latest
    planned = next((year for year in progress.years if year.year == progress.latest_year), None)
    path = "" if planned is None else between(planned.slow, planned.fast, unit)
    return {
        "goal": one.goal, "unit": one.unit, "key": one.goal.id.lower(), "standing": one,
        "baseline": charting.shown(one.baseline, unit), "baseline_source": one.baseline_source,
        "year": progress.latest_year, "value": charting.shown(progress.latest, unit), "path": path,
        "track": badge(progress, progress.track, progress.latest), "why_not": one.why_not, "latest": latest,
        "forecast": charting.shown(progress.forecast, unit),
        "forecast_track": badge(progress, progress.forecast_track, progress.forecast),
        "last_year": scene.years[-1],
    }  # fmt: skip


def in_year(one: Standing, year: int | None) -> dict[str, Any]:
    """What was measured in that very year and how it stands, as a list of many units tells it."""
    at = next((each for each in one.progress.years if each.year == year), None)
    value, track = (at.measured, at.track) if at else (None, Track.NOT_MEASURED)
    return {"in_year": charting.shown(value, one.goal.unit), "track": badge(one.progress, track, value)}


def between(slow: Decimal | None, fast: Decimal | None, unit: str) -> str:
    """What the plan asks, as one figure or two; empty where it asks nothing."""
    told = [charting.shown(value, unit) for value in (slow, fast) if value is not None]
    return " đến ".join(dict.fromkeys(told))


def of_years(one: Standing) -> list[dict[str, Any]]:
    """The table beside the line: a row a year, the base year first."""
    unit, progress = one.goal.unit, one.progress
    first = progress.years[0].year - 1
    rows = [{"year": first, "plan": "", "value": charting.shown(one.baseline, unit), "seen": one.measured.get(first),
             "assigned": "", "track": None, "against": None}]  # fmt: skip
    for year in progress.years:
        given = one.assigned.get(year.year)
        against = Track.NOT_MEASURED if progress.by_assigned else one.against(year.year)
        label = {"label": against.of_assigned}
        running = one.running.get(year.year)
        rows.append({
            "year": year.year, "plan": between(year.slow, year.fast, unit), "running": running,
            "so_far": "" if running is None else charting.shown(running.value, unit),
            "value": charting.shown(year.measured, unit), "seen": one.measured.get(year.year),
            "assigned": "" if given is None else charting.shown(given.value, unit),
            "document": "" if given is None else given.document,
            "track": badge(progress, year.track, year.measured) if year.measured is not None else None,
            "against": badge(progress, against, year.measured) | label if against in AGAINST else None,
        })  # fmt: skip
    return rows


def apart(scene: Scene, here: Standing, parts: Sequence[Standing]) -> dict[int, Decimal]:
    """What the whole was given by year and none of its parts was: to the province itself, so that both add up.

    Empty for goals whose parts are not added, and where not every part is seen.
    """
    told = {one.unit.path for one in parts}
    inside = [one.path for one in scene.ground.communes(here.unit)]
    if here.goal.measure != measuring.GIVEN or not all(any(map(path.startswith, told)) for path in inside):
        return {}
    found = {}
    for year, seen in here.measured.items():
        values = [one.measured[year].value for one in parts]
        rest = (seen.value or Decimal(0)) - sum((value for value in values if value is not None), Decimal(0))
        if rest > 0:
            found[year] = rest
    return found


def apart_name(parts: Sequence[Standing]) -> str:
    """What the row of `apart` is called."""
    return APART[parts[0].unit.level] if parts else ""
