"""What people are to a new head, told from what they were to the old one."""

import pytest

from chungtay.households.kinship import in_own_house, seen_from
from chungtay.households.models import Member

RELATIONS = Member.Relation.values


@pytest.mark.parametrize(
    ("new_head", "other", "relation"),
    [
        ("spouse", "head", "spouse"), ("spouse", "child", "child"), ("spouse", "parent", "other"),
        ("child", "head", "parent"), ("child", "spouse", "parent"), ("child", "child", "sibling"),
        ("child", "grandchild", "other"), ("child", "parent", "grandparent"), ("parent", "head", "child"),
        ("parent", "sibling", "child"), ("parent", "child", "grandchild"), ("sibling", "head", "sibling"),
        ("sibling", "spouse", "other"), ("grandchild", "head", "grandparent"), ("other", "head", "other"),
    ],
)  # fmt: skip
def test_who_is_what_to_the_new_head(new_head: str, other: str, relation: str) -> None:
    assert seen_from(new_head, other) == relation


def test_nobody_is_a_second_head_and_every_answer_is_a_relation() -> None:
    told = {seen_from(one, other) for one in RELATIONS for other in RELATIONS}
    assert told <= set(RELATIONS) - {"head"}


def test_in_the_house_of_a_son_who_splits_off_his_children_are_his_children() -> None:
    assert in_own_house("child", "grandchild") == "child"
    assert seen_from("child", "grandchild") == "other"
    assert in_own_house("spouse", "child") == "child"
