"""Dòng đã nhận: whether a row of a list says just what the register holds, so that sent again it is nothing."""

from collections.abc import Mapping
from typing import Any

from chungtay.households.models import Member
from chungtay.law.ethnicity import people_named
from chungtay.records.names import clean, fold
from chungtay.sheets.codes import CCCD, CMND


def is_person(values: Mapping[str, Any], one: Member) -> bool:
    """The same name, gender, birth, people and paper. Excel may have dropped the zeros before a number."""
    number = values["id_number"] or ""
    return (
        clean(values["name"]).casefold() == one.name.casefold()
        and values["gender"] == one.gender
        and str(values["birth"]) == (one.born_on.isoformat() if one.born_on else str(one.birth_year))
        and (people_named(values["ethnicity"]) or "") == one.ethnicity
        and one.id_number in ((number, number.zfill(CMND), number.zfill(CCCD)) if number else ("",))
    )


def is_household(values: Mapping[str, Any], one: Member) -> bool:
    """The same head of a household with the same hamlet, address, number of people and ticks."""
    home = one.household
    return (
        one.relation == Member.Relation.HEAD
        and is_person(values, one)
        and fold(values["hamlet"]) == fold(home.hamlet)
        and clean(values["address"] or "") == home.address
        and values["persons"] == home.persons
        and (bool(values["no_labour"]), bool(values["merit"])) == (home.no_labour, home.merit)
    )
