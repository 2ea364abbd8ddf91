"""What a member is to the new head, told from what both were to the old one. A proposal: a person may correct it."""

from collections.abc import Mapping

from chungtay.households.models import Member

Relation = Member.Relation
HEAD, SPOUSE, CHILD, PARENT = Relation.HEAD, Relation.SPOUSE, Relation.CHILD, Relation.PARENT
GRANDPARENT, GRANDCHILD, SIBLING = Relation.GRANDPARENT, Relation.GRANDCHILD, Relation.SIBLING

_SEEN: Mapping[str, Mapping[str, str]] = {
    SPOUSE: {HEAD: SPOUSE, CHILD: CHILD, GRANDCHILD: GRANDCHILD},
    CHILD: {HEAD: PARENT, SPOUSE: PARENT, CHILD: SIBLING, PARENT: GRANDPARENT},
    PARENT: {HEAD: CHILD, CHILD: GRANDCHILD, PARENT: SPOUSE, SIBLING: CHILD},
    GRANDPARENT: {HEAD: GRANDCHILD, SIBLING: GRANDCHILD, PARENT: CHILD, GRANDPARENT: SPOUSE},
    GRANDCHILD: {HEAD: GRANDPARENT, SPOUSE: GRANDPARENT, GRANDCHILD: SIBLING},
    SIBLING: {HEAD: SIBLING, SIBLING: SIBLING, PARENT: PARENT, GRANDPARENT: GRANDPARENT},
}


def seen_from(new_head: str, other: str) -> str:
    """The relation of `other` to the new head; both given as relations to the old head. OTHER when it is not certain.

    When a son becomes head, his mother, the old head's wife, is his parent: `seen_from("child", "spouse")`.
    """
    return _SEEN.get(new_head, {}).get(other, Relation.OTHER)


def in_own_house(new_head: str, other: str) -> str:
    """The relation of `other` to the head of a household that both split off into: a son's child is a child there."""
    if new_head == CHILD and other == GRANDCHILD:
        return CHILD
    return seen_from(new_head, other)
