"""Good models for tests, through the same actions that the pages call."""

from datetime import date
from typing import Any

from chungtay.parties.models import Party
from chungtay.practices import actions
from chungtay.practices.actions import Copied, Story
from chungtay.practices.models import Adoption, Practice
from tests.make import TODAY, Province

WHAT = "Tổ hợp tác góp vốn mua giống, thả sò huyết dưới tán rừng, thay nhau canh nước, bán chung một mối."
RESULT = "12 hộ tham gia, 9 hộ thoát nghèo sau hai năm"
COPY = "8 hộ tham gia, 3 hộ thoát nghèo"


def story(**more: Any) -> Story:
    told: dict[str, Any] = {
        "title": "Nuôi sò huyết dưới tán rừng", "site": "Ấp Kim Quy", "since": date(2018, 3, 1), "what": WHAT,
        "result": RESULT, "households": 12, "escaped": 9,
    }  # fmt: skip
    return Story(**{**told, **more})


def practice(province: Province, party: Party | None = None, *, by: str = "commune", **more: Any) -> Practice:
    """A model of the commune itself, as recorded."""
    of = party or province.bodies["commune"]
    return actions.record(of, story(**more), by=province.seats[by], on=TODAY)


def checked(row: Practice, province: Province, *, by: str = "district", on: date = TODAY) -> Practice:
    return actions.check(row, by=province.seats[by], on=on, version=row.version)


def published(row: Practice, province: Province, *, by: str = "district") -> Practice:
    """Checked, and for everybody to copy."""
    checked(row, province, by=by)
    return actions.publish(row, by=province.seats[by], on=TODAY, version=row.version)


def adopted(
    row: Practice, province: Province, of: str = "commune_b", *, by: str = "", day: date = date(2019, 6, 1), **more: Any
) -> Adoption:
    """The commune beside it says that it did the same."""
    told = Copied(**{"adopted_on": day, "result": COPY, "households": 8, "escaped": 3, **more})
    return actions.adopt(row, province.bodies[of], told, by=province.seats[by or of], on=TODAY)
