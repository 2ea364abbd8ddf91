"""The parties that a desk may see, by area and then by name, a page at a time: one way for every list and search."""

from datetime import date

from django.db.models import Q, QuerySet

from chungtay.parties.models import Party, Viewer
from chungtay.parties.search import Asked
from chungtay.records import keyset

ORDER = ("area_path", "name_folded", "id")
"""By area first: a desk's own rows then lie side by side in one index, however many others the register holds."""
FEW = 30


def page(
    viewer: Viewer, on: date, text: str = "", *, where: Q | None = None, mark: str = "", size: int = FEW
) -> keyset.Page[Party]:
    """One page of the parties in sight that meet `where` and whose name holds every word of `text` ("": all)."""
    rows = Party.objects.filter(where or Q())
    asked = Asked.of(text, rows.db)
    parts = rows.parts_visible_to(viewer, on)
    if asked is not None:
        parts = [asked.among(part, few_rows=part is not parts[0]) for part in parts]
    return keyset.page(parts, order=ORDER, mark=mark, size=size, show=_shown)


def _shown(rows: "QuerySet[Party]") -> "QuerySet[Party]":
    return rows.select_related("place", "managing_unit")
