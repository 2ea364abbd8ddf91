"""The pages of this room that a desk may open."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from chungtay.law.procedure import Desk
from chungtay.prospects import rights

PAGES = (
    ("due", "Ai đến lượt", rights.DUE), ("trying", "Thử mức", rights.TRIERS), ("watch", "Sau khen", rights.HELPERS),
)  # fmt: skip


def tabs(kind: Desk, here: str) -> list[dict[str, Any]]:
    """For `components/tabs.html`."""
    return [
        {"label": label, "href": reverse(f"prospects:{name}"), "active": name == here}
        for name, label, desks in PAGES
        if kind in desks
    ]
