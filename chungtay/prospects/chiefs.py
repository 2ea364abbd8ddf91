"""Ai tặng được Giấy khen: chiefs honour whom their own area or unit manages, and never themselves (KH IV.2.3)."""

from chungtay.law.awards import Level
from chungtay.parties.kinds import OUTSIDE, PartyKind
from chungtay.parties.models import Party
from chungtay.places.models import DIGITS
from chungtay.places.models import Level as Step

LOW = (Step.COMMUNE, Step.HAMLET)
COMMITTEES = {Step.COMMUNE: PartyKind.PEOPLE_COMMITTEE_COMMUNE, Step.DISTRICT: PartyKind.PEOPLE_COMMITTEE_DISTRICT}


def may_honour(level: Level, party: Party) -> bool:
    """Whether some chief of that level manages the party. Awards of the province and of the State are for everybody.

    Needs the party's place and managing unit; no query where both were read with it.
    """
    if level is Level.COMMUNE:
        return _of_a_commune(party)
    return _of_a_district(party) or _of_a_unit(party) if level is Level.UNIT else True


def _of_a_commune(party: Party) -> bool:
    """It is in a commune, and is not the committee whose chairman would honour it."""
    return party.place.level in LOW and _in_its_area(party)


def _of_a_district(party: Party) -> bool:
    """It is in a district, or in a commune of one. Since 01/07/2025 communes have no district above them."""
    if party.kind in OUTSIDE:
        return False
    if party.place.level == Step.DISTRICT:
        return _in_its_area(party)
    return party.place.level in LOW and len(party.area_path) > 2 * DIGITS


def _in_its_area(party: Party) -> bool:
    return party.kind not in OUTSIDE and party.kind != COMMITTEES.get(Step(party.place.level))


def _of_a_unit(party: Party) -> bool:
    """Another unit than a commune's committee manages it, whose head honours it."""
    unit = party.managing_unit
    return unit is not None and unit.pk != party.pk and unit.kind != PartyKind.PEOPLE_COMMITTEE_COMMUNE
