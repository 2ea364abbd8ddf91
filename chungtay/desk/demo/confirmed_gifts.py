"""What three givers of the demo gave, written down and confirmed by the Front: at the threshold, and one đồng under it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from chungtay.contributions import actions as contributions
from chungtay.contributions.recording import Given, Told
from chungtay.desk.demo.case import Case
from chungtay.desk.demo.people import PROVINCE
from chungtay.desk.demo.province import Demo
from chungtay.desk.demo.stories import STORIES
from chungtay.places.models import Place

CONFIRMED = frozenset({"one_step_under", "at_threshold", "person_at_threshold"})


def write(demo: Demo, case: Case, on: date) -> None:
    """The gifts of the case as its unit tells them, received on the last day of the achievement's time."""
    front, day = demo.seats["mttq"], min(case.period[1], on)
    for line in case.lines or STORIES[case.story].lines:
        if line.value:
            is_money = line.nature == "money"
            gift = contributions.record(
                Told(
                    nature=line.nature, place=Place.objects.get(key=PROVINCE), purpose=line.text, day=day,
                    method="counted" if is_money else "invoice", evidence=f"Biên nhận {case.key}", value=line.value,
                    quantity=None if is_money else Decimal(1), unit="" if is_money else "đợt", received_on=day,
                    givers=[Given(demo.parties[case.party], Fraction(1))], is_demo=True,
                ),
                by=front, on=on,
            )  # fmt: skip
            contributions.confirm(gift, by=front, on=on, version=gift.version)
