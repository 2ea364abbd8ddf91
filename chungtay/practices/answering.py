"""What this room knows about criteria: whether a party's model was taken up elsewhere."""

from collections.abc import Collection
from datetime import date

from chungtay.law.criteria import Known
from chungtay.practices.models import Adoption, Practice
from chungtay.records import walls
from chungtay.records.among import Among

WHY = "what the law asks about a nominee counts wherever it was written"
NAMED = 2


def model_adopted(parties: Collection[int], *, since: date, until: date, on: date) -> dict[int, Known]:
    """Có mô hình được nhân rộng (KH IV.1.2.d): checked, and taken up elsewhere in the period by the adopter's own word.

    Never False: that nobody wrote down a copy does not say that there is none. One query.
    """
    rows = Adoption.objects.in_force().filter(
        Among("practice__party_id", parties), practice__state__in=Practice.SOUND, accepted=True, answered_on__lte=on,
        adopted_on__gte=since, adopted_on__lte=min(until, on),
    )  # fmt: skip
    found: dict[int, list[Adoption]] = {}
    with walls.everything(WHY):
        for row in rows.select_related("practice", "party").order_by("adopted_on", "id"):
            found.setdefault(row.practice.party_id, []).append(row)
    return {party: Known(True, because=_said(of)) for party, of in found.items()}


def _said(rows: list[Adoption]) -> str:
    titles = list(dict.fromkeys(f"“{row.practice.title}”" for row in rows))
    places = list(dict.fromkeys(row.party.name for row in rows))
    named = ", ".join(places[:NAMED])
    more = f" và {len(places) - NAMED} nơi khác" if len(places) > NAMED else ""
    return (
        f"Mô hình {', '.join(titles[:NAMED])} được {len(places)} nơi áp dụng và xác nhận: {named}{more};"
        f" sớm nhất ngày {rows[0].adopted_on:%d/%m/%Y}."
    )
