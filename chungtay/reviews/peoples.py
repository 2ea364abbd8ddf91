"""Dân tộc của chủ hộ: frozen on each assessment from the register, so that old years stay as they were counted."""

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from chungtay.households.models import Member
from chungtay.law.ethnicity import MAJORITY
from chungtay.reviews.assessments import Assessment

KHMER, HOA = "Khmer", "Hoa"
GROUPS = {
    "kinh": "chủ hộ Kinh", "khmer": "chủ hộ Khmer", "hoa": "chủ hộ Hoa", "other": "chủ hộ dân tộc khác",
    "unknown": "chưa ghi dân tộc chủ hộ",
}  # fmt: skip
"""The peoples that the province publishes by; whoever the register named nobody for is told as such."""
ROWS = {
    "kinh": Q(people=MAJORITY), "khmer": Q(people=KHMER), "hoa": Q(people=HOA),
    "other": ~Q(people__in=[MAJORITY, KHMER, HOA, ""]), "unknown": Q(people=""),
}  # fmt: skip
_GROUP_OF = {MAJORITY: "kinh", KHMER: "khmer", HOA: "hoa", "": "unknown"}


def group_of(people: str) -> str:
    """The key of `GROUPS` under which a household whose head is of this people is counted."""
    return _GROUP_OF.get(people, "other")


def freeze(rows: "QuerySet[Assessment]") -> int:
    """Write the people of each household's head as the register knows it now, where none is written yet.

    One statement for any number of rows; a household whose head the register does not name keeps "".
    """
    heads = Member.objects.filter(household=OuterRef("household"), relation=Member.Relation.HEAD, until__isnull=True)
    known = Coalesce(Subquery(heads.values("ethnicity")[:1]), Value(""))
    return rows.filter(people="").update(people=known)
